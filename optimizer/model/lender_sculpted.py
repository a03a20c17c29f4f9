"""Sculpted debt: each year pays the same share k of its cash (docs/model.md, section 5).

What the service of all years is worth at the first draw is what the draws are worth then, so k =
amount x worth[0] / PV, PV the cash's own worth then at the loan's rate. All that is asked of k is
asked of PV, and k itself falls out of what each year's part must pay: the rows are linear.
"""

from __future__ import annotations

from typing import Any, Final

from optimizer.inputs.lender import LIFE_COVER, SCULPTED, YEARLY_COVER, Ask, LenderRule, Lent
from optimizer.inputs.lender import Sculpted as Terms
from optimizer.model.layer import YearlyLayer, named
from optimizer.model.lender_cash import add_carbon, cash_of

LEAST: Final = 1e-6
"""Of the loan, in each year: cash of nothing has no share."""


def add_sculpted(layer: YearlyLayer, rule: LenderRule, lent: Lent, terms: Terms) -> None:
    """Covers that are asked, and that each year's part pays its interest."""
    add_carbon(layer, rule)
    _add_cover(layer, rule, lent, terms)
    _add_interest(layer, rule, lent, terms)


def _years(lent: Lent, terms: Terms) -> list[int]:
    """Calendar years from the first draw to the last repayment."""
    return [lent.draws[0] + s for s in range(len(terms.worth))]


def _worth(layer: YearlyLayer, rule: LenderRule, lent: Lent, start: int, end: int) -> Any:
    """Cash of the years start … end, worth at the start of the first of them [nominal money]."""
    return sum(
        (1 + lent.rate) ** -(year - start + 1) * cash_of(layer, rule, year)
        for year in range(start, end + 1)
    )


def _add_cover(layer: YearlyLayer, rule: LenderRule, lent: Lent, terms: Terms) -> None:
    asks = {ask.id: ask for ask in rule.of(*YEARLY_COVER, *LIFE_COVER)}
    first, last = lent.draws[0], _years(lent, terms)[-1]
    ends = {"plcr": layer.years[0] + len(rule.level) - 1}

    def covered(m: Any, r: str, y: int) -> Any:
        """Cash is worth the debt so many times, at the first draw: cover x (amount x worth + what
        fees and other debts' service are worth) + spare <= PV of cash and EBITDA [nominal money].
        Of a yearly cover it is the sum of what is asked of each year."""
        ask = asks[r]
        cash = _worth(layer, rule, lent, first, ends.get(ask.quantity, last))
        beside = _beside(layer, rule, lent, terms, ask)
        owed = lent.amount * terms.worth[0] + beside[0]
        return ask.limit * owed + ask.spare.get(y, 0.0) <= cash + beside[1]

    named(layer.model, "sculpted_debt_covered", [(r, first) for r in asks], covered)


def _beside(
    layer: YearlyLayer, rule: LenderRule, lent: Lent, terms: Terms, ask: Ask
) -> tuple[float, float]:
    """What else is served, and earned, worth at the first draw [nominal money]: fees in a yearly
    cover; in that of the borrower its other debts and its EBITDA too."""
    if ask.quantity in LIFE_COVER:
        return 0.0, 0.0
    worth = [(1 + lent.rate) ** -(s + 1) for s in range(len(terms.worth))]
    fees = lent.amount * sum(w * fee for w, fee in zip(worth, terms.fees, strict=True))
    if ask.quantity != "borrower_dscr":
        return float(fees), 0.0
    start = lent.draws[0] - layer.years[0]
    owed = sum(w * rule.owed_beside(start + s) for s, w in enumerate(worth))
    return float(fees) + owed, rule.earned * sum(worth)


def _add_interest(layer: YearlyLayer, rule: LenderRule, lent: Lent, terms: Terms) -> None:
    asks, years = {ask.id: ask for ask in rule.of(SCULPTED)}, _years(lent, terms)

    def pays(m: Any, r: str, y: int) -> Any:
        """A year's part pays its interest: with debt[y] / k = PV[y] - worth[y] / worth[0] x PV,
        rate x debt[y] / k + interest[y] / worth[0] x PV + spare <= cash[y] [nominal money]. A year
        without cash has no part."""
        s = y - years[0]
        whole = _worth(layer, rule, lent, years[0], years[-1])
        later = _worth(layer, rule, lent, y, years[-1])
        own = float(terms.interest[s] - lent.rate * terms.worth[s]) / float(terms.worth[0])
        least = LEAST * lent.amount + asks[r].spare.get(y, 0.0)
        return lent.rate * later + own * whole + least <= cash_of(layer, rule, y)

    named(layer.model, "sculpted_part_pays_interest", [(r, y) for r in asks for y in years], pays)
