"""Conversion in a step: converters, generators, recovered heat."""

from __future__ import annotations

from typing import Any

from optimizer.inputs.case import ConverterUnit, ServiceOption
from optimizer.model.layer import named
from optimizer.model.step import Step


def add_conversion(step: Step) -> None:
    """Flows within what stands and is available, and within what their source gives off."""
    runs = {u.id: u.availability for u in step.converters()}
    runs |= {u.id: u.availability for u in step.generators()}

    def within(_: Any, u: str) -> Any:
        """Nothing runs above its size: flow <= availability x installed [MW]."""
        return step.x("flow", u) <= step.varying(runs[u]) * step.access.link(("installed", u))

    named(step.block, "flow_within_capacity", runs, within)
    _add_recovery(step)


def demand(step: Step, service: ServiceOption) -> Any:
    """What a service needs in the step after savings: demand x activity x remaining [MW]."""
    return (
        step.access.series(service.demand)
        * step.access.yearly(("activity", service.id))
        * remaining(step, service.id)
    )


def remaining(step: Step, use: str) -> Any:
    """Share of a use that savings leave; 1 where none is offered."""
    return step.access.link(("remaining", use)) if step.has_saving(use) else 1.0


def _given_off(step: Step, source: str) -> Any:
    """What heat may be recovered from: a service's demand, a unit's or an asset's reference
    flow [MW]."""
    for service in step.case.services:
        if service.id == source:
            return demand(step, service)
    for asset in step.case.assets:
        if asset.id == source:
            renewed = step.x("flow", asset.renewed_unit) if asset.renewed_unit else 0.0
            return step.x("flow", asset.old_unit) + renewed
    return step.x("flow", source)


def _add_recovery(step: Step) -> None:
    users: dict[str, list[ConverterUnit]] = {}
    for unit in step.converters():
        if unit.recovery is not None:
            users.setdefault(unit.recovery.source, []).append(unit)
    recoverers = {u.id: u.recovery for units in users.values() for u in units}

    def each(_: Any, u: str) -> Any:
        """A recoverer takes at most its share: flow <= share x source [MW]."""
        recovery = recoverers[u]
        assert recovery is not None
        return step.x("flow", u) <= recovery.share * _given_off(step, recovery.source)

    def together(_: Any, source: str) -> Any:
        """All of them take at most the highest share: sum flow <= highest share x source [MW]."""
        highest = max(u.recovery.share for u in users[source] if u.recovery is not None)
        return sum(step.x("flow", u.id) for u in users[source]) <= highest * _given_off(
            step, source
        )

    named(step.block, "recovered_within_share", recoverers, each)
    named(
        step.block, "recovered_within_source", [s for s, u in users.items() if len(u) > 1], together
    )
