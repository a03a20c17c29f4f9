"""The operation of ONE time step, written once.

``write_step`` attaches the variables, constraints and totals of a step to a Pyomo block. What
varies (prices, demands, availability, COP, yearly quantities, the level one step before) comes
through a ``StepAccess``: symbols when the step is compiled and stamped, numbers and the yearly
model's own variables in the plain-Pyomo expansion that checks the stamping.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import pyomo.environ as pyo

from optimizer.inputs.case import (
    CaptureUnit,
    Case,
    ConverterUnit,
    GeneratorUnit,
    StorageUnit,
    Varying,
)
from optimizer.model.seam import Name, energy_contracts, hourly_contracts


class StepAccess(Protocol):
    """Where a step finds what differs between steps."""

    def series(self, key: str) -> Any:
        """Value of a series in this period and step."""

    def yearly(self, name: Name) -> Any:
        """Value of a yearly table (see ``yearly_tables``) in this year."""

    def link(self, name: Name) -> Any:
        """The yearly variable behind a link."""

    def level_before(self, storage: str) -> Any:
        """Level of a storage one step before: round the day, or, for a store that is cyclic over
        the year, ``day_start`` before the day's first step."""

    def hours(self) -> Any:
        """Length of the step [h]."""

    def kept(self, storage: str) -> Any:
        """Share of a storage's level that the step leaves (see ``kept_levels``)."""


@dataclass
class Step:
    """A block being written, and its case and access."""

    case: Case
    block: Any
    access: StepAccess

    def varying(self, value: Varying) -> Any:
        return self.access.series(value) if isinstance(value, str) else value

    def x(self, *name: str) -> Any:
        return self.block.x[name]

    def has(self, *name: str) -> bool:
        return name in self.block.x

    def has_saving(self, use: str) -> bool:
        return any(effect.use == use for effect in self.case.savings)

    def converters(self) -> list[ConverterUnit]:
        return [u for u in self.case.units if isinstance(u, ConverterUnit)]

    def generators(self) -> list[GeneratorUnit]:
        return [u for u in self.case.units if isinstance(u, GeneratorUnit)]

    def storages(self) -> list[StorageUnit]:
        return [u for u in self.case.units if isinstance(u, StorageUnit)]

    def captures(self) -> list[CaptureUnit]:
        return [u for u in self.case.units if isinstance(u, CaptureUnit)]


def yearly_tables(case: Case) -> dict[Name, Any]:
    """Yearly data that steps use: name -> array of shape (Y,)."""
    tables: dict[Name, Any] = {("activity", s.id): s.activity for s in case.services}
    tables |= {("process", s.id): s.amount for s in case.process_sources}
    tables |= {("factor", c.id): c.factor for c in case.carriers}
    return tables


def kept_levels(case: Case) -> dict[str, Any]:
    """Storage -> share of its level that each step leaves, (P, H): (1 - loss) ^ steps it holds."""
    stores = (unit for unit in case.units if isinstance(unit, StorageUnit))
    return {unit.id: (1 - unit.loss) ** case.axis.held for unit in stores}


def step_variables(case: Case) -> list[Name]:
    """Names of the step's variables: MW, storage levels MWh, captured t/h; all >= 0."""
    names: list[Name] = []
    for unit in case.units:
        if isinstance(unit, StorageUnit):
            names += [("charge", unit.id), ("discharge", unit.id), ("level", unit.id)]
        elif isinstance(unit, CaptureUnit):
            names += [("captured_fossil", unit.id), ("captured_biogenic", unit.id)]
        else:
            names.append(("flow", unit.id))
    for carrier in case.carriers:
        names += [("import", carrier.id)] * (carrier.purchase is not None)
        names += [("export", carrier.id)] * (carrier.sale is not None)
        names += [("vent", carrier.id)] * carrier.vent
        names += [("cascade", carrier.id, cooler) for cooler in carrier.serves]
    names += [("delivered", g.id) for g in energy_contracts(case)]
    return names + [("matched", g.id) for g in hourly_contracts(case)]


def declare_step(case: Case, block: Any) -> None:
    """The step's variables; apart, since a day's first step refers to the level of its last."""
    block.x = pyo.Var(pyo.Set(initialize=step_variables(case), dimen=None), bounds=(0, None))


def write_step(case: Case, block: Any, access: StepAccess) -> Step:
    """Constraints and totals of one declared step, concept by concept."""
    from optimizer.model.balance import add_balance
    from optimizer.model.capture import add_capture
    from optimizer.model.conversion import add_conversion
    from optimizer.model.exchange import add_exchange
    from optimizer.model.storage import add_storage
    from optimizer.model.totals import add_step_totals
    from optimizer.model.vent import add_vents

    step = Step(case, block, access)
    add_conversion(step)
    add_storage(step)
    add_capture(step)
    add_exchange(step)
    add_balance(step)
    add_vents(step)
    add_step_totals(step)
    return step
