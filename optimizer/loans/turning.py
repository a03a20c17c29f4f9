"""What would turn a fail: the amount, tenor, rate or change that just meets the limit."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from optimizer.finance.debt import QUARTERS
from optimizer.loans.subject import Subject
from optimizer.loans.verdict import Said
from optimizer.schema.loan_rules import QuantityLimit

LEAVE_OUT: Final = (
    "input_factor", "hydrogen_intensity", "system_saving", "system_reduction", "measure_reduction",
    "tail",
)  # fmt: skip


def turn(subject: Subject, rule: QuantityLimit, measure: str | None, value: float) -> Said:
    """What to change so that a rule on a quantity, now at ``value``, is kept."""
    amount = _AMOUNTS.get(rule.quantity)
    if amount is not None:
        most = max(0.0, amount(subject, rule.limit, value))
        currency = subject.given.scenario.currency
        return Said("loan.turn.amount", {"amount": f"{most:,.0f} {currency}"})
    if rule.quantity == "tail" and subject.loan is not None:
        tenor = subject.loan.tenor + value - rule.limit
        longest = math.floor(tenor * QUARTERS + 1e-9) / QUARTERS
        if longest > 0:
            return Said("loan.turn.tenor", {"tenor": f"{longest:g}", "measure": measure})
    if rule.quantity == "rate_over_reference" and subject.loan is not None:
        assert subject.loan.reference_rate is not None
        most = subject.loan.reference_rate + rule.limit
        return Said("loan.turn.rate", {"rate": f"{100 * most:.3g} %"})
    if rule.quantity in LEAVE_OUT and measure is not None:
        return Said("loan.turn.leave_out", {"measure": measure})
    return Said("loan.turn.change", {"by": f"{abs(value - rule.limit):.4g}"})


def _by_dscr(subject: Subject, limit: float, _: float) -> float:
    assert subject.lending is not None
    assert subject.cover is not None
    return subject.cover.amount_for(subject.lending.amount, limit)


def _in_proportion(subject: Subject, limit: float, value: float) -> float:
    """Life covers fall as the loan grows: amount x value / limit."""
    assert subject.lending is not None
    return subject.lending.amount * value / limit


def _by_equity(subject: Subject, limit: float, value: float) -> float:
    assert subject.lending is not None
    return subject.lending.amount - (limit - value) * subject.price


def _by_funding(subject: Subject, limit: float, _: float) -> float:
    """What the measure with the least room leaves, every measure getting its part of the loan."""
    assert subject.lending is not None
    rooms = []
    for each in subject.measures:
        given = subject.lending.given(each.id)
        if given > 0:
            others = sum(each.granted.values()) + each.other
            rooms.append((limit * sum(each.price.values()) - others) / given)
    return subject.lending.amount * min(rooms, default=0.0)


_AMOUNTS: Final[Mapping[str, Callable[[Subject, float, float], float]]] = {
    "dscr": _by_dscr,
    "llcr": _in_proportion,
    "plcr": _in_proportion,
    "equity_share": _by_equity,
    "funded_share": _by_funding,
    "debt_share": lambda subject, limit, _: limit * subject.price,
    "loan_over_eligible": lambda subject, limit, _: limit * subject.eligible,
}
