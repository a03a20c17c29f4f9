"""oemof.solph, one year: investments as it offers them, weights of days in prices and factors.

Stores balanced within each day are not in solph without its inter-period chains; the one balance
row of each day's first step is written anew, on the Pyomo model that solph gives to its users.
(``balanced`` stays on, since solph bounds the last level of all only through the first.)
"""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyomo.environ as pyo
from contender import Clock, compete
from exchange import HOURS, Array, Converter, Option, Plant, Store, read_plant
from oemof import solph

Flow, Investment = solph.flows.Flow, solph.Investment
CARBON = "tonnes"


class System:
    """The energy system of a plant of one year."""

    def __init__(self, plant: Plant) -> None:
        if len(plant.years) != 1:
            raise ValueError(f"one year, not {len(plant.years)}")
        self.plant = plant
        self.weight = np.repeat(plant.weight, HOURS)
        steps = pd.date_range("2026-01-01", periods=len(self.weight) + 1, freq="h")
        self.es = solph.EnergySystem(timeindex=steps, infer_last_interval=False)
        self.bus = {c: solph.buses.Bus(label=c) for c in plant.carriers}
        self.es.add(*self.bus.values())
        self.fill()

    def over(self, values: Array) -> Array:
        """(D, 24) or (1, D, 24) as steps."""
        return np.broadcast_to(values, self.plant.shape).ravel()

    def invested(self, option: Option) -> Any:
        """A size that costs its yearly price in the year's discounted money."""
        price = float(self.plant.annual(option)[0] * self.plant.discount[0])
        return Investment(ep_costs=price, maximum=option.largest)

    def running(self, cost: float) -> Array:
        return self.weight * (cost * self.plant.discount[0])

    def fill(self) -> None:
        plant = self.plant
        for service in plant.services:
            flow = Flow(fix=self.over(plant.demand(service)), nominal_capacity=1)
            self.es.add(
                solph.components.Sink(label=service.id, inputs={self.bus[service.carrier]: flow})
            )
        for p in plant.purchases:
            price = self.over(plant.price(p)) * self.weight * plant.discount[0]
            fields: dict[str, Any] = {}
            if p.carrier == plant.power:
                peak = float(plant.peak_price[0] * plant.discount[0])
                limit = Investment(ep_costs=peak, maximum=plant.connection)
                fields["nominal_capacity"] = limit
            tonnes = {CARBON: self.weight * p.factor[0]}
            flow = Flow(variable_costs=price, custom_properties=tonnes, **fields)
            self.source(f"buy_{p.carrier}", p.carrier, flow)
        for unit in plant.converters:
            self.converter(unit)
        for g in plant.generators:
            size = self.invested(plant.option(g.id))
            most = self.over(plant.series[g.availability])
            self.source(g.id, g.carrier, Flow(nominal_capacity=size, maximum=most))
        for store in plant.stores:
            self.store(store)
        demands = {s.id: (s.carrier, plant.demand(s)) for s in plant.services}
        for saving in plant.savings:
            carrier, demand = demands[saving.service]
            size = self.invested(plant.option(saving.id))
            flow = Flow(fix=self.over(saving.share * demand), nominal_capacity=size)
            self.source(saving.id, carrier, flow)

    def source(self, label: str, carrier: str, flow: Any) -> None:
        self.es.add(solph.components.Source(label=label, outputs={self.bus[carrier]: flow}))

    def converter(self, unit: Converter) -> None:
        size = self.invested(self.plant.option(unit.id)) if unit.size is None else unit.size
        source, product = self.bus[unit.source], self.bus[unit.product]
        costs = self.running(unit.running_cost) if unit.running_cost else 0
        outputs = {product: Flow(nominal_capacity=size, variable_costs=costs)}
        factors = {source: self.over(self.plant.value(unit.ratio)), product: 1.0}
        if unit.beside is not None:
            beside = self.bus[unit.beside]
            outputs[beside], factors[beside] = Flow(), unit.beside_ratio
        self.es.add(
            solph.components.Converter(
                label=unit.id, inputs={source: Flow()}, outputs=outputs, conversion_factors=factors
            )
        )

    def store(self, store: Store) -> None:
        bus = self.bus[store.carrier]
        costs = self.running(store.running_cost)
        self.es.add(
            solph.components.GenericStorage(
                label=store.id,
                inputs={bus: Flow(nominal_capacity=Investment())},
                outputs={bus: Flow(nominal_capacity=Investment(), variable_costs=costs)},
                nominal_capacity=self.invested(self.plant.option(store.id)),
                invest_relation_input_capacity=store.power_ratio,
                invest_relation_output_capacity=store.power_ratio,
                balanced=True,
                loss_rate=store.loss,
                inflow_conversion_factor=store.efficiency,
                outflow_conversion_factor=store.efficiency,
            )
        )

    def model(self) -> Any:
        """The Pyomo model with the year's cap and stores that end each day as they began it."""
        om = solph.Model(self.es)
        cap = float(self.plant.cap[0])
        solph.constraints.generic_integral_limit(om, CARBON, upper_limit=cap)
        block = om.GenericInvestmentStorageBlock
        stores = {s.id: s for s in self.plant.stores}
        firsts = range(0, len(self.weight), HOURS)

        def first_of_day(_: Any, label: str, t: int) -> Any:
            """level after the day's first step, from the level after its last."""
            store, node = stores[label], self.es.node[label]
            bus = self.bus[store.carrier]
            kept = (1 - store.loss) * block.storage_content[node, t + HOURS]
            stored = store.efficiency * om.flow[bus, node, t]
            drawn = om.flow[node, bus, t] / store.efficiency
            return block.storage_content[node, t + 1] == kept + stored - drawn

        spent = [
            float(self.plant.overnight(option)[0]) * self.size(om, option)
            for option in self.plant.options
        ]
        om.budget = pyo.Constraint(expr=sum(spent) <= float(self.plant.budget[0]))
        for label in stores:
            for t in firsts:
                block.balance[self.es.node[label], 0, t].deactivate()
        om.first_of_day = pyo.Constraint(list(stores), list(firsts), rule=first_of_day)
        return om

    def size(self, om: Any, option: Option) -> Any:
        """The variable of an option's size: a store's content, else its unit's first output."""
        node = self.es.node[option.id]
        if option.id in {s.id for s in self.plant.stores}:
            return om.GenericInvestmentStorageBlock.invest[node, 0]
        return om.InvestmentFlowBlock.invest[node, next(iter(node.outputs)), 0]


def contender(case: Path, clock: Clock) -> float:
    with clock("data"):
        system = System(read_plant(case))
    with clock("build"):
        om = system.model()
    with clock("hand"):
        om.solve(solver="highs")
    return float(pyo.value(om.objective))


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    warnings.filterwarnings("ignore")
    compete(contender, ("oemof.solph", "pyomo"))
