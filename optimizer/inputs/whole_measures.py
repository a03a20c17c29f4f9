"""Savings and process changes: built whole, priced by what they act on."""

from __future__ import annotations

from collections.abc import Mapping

from optimizer.inputs.assembly import Assembly
from optimizer.inputs.bundle import measure_loc
from optimizer.inputs.case import CaptureUnit, Flow, SavingEffect
from optimizer.inputs.located import Loc
from optimizer.inputs.series_table import SeriesTable
from optimizer.schema.capex import Capex
from optimizer.schema.measure import Process, Saving

Uses = dict[str, float]
"""Capex basis -> what a price multiplies; none for a process change."""

_UNITS = {"annual_saving": "money/MWh", "peak": "money/MW"}


def saving_uses(saving: Saving, series: SeriesTable) -> Uses:
    """annual_saving: share x yearly demand at output 1 [MWh]; peak: its highest step [MW]."""
    services = {service.id: service for service in series.assembly.scenario.services}
    service = services.get(saving.service)
    if service is None or service.demand not in series.values:
        return {}
    demand = series.values[service.demand]
    yearly = float(demand.sum()) * series.assembly.axis.dt
    return {"annual_saving": saving.share * yearly, "peak": float(demand.max())}


def whole_capex(capex: Capex, uses: Uses, assembly: Assembly, loc: Loc) -> float:
    """What `price` adds to `fixed` [money]: price x the basis; `capacity` takes `fixed` alone."""
    if capex.points:
        hint = "It is built whole: give 'fixed', or 'price' with a basis."
        assembly.problem((*loc, "points"), "points", "left out", hint)
        return 0.0
    if capex.price is None:
        return 0.0
    if capex.basis not in uses:
        hint = "It is built whole: give 'fixed', or for a saving `basis: annual_saving` or `peak`."
        assembly.problem((*loc, "price"), capex.price.text, "left out", hint)
        return 0.0
    price = assembly.price_per(capex.price, _UNITS[capex.basis], (*loc, "price"))
    return price * uses[capex.basis]


def saving_effect(saving: Saving) -> SavingEffect:
    """What a saving takes off its service, and the MWh it adds per MWh saved."""
    adds = tuple(Flow(carrier, float(ratio)) for carrier, ratio in saving.adds.items())
    return SavingEffect(measure=saving.id, use=saving.service, share=saving.share, adds=adds)


def process_effect(process: Process, assembly: Assembly) -> SavingEffect:
    """What a process change takes off its source, and the MWh it adds per t avoided."""
    where = measure_loc(process.id, "variable_om")
    return SavingEffect(
        measure=process.id,
        use=process.source or "",
        share=process.share or 0.0,
        adds=_per_tonne(process.inputs),
        variable_om=assembly.price_per(process.variable_om, "money/t", where),
    )


def capture_unit(process: Process, assembly: Assembly) -> CaptureUnit:
    """A capture plant; a source that is an asset means its old and its renewed unit."""
    scenario = assembly.scenario
    renewable = {asset.id for asset in scenario.assets if asset.renewal is not None}
    processes = {source.id for source in scenario.process_emissions}
    taken: list[str] = []
    for source in process.captures:
        if source not in processes:
            taken += [source, f"{source}.renewed"] if source in renewable else [source]
    where = measure_loc(process.id, "variable_om")
    return CaptureUnit(
        id=process.id,
        units=tuple(taken),
        process_sources=tuple(source for source in process.captures if source in processes),
        rate=process.rate or 0.0,
        inputs=_per_tonne(process.inputs),
        durability=process.durability,
        variable_om=assembly.price_per(process.variable_om, "money/t", where),
    )


def _per_tonne(inputs: Mapping[str, float]) -> tuple[Flow, ...]:
    return tuple(Flow(carrier, float(ratio)) for carrier, ratio in inputs.items())
