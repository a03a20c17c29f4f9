"""Tables by year: which years they cover, and what they say after the last planning year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.errors import Problem
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.crosscheck.walk import tables
from optimizer.inputs.located import CATALOG, Loc
from optimizer.inputs.yearly import value_at
from optimizer.schema.fields import Yearly
from optimizer.schema.scenario import Horizon

_HINT = "Give it, or say how the table holds between years: interpolate: linear | step."
_BUDGET: Loc = ("budget", "capex")
_ENERGY: Loc = ("production", "energy")


def planning_years(horizon: Horizon) -> range:
    """first … last."""
    return range(horizon.first, horizon.last + 1)


def covers(table: Yearly[Any], year: int) -> bool:
    """Whether the table has a value for the year; `step` holds onwards, `linear` only between."""
    if table.constant is not None or year in table.values:
        return True
    if not table.values or table.interpolate is None:
        return False
    return min(table.values) < year and (table.interpolate == "step" or year < max(table.values))


def values_cover_planning_years(bundle: Bundle) -> Iterator[Problem]:
    """A table whose value is needed each year covers every planning year; rules may leave gaps."""
    years = planning_years(bundle.scenario.horizon)
    for loc, table in tables(bundle):
        if not _needed(loc, bundle):
            continue
        missing = [year for year in years if not covers(table, year)]
        starts = _first_year(loc, bundle)
        missing = [year for year in missing if year >= starts]
        if missing:
            count = "" if len(missing) == 1 else f" and {len(missing) - 1} more years"
            found = f"no value for {missing[0]}{count}"
            yield bundle.problem(loc, "given for every planning year", _HINT, found=found)


def rules_touch_a_year(bundle: Bundle) -> Iterator[Problem]:
    """A rule that is given holds in at least one planning year."""
    years = planning_years(bundle.scenario.horizon)
    for loc, table in tables(bundle):
        if _needed(loc, bundle) or any(covers(table, year) for year in years):
            continue
        given = ", ".join(map(str, table.values)) or "nothing"
        allowed = f"given for a year from {years[0]} to {years[-1]}"
        problem = bundle.problem(loc, allowed, "The rule would limit nothing.", found=given)
        yield problem.worded("no_year", given=given, first=years[0], last=years[-1])


def rules_no_stricter_after_last_year(bundle: Bundle) -> Iterator[Problem]:
    """The last planning year stands for the tail, so no rule may grow stricter in the tail."""
    horizon = bundle.scenario.horizon
    end = (horizon.evaluate_to or horizon.last) if horizon.end == "extended" else horizon.last
    for loc, table, sign in _policy_rules(bundle):
        at_last = value_at(table, horizon.last)
        for year in range(horizon.last + 1, end + 1):
            value = value_at(table, year)
            if value is None:
                continue
            if at_last is None or sign * value < sign * at_last:
                where = (*loc, year) if year in table.values else loc
                found = f"{value:g} in {year}, stricter than in {horizon.last}"
                hint = "Add a planning year (horizon.last), or end the table with it."
                allowed = f"no stricter after {horizon.last}"
                problem = bundle.problem(where, allowed, hint, found=found)
                yield problem.worded("stricter", value=f"{value:g}", year=year, last=horizon.last)
                break


def _policy_rules(bundle: Bundle) -> Iterator[tuple[Loc, Yearly[float], int]]:
    """Rules with their sign: 1 where less is stricter, -1 where more is."""
    policy = bundle.scenario.policy
    offset = policy.offset
    given = (
        (("policy", "gross_cap"), policy.gross_cap, 1),
        (("policy", "net_target"), policy.net_target, 1),
        (("policy", "offset", "share"), offset.share if offset else None, 1),
        (("policy", "offset", "removal_share"), offset.removal_share if offset else None, -1),
    )
    for loc, table, sign in given:
        if table is not None:
            yield loc, table, sign


def _needed(loc: Loc, bundle: Bundle) -> bool:
    """Whether each planning year needs a value; a budget does if what is left carries over."""
    if loc == _BUDGET:
        return bundle.scenario.budget.carry_over
    return not (loc[0] == "policy" or loc[-1] == "available" or loc[:2] == _ENERGY)


def _first_year(loc: Loc, bundle: Bundle) -> int:
    """The year from which a measure's tables are needed; 0 for the scenario's own."""
    if loc[0] != CATALOG:
        return 0
    return next((m.first_year or 0 for m in bundle.measures if m.id == loc[1]), 0)
