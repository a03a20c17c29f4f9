"""Capture in a step: at most its sources' CO2, fossil and biogenic apart."""

from __future__ import annotations

from typing import Any

from optimizer.inputs.case import CaptureUnit, CarrierOption
from optimizer.model.conversion import remaining
from optimizer.model.layer import named
from optimizer.model.step import Step

HOURS_A_YEAR = 8760.0


def add_capture(step: Step) -> None:
    """Captured fossil and biogenic CO2 [t/h]."""
    units = {u.id: u for u in step.captures()}

    def fossil(_: Any, u: str) -> Any:
        """Captured fossil CO2 <= rate x what the sources emit in the step [t/h]."""
        emitted = _burnt(step, units[u], biogenic=False) + _process(step, units[u])
        return step.x("captured_fossil", u) <= units[u].rate * emitted

    def biogenic(_: Any, u: str) -> Any:
        """Captured biogenic CO2 likewise [t/h]."""
        return step.x("captured_biogenic", u) <= units[u].rate * _burnt(
            step, units[u], biogenic=True
        )

    def size(_: Any, u: str) -> Any:
        """Both together within the plant: fossil + biogenic <= installed [t/h]."""
        both = step.x("captured_fossil", u) + step.x("captured_biogenic", u)
        return both <= step.access.link(("installed", u))

    named(step.block, "captured_within_source", units, fossil)
    named(step.block, "captured_within_biogenic", units, biogenic)
    named(step.block, "captured_within_capacity", units, size)


def _burnt(step: Step, capture: CaptureUnit, *, biogenic: bool) -> Any:
    """CO2 of the fuels that the capture plant's units burn: sum ratio x factor x flow [t/h]."""
    carriers = {c.id: c for c in step.case.carriers}
    total: Any = 0.0
    for unit in step.converters():
        if unit.id in _sources(step, capture):
            for flow in unit.inputs:
                factor = _content(step, carriers[flow.carrier], biogenic)
                if not (isinstance(factor, float) and factor == 0.0):
                    total += step.varying(flow.ratio) * factor * step.x("flow", unit.id)
    return total


def _sources(step: Step, capture: CaptureUnit) -> set[str]:
    """Step units that feed a capture plant; an asset stands for its old and its renewed unit."""
    units = set(capture.units)
    for asset in step.case.assets:
        if asset.id in units:
            units |= {asset.old_unit} | ({asset.renewed_unit} if asset.renewed_unit else set())
    return units


def _content(step: Step, carrier: CarrierOption, biogenic: bool) -> Any:
    if biogenic:
        return carrier.biogenic
    if carrier.scope != 1 or not carrier.factor.any():
        return 0.0
    return step.access.yearly(("factor", carrier.id))


def _process(step: Step, capture: CaptureUnit) -> Any:
    """Process emissions that the plant takes from, evenly over the year [t/h]."""
    return sum(
        (
            step.access.yearly(("process", s)) * remaining(step, s) / HOURS_A_YEAR
            for s in capture.process_sources
        ),
        0.0,
    )
