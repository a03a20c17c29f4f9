"""What each step adds to the yearly totals, per hour of the step."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.case import CaptureUnit, ConverterUnit, StorageUnit
from optimizer.model.energy_totals import power_makers
from optimizer.model.exchange import bought
from optimizer.model.resale import first_makers
from optimizer.model.seam import Name, total_names
from optimizer.model.step import Step


def add_step_totals(step: Step) -> None:
    """block.rate[name]: MW, t/h or money/h; the year's total is its sum over hours a year."""
    names = total_names(step.case)
    step.block.rate = pyo.Expression(
        pyo.Set(initialize=names, dimen=2), rule=lambda _, *name: _rate(step, name)
    )


def _rate(step: Step, name: Name) -> Any:
    kind, item = name
    carriers = {c.id: c for c in step.case.carriers}
    if kind == "reference":
        return _reference(step, item)
    if kind == "import_priced":
        purchase = carriers[item].purchase
        assert purchase is not None
        assert purchase.series is not None
        return step.access.series(purchase.series) * step.x("import", item)
    if kind == "export_priced":
        sale = carriers[item].sale
        assert sale is not None
        assert sale.series is not None
        return step.access.series(sale.series) * step.x("export", item)
    if kind in ("import_shaped", "export_shaped"):
        shape = carriers[item].factor_series
        assert shape is not None
        return step.access.series(shape) * (
            bought(step, item) if kind == "import_shaped" else step.x("export", item)
        )
    if kind == "flow_priced":
        unit = next(u for u in step.generators() if u.id == item)
        assert unit.paid is not None
        assert unit.paid.series is not None
        return step.access.series(unit.paid.series) * step.x("flow", item)
    if kind == "generated":
        return _generated(step, item)
    if kind == "first_made":
        return _generated(step, item) + _made(step, item, first_makers(step.case, item))
    if kind == "sold_certificates":
        return step.x("flow", item)
    if kind == "made":
        return _made(step, item, power_makers(step.case))
    return step.x(kind, item)


def _generated(step: Step, carrier: str) -> Any:
    return sum((step.x("flow", u.id) for u in step.generators() if u.output == carrier), 0.0)


def _made(step: Step, carrier: str, units: list[ConverterUnit]) -> Any:
    """What converters give of a carrier, less what they take of it [MW]."""
    total: Any = 0.0
    for unit in units:
        for sign, flows in ((1.0, unit.outputs), (-1.0, unit.inputs)):
            for flow in flows:
                if flow.carrier == carrier:
                    total += sign * step.varying(flow.ratio) * step.x("flow", unit.id)
    return total


def _reference(step: Step, unit_id: str) -> Any:
    """What variable O&M is paid on: the reference flow, a store's discharge, captured tonnes."""
    unit = next(u for u in step.case.units if u.id == unit_id)
    if isinstance(unit, StorageUnit):
        return step.x("discharge", unit_id)
    if isinstance(unit, CaptureUnit):
        return step.x("captured_fossil", unit_id) + step.x("captured_biogenic", unit_id)
    return step.x("flow", unit_id)
