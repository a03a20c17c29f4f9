"""What summary.json says of the search's time axis and of the check on the full year."""

from __future__ import annotations

from typing import Any

from optimizer.inputs.case import Case
from optimizer.model.held_rows import PACK_ROWS
from optimizer.names import VALUATION
from optimizer.plan.auto_periods import choice
from optimizer.plan.settings import Made


def typical_days(made: Made, asked: int | str) -> dict[str, Any] | None:
    if made.typical is None:
        return None
    typical = made.typical
    chosen = choice(made.tried)
    return {
        "asked": asked if chosen is None else made.tried[chosen].periods,
        "periods": int((~typical.axis.extreme).sum()),
        "segments": made.segments,
        "extremes": [{"day": d, "reasons": list(why)} for d, why in typical.reasons.items()],
        "report": dict(typical.report),
        "scale": {key: float(factor) for key, factor in typical.scale.items()},
    }


def full_year(made: Made, saving: float) -> dict[str, Any] | None:
    """The fixed plan run again on the full year, against the search on typical days."""
    if made.full_year is None:
        return None
    difference = made.full_year.cost - made.search.objective
    return {
        "cost_difference": difference,
        "cost_difference_share": difference / abs(made.search.objective),
        "cost_difference_share_of_saving": abs(difference / saving) if saving else None,
        "unmet": {c: float(days.sum()) for c, days in made.full_year.unmet.items()},
        "added_days": len(made.added_days),
        "tightened_caps": [
            {"rule": rule, "year": year, "tonnes": tonnes}
            for (rule, year), tonnes in made.tightened.items()
            if rule not in PACK_ROWS
        ],
        "tightened_gates": [
            {"rule": at[0], "year": at[1], "amount": amount}
            for (rule, at), amount in made.tightened.items()
            if rule in PACK_ROWS
        ],
    }


def tail_share(case: Case, made: Made) -> float:
    """Share of the plan's present cost that falls after the last planning year."""
    tail = float(case.money.weight[-1] - case.money.discount[-1])
    last = sum(
        c[-1]
        for line, c in made.plan.costs().items()
        if line.timing == "recurring" and line.cost_class != VALUATION
    )
    later, total = made.plan.present_cost("after_term"), made.plan.net_present_cost()
    return (tail * float(last) + later) / total if total else 0.0
