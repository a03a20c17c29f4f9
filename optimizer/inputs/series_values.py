"""One series of the scenario, whatever it is made from, in base units at the scenario's step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimizer import units
from optimizer.errors import InputErrors, Problem
from optimizer.files.csv_series import read_column
from optimizer.files.csv_stamps import read_stamped
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.economics import Exchange
from optimizer.inputs.profiles.checks import Finding, check_series
from optimizer.inputs.profiles.resample import to_steps
from optimizer.inputs.series_files import resolve_series_file, shown_series_file
from optimizer.inputs.series_shapes import MADE_MINUTES, hourly
from optimizer.inputs.time_axis import steps_per_day
from optimizer.schema.series import FileSeries, Series

Array = NDArray[np.float64]
Meaning = Literal["power", "share", "yield", "price", "temperature", "form"]
"""What values stand for, in base units: MW, 1, MW/m2, money/MWh, degC; of a form (any unit) only
the ratios matter."""

SIGNED: frozenset[Meaning] = frozenset({"price", "temperature"})
FATAL = frozenset({"gap", "infinite", "negative", "all_zero"})
"""Findings of `check_series` that stop; the others are suspicions, which are told."""

_MAKES: dict[str, Meaning] = {
    "shifts": "power",
    "pv": "share",
    "temperature": "temperature",
    "time_of_use": "price",
}
_WORDS: dict[Meaning, str] = {
    "power": "a power (MW)",
    "share": "a share of capacity (1)",
    "yield": "a yield (MW/m2)",
    "price": "a price (money/MWh)",
    "temperature": "a temperature (degC)",
    "form": "a form",
}


@dataclass(frozen=True, eq=False)
class StepValues:
    """Means (365, H) and, where measured finer than the step, the highest values inside it.

    derived: made, not measured. suspicions: what looks strange but may be right, in sentences.
    """

    mean: Array
    highest: Array | None
    derived: bool
    suspicions: tuple[str, ...]


def read_series(bundle: Bundle, key: str, meaning: Meaning) -> StepValues:
    """The series `key` of the scenario's `data`; raises InputErrors or ValueError."""
    series = bundle.scenario.data[key]
    values, minutes = base_values(bundle, series, meaning)
    step = int(bundle.scenario.time.step.removesuffix(" min"))
    mean, highest = to_steps(values, minutes, step)
    found: list[Finding] = []
    if isinstance(series, FileSeries):
        found = findings(values, minutes, meaning)
        _refuse(bundle, series, found, meaning)
    shape = (-1, steps_per_day(step))
    return StepValues(
        mean=mean.reshape(shape),
        highest=highest.reshape(shape) if minutes < step else None,
        derived=not isinstance(series, FileSeries),
        suspicions=tuple(f"{key}: {finding.text}" for finding in found),
    )


def base_values(bundle: Bundle, series: Series, meaning: Meaning) -> tuple[Array, int]:
    """Values in base units and the minutes that each lasts, before any check or resampling."""
    exchange = Exchange.of(bundle.scenario)
    if isinstance(series, FileSeries):
        minutes = int(series.step.removesuffix(" min"))
        convert = unit_conversion(series.unit, meaning, minutes, exchange)
        path = resolve_series_file(bundle, series)
        shown = shown_series_file(bundle, series)
        return convert(_column(path, shown, series, minutes)), minutes
    made = _MAKES[series.shape]
    if meaning not in (made, "form"):
        raise ValueError(f"the series is {_WORDS[made]}, needed is {_WORDS[meaning]}")
    year = bundle.scenario.time.profile_year
    return hourly(series, year, exchange.bring), MADE_MINUTES


def _column(path: Path, shown: str, series: FileSeries, minutes: int) -> Array:
    """The column as it stands in the file; its time stamps checked where it has some."""
    if series.time_column is None:
        return read_column(path, series.column, shown_as=shown)
    stamped = read_stamped(path, series.column, series.time_column, shown_as=shown)
    if stamped.step_minutes != minutes:
        found, allowed = f"stamps every {stamped.step_minutes} min", f"every {minutes} min"
        hint = "The series says so in its 'step'."
        raise InputErrors([Problem(shown, 0, 0, series.time_column, found, allowed, hint)])
    return stamped.values


def unit_conversion(
    unit: str, meaning: Meaning, step_minutes: int, exchange: Exchange
) -> Callable[[Array], Array]:
    """From a column's unit to the base unit of its meaning; raises ValueError.

    Power may be written as energy a metering step ("kWh" or "kWh per step"): it is divided by the
    step's hours. Money goes to the scenario's currency and price year. A form keeps its unit.
    """
    if meaning == "form":
        return lambda values: values
    if meaning == "temperature":
        zero = units.parse_temperature(f"1000 {unit}") - 1000
        return lambda values: values + zero
    if meaning == "price":
        factor = exchange.bring(units.parse(f"1 {unit}", "money/MWh"))
    elif meaning == "power":
        factor = _to_power(unit, step_minutes)
    else:
        factor = units.parse(f"1 {unit}", "1" if meaning == "share" else "MW/m2").value
    return lambda values: values * factor


def _to_power(unit: str, step_minutes: int) -> float:
    """MW per 1 of the unit: 1 kW is 0.001 MW; 1 kWh in 15 min is 0.001 / 0.25 = 0.004 MW."""
    try:
        energy = units.parse(f"1 {unit.removesuffix(' per step')}", "MWh").value
    except units.UnitError:
        return units.parse(f"1 {unit}", "MW").value
    return energy / (step_minutes / 60)


def findings(values: Array, step_minutes: int, meaning: Meaning) -> list[Finding]:
    """What is wrong or strange in a column; prices and temperatures may be negative or all 0."""
    found = check_series(
        values, steps_per_day=steps_per_day(step_minutes), may_be_negative=meaning in SIGNED
    )
    if meaning in SIGNED:
        found = [finding for finding in found if finding.code != "all_zero"]
    return found


def _refuse(bundle: Bundle, series: FileSeries, found: list[Finding], meaning: Meaning) -> None:
    """InputErrors with file, line and column of each finding that stops."""
    shown = shown_series_file(bundle, series)
    allowed = f"a whole year of {_WORDS[meaning]}"
    problems = [
        Problem(
            file=shown,
            line=0 if finding.index is None else finding.index + 2,
            column=0 if finding.index is None else 1,
            field=series.column,
            found=finding.text,
            allowed=allowed,
        )
        for finding in found
        if finding.code in FATAL
    ]
    if problems:
        raise InputErrors(problems)
