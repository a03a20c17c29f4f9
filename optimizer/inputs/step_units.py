"""Technologies as step units: what runs in each step."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from optimizer.inputs.assembly import Assembly
from optimizer.inputs.case import (
    ByYear,
    ConverterUnit,
    Flow,
    GeneratorUnit,
    Recovery,
    StorageUnit,
    Varying,
)
from optimizer.inputs.located import Loc
from optimizer.inputs.series_table import SeriesTable
from optimizer.schema.technology import (
    Conversion,
    ConverterTechnology,
    GeneratorTechnology,
    StorageTechnology,
)

Technology = ConverterTechnology | GeneratorTechnology | StorageTechnology
Unit = ConverterUnit | GeneratorUnit | StorageUnit
PER_ENERGY = "money/MWh"


def step_unit(
    technology: Technology, unit: str, capacity_unit: str, series: SeriesTable, loc: Loc
) -> Unit:
    """The step unit with the id `unit` of an asset or measure; `loc` is where that is written."""
    if isinstance(technology, ConverterTechnology):
        return _converter(technology, unit, capacity_unit, series, loc)
    if isinstance(technology, GeneratorTechnology):
        return GeneratorUnit(
            id=unit,
            output=technology.output,
            availability=series.availability(
                technology.availability, capacity_unit, (*loc, "availability")
            ),
            variable_om=_variable_om(technology, series.assembly, loc),
            sold_certificates=_sold_certificates(technology, series.assembly, loc),
        )
    return StorageUnit(
        id=unit,
        carrier=technology.carrier,
        power_ratio=1.0 / technology.duration,
        efficiency_charge=technology.efficiency_charge,
        efficiency_discharge=technology.efficiency_discharge,
        loss=step_loss(technology.self_discharge, series.assembly.axis.dt),
        lowest_level=1.0 - technology.depth,
        variable_om=_variable_om(technology, series.assembly, loc),
        cycle=technology.cycle,
    )


def step_loss(self_discharge: float, dt: float) -> float:
    """Share of the level lost in a step of `dt` hours: 1 - (1 - loss an hour)^dt."""
    return float(-np.expm1(dt * np.log1p(-self_discharge)))


def _converter(
    technology: ConverterTechnology, unit: str, capacity_unit: str, series: SeriesTable, loc: Loc
) -> ConverterUnit:
    availability: Varying = 1.0
    if technology.availability is not None:
        where = (*loc, "availability")
        availability = series.availability(technology.availability, capacity_unit, where)
    return ConverterUnit(
        id=unit,
        reference=technology.reference,
        inputs=_flows(technology.inputs, unit, series, (*loc, "inputs")),
        outputs=_flows(technology.outputs, unit, series, (*loc, "outputs")),
        availability=availability,
        recovery=_recovery(technology, series.assembly),
        minimum_load=technology.minimum_load,
        variable_om=_variable_om(technology, series.assembly, loc),
    )


def _flows(
    conversions: Mapping[str, Conversion], unit: str, series: SeriesTable, loc: Loc
) -> tuple[Flow, ...]:
    return tuple(
        Flow(carrier, _ratio(conversion, f"{unit}.{carrier}.ratio", series, (*loc, carrier)))
        for carrier, conversion in conversions.items()
    )


def _ratio(conversion: Conversion, key: str, series: SeriesTable, loc: Loc) -> Varying:
    """Flow per unit of the reference flow: a ratio, 1/efficiency, 1/COP or 1 - 1/COP.

    A COP that varies with time becomes a series under `key`.
    """
    if conversion.ratio is not None:
        return float(conversion.ratio)
    if conversion.efficiency is not None:
        return 1.0 / conversion.efficiency
    model = conversion.cop or conversion.cop_source
    assert model is not None
    kind = "cop" if conversion.cop else "cop_source"
    drive = 1.0 / series.cop(model, (*loc, kind))
    ratio = drive if conversion.cop else 1.0 - drive
    if isinstance(ratio, float):
        return ratio
    series.put(key, "ratio", ratio, loc)
    return key


def _recovery(technology: ConverterTechnology, assembly: Assembly) -> Recovery | None:
    """A source that is an asset means what its old and its renewed unit have together."""
    if technology.recovers is None:
        return None
    services = {service.id for service in assembly.scenario.services}
    source = technology.recovers.source
    return Recovery(source, source in services, technology.recovers.share)


def _sold_certificates(
    technology: GeneratorTechnology, assembly: Assembly, loc: Loc
) -> ByYear | None:
    """Price by year [money/MWh]; None where the site keeps the certificates."""
    if technology.sold_certificates is None:
        return None
    return assembly.money_by_year(technology.sold_certificates, (*loc, "sold_certificates"))


def _variable_om(technology: Technology, assembly: Assembly, loc: Loc) -> float:
    return assembly.price_per(technology.variable_om, PER_ENERGY, (*loc, "variable_om"))
