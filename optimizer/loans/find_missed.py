"""By how much a plan misses the rules that its search kept: what the next search is to spare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from optimizer.inputs.lender import LIFE_COVER, YEARLY_COVER
from optimizer.loans.credit_lines import owing
from optimizer.loans.find_rules import INTEREST, Sought
from optimizer.loans.find_sculpted import lacking
from optimizer.loans.subject import Subject
from optimizer.loans.verdict import Finding
from optimizer.plan.cash import cash_years
from optimizer.schema.loan_rules import QuantityLimit

FURTHER: Final = 1.1
"""Times what was missed: a plan chosen anew shifts what it is measured by."""
Spare = dict[tuple[str, int], float]
"""(rule, year) -> nominal money."""


def missed(asked: Sought, subject: Subject, failing: Sequence[Finding]) -> Spare:
    """What rows of covers and amounts lack, by rule and year; empty where none does."""
    found: Spare = _unpaid_interest(subject, asked)
    rows = {ask.id for ask in asked.asks}
    for each in failing:
        id, rule = f"{each.pack}/{each.rule.id}", each.rule
        if id not in rows or not isinstance(rule, QuantityLimit):
            continue
        if rule.quantity in YEARLY_COVER and asked.loan.repayment != "sculpted":
            found |= _yearly(subject, id, rule)
        elif isinstance(each.value, float):
            found |= _by_ratio(asked, subject, id, rule, each.value)
    return {at: FURTHER * money for at, money in found.items()}


def _unpaid_interest(subject: Subject, asked: Sought) -> Spare:
    """What years of a sculpted loan lack whose cash, after tax, doesn't pay their interest."""
    if subject.lending is not None or asked.loan.repayment != "sculpted" or not asked.loan.tranches:
        return {}
    return {(INTEREST, year): money for year, money in lacking(asked.loan, *subject.cash).items()}


def _yearly(subject: Subject, id: str, rule: QuantityLimit) -> Spare:
    """limit x service - cash of each year that isn't covered."""
    cover, loan = subject.cover, subject.loan
    if cover is None or loan is None:
        return {}
    earned, beside = 0.0, np.zeros(len(cover.years))
    if rule.quantity == "borrower_dscr" and loan.borrower is not None:
        earned, beside = loan.borrower.ebitda.value, owing(loan, cover.years)
    short: Spare = {}
    rows = zip(cover.years, cover.cash, cover.service, beside, strict=True)
    for year, cash, service, others in rows:
        lacking = rule.limit * float(service + others) - float(cash) - earned
        if service > 0 and lacking > 0:
            short[id, year] = lacking
    return short


def _by_ratio(asked: Sought, subject: Subject, id: str, rule: QuantityLimit, value: float) -> Spare:
    """|limit - value| of what the ratio is of: the loan, or the price."""
    lending, base = subject.lending, subject.price
    if lending is None:
        return {}
    years = asked.case.years[-1:]
    if rule.quantity in (*LIFE_COVER, *YEARLY_COVER):
        base, years = lending.amount, cash_years(asked.case)
    return {(id, year): abs(rule.limit - value) * base for year in years}
