"""Capacity: what is built, in which year, at which size, and what it costs overnight."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.case import MeasureOption, modes_of
from optimizer.model.layer import YearlyLayer, build_years, hold, named, standing_builds
from optimizer.model.sizes import ROUNDING, build_limits, tightened


def add_capacity(layer: YearlyLayer) -> None:
    """Sets, variables, expressions and constraints of building."""
    m, case = layer.model, layer.case
    if layer.tight:
        case = tightened(case)
    options = {option.id: option for option in case.measures}
    limits = build_limits(case) if layer.tight else {}
    builds = [(k, y) for k, option in options.items() for y in build_years(option, layer.years)]
    pieces = [(k, y, s) for k, y in builds for s in _piece_indices(options[k])]
    whole = [(k, y) for k, y in builds if options[k].unit_size is not None]
    every = [(k, y) for k in options for y in layer.years]

    m.build = pyo.Var(
        builds, domain=pyo.NonNegativeIntegers, bounds=lambda _, k, y: (0, options[k].max_builds)
    )
    largest = {(k, y): limits.get((k, y), options[k].upper) for k, y in builds}
    m.added = pyo.Var(builds, bounds=lambda _, k, y: (0, largest[k, y] * options[k].max_builds))
    m.units_added = pyo.Var(whole, domain=pyo.NonNegativeIntegers)
    m.segment_on = pyo.Var(
        pieces, domain=pyo.NonNegativeIntegers, bounds=lambda _, k, y, s: (0, options[k].max_builds)
    )
    m.segment_size = pyo.Var(pieces, bounds=(0, None))
    m.on = pyo.Var(every, bounds=lambda _, k, y: (0, options[k].max_builds))
    m.installed = pyo.Var(_installed_units(layer), bounds=(0, None))

    m.size_cost = pyo.Expression(builds, rule=lambda m, k, y: _size_cost(m, options[k], y))
    m.overnight = pyo.Expression(every, rule=lambda m, k, y: _overnight(layer, options[k], y))

    def lower(m: Any, k: str, y: int) -> Any:
        """What is built has at least its smallest size: lower x build <= added [capacity]."""
        return options[k].lower * m.build[k, y] <= m.added[k, y]

    def upper(m: Any, k: str, y: int) -> Any:
        """What is built has at most its largest size: added <= largest x build [capacity]."""
        return m.added[k, y] <= largest[k, y] * m.build[k, y]

    def whole_units(m: Any, k: str, y: int) -> Any:
        """Some equipment comes in whole units: added = unit size x units [capacity]."""
        return m.added[k, y] == options[k].unit_size * m.units_added[k, y]

    def on(m: Any, k: str, y: int) -> Any:
        """What stands is what was built within its life: on = sum build [1]."""
        return m.on[k, y] == sum(m.build[k, v] for v in standing_builds(options[k], layer.years, y))

    named(m, "added_above_smallest", builds, lower)
    named(m, "added_within_sizes", builds, upper)
    named(m, "added_is_whole_units", whole, whole_units)
    named(m, "on_is_standing", every, on)
    _add_installed(layer, options)
    _add_segments(m, options, pieces)
    _close_unreachable(m, options, largest)
    _add_build_limits(layer, options)


def _piece_indices(option: MeasureOption) -> range:
    return range(len(option.segments)) if len(option.segments) > 1 else range(0)


def _installed_units(layer: YearlyLayer) -> list[tuple[str, int]]:
    """Every step unit has an installed capacity: measures by their id, assets by their two
    states.

    Raises ValueError for a unit of neither: no row would hold its capacity, and it would be free.
    """
    case = layer.case
    owned = {o.id for o in case.measures} | {a.old_unit for a in case.assets}
    owned |= {a.renewed_unit for a in case.assets if a.renewed_unit is not None}
    for unit in case.units:
        if unit.id not in owned:
            raise ValueError(f"unit '{unit.id}' belongs to no measure and no asset")
    return [(unit.id, y) for unit in case.units for y in layer.years]


def _size_cost(m: Any, option: MeasureOption, year: int) -> Any:
    """Cost of the size built before the price trend: piecewise linear in the size [money]."""
    k = option.id
    if len(option.segments) == 1:
        only = option.segments[0]
        return only.slope * m.added[k, year] + only.intercept * m.build[k, year]
    return sum(
        piece.slope * m.segment_size[k, year, s] + piece.intercept * m.segment_on[k, year, s]
        for s, piece in enumerate(option.segments)
    )


def _overnight(layer: YearlyLayer, option: MeasureOption, year: int) -> Any:
    """Capex paid in a year: builds of the year, and forced renewals after each full life
    [money]."""
    trend = float(option.price_trend[layer.at(year)])
    due = [
        v
        for v in build_years(option, layer.years)
        if v <= year and (year - v) % option.life_years == 0
    ]
    if option.renewal != "forced":
        due = [v for v in due if v == year]
    return trend * sum((layer.model.size_cost[option.id, v] for v in due), 0.0)


def _add_installed(layer: YearlyLayer, options: dict[str, MeasureOption]) -> None:
    m = layer.model
    index = [(k, y) for k, y in m.installed if k in options]

    def installed(m: Any, k: str, y: int) -> Any:
        """Capacity that stands is what was added within its life: installed = sum added
        [capacity]."""
        return m.installed[k, y] == sum(
            m.added[k, v] for v in standing_builds(options[k], layer.years, y)
        )

    named(m, "installed_is_standing", index, installed)
    for k, y in index:
        m.installed[k, y].setub(options[k].upper * options[k].max_builds)


def _add_segments(
    m: Any, options: dict[str, MeasureOption], pieces: list[tuple[str, int, int]]
) -> None:
    """Breakpoints in multiple-choice form: one segment a build."""
    builds = sorted({(k, y) for k, y, _ in pieces})

    def cover_build(m: Any, k: str, y: int) -> Any:
        """A build lies on one straight piece of its cost curve: sum segment_on = build [1]."""
        return sum(m.segment_on[k, y, s] for s in _piece_indices(options[k])) == m.build[k, y]

    def cover_added(m: Any, k: str, y: int) -> Any:
        """The size is the size on that piece: sum segment_size = added [capacity]."""
        return sum(m.segment_size[k, y, s] for s in _piece_indices(options[k])) == m.added[k, y]

    def above(m: Any, k: str, y: int, s: int) -> Any:
        """A piece holds sizes from its lower end: lower x segment_on <= segment_size [capacity]."""
        return options[k].segments[s].lower * m.segment_on[k, y, s] <= m.segment_size[k, y, s]

    def below(m: Any, k: str, y: int, s: int) -> Any:
        """... up to its upper end: segment_size <= upper x segment_on [capacity]."""
        return m.segment_size[k, y, s] <= options[k].segments[s].upper * m.segment_on[k, y, s]

    named(m, "segments_cover_build", builds, cover_build)
    named(m, "segments_cover_added", builds, cover_added)
    named(m, "segment_above_lower", pieces, above)
    named(m, "segment_within_bounds", pieces, below)


def _close_unreachable(
    m: Any, options: dict[str, MeasureOption], largest: dict[tuple[str, int], float]
) -> None:
    """No build in a year whose money pays for none; no piece of a cost curve beyond the largest.

    The columns stay, so that pieces keep their places between time axes.
    """
    for (k, y), size in largest.items():
        if size < options[k].lower * (1 - ROUNDING):
            hold(m.build[k, y], 0)
        for s in _piece_indices(options[k]):
            if options[k].segments[s].lower > size:
                hold(m.segment_on[k, y, s], 0)


def _add_build_limits(layer: YearlyLayer, options: dict[str, MeasureOption]) -> None:
    m = layer.model
    builds = [(k, y) for k, option in options.items() for y in build_years(option, layer.years)]
    modes = {k: modes_of(options.values(), option.measure) for k, option in options.items()}
    once = [
        k
        for k, option in options.items()
        if option.renewal == "none" and build_years(option, layer.years)
    ]

    def once_only(m: Any, k: str) -> Any:
        """What is never renewed is built max_builds times in all, whoever owns it: sum build <=
        max_builds [1]."""
        return sum(m.build[j, y] for j, y in builds if j in modes[k]) <= options[k].max_builds

    named(m, "built_once", once, once_only)
