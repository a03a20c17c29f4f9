"""PyPSA with investment periods: one component a measure and build year, as its manual has it.

What PyPSA has no word for is added through linopy, as its users do: sums over build years, the
budget, the cap of each year, the billed peak, and stores balanced within each day.
"""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pypsa
import xarray as xr
from contender import Clock, compete
from exchange import HOURS, Array, Converter, Option, Plant, Store, read_plant

LIFE = 100.0
"""Everything outlives the plan; what it costs is in its yearly price."""
AMPLE = 1e4
"""MW of a supply that only its price holds back."""


class Network:
    """The network of a plant, and which component is which option's of which build year."""

    def __init__(self, plant: Plant) -> None:
        self.plant, self.n = plant, pypsa.Network()
        self.built: list[tuple[str, str, Option, int, float]] = []
        years, days, hours = plant.shape
        steps = pd.date_range("2026-01-01", periods=days * hours, freq="h")
        self.snapshots = pd.MultiIndex.from_product(
            [list(plant.years), steps], names=["period", "timestep"]
        )
        self.n.set_snapshots(self.snapshots)
        self.n.investment_periods = list(plant.years)
        self.n.investment_period_weightings["objective"] = plant.discount
        self.n.investment_period_weightings["years"] = 1.0
        weight = np.tile(np.repeat(plant.weight, hours), years)
        for use in ("objective", "generators"):
            self.n.snapshot_weightings[use] = weight
        self.n.snapshot_weightings["stores"] = 1.0
        self.fill()

    def over(self, values: Array) -> pd.Series:
        """(D, 24) or (Y, D, 24) as a series over all snapshots."""
        return pd.Series(np.broadcast_to(values, self.plant.shape).ravel(), self.snapshots)

    def fill(self) -> None:
        plant, n = self.plant, self.n
        for carrier in plant.carriers:
            n.add("Bus", carrier)
        for service in plant.services:
            n.add("Load", service.id, bus=service.carrier, p_set=self.over(plant.demand(service)))
        for p in plant.purchases:
            size = plant.connection if p.carrier == plant.power else AMPLE
            price = self.over(plant.price(p))
            n.add("Generator", f"buy_{p.carrier}", bus=p.carrier, p_nom=size, marginal_cost=price)
        for unit in plant.converters:
            self.converter(unit)
        for generator in plant.generators:
            available = self.over(plant.series[generator.availability])
            self.offer("Generator", generator.id, 1.0, bus=generator.carrier, p_max_pu=available)
        for store in plant.stores:
            self.store(store)
        demands = {s.id: (s.carrier, plant.demand(s)) for s in plant.services}
        for saving in plant.savings:
            carrier, demand = demands[saving.service]
            saved = self.over(saving.share * demand)
            self.offer("Generator", saving.id, 1.0, bus=carrier, p_max_pu=saved, p_min_pu=saved)

    def converter(self, unit: Converter) -> None:
        """A link of nominal output 1: its input runs up to ratio, its efficiency is 1 / ratio."""
        ratio = self.over(self.plant.value(unit.ratio))
        fields = {"bus0": unit.source, "bus1": unit.product, "p_max_pu": ratio}
        fields |= {"efficiency": 1 / ratio, "marginal_cost": unit.running_cost / ratio}
        if unit.beside is not None:
            fields |= {"bus2": unit.beside, "efficiency2": unit.beside_ratio / ratio}
        if unit.size is None:
            self.offer("Link", unit.id, 1.0, **fields)
        else:
            self.n.add("Link", unit.id, p_nom=unit.size, **fields)

    def store(self, store: Store) -> None:
        self.offer(
            "StorageUnit",
            store.id,
            store.power_ratio,
            bus=store.carrier,
            max_hours=1 / store.power_ratio,
            standing_loss=store.loss,
            efficiency_store=store.efficiency,
            efficiency_dispatch=store.efficiency,
            marginal_cost=store.running_cost,
        )

    def offer(self, kind: str, id: str, power: float, **fields: Any) -> None:
        """One component a build year, all in one call; ``power``: nominal MW of a unit of size."""
        option, years = self.plant.option(id), self.plant.years
        names = [f"{id}-{year}" for year in years]
        for name, given in fields.items():
            if isinstance(given, pd.Series):
                wide = np.broadcast_to(given.to_numpy()[:, None], (len(given), len(names)))
                fields[name] = pd.DataFrame(wide, self.snapshots, names)
        self.n.add(
            kind,
            names,
            p_nom_extendable=True,
            p_nom_max=option.largest * power,
            capital_cost=self.plant.annual(option) / power,
            build_year=list(years),
            lifetime=LIFE,
            **fields,
        )
        self.built += [(kind, name, option, i, power) for i, name in enumerate(names)]

    def add_rules(self) -> None:
        """What a plant has and PyPSA has not, on the linopy model."""
        self.limit_sizes()
        self.limit_carbon_and_peak()
        self.balance_days()

    def limit_sizes(self) -> None:
        """Each option's largest size over all build years, and each year's budget."""
        m, sizes, spent = self.n.model, {}, {}
        for kind, name, option, i, power in self.built:
            size = m[f"{kind}-p_nom"].sel(name=name) * (1 / power)
            sizes.setdefault(option, []).append(size)
            spent.setdefault(i, []).append(size * float(self.plant.overnight(option)[i]))
        for option, parts in sizes.items():
            m.add_constraints(sum(parts) <= option.largest, name=f"largest-{option.id}")
        for i, parts in spent.items():
            m.add_constraints(sum(parts) <= self.plant.budget[i], name=f"budget-{i}")

    def limit_carbon_and_peak(self) -> None:
        plant, m = self.plant, self.n.model
        years, days, hours = plant.shape
        flow, steps = m["Generator-p"], days * hours
        weight = np.repeat(plant.weight, HOURS)
        peak = m.add_variables(lower=0, coords=[pd.RangeIndex(years, name="year")], name="peak")
        for y in range(years):
            part = slice(y * steps, (y + 1) * steps)
            at = {"snapshot": flow.coords["snapshot"][part]}
            tonnes = []
            for p in plant.purchases:
                bought = flow.sel(name=f"buy_{p.carrier}").isel(snapshot=part)
                factor = xr.DataArray(weight * p.factor[y], dims="snapshot", coords=at)
                tonnes.append((bought * factor).sum())
            m.add_constraints(sum(tonnes) <= plant.cap[y], name=f"cap-{y}")
        billed = xr.DataArray(
            np.repeat(np.arange(years), steps),
            dims="snapshot",
            coords={"snapshot": flow.coords["snapshot"]},
        )
        power = flow.sel(name=f"buy_{plant.power}")
        m.add_constraints(power - peak.sel(year=billed) <= 0, name="peak-covers")
        price = xr.DataArray(plant.discount * plant.peak_price, coords=peak.coords)
        m.objective = m.objective + (peak * price).sum()

    def balance_days(self) -> None:
        """Each day's first level follows on its last one, in place of PyPSA's yearly chain."""
        m, plant = self.n.model, self.plant
        level = m["StorageUnit-state_of_charge"]
        size = int(np.prod(plant.shape))
        before = np.roll(np.arange(size).reshape(plant.shape), 1, axis=2).ravel()
        earlier = level.isel(snapshot=before).assign_coords(snapshot=level.coords["snapshot"])
        static = self.n.c.storage_units.static
        names = level.indexes["name"]
        column = {
            k: xr.DataArray(static.loc[names, k].to_numpy(), coords={"name": names})
            for k in ("standing_loss", "efficiency_store", "efficiency_dispatch")
        }
        stands = m.constraints["StorageUnit-energy_balance"].labels != -1
        m.remove_constraints("StorageUnit-energy_balance")
        m.add_constraints(
            level
            - earlier * (1 - column["standing_loss"])
            - m["StorageUnit-p_store"] * column["efficiency_store"]
            + m["StorageUnit-p_dispatch"] * (1 / column["efficiency_dispatch"])
            == 0,
            name="level-follows",
            mask=stands,
        )


def contender(case: Path, clock: Clock) -> float:
    with clock("data"):
        network = Network(read_plant(case))
    n = network.n
    with clock("build"):
        n.optimize.create_model(multi_investment_periods=True)
        network.add_rules()
    with clock("hand"):
        quiet = {"progress": False, "log_to_console": False, "output_flag": False}
        n.optimize.solve_model(solver_name="highs", io_api="direct", **quiet)
    return float(n.model.objective.value)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    warnings.filterwarnings("ignore")
    compete(contender, ("pypsa", "linopy"))
