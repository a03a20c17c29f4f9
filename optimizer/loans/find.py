"""The cheapest plan that qualifies for a loan, and what that costs against a plan that needn't.

The search keeps what can be rows; its plan is then judged in full. Where it misses something that
rows only approach (tax, draws in proportion to builds, the full year) they are made stricter by
what was missed; a measure that fails a rule judged afterwards isn't financed any more. The bound is
always that of the first search, which loses no plan that qualifies.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal

from optimizer.errors import InputErrors, NoPlan, Problem
from optimizer.inputs.case import Case
from optimizer.inputs.loan_terms import moment
from optimizer.loans.assess import GATE, Assessment, assess
from optimizer.loans.financed import financed
from optimizer.loans.find_conflict import colliding
from optimizer.loans.find_missed import missed
from optimizer.loans.find_rules import NEARLY, Sought, candidates, sought
from optimizer.loans.packs import LoadedPacks
from optimizer.loans.run import loan_with
from optimizer.loans.subject import Subject
from optimizer.loans.verdict import Finding
from optimizer.plan.auto_periods import plan_of
from optimizer.plan.cash import cash_years
from optimizer.plan.extract import extract
from optimizer.plan.settings import Kept, Listener, Made, Settings
from optimizer.plan.store import Run
from optimizer.plan.summary import summary
from optimizer.schema.loan import Loan
from optimizer.solve.live import LiveSearch

Ending = Literal["qualifies", "no_plan", "not_found"]
BEYOND_CASH: Final = (
    "Each year of a sculpted loan pays from its cash. Draw it later, repay it sooner, or set "
    "horizon.evaluate_to later."
)
NOT_SCULPTED: Final = (
    "Years of a sculpted loan run from its first draw to its last repayment, and each year with "
    "builds would draw. Give loan.tranches with their days, or leave the amount out."
)
MOST_ROUNDS: Final = 8
"""Searches with stricter rows before giving up."""


@dataclass(frozen=True)
class Attempt:
    """A plan, the loan as it would be asked for, and what its packs say."""

    made: Made
    raw: Mapping[str, Any]
    assessment: Assessment
    dropped: Mapping[str, tuple[str, ...]]
    """Measure that fails a rule of its own -> these rules; the loan doesn't pay for it."""

    @property
    def failing(self) -> tuple[Finding, ...]:
        """Gates that fail for the plan or the loan."""
        return tuple(f for f in self.assessment.findings if _fails(f))

    @property
    def qualifies(self) -> bool:
        """Whether there is a loan that fails no gate; where the plan decides its draws, of all that
        is asked for and for what the loan may pay."""
        subject = self.assessment.subject
        lending, drawn, loan = subject.lending, subject.drawn, subject.loan
        if self.failing or lending is None or loan is None:
            return False
        if drawn is None or loan.amount is None:
            return True
        whole = lending.amount >= loan.amount.value * (1.0 - NEARLY)
        return whole and {measure for measure, _ in drawn} <= set(loan.finances)


@dataclass(frozen=True)
class Found:
    """``low`` to ``high``: what qualifying costs [present money], None without a plan;
    ``colliding``: rules that can't be met together, None where that isn't known."""

    ending: Ending
    sought: Sought
    free: Attempt
    plan: Attempt | None = None
    low: float | None = None
    high: float | None = None
    colliding: tuple[str, ...] | None = None


@dataclass
class Quest:
    """A scenario, its loan as written with the terms asked, and the packs; ``subject`` is what is
    judged, on a folder that holds the inputs."""

    full: Case
    settings: Settings
    packs: LoadedPacks
    raw: Mapping[str, Any]
    listener: Listener = field(default_factory=Listener)
    live: LiveSearch = field(default_factory=LiveSearch)

    def find(self, folder: Path, judged: Subject) -> Found:
        """Raises NoPlan where not even a plan that needn't qualify exists, StoppedWithoutPlan,
        SolverFailure, InputErrors."""
        loan = _checked(judged.loan, self.full)
        made = plan_of(self.full, self.settings, self.listener, Kept(search=self.live))
        subject = replace(judged, run=_run(folder, made, self.settings))
        asked = sought(self.full, subject, self.packs, loan)
        free = self._settled(made, subject, asked)
        if free.qualifies:
            return Found("qualifies", asked, free, free, 0.0, 0.0)
        if asked.lost:
            ids = tuple(f"{each.pack}/{each.rule.id}" for each in asked.lost)
            return Found("no_plan", asked, free, colliding=ids)
        return self._searched(subject, asked, free)

    def _searched(self, subject: Subject, asked: Sought, free: Attempt) -> Found:
        """Round by round until a plan qualifies; ``subject`` has the loan as it is asked for, which
        may pay for nothing of the plan that needn't qualify."""
        bound: float | None = None
        kept = Kept(free.made.baseline, search=self.live)
        for _ in range(MOST_ROUNDS):
            try:
                case = asked.on(self.full)
                made = plan_of(case, self.settings, self.listener, kept)
            except NoPlan:
                if bound is not None:
                    break
                found = colliding(self.full, asked, self.settings, free.made.baseline)
                return Found("no_plan", asked, free, colliding=found)
            bound = made.search.bound if bound is None else bound
            run = _run(subject.run.path, made, self.settings)
            attempt = self._settled(made, replace(subject, run=run), asked)
            if attempt.qualifies:
                before = free.made.search
                low, high = bound - before.objective, made.search.objective - before.bound
                return Found("qualifies", asked, free, attempt, max(0.0, low), max(0.0, high))
            stricter = _stricter(asked, attempt)
            if stricter is None:
                break
            asked = stricter
        return Found("not_found", asked, free)

    def _settled(self, made: Made, subject: Subject, asked: Sought) -> Attempt:
        """A plan with the loan for all that it may pay for, less what fails rules of its own."""
        loan = subject.loan
        assert loan is not None
        named = tuple(m.id for m in candidates(self.full, subject, loan))
        paid = financed(subject.given, subject.run.plan, named)
        names = [
            each.id
            for each in paid
            if each.price and set(each.price) <= set(asked.may_pay(each.id))
        ]
        dropped: dict[str, tuple[str, ...]] = {}
        while True:
            raw = {**self.raw, "finances": names} if names else dict(self.raw)
            terms = loan_with(raw, {}, subject.given.scenario.currency) if names else None
            assessment = assess(
                replace(subject, loan=terms), self.packs.loaded, self.packs.attestations
            )
            wrong = [f for f in assessment.findings if _fails(f) and f.measure in names]
            if not wrong:
                return Attempt(made, raw, assessment, dropped)
            for each in wrong:
                assert each.measure is not None
                dropped[each.measure] = (
                    *dropped.get(each.measure, ()), f"{each.pack}/{each.rule.id}",
                )  # fmt: skip
            names = [name for name in names if name not in dropped]


def _fails(finding: Finding) -> bool:
    return finding.verdict == "fails" and finding.rule.severity == GATE


def _stricter(asked: Sought, attempt: Attempt) -> Sought | None:
    """What the next search is to keep besides; None where that would change nothing."""
    spare = missed(asked, attempt.assessment.subject, attempt.failing)
    barred = {id: dict(by) for id, by in asked.barred.items()}
    every = frozenset(asked.case.years)
    for measure, rules in attempt.dropped.items():
        for id in rules:
            barred.setdefault(id, {})[measure] = every
    if not spare and not attempt.dropped:
        return None
    total = {at: asked.spare.get(at, 0.0) + spare.get(at, 0.0) for at in {**asked.spare, **spare}}
    return replace(asked, barred=barred, spare=total)


def _run(folder: Path, made: Made, settings: Settings) -> Run:
    """The plan as it would be stored, in memory; ``folder`` holds the inputs."""
    case, plan, baseline = made.plan.matrix.case, extract(made.plan), extract(made.baseline)
    plan.attrs["base_emissions"] = case.policy.base_emissions
    figures = summary(case, made, plan, baseline, folder.name, settings)
    return Run(folder, plan, baseline, figures)


def _checked(loan: Loan | None, case: Case) -> Loan:
    """A loan that a search can keep; InputErrors for none, and for one that follows the cash over
    years that are open."""
    if loan is None:
        allowed = "the terms of a loan"
        raise InputErrors(
            [Problem("--find", 0, 0, "loan", "", allowed, "Give --amount, --tenor and --rate.")]
        )
    if loan.repayment == "sculpted" and loan.amount is not None and not loan.tranches:
        allowed = "equal_principal, equal_instalment or bullet without tranches beside --find"
        raise InputErrors(
            [Problem("--find", 0, 0, "loan.repayment", "sculpted", allowed, NOT_SCULPTED)]
        )
    if loan.repayment == "sculpted" and loan.tranches:
        _check_years(loan, case)
    return loan


def _check_years(loan: Loan, case: Case) -> None:
    """A sculpted loan is drawn and repaid in years of the cash flow; InputErrors otherwise."""
    days, calendar = sorted(tranche.drawn for tranche in loan.tranches), cash_years(case)
    last = math.ceil(moment(days[-1]) + loan.tenor) - 1
    if days[0].year < calendar[0] or last > calendar[-1]:
        allowed = f"from {calendar[0]} to {calendar[-1]} where it is sculpted"
        found = f"{days[0].year} to {last}"
        raise InputErrors([Problem("--find", 0, 0, "loan.tranches", found, allowed, BEYOND_CASH)])
