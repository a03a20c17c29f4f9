"""Carbon price with its free allocation, and CBAM, by planning year."""

from __future__ import annotations

from typing import Literal

from optimizer.inputs.assembly import Assembly
from optimizer.inputs.case import ByYear, CarbonRule, CbamRule, EmissionPart
from optimizer.inputs.located import Loc
from optimizer.inputs.product import produced
from optimizer.inputs.yearly import locked
from optimizer.schema.carbon import Allocation, FixedAllocation, OutputBasedAllocation
from optimizer.schema.measure import Process


def carbon_rule(assembly: Assembly) -> CarbonRule | None:
    """Price [money/t] and free allocation [t] by year; None without a carbon price."""
    carbon = assembly.scenario.carbon
    if carbon is None:
        return None
    covers: frozenset[EmissionPart] = frozenset(carbon.covers)
    _capture_is_of_one_kind(assembly, covers, ("carbon", "covers"))
    return CarbonRule(
        price=assembly.money_by_year(carbon.price, ("carbon", "price")),
        free_allocation=_free_allocation(assembly, carbon.allocation),
        covers=covers,
        surplus=_surplus(carbon.allocation),
    )


def _surplus(allocation: Allocation | None) -> Literal["sold", "worthless"]:
    """What a surplus fetches; where none can arise, as if it were sold."""
    if isinstance(allocation, FixedAllocation | OutputBasedAllocation):
        return allocation.surplus
    return "sold"


def _free_allocation(assembly: Assembly, allocation: Allocation | None) -> ByYear | None:
    """Tonnes by year; None where they are as many as are emitted.

    output_based: benchmark [t/unit] x what is produced [unit/a] x (1 - decline).
    """
    loc: Loc = ("carbon", "allocation")
    if allocation is None:
        return assembly.constant(0.0)
    if isinstance(allocation, FixedAllocation):
        return assembly.by_year(allocation.amount, (*loc, "amount"))
    if isinstance(allocation, OutputBasedAllocation):
        decline = assembly.by_year(allocation.decline, (*loc, "decline"))
        return locked(allocation.benchmark * produced(assembly) * (1.0 - decline))
    return None


def cbam_rule(assembly: Assembly) -> CbamRule | None:
    """What importers owe for the factory's goods [t, money/t] by year; None without exports."""
    cbam = assembly.scenario.cbam
    if cbam is None:
        return None
    factor = assembly.by_year(cbam.factor, ("cbam", "factor"))
    price = assembly.money_by_year(cbam.price, ("cbam", "price"))
    covers: frozenset[EmissionPart] = frozenset(cbam.covers)
    _capture_is_of_one_kind(assembly, covers, ("cbam", "covers"))
    return CbamRule(
        borne_price=locked(price * assembly.by_year(cbam.borne, ("cbam", "borne"))),
        exported=assembly.by_year(cbam.exported, ("cbam", "exported")),
        free=locked(cbam.benchmark * produced(assembly) * factor),
        covers=covers,
    )


def _capture_is_of_one_kind(assembly: Assembly, covers: frozenset[EmissionPart], loc: Loc) -> None:
    """A Problem where a capture plant takes from what is covered and from what isn't: whose
    tonnes it captures can't be told."""
    if {"fuel", "process"} <= covers:
        return
    processes = {source.id for source in assembly.scenario.process_emissions}
    for measure in assembly.bundle.measures:
        taken = set(measure.captures) if isinstance(measure, Process) else set()
        if taken & processes and taken - processes:
            found = ", ".join(sorted(covers))
            hint = f"'{measure.id}' captures from fuel and process at once."
            assembly.problem(loc, found, "fuel and process, or neither", hint)
