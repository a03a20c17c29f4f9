"""Rules that can't be met together, none of which could be set aside in vain."""

from __future__ import annotations

from optimizer.inputs.axis_choice import on_typical_days
from optimizer.inputs.case import Case
from optimizer.loans.find_rules import Sought
from optimizer.plan.lender import against
from optimizer.plan.make import baseline_of
from optimizer.plan.settings import Settings
from optimizer.solve.feasible import has_plan
from optimizer.solve.solution import Solution


def colliding(
    full: Case, asked: Sought, settings: Settings, baseline: Solution
) -> tuple[str, ...] | None:
    """A set of rules that no plan of the scenario meets, and that would be met without any one of
    them: each is set aside in turn, and stays aside where there is no plan all the same. None where
    a search was ended by its time.

    Chinneck and Dravnieks 1991, "Locating minimal infeasible constraint sets in linear programs":
    the deletion filter, here over whole rules.
    """
    case = full
    if isinstance(settings.periods, int):
        case = on_typical_days(full, settings.periods, settings.segments)[0]
        if settings.full_year:
            baseline = baseline_of(case)
    aside: list[str] = []
    for id in asked.ids:
        answer = has_plan(against(asked.on(case, [*aside, id]), baseline))
        if answer is None:
            return None
        if not answer:
            aside.append(id)
    return tuple(id for id in asked.ids if id not in aside)
