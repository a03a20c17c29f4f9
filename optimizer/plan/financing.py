"""What is paid, year by year, to those who own what the site uses (docs/model.md, section 8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.inputs.case import ByYear, Case, FinancedBy, MeasureOption, Rates
from optimizer.model.after_term import years_after_term
from optimizer.solve.solution import Solution


@dataclass(frozen=True)
class Owed:
    """For one measure, money by year first … evaluate_to: ``payments`` at year end, ``buy_backs``
    at the start of the year; ``left``: worth at the end of the last of them of the equal parts that
    are still to come in lives that have begun, less what is still to be paid for these."""

    item: str
    payments: ByYear
    buy_backs: ByYear
    left: float


def owed(case: Case, solution: Solution) -> Iterator[Owed]:
    """One for each measure that is offered in a mode of financing."""
    for option in case.measures:
        if option.financed is not None:
            yield _owed(case, solution, option, option.financed)


def _owed(case: Case, solution: Solution, option: MeasureOption, terms: FinancedBy) -> Owed:
    years = case.money.evaluate_to - case.years[0] + 1
    payments, buy_backs, left = np.zeros(years), np.zeros(years), 0.0
    worth = (1.0 + case.money.rate) ** -np.arange(option.life_years)
    for built, start in _lives(case, option, years):
        parts = [_money(solution, option, built, each) for each in terms.payments]
        charges = [_money(solution, option, built, each) for each in terms.charges]
        back = _money(solution, option, built, terms.buy_back)
        seen = min(option.life_years, years - start)
        payments[start : start + seen] += parts[:seen]
        if start + terms.term < years:
            buy_backs[start + terms.term] += back
        elif start < years:
            left -= back * worth[terms.term - seen]
        due = zip(charges[seen:], parts[seen:], strict=True)
        left += sum((charge - paid) * worth[n + 1] for n, (charge, paid) in enumerate(due))
    return Owed(option.id, payments, buy_backs, left)


def _lives(case: Case, option: MeasureOption, years: int) -> Iterator[tuple[int, int]]:
    """(year of the build, number of the year in which a life of it begins): what stands in the last
    planning year, or is renewed by force, begins another life whenever one has ended."""
    for number, year in enumerate(case.years):
        yield year, number
        again = number + option.life_years
        if option.renewal == "forced" or again >= len(case.years):
            yield from ((year, start) for start in range(again, years, option.life_years))


def _money(solution: Solution, option: MeasureOption, year: int, rates: Rates) -> float:
    """per_capacity x added + per_build x build + (share + priced x price trend) x cost of the size
    of a build [money]."""
    at, financed = (option.id, year), option.financed
    assert financed is not None
    trend = float(financed.price_trend[year - solution.matrix.case.years[0]])
    of_size = rates.share + rates.priced * trend
    sizes = ((rates.per_capacity, "added"), (rates.per_build, "build"), (of_size, "size_cost"))
    return sum(rate * solution.yearly(name).get(at, 0.0) for rate, name in sizes if rate)


def share_in_term(case: Case, solution: Solution, measure: str) -> ByYear:
    """Share of a third party's capacity whose output is paid for, by year of the tail."""
    option = next(o for o in case.measures if o.id == measure)
    tail = np.arange(case.years[-1] + 1, case.money.evaluate_to + 1)
    added, paid = solution.yearly("added"), np.zeros(len(tail))
    sizes = {v: added.get((measure, v), 0.0) for v in case.years}
    for built, size in sizes.items():
        paid += np.where(np.isin(tail, years_after_term(case, option, built)), 0.0, size)
    total = sum(sizes.values())
    share: ByYear = paid / total if total else np.ones(len(tail))
    return share
