"""What loan packs ask of a plan, sorted by how a search can keep it.

A rule that hangs on the plan alone through sums is a row of the search; one that some measure can
never meet, or not in some years, keeps the loan from paying for it; one that no plan can change is
met or not from the start; all others are judged afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, cast, get_args

import numpy as np

from optimizer.inputs.case import Case
from optimizer.inputs.lender import (
    AMOUNTS,
    LIFE_COVER,
    REDUCING,
    SCULPTED,
    YEARLY_COVER,
    Ask,
    LenderRule,
    Quantity,
)
from optimizer.inputs.loan_terms import moment, price_level
from optimizer.loans.assess import GATE, asking
from optimizer.loans.credit_lines import owing
from optimizer.loans.financed import Financed, financed
from optimizer.loans.find_lent import lent
from optimizer.loans.judge import Asking, compares, judge
from optimizer.loans.packs import LoadedPacks
from optimizer.loans.subject import Subject
from optimizer.loans.verdict import Finding
from optimizer.plan.cash import cash_years
from optimizer.schema.loan import Loan
from optimizer.schema.loan_rules import (
    Documents,
    DrawWindow,
    LoanRule,
    QuantityLimit,
    StatedLimit,
    level_of,
)
from optimizer.schema.measure import Measure

ELIGIBLE: Final = "loan/eligible_cost"
"""No loan is larger than the cost that it may pay for, whatever else is asked."""
CASH_ENDS: Final = "loan/cash_ends"
"""Debt is due within the years of the cash flow, else its cover isn't known."""
INTEREST: Final = "loan/sculpted_interest"
"""The same share of each year's cash pays its interest, else there is no such loan."""
AT_LEAST: Final = (*REDUCING, *YEARLY_COVER, *LIFE_COVER, "equity_share")
ROWS: Final = get_args(Quantity)
STATIC: Final = ("input_factor", "rate_over_reference")
"""Quantities that no plan changes."""
NEARLY: Final = 1e-6
"""Rows are stricter than their rules by this share of a ratio, lest rounding fail the verdict."""
LITTLE: Final = 1e-3
"""Likewise in t or MWh a year."""


@dataclass(frozen=True)
class Sought:
    """``asks``: rows; ``barred``: rule -> measure -> years in which the loan may not pay for a
    build of it; ``lost``: findings that no plan turns; ``after``: rules judged afterwards."""

    case: Case
    subject: Subject
    loan: Loan
    asks: tuple[Ask, ...]
    barred: Mapping[str, Mapping[str, frozenset[int]]]
    lost: tuple[Finding, ...]
    after: tuple[str, ...]
    spare: Mapping[tuple[str, int], float] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[str, ...]:
        """All that a search keeps."""
        return tuple(dict.fromkeys([*(ask.id for ask in self.asks), *self.barred]))

    def may_pay(self, measure: str, without: Collection[str] = ()) -> tuple[int, ...]:
        """Years in which the loan may pay for a build of a measure, some rules set aside."""
        never = [
            by[measure] for id, by in self.barred.items() if measure in by and id not in without
        ]
        return tuple(y for y in self.case.years if not any(y in years for years in never))

    def bars(self, measure: str) -> tuple[str, ...]:
        """Rules that keep the loan from a measure in every year, or each in some."""
        if self.may_pay(measure):
            return ()
        return tuple(id for id, by in self.barred.items() if by.get(measure))

    def on(self, case: Case, without: Collection[str] = ()) -> Case:
        """A case with what is asked of it; a loan that decides pays for what the rules let it."""
        lender, borrowing = self.lender(without), case.borrowing
        if borrowing is not None:
            borrowing = borrowing.only_for(lender.pays_for)
        return replace(case, lender=lender, borrowing=borrowing)

    def lender(self, without: Collection[str] = ()) -> LenderRule:
        """What is asked of the search, some rules set aside."""
        subject, loan, scenario = self.subject, self.loan, self.subject.given.scenario
        years = {m.id: self.may_pay(m.id, without) for m in candidates(self.case, subject, loan)}
        pays_for = {measure: found for measure, found in years.items() if found}
        level = price_level(scenario, np.array(cash_years(self.case), dtype=float))
        paid = financed(subject.given, subject.run.plan, tuple(pays_for))
        accounts = loan.borrower
        rule = LenderRule(
            asks=tuple(ask for ask in self.asks if ask.id not in without),
            pays_for=pays_for,
            level=level,
            lent=lent(loan, self.case, sorted({y for found in pays_for.values() for y in found})),
            other={each.id: each.other for each in paid if each.other > 0},
            earned=accounts.ebitda.value if accounts is not None else 0.0,
            owing=owing(loan, cash_years(self.case)),
        )
        return rule.with_spare(self.spare)


def candidates(case: Case, subject: Subject, loan: Loan) -> Iterator[Measure]:
    """Measures that the loan could pay for: those it names, else all that can be built."""
    built = {option.id for option in case.measures}
    for measure in subject.given.measures.values():
        if measure.id in built and (not loan.finances or measure.id in loan.finances):
            yield measure


def sought(case: Case, subject: Subject, packs: LoadedPacks, loan: Loan) -> Sought:
    """Sort the gates of packs; ``subject`` is the plan that nothing was asked of."""
    found = _Sorting(case, subject, loan)
    for pack, loaded in packs.loaded.items():
        for rule in loaded.pack.rules:
            asked = asking(loaded, rule, packs.attested(pack))
            if rule.severity == GATE and asked.trust != "unconfirmed":
                found.sort(f"{pack}/{rule.id}", rule, asked)
    if any(ask.quantity in (*YEARLY_COVER, *LIFE_COVER) for ask in found.asks):
        found.bar_late_debt()
    return Sought(
        case, subject, loan, tuple(found.asks), found.barred, tuple(found.lost), tuple(found.after)
    )


class _Sorting:
    """Rules as they are sorted."""

    def __init__(self, case: Case, subject: Subject, loan: Loan) -> None:
        self.case, self.subject, self.loan = case, subject, loan
        self.asks = [Ask(ELIGIBLE, "loan_over_eligible", 1.0 - NEARLY)]
        if loan.repayment == "sculpted":
            self.asks.append(Ask(INTEREST, SCULPTED, 0.0))
        self.barred: dict[str, dict[str, frozenset[int]]] = {}
        self.lost: list[Finding] = []
        self.after: list[str] = []

    def sort(self, id: str, rule: LoanRule, asked: Asking) -> None:
        """Put one gate where it belongs."""
        if rule.valid is not None:
            self.after.append(id)  # whether it applies hangs on the draws
        elif isinstance(rule, Documents):
            return
        elif isinstance(rule, DrawWindow):
            self._window(id, rule, asked)
        elif isinstance(rule, QuantityLimit) and rule.quantity not in STATIC:
            self._quantity(id, rule)
        elif level_of(rule) == "measure" or (isinstance(rule, StatedLimit) and rule.per != "loan"):
            self._bar(id, rule, lambda m, y: self._fails(asked, m))
        elif (found := judge(self.subject, asked, None)).verdict == "fails":
            self.lost.append(found)

    def _quantity(self, id: str, rule: QuantityLimit) -> None:
        if rule.quantity == "tail":
            self._bar(id, rule, lambda m, y: not self._outlives(rule, m, y))
            return
        least = rule.quantity in AT_LEAST
        direction = ("at_least", "above") if least else ("at_most", "below")
        fits = rule.quantity in ROWS and rule.comparison in direction and rule.applies_to.empty()
        if not fits or (rule.quantity in AMOUNTS and self.loan.amount is None):
            self.after.append(id)
            return
        coarse = rule.quantity in ("emissions_reduction", "energy_saving", "covered_by_credits")
        margin = LITTLE if coarse else NEARLY * max(1.0, abs(rule.limit))
        limit = rule.limit + (margin if least else -margin)
        self.asks.append(Ask(id, cast(Quantity, rule.quantity), limit))

    def _window(self, id: str, rule: DrawWindow, asked: Asking) -> None:
        if self.loan.tranches:
            days = [tranche.drawn for tranche in self.loan.tranches]
            if not all(_within(rule, day) for day in days):
                self.lost.append(judge(self.subject, asked, None))
            return
        self._bar(id, rule, lambda m, y: not _within(rule, date(y, 1, 1)))

    def _bar(self, id: str, rule: LoanRule, barred: Callable[[Measure, int], bool]) -> None:
        """Years of build of each measure that the rule is about in which it can't be met."""
        found: dict[str, frozenset[int]] = {}
        for measure in candidates(self.case, self.subject, self.loan):
            if isinstance(rule, DrawWindow) or rule.applies_to.fits(
                measure.id, measure.kind, measure.tags
            ):
                years = frozenset(y for y in self.case.years if barred(measure, y))
                if years:
                    found[measure.id] = years
        self.barred[id] = found

    def _fails(self, asked: Asking, measure: Measure) -> bool:
        finding = judge(self.subject, asked, Financed(measure, {}, {}, 0.0))
        return finding.verdict == "fails"

    def _outlives(self, rule: QuantityLimit, measure: Measure, year: int) -> bool:
        """Whether a build of a year stands long enough after the loan that paid for it."""
        gone = Financed(measure, {}, {}, 0.0).gone_by(self.subject.given.scenario, year)
        if gone is None:
            return True
        last = max((moment(t.drawn) for t in self.loan.tranches), default=float(year))
        return compares(gone - (last + self.loan.tenor), rule.comparison, rule.limit)

    def bar_late_debt(self) -> None:
        """A build whose debt is due after the years of the cash flow."""
        if not self.loan.tranches:
            last, span = self.case.money.evaluate_to, math.ceil(self.loan.tenor)
            late = frozenset(y for y in self.case.years if y + span - 1 > last)
            if late:
                every = candidates(self.case, self.subject, self.loan)
                self.barred[CASH_ENDS] = {measure.id: late for measure in every}


def _within(rule: DrawWindow, day: date) -> bool:
    first, last = rule.first or date.min, rule.last or date.max
    return first <= day <= last
