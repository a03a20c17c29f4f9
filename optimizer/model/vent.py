"""Vents: only what comes as a by-product is let off where power could be burnt on purpose."""

from __future__ import annotations

from typing import Any

from optimizer.inputs.case import Case, ConverterUnit
from optimizer.model.layer import named
from optimizer.model.step import Step


def add_vents(step: Step) -> None:
    """Close the loop of buying power below nothing, making heat of it and letting it off."""

    def within(_: Any, c: str) -> Any:
        """What a unit runs for can be made less instead: vent <= by-products of the carrier and
        of hotter ones [MW]. No plan with prices above 0 is lost."""
        return step.x("vent", c) <= sum(
            (beside(step, carrier) for carrier in hotter(step.case, c)), 0.0
        )

    named(step.block, "vent_within_byproducts", powered_vents(step.case), within)


def powered_vents(case: Case) -> list[str]:
    """Carriers with a vent that are power, or that a unit makes of power on purpose, hotter ones
    that serve them included."""
    power = {c.id for c in case.carriers if c.kind == "electricity"}
    made = {
        u.reference
        for u in case.units
        if isinstance(u, ConverterUnit) and any(f.carrier in power for f in u.inputs)
    }
    return [c.id for c in case.carriers if c.vent and (power | made) & set(hotter(case, c.id))]


def hotter(case: Case, carrier: str) -> list[str]:
    """The carrier itself and all that serve it, directly or through others."""
    found, ahead = [carrier], [carrier]
    while ahead:
        cooler = ahead.pop()
        above = [c.id for c in case.carriers if cooler in c.serves and c.id not in found]
        found += above
        ahead += above
    return found


def beside(step: Step, carrier: str) -> Any:
    """What comes whether it is wanted or not: from units that run for another carrier, and from
    those without power that make a second one along with it [MW]."""
    power = {c.id for c in step.case.carriers if c.kind == "electricity"}
    total: Any = 0.0
    for unit in step.converters():
        together = len(unit.outputs) > 1 and not any(f.carrier in power for f in unit.inputs)
        if unit.reference != carrier or together:
            for flow in unit.outputs:
                if flow.carrier == carrier:
                    total += step.varying(flow.ratio) * step.x("flow", unit.id)
    return total
