"""flixopt, one year: sizes as mandatory investments from 0, days' weights in prices and factors.

The power of a store follows its size, and a day's first level its last, by linopy rows of ours.
"""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import Any

import flixopt as fx
import numpy as np
import pandas as pd
from contender import Clock, compete
from exchange import HOURS, Array, Converter, Option, Plant, Store, read_plant

AMPLE = 1e4
"""MW of a flow that only its price or its partner holds back."""
COSTS, CARBON, CAPEX = "costs", "CO2", "capex"


class System:
    """The flow system of a plant of one year."""

    def __init__(self, plant: Plant) -> None:
        if len(plant.years) != 1:
            raise ValueError(f"one year, not {len(plant.years)}")
        self.plant = plant
        self.weight = np.repeat(plant.weight, HOURS)
        steps = pd.date_range("2026-01-01", periods=len(self.weight), freq="h")
        self.fs = fx.FlowSystem(steps)
        self.parts: list[Any] = [
            fx.Effect(COSTS, "money", "", is_standard=True, is_objective=True),
            fx.Effect(CARBON, "t", "", maximum_total=float(plant.cap[0])),
            fx.Effect(CAPEX, "money", "", maximum_total=float(plant.budget[0])),
        ]
        self.fill()
        self.fs.add_elements(*self.parts)

    def over(self, values: Array) -> Array:
        """(D, 24) or (1, D, 24) as steps."""
        return np.broadcast_to(values, self.plant.shape).ravel()

    def sized(self, price: float, largest: float, overnight: float = 0.0) -> Any:
        """A size from 0 to the largest at a price a unit a year and one for the budget."""
        costs = {COSTS: price * float(self.plant.discount[0]), CAPEX: overnight}
        return fx.InvestParameters(
            minimum_size=0.0,
            maximum_size=largest,
            mandatory=True,
            effects_of_investment_per_size=costs,
        )

    def invested(self, option: Option) -> Any:
        price, overnight = self.plant.annual(option)[0], self.plant.overnight(option)[0]
        return self.sized(float(price), option.largest, float(overnight))

    def running(self, cost: float) -> dict[str, Array]:
        return {COSTS: self.weight * (cost * self.plant.discount[0])} if cost else {}

    def fill(self) -> None:
        plant, parts = self.plant, self.parts
        parts += [fx.Bus(c, imbalance_penalty_per_flow_hour=None) for c in plant.carriers]
        for s in plant.services:
            demand = self.over(plant.demand(s))
            need = fx.Flow("in", bus=s.carrier, size=1, fixed_relative_profile=demand)
            parts.append(fx.Sink(s.id, inputs=[need]))
        for p in plant.purchases:
            price = self.over(plant.price(p)) * self.weight * plant.discount[0]
            effects = {COSTS: price, CARBON: self.weight * p.factor[0]}
            peak = self.sized(float(plant.peak_price[0]), plant.connection)
            size = peak if p.carrier == plant.power else AMPLE
            self.source(f"buy_{p.carrier}", p.carrier, size=size, effects_per_flow_hour=effects)
        for unit in plant.converters:
            self.converter(unit)
        for g in plant.generators:
            most, size = self.over(plant.series[g.availability]), self.invested(plant.option(g.id))
            self.source(g.id, g.carrier, size=size, relative_maximum=most)
        for store in plant.stores:
            self.store(store)
        demands = {s.id: (s.carrier, plant.demand(s)) for s in plant.services}
        for saving in plant.savings:
            carrier, demand = demands[saving.service]
            size = self.invested(plant.option(saving.id))
            profile = self.over(saving.share * demand)
            self.source(saving.id, carrier, size=size, fixed_relative_profile=profile)

    def source(self, label: str, carrier: str, **fields: Any) -> None:
        self.parts.append(fx.Source(label, outputs=[fx.Flow("out", bus=carrier, **fields)]))

    def converter(self, unit: Converter) -> None:
        size = self.invested(self.plant.option(unit.id)) if unit.size is None else unit.size
        effects = self.running(unit.running_cost)
        product = fx.Flow("product", bus=unit.product, size=size, effects_per_flow_hour=effects)
        source = fx.Flow("source", bus=unit.source, size=AMPLE)
        outputs = [product]
        ratio = self.over(self.plant.value(unit.ratio))
        factors: list[dict[str, Any]] = [{"source": 1.0, "product": ratio}]
        if unit.beside is not None:
            outputs.append(fx.Flow("beside", bus=unit.beside, size=AMPLE))
            factors.append({"source": unit.beside_ratio, "beside": ratio})
        self.parts.append(
            fx.LinearConverter(unit.id, [source], outputs, conversion_factors=factors)
        )

    def store(self, store: Store) -> None:
        option = self.plant.option(store.id)
        power = store.power_ratio * option.largest
        charging = fx.Flow("charge", bus=store.carrier, size=self.sized(0.0, power))
        discharging = fx.Flow(
            "discharge",
            bus=store.carrier,
            size=self.sized(0.0, power),
            effects_per_flow_hour=self.running(store.running_cost),
        )
        self.parts.append(
            fx.Storage(
                store.id,
                charging=charging,
                discharging=discharging,
                capacity_in_flow_hours=self.invested(option),
                initial_charge_state=None,
                eta_charge=store.efficiency,
                eta_discharge=store.efficiency,
                relative_loss_per_hour=store.loss,
                prevent_simultaneous_charge_and_discharge=False,
            )
        )

    def build(self) -> None:
        """flixopt's model, and the rows on stores that it has no words for."""
        self.fs.build_model()
        for store in self.plant.stores:
            self.tie(store)

    def tie(self, store: Store) -> None:
        """Power = ratio x size, and each day's first level follows on its last."""
        m, id = self.fs.model, store.id
        for flow in (f"{id}(charge)", f"{id}(discharge)"):
            size = m.variables[f"{id}|size"] * store.power_ratio
            m.add_constraints(m.variables[f"{flow}|size"] == size, name=f"{flow}|power")
        level = m.variables[f"{id}|charge_state"]
        after = level.isel(time=slice(1, None))
        steps = np.arange(len(self.weight))
        before = level.isel(time=np.where(steps % HOURS == 0, steps + HOURS, steps))
        rate = {k: m.variables[f"{id}({k})|flow_rate"] for k in ("charge", "discharge")}
        row = m.constraints[f"{id}|charge_state"]
        at = {"time": row.coords["time"]}
        row.lhs = (
            after.assign_coords(at)
            - before.assign_coords(at) * (1 - store.loss)
            - rate["charge"].assign_coords(at) * store.efficiency
            + rate["discharge"].assign_coords(at) * (1 / store.efficiency)
        )


def contender(case: Path, clock: Clock) -> float:
    with clock("data"):
        system = System(read_plant(case))
    with clock("build"):
        system.build()
    with clock("hand"):
        solver = fx.solvers.HighsSolver(mip_gap=0, time_limit_seconds=600, log_to_console=False)
        system.fs.solve(solver, progress=False)
    return float(system.fs.model.objective.value)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    warnings.filterwarnings("ignore")
    fx.CONFIG.silent()
    compete(contender, ("flixopt", "linopy"))
