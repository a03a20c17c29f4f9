"""The book: inputs and stored plan side by side, with the figures that many checks share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from optimizer import units
from optimizer.plan.verify.equipment import Equipment, Machine, Store, equipment_of
from optimizer.plan.verify.given import Given
from optimizer.plan.verify.money import by_year, in_scenario_money, in_year, whole_life
from optimizer.plan.verify.reading import Stored, UnreadableRun
from optimizer.schema.fields import Yearly
from optimizer.schema.measure import (
    Contract,
    Converter,
    Credit,
    Generator,
    MaterialContract,
    Process,
    Saving,
    Storage,
)
from optimizer.schema.series import CopModel
from optimizer.schema.technology import Conversion
from optimizer.units import Quantity

Array = NDArray[np.float64]
BuiltMeasure = Converter | Generator | Storage | Saving | Process
HOURS_A_YEAR = 8760.0
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
KELVIN = 273.15


@dataclass(frozen=True)
class Book:
    """One plan and what it must follow from. `baseline`: the rules of docs/model.md section 7."""

    given: Given
    stored: Stored
    baseline: bool = False

    @cached_property
    def equipment(self) -> Equipment:
        """Every step unit of the inputs."""
        return equipment_of(self.given)

    @property
    def years(self) -> tuple[int, ...]:
        """Planning years of the scenario."""
        horizon = self.given.scenario.horizon
        return tuple(range(horizon.first, horizon.last + 1))

    @cached_property
    def step_labels(self) -> tuple[list[str], list[str], list[str]]:
        """Names of the three last dimensions of a step variable."""
        periods = [f"period {p}" for p in range(len(self.stored.weight))]
        return (
            [str(y) for y in self.years],
            periods,
            [f"step {h}" for h in range(self.stored.steps)],
        )

    @cached_property
    def built(self) -> dict[str, BuiltMeasure]:
        """Measures that are built, by id."""
        kinds = (Converter, Generator, Storage, Saving, Process)
        return {k: m for k, m in self.given.measures.items() if isinstance(m, kinds)}

    @cached_property
    def contracts(self) -> dict[str, Contract]:
        """Contracts by id."""
        return {k: m for k, m in self.given.measures.items() if isinstance(m, Contract)}

    @cached_property
    def material_contracts(self) -> dict[str, MaterialContract]:
        """Contracts on materials by id."""
        kind = MaterialContract
        return {k: m for k, m in self.given.measures.items() if isinstance(m, kind)}

    @cached_property
    def credits(self) -> dict[str, Credit]:
        """Credits by id."""
        return {k: m for k, m in self.given.measures.items() if isinstance(m, Credit)}

    def money(self, amount: Quantity | None) -> float:
        """An amount in the scenario's money."""
        return in_scenario_money(self.given.scenario, amount)

    def prices(self, table: Yearly[Quantity] | None, missing: float = 0.0) -> Array:
        """A table of prices over the planning years."""
        return by_year(table, self.years, self.money, missing)

    def numbers(self, table: Yearly[float] | None, missing: float = 0.0) -> Array:
        """A table of plain numbers over the planning years."""
        return by_year(table, self.years, float, missing)

    def numbers_in(self, table: Yearly[float], year: int, missing: float) -> float:
        """A table's plain number in one year, which may be no planning year."""
        found = in_year(table, year, float)
        return missing if found is None else found

    @cached_property
    def output(self) -> Array:
        """Production index by planning year."""
        return self.numbers(self.given.scenario.output, np.nan)

    @property
    def produced(self) -> Array:
        """Units of product by planning year; 0 without a product."""
        production = self.given.scenario.production
        return self.output * (0.0 if production is None else production.amount)

    def column(self, key: str) -> Array:
        """A full-year series, (days, steps)."""
        if key not in self.given.series:
            raise UnreadableRun(f"inputs/series.csv lacks the column '{key}'")
        values = self.given.series[key]
        if len(values) != 365 * self.stored.day_steps:
            wanted = 365 * self.stored.day_steps
            raise UnreadableRun(f"inputs/series.csv has {len(values)} rows, must be {wanted}")
        return values.reshape(365, self.stored.day_steps)

    def on_axis(self, key: str) -> Array:
        """A series on the plan's periods, (period, step)."""
        scaled = self.stored.arrays.get(f"series:{key}")
        if scaled is not None:
            return scaled
        return self.stored.on_steps(self.column(key)[self.stored.day_of_period])

    def ratio(self, unit: str, carrier: str, conversion: Conversion) -> Array:
        """MWh of the carrier per MWh of reference flow, broadcastable to (period, step)."""
        if conversion.ratio is not None:
            return np.array(conversion.ratio)
        if conversion.efficiency is not None:
            return np.array(1.0 / conversion.efficiency)
        key = f"{unit}.{carrier}.ratio"
        if key in self.given.series:
            return self.on_axis(key)
        return self.ratio_from_temperature(conversion)

    def ratio_from_temperature(self, conversion: Conversion, full_year: bool = False) -> Array:
        """1/COP or 1 - 1/COP from the temperatures, COP as capped Carnot times quality."""
        model = conversion.cop or conversion.cop_source
        assert model is not None
        drive = 1.0 / self._cop(model, full_year)
        return drive if conversion.cop is not None else 1.0 - drive

    def _cop(self, model: CopModel, full_year: bool) -> Array:
        if model.source_series is None:
            source: Array = np.array(model.source, np.float64)
        elif full_year:
            source = self.column(model.source_series)
        else:
            source = self.on_axis(model.source_series)
        lift = model.sink - source
        with np.errstate(divide="ignore"):
            ideal = np.where(lift > 0, (model.sink + KELVIN) / lift, np.inf)
        return np.minimum(model.maximum, model.quality * ideal)

    def total(self, flow: Array) -> Array:
        """Yearly sum of a step variable, MW or t/h to MWh or t: sum of weight x hours x value."""
        hours_a_year = self.stored.weight[:, None] * self.stored.hours
        summed: Array = np.einsum("...ph,ph->...", flow, hours_a_year)
        return summed

    @cached_property
    def flows(self) -> dict[str, Array]:
        """Reference flow of each converter and generator, (year, period, step)."""
        names = [machine.id for machine in self.equipment.machines]
        return dict(zip(names, self.stored.get("flow", names), strict=True))

    def carrier_variable(self, name: str) -> dict[str, Array]:
        """`import`, `export`, `vent`, `peak`, `purchased` or `unmet` by carrier."""
        carriers = list(self.given.scenario.carriers)
        return dict(zip(carriers, self.stored.get(name, carriers), strict=True))

    @cached_property
    def bought(self) -> dict[str, Array]:
        """Import + delivered of each carrier, (year, period, step)."""
        total = {carrier: flow.copy() for carrier, flow in self.carrier_variable("import").items()}
        delivered = self.stored.get("delivered", list(self.contracts))
        for contract, flow in zip(self.contracts.values(), delivered, strict=True):
            if contract.carrier in total:
                total[contract.carrier] += flow
        return total

    @cached_property
    def build(self) -> dict[str, Array]:
        """Units of each measure that start in a year."""
        return dict(zip(self.built, self.stored.get("build", list(self.built)), strict=True))

    @cached_property
    def added(self) -> dict[str, Array]:
        """Capacity of each measure that starts in a year."""
        return dict(zip(self.built, self.stored.get("added", list(self.built)), strict=True))

    def standing(self, measure: str, started: Array) -> Array:
        """What stands of `started` in each year: for its life, or for good if renewal is forced."""
        what = self.built[measure]
        life = len(self.years) if what.renewal == "forced" else whole_life(what.lifetime)
        sums = [started[max(0, y - life + 1) : y + 1].sum() for y in range(len(self.years))]
        return np.array(sums)

    def on(self, measure: str) -> Array:
        """Number of units of a measure that stand in each year."""
        return self.standing(measure, self.build[measure])

    def installed(self, measure: str) -> Array:
        """Capacity of a measure that stands in each year."""
        return self.standing(measure, self.added[measure])

    def state(self, asset: str, name: str) -> Array:
        """asset_old, asset_renewed or asset_retired of one asset, (year,)."""
        found: Array = self.stored.get(f"asset_{name}", [asset])[0]
        return found

    def capacity_of(self, unit: Machine | Store) -> Array:
        """Installed capacity of a step unit in each year."""
        if unit.state == "measure":
            return self.installed(unit.owner)
        asset = next(a for a in self.given.scenario.assets if a.id == unit.owner)
        return asset.capacity.value * self.state(unit.owner, unit.state)

    def per_capacity(self, text: str, to: str, measure: str) -> float:
        """'9.5 m2/kW' or '1 kW/kW' in base units per base unit of the measure's capacity."""
        what = self.built[measure]
        size = getattr(what, "capacity", None)
        unit = size.max.unit if size is not None else "unit"
        return units.parse(text, f"{to}/{unit}").value
