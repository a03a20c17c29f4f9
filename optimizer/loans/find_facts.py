"""What a search for a plan that qualifies found, as plain data."""

from __future__ import annotations

from typing import Any

from optimizer.loans.find import Attempt, Found
from optimizer.studies.changes import changes
from optimizer.studies.decided import Decided, decided


def find_facts(found: Found) -> dict[str, Any]:
    """The `find` of `decarb loan FILE --find --json`.

    Money is present money of the base year; `cost` is between `low` and `high` and noise where 0
    lies within. `paid` is the difference of the stored plans' net present cost. Rules read
    pack/rule; those of `loan/` every search keeps.
    """
    asked, plan = found.sought, found.plan
    measures = asked.subject.given.measures
    barred = {m: asked.bars(m) for m in measures if asked.bars(m)}
    return {
        "ending": found.ending,
        "currency": asked.case.currency,
        "free": {
            "cost": found.free.made.plan.net_present_cost(),
            "verdict": found.free.assessment.verdict,
            "qualifies": found.free.qualifies,
            "failing": _failing(found.free),
        },
        "cost": None if plan is None else _cost(found, plan),
        "changes": None if plan is None else _changes(found.free, plan),
        "loan": None if plan is None else dict(plan.raw),
        "not_financed": {m: list(rules) for m, rules in barred.items()}
        | ({} if plan is None else {m: list(rules) for m, rules in plan.dropped.items()}),
        "kept_by_rows": [ask.id for ask in asked.asks],
        "judged_after": list(asked.after),
        "colliding": None if found.colliding is None else list(found.colliding),
        "to_bring": [] if plan is None else _to_bring(plan),
    }


def _failing(attempt: Attempt) -> list[str]:
    """Gates that the plan, the loan or a measure fails."""
    rules = [f"{each.pack}/{each.rule.id}" for each in attempt.failing]
    return list(dict.fromkeys([*rules, *(id for ids in attempt.dropped.values() for id in ids)]))


def _cost(found: Found, plan: Attempt) -> dict[str, Any]:
    assert found.low is not None
    assert found.high is not None
    paid = plan.made.plan.net_present_cost() - found.free.made.plan.net_present_cost()
    noise = plan is not found.free and found.low <= 0.0
    return {"low": found.low, "high": found.high, "noise": noise, "paid": paid}


def _changes(free: Attempt, plan: Attempt) -> dict[str, list[str]]:
    """What the plan has that one which needn't qualify hasn't."""
    parts = vars(changes(_decided(free), _decided(plan)))
    return {key: list(ids) for key, ids in parts.items()}


def _decided(attempt: Attempt) -> Decided:
    solution = attempt.made.plan
    return decided(solution, solution.matrix.case.money.weight)


def _to_bring(plan: Attempt) -> list[dict[str, Any]]:
    """Gates that can't be determined: what would settle them is in their findings."""
    return [
        {"rule": f"{each.pack}/{each.rule.id}", "measure": each.measure}
        for each in plan.assessment.findings
        if each.verdict == "cannot_determine" and each.rule.severity == "gate"
    ]
