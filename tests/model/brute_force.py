"""Every plan of a small case, tried one by one: the judge of the optimum.

Written from docs/model.md, with nothing of optimizer.model: plain loops over all build schedules,
all fates of the assets and all opening years of the credit gate; one small linear programme a year
for what runs, is bought and is offset; one for the grants. Whole sizes and converters only.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product

from optimizer.inputs import case as c
from optimizer.inputs.held_rules import NeverRisesRule
from tests.model.brute_force_owning import Judge, Schedule, builds_standing, owning, stands
from tests.model.brute_force_parts import Standing
from tests.model.brute_force_year import cheapest_year, cheapest_years


def cheapest(case: c.Case) -> float:
    """Decision cost of the cheapest plan [money]; infinite where there is none."""
    judge, best = Judge(case), math.inf
    menus = [list(_schedules(option, judge.count)) for option in case.measures]
    fates = [list(_fates(asset, judge.count)) for asset in case.assets]
    for schedules in product(*menus):
        plan = dict(zip((o.id for o in case.measures), schedules, strict=True))
        if not _logical(judge, plan):
            continue
        for chosen in product(*fates):
            states = dict(zip((a.id for a in case.assets), chosen, strict=True))
            if _replacements_hold(judge, plan, states):
                fixed = owning(judge, plan, states)
                if fixed < best:
                    best = min(best, fixed + _running(judge, plan, states, best - fixed))
    return best


def _schedules(option: c.MeasureOption, count: int) -> Iterator[Schedule]:
    """Every way to build a measure of whole sizes over the years."""
    moves = [(0, 0.0)]
    for n in range(1, option.max_builds + 1):
        moves += [(n, size) for size in _sizes(option, n)]
    for schedule in product(moves, repeat=count):
        early = any(n for n, _ in schedule[: option.earliest])
        most = max(builds_standing(option, schedule, y) for y in range(count))
        ever = sum(n for n, _ in schedule) if option.renewal == "none" else 0
        if not early and max(most, ever) <= option.max_builds:
            yield schedule


def _sizes(option: c.MeasureOption, builds: int) -> list[float]:
    if option.unit_size is None:
        assert option.lower == option.upper, f"{option.id}: only whole sizes can be listed"
        return [option.upper * builds]
    units = range(math.floor(option.upper * builds / option.unit_size + 1e-9) + 1)
    sizes = [k * option.unit_size for k in units]
    return [s for s in sizes if s >= option.lower * builds]


def _fates(asset: c.AssetOption, count: int) -> Iterator[str]:
    """One letter a year: o(ld), then for good n(ew) or r(etired)."""
    for change in range(min(count, asset.last_old + 1) + 1):
        for then in "nr" if asset.renewed_unit else "r":
            if change < count or then == "r":
                yield "o" * change + then * (count - change)


def _logical(judge: Judge, plan: dict[str, Schedule]) -> bool:
    options = {o.id: o for o in judge.case.measures}
    for y in range(judge.count):
        on = {k: builds_standing(options[k], s, y) for k, s in plan.items()}
        part = {k: n / options[k].max_builds for k, n in on.items()}
        for k, option in options.items():
            for n in option.requires:
                there = sum(on[o.id] for o in options.values() if o.stands_for(n))
                if on[k] > option.max_builds * there:
                    return False
            if any(part[k] + part.get(n, 0.0) > 1 for n in option.excludes):
                return False
        groups = {o.one_of for o in options.values() if o.one_of}
        if any(sum(part[k] for k, o in options.items() if o.one_of == g) > 1 for g in groups):
            return False
    return True


def _replacements_hold(judge: Judge, plan: dict[str, Schedule], states: dict[str, str]) -> bool:
    return all(
        states[a][y] == "r" or not builds_standing(option, plan[option.id], y)
        for option in judge.case.measures
        for a in option.replaces
        for y in range(judge.count)
    )


def _running(
    judge: Judge, plan: dict[str, Schedule], states: dict[str, str], budget: float
) -> float:
    """Cheapest operation over all years and all opening years of the credit gate."""
    policy = judge.case.policy
    openings: list[int | None] = [0]
    reached: float | None = None
    if policy.gate_reduction is not None and judge.case.credits:
        reached = (1 - policy.gate_reduction) * policy.base_emissions
        openings = [None, *range(1, judge.count)]
    best = budget
    for opened in openings:
        years = [
            _standing(
                judge, plan, states, y, opened is not None and y >= opened,
                reached if opened is not None and opened - 1 <= y < judge.count - 1 else None,
            )
            for y in range(judge.count)
        ]  # fmt: skip
        best = min(best, _operation(judge, years, best))
    return best


def _operation(judge: Judge, years: list[Standing], budget: float) -> float:
    """Cheapest operation, year by year; all at once where a year looks at the one before."""
    weights = [judge.weight(y) for y in range(judge.count)]
    if any(isinstance(rule, NeverRisesRule) for rule in judge.case.policy.held):
        return cheapest_years(judge.case, years, weights)
    total = 0.0
    for y, standing in enumerate(years):
        key = (y, standing.key)
        if key not in judge.years:
            judge.years[key] = cheapest_year(judge.case, y, standing)
        total += weights[y] * judge.years[key]
        if total >= budget:
            break
    return total


def _standing(
    judge: Judge,
    plan: dict[str, Schedule],
    states: dict[str, str],
    y: int,
    may_offset: bool,
    ceiling: float | None,
) -> Standing:
    options, installed, on = {o.id: o for o in judge.case.measures}, [], []
    for k, schedule in plan.items():
        sizes = (s for v, (_, s) in enumerate(schedule) if stands(options[k], v, y))
        installed.append((k, sum(sizes)))
        on.append((k, builds_standing(options[k], schedule, y)))
    for a in judge.case.assets:
        installed.append((a.old_unit, a.capacity * (states[a.id][y] == "o")))
        if a.renewed_unit:
            installed.append((a.renewed_unit, a.capacity * (states[a.id][y] == "n")))
    return Standing(dict(installed), dict(on), may_offset, ceiling)
