"""From a case to a plan: baseline, search on typical days, dispatch on the full year."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from optimizer.errors import NoPlan, StoppedWithoutPlan
from optimizer.inputs.axis_choice import on_typical_days, with_days
from optimizer.inputs.baseline import baseline_case
from optimizer.inputs.case import Case, Rule
from optimizer.inputs.held_rules import with_spare
from optimizer.inputs.typical_periods import TypicalDays
from optimizer.model.held_rows import PACK_ROWS
from optimizer.model.lender import PLAN_ROWS
from optimizer.plan.lender import against, without_loan
from optimizer.plan.marginal import Marginals, marginal_costs
from optimizer.plan.search import search
from optimizer.plan.settings import NOTHING_KEPT, Clock, Kept, Listener, Made, Settings
from optimizer.solve.circles import dispatched
from optimizer.solve.decisions import whole_decisions
from optimizer.solve.edit import with_fixed
from optimizer.solve.explain import broken_promises
from optimizer.solve.full_year import dispatch_full_year
from optimizer.solve.highs import Outcome
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.parts import solve_parts
from optimizer.solve.solution import Solution
from optimizer.solve.stamp import stamp

GATE = "gate_before_credits"
MOST_ROUNDS = 10
"""Repairs with days added or caps tightened before giving up."""
DAYS_A_ROUND = 6
TIGHTEN, MARGIN = 1.1, 1e-4
"""A missed cap is lowered by so many times what was missed and by this share of itself: sizes
chosen anew shift the dispatch, so the exact miss would be chased for ever."""


def make_plan(
    full: Case,
    settings: Settings,
    listener: Listener | None = None,
    kept: Kept = NOTHING_KEPT,
) -> Made:
    """The cheapest plan of a case on the full year, and its baseline.

    Raises NoPlan with the promises that break, StoppedWithoutPlan, SolverFailure; ValueError for
    ``periods`` 'auto', which is auto_periods' to resolve.
    """
    clock = Clock({}, listener or Listener())
    case, typical = full, None
    if settings.periods == "auto":
        raise ValueError("periods 'auto' tries several: see auto_periods")
    if settings.periods != "full":
        with clock.stage("typical_days"):
            case, typical = on_typical_days(full, settings.periods, settings.segments)
    check_full = typical is not None and settings.full_year
    baseline = kept.baseline
    if baseline is None:
        with clock.stage("baseline"):
            baseline = baseline_of(full if check_full else case)
    full = against(full, baseline)
    case = _asked(case) if check_full else against(case, baseline)
    if not check_full:
        matrix, x, outcome = search(case, settings, clock, kept.search)
        made = Made(Solution(matrix, x), baseline, outcome, typical, None, [], {})
        made.marginals = _marginals(matrix, x, clock)
    else:
        assert typical is not None
        made = _with_full_year(full, case, typical, baseline, settings, clock, kept)
    made.seconds = clock.seconds
    if typical is not None and typical.axis.kind == "typical":
        made.segments = settings.segments
    return made


def _asked(case: Case) -> Case:
    """A case whose lender compares with the baseline on the same axis."""
    return case if case.lender is None else against(case, baseline_of(case))


def baseline_of(case: Case) -> Solution:
    """The baseline of a case on its own axis; raises NoPlan where it can't be run."""
    matrix = stamp(baseline_case(case))
    outcome = dispatched(matrix, matrix)
    if outcome.x is None:
        raise NoPlan(broken_promises(matrix), baseline=True)
    return Solution(matrix, outcome.x)


def _with_full_year(
    full: Case,
    case: Case,
    typical: TypicalDays,
    baseline: Solution,
    settings: Settings,
    clock: Clock,
    kept: Kept,
) -> Made:
    """Search, then dispatch on the full year; repair what falls short there until nothing does.

    A repair keeps what is built and when, and sizes it anew on a case with the days that fell short
    and with caps lowered by what was missed; only if that is impossible is there a new search.
    """
    with clock.stage("build"):
        whole_year = stamp(without_loan(full)) if kept.full_year is None else kept.full_year
    added: list[int] = []
    tightened: dict[tuple[str, Any], float] = {}
    matrix, x, outcome = search(case, settings, clock, kept.search)
    for _ in range(MOST_ROUNDS):
        with clock.stage("full_year"):
            year = dispatch_full_year(matrix, x, whole_year)
        if year.complete:
            plan = Solution(whole_year, year.x)
            made = Made(plan, baseline, outcome, typical, year, added, tightened)
            made.marginals = _marginals(matrix, x, clock)
            return made
        days = year.short_days(DAYS_A_ROUND)
        case, typical = with_days(full, typical, days)
        case = _asked(case)
        added += days
        for key, tonnes in year.missed.items():
            spare = MARGIN * abs(_cap(full, key))
            tightened[key] = tightened.get(key, 0.0) + TIGHTEN * tonnes + spare
        stricter = _tightened(case, tightened)
        repaired = _repaired(stricter, matrix, x, clock)
        if repaired is None and outcome.ending == "interrupted":
            said = "interrupted before a plan held on every day of the year"
            raise StoppedWithoutPlan(said, interrupted=True)
        if repaired is None:
            matrix, x, outcome = _searched_again(stricter, settings, clock)
        else:
            matrix, x = repaired
    raise StoppedWithoutPlan(
        f"no plan found that holds on every day of the year after {MOST_ROUNDS} repairs; "
        "more typical days (--periods) come closer to the full year"
    )


def _marginals(matrix: Matrix, x: Array, clock: Clock) -> Marginals:
    with clock.stage("rule_costs"):
        return marginal_costs(matrix, x)


def _searched_again(case: Case, settings: Settings, clock: Clock) -> tuple[Matrix, Array, Outcome]:
    """A search under lowered caps; if these leave no plan, that proves nothing of the real ones."""
    try:
        return search(case, settings, clock)
    except NoPlan as none:
        raise StoppedWithoutPlan(
            "no plan found that holds on every day of the year: the caps, lowered by what the full "
            "year missed them by, leave none on the typical days; try more of them (--periods)"
        ) from none


def _repaired(case: Case, matrix: Matrix, x: Array, clock: Clock) -> tuple[Matrix, Array] | None:
    """The same whole decisions on another case, all sizes chosen anew; None if that can't be."""
    with clock.stage("repair"):
        target = stamp(case)
        columns, values = whole_decisions(matrix, x, target)
        outcome = solve_parts(with_fixed(target, columns, values))
    return None if outcome.x is None else (target, outcome.x)


def _cap(case: Case, key: tuple[str, Any]) -> float:
    """The limit of a cap, or of the gate before credits, that was missed [t]; of the gates
    of packs, whose rows have several units, base-year emissions."""
    rule, year = key
    if rule in (*PACK_ROWS, *PLAN_ROWS):
        return case.policy.base_emissions
    policy = case.policy
    if rule == GATE:
        return (1 - (policy.gate_reduction or 0.0)) * policy.base_emissions
    limits = policy.gross_cap if rule == "gross_within_cap" else policy.net_target
    return limits[case.years.index(year)] or 0.0


def _tightened(case: Case, by: dict[tuple[str, Any], float]) -> Case:
    """The case with caps, gates of packs and the gate before credits stricter by what the full
    year missed."""

    def lowered(rule: Rule, name: str) -> Rule:
        return tuple(
            None if limit is None else limit - by.get((name, year), 0.0)
            for year, limit in zip(case.years, rule, strict=True)
        )

    policy = replace(
        case.policy,
        gross_cap=lowered(case.policy.gross_cap, "gross_within_cap"),
        net_target=lowered(case.policy.net_target, "net_within_target"),
        held=with_spare(
            case.policy.held,
            case.years,
            {at: missed for (rule, at), missed in by.items() if rule in PACK_ROWS},
        ),
    )
    asked = {at: missed for (rule, at), missed in by.items() if rule in PLAN_ROWS}
    lender = None if case.lender is None else case.lender.with_spare(asked)
    gate = max((tonnes for (rule, _), tonnes in by.items() if rule == GATE), default=0.0)
    if gate and policy.gate_reduction is not None:
        further = policy.gate_reduction + gate / policy.base_emissions
        policy = replace(policy, gate_reduction=further)
    return replace(case, policy=policy, lender=lender)
