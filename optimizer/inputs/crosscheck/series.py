"""Every series that is named exists, is of the right sort, and its file is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from optimizer.errors import InputErrors, Problem, nearest
from optimizer.files.csv_series import read_table
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.crosscheck.flows import Unit, units_of
from optimizer.inputs.located import Loc
from optimizer.inputs.series_files import named_series, resolve_series_file, shown_series_file
from optimizer.schema.measure import Contract
from optimizer.schema.series import FileSeries, Series
from optimizer.schema.technology import ConverterTechnology
from optimizer.units import UnitError, parse, parse_temperature

_UNITS = {
    "power or energy": ("MW", "MWh"),
    "an availability from 0 to 1": ("1",),
    "an availability per area": ("MW/m2",),
    "an air temperature": ("degC",),
    "money per energy": ("money/MWh",),
    "an emission factor": ("t/MWh",),
}
_SHAPES = {
    "shifts": "power or energy",
    "pv": "an availability from 0 to 1",
    "temperature": "an air temperature",
    "time_of_use": "money per energy",
}
DEMAND, AVAILABILITY, PER_AREA, TEMPERATURE, PRICE, FACTOR = _UNITS


@dataclass(frozen=True)
class Use:
    """A series named at `loc`, and the sorts that will do there."""

    loc: Loc
    key: str
    sorts: tuple[str, ...]


def series_exist(bundle: Bundle) -> Iterator[Problem]:
    """Every series key in use stands in `data`."""
    known = bundle.scenario.data
    for use in _uses(bundle):
        if use.key not in known:
            guess = nearest(use.key, known)
            hint = f'Did you mean "{guess}"?' if guess else f"Add data.{use.key}."
            yield bundle.problem(use.loc, "the key of a series in `data`", hint, found=use.key)


def series_are_of_the_right_sort(bundle: Bundle) -> Iterator[Problem]:
    """A demand is power or energy, an availability has the unit 1, a price is money per energy."""
    for use in _uses(bundle):
        series = bundle.scenario.data.get(use.key)
        sort = _sort(series) if series is not None else None
        if sort is not None and sort not in use.sorts:
            unit = f' in "{series.unit}"' if isinstance(series, FileSeries) else ""
            found = f"{use.key}, {sort}{unit}"
            yield bundle.problem(use.loc, " or ".join(use.sorts), found=found)


def units_of_series_are_known(bundle: Bundle) -> Iterator[Problem]:
    """The unit of a measured series is one that some use can read."""
    for key, series in named_series(bundle.scenario):
        if _sort(series) is None:
            allowed = 'the unit of a power, energy, price, share or temperature, such as "kW"'
            yield bundle.problem(("data", key, "unit"), allowed, found=series.unit)


def series_files_are_there(bundle: Bundle) -> Iterator[Problem]:
    """Each file exists inside its folder and has the column; one problem a file that is missing."""
    read: dict[tuple[str, str], list[str] | None] = {}
    for key, series in named_series(bundle.scenario):
        file = (series.source, series.file)
        if file not in read:
            try:
                read[file] = _columns(bundle, series)
            except InputErrors as errors:
                read[file] = None
                yield from errors.problems
        columns = read[file]
        if columns is not None and series.column not in columns:
            guess = nearest(series.column, columns)
            hint = f'Did you mean "{guess}"?' if guess else f"It has: {', '.join(columns[:12])}."
            allowed = f"a column of {series.file}"
            yield bundle.problem(("data", key, "column"), allowed, hint, found=series.column)


def _columns(bundle: Bundle, series: FileSeries) -> list[str]:
    """The column names of a series' file; InputErrors if it is missing or malformed."""
    path = resolve_series_file(bundle, series)
    table = read_table(path, shown_as=shown_series_file(bundle, series))
    return [str(name) for name in table.cells.columns]


def _uses(bundle: Bundle) -> Iterator[Use]:
    scenario = bundle.scenario
    for index, service in enumerate(scenario.services):
        yield Use(("services", index, "demand"), service.demand, (DEMAND,))
    for name, carrier in scenario.carriers.items():
        if carrier.factor_series is not None:
            loc = ("carriers", name, "factor_series")
            yield Use(loc, carrier.factor_series, (FACTOR, AVAILABILITY))
    for name, tariff in scenario.tariffs.items():
        if tariff.series is not None:
            yield Use(("tariffs", name, "series"), tariff.series, (PRICE,))
        if tariff.export is not None and tariff.export.series is not None:
            yield Use(("tariffs", name, "export", "series"), tariff.export.series, (PRICE,))
    for unit in units_of(bundle):
        yield from _of_unit(unit)


def _of_unit(unit: Unit) -> Iterator[Use]:
    """Availability, the temperatures behind a COP, the shape of a delivery."""
    item, loc = unit.item, unit.loc
    available = getattr(item, "availability", None)
    if available is not None:
        size = getattr(item, "capacity", None)
        per_area = getattr(getattr(size, "max", size), "unit", "") == "m2"
        yield Use((*loc, "availability"), available, (PER_AREA if per_area else AVAILABILITY,))
    if isinstance(item, Contract) and item.shape is not None:
        yield Use((*loc, "shape"), item.shape, (DEMAND, AVAILABILITY))
    if isinstance(item, ConverterTechnology):
        renewal = getattr(item, "renewal", None)
        for field, flows in (
            (("inputs",), item.inputs),
            (("outputs",), item.outputs),
            (("renewal", "inputs"), getattr(renewal, "inputs", None) or {}),
        ):
            for carrier, flow in flows.items():
                for form in ("cop", "cop_source"):
                    model = getattr(flow, form)
                    if model is not None and model.source_series is not None:
                        place = (*loc, *field, carrier, form, "source_series")
                        yield Use(place, model.source_series, (TEMPERATURE,))


def _sort(series: Series) -> str | None:
    """What a series is, by its shape or its unit; None for a unit that nothing reads."""
    if not isinstance(series, FileSeries):
        return _SHAPES[series.shape]
    for sort, targets in _UNITS.items():
        if any(_reads(series.unit, target) for target in targets):
            return sort
    return None


def _reads(unit: str, target: str) -> bool:
    if not unit.strip():
        return False
    try:
        if target == "degC":
            parse_temperature(f"300 {unit}")
        else:
            parse(f"1 {unit}", target)
    except UnitError:
        return False
    return True
