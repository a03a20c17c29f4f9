"""Stores whose level is cyclic over the year: what is stored runs on from day to day.

Periods stand for several calendar days, which differ in what the store holds at their begin. So a
day's level is split in two: the step layer follows the level that a period's dispatch moves, the
same on all of its days, and each calendar day holds over what lies below that and is not touched
(the inter- and intra-period states of Kotzur et al., Applied Energy 213 (2018) 123,
doi 10.1016/j.apenergy.2018.01.023). A period of a single day moves all: nothing is held over.
The chain is exact. So is the lowest level, which bounds what the dispatch moves: a level of a day
is that or more. At the other end the two highest parts are added up though losses make what is
held over less by the hour when the day is fullest: exact without losses and on the full year.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.case import Case, StorageUnit
from optimizer.model.layer import YearlyLayer, named

SEASON_VARIABLES = ("day_start", "day_span", "day_end", "held_over")
SEASON_ROWS = ("stored_within_capacity", "day_begins_as_last_ended")
"""Names of all that couples the days of a year: it has no price and concerns the dispatch alone."""


def season_stores(case: Case) -> list[StorageUnit]:
    """Stores that are cyclic over the year."""
    return [u for u in case.units if isinstance(u, StorageUnit) and u.cycle == "year"]


def kept_by_day(case: Case, unit: StorageUnit) -> float:
    """Share of a level that a day leaves; every period has as many short steps."""
    return float((1 - unit.loss) ** case.axis.held[0].sum())


def add_seasons(layer: YearlyLayer) -> None:
    """What a year with seasonal stores holds from day to day; nothing without any."""
    if season_stores(layer.case):
        _add_levels(layer)
        _add_chain(layer)


def _by_day(layer: YearlyLayer) -> list[tuple[str, int, int]]:
    """(store, year, calendar day)."""
    stores, days = season_stores(layer.case), range(len(layer.case.axis.period_of_day))
    return [(u.id, y, d) for u in stores for y in layer.years for d in days]


def _add_levels(layer: YearlyLayer) -> None:
    """By period: the moved level at the day's begin, its highest and its last; by calendar day:
    what is held over. All in MWh."""
    m, axis = layer.model, layer.case.axis
    periods = range(len(axis.weight))
    stores = season_stores(layer.case)
    by_period = [(u.id, y, p) for u in stores for y in layer.years for p in periods]
    shared = axis.weight[axis.period_of_day] > 1
    several = [(u, y, d) for u, y, d in _by_day(layer) if shared[d]]
    m.day_start = pyo.Var(by_period, bounds=(0, None))
    m.day_span = pyo.Var(by_period, bounds=(0, None))
    m.day_end = pyo.Var(by_period, bounds=(0, None))
    m.held_over = pyo.Var(pyo.Set(initialize=several, dimen=3), bounds=(0, None))


def _add_chain(layer: YearlyLayer) -> None:
    axis = layer.case.axis
    period = [int(p) for p in axis.period_of_day]
    kept = {u.id: kept_by_day(layer.case, u) for u in season_stores(layer.case)}

    def held(m: Any, u: str, y: int, d: int) -> Any:
        return m.held_over[u, y, d] if axis.weight[period[d]] > 1 else 0.0

    def capacity(m: Any, u: str, y: int, d: int) -> Any:
        """What is held over and the day's highest level fit in: held + span <= installed [MWh]."""
        return held(m, u, y, d) + m.day_span[u, y, period[d]] <= m.installed[u, y]

    def chain(m: Any, u: str, y: int, d: int) -> Any:
        """A day begins with what the last one left, January first with December's last: start +
        held = kept a day x held before + end before [MWh]."""
        before = (d - 1) % len(period)
        left = kept[u] * held(m, u, y, before) + m.day_end[u, y, period[before]]
        return m.day_start[u, y, period[d]] + held(m, u, y, d) == left

    named(layer.model, SEASON_ROWS[0], _by_day(layer), capacity)
    named(layer.model, SEASON_ROWS[1], _by_day(layer), chain)
