"""The quantities of the plan and the loan that rules may look at (docs/loan_rules.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from optimizer.loans.subject import NO_LOAN, Subject
from optimizer.plan.cash_flow import by_timing
from optimizer.plan.returns import Figure
from optimizer.plan.returns import payback as payback_of

Array = NDArray[np.float64]


def emissions_reduction(subject: Subject) -> Figure:
    """Location-based emissions of the baseline less the plan's, mean of the planning years [t/a].

    What contracts and certificates claim lowers no emissions here, nor do credits.
    """
    return Figure(reduced(subject, "scope1") + reduced(subject, "scope2_location"))


def reduced(subject: Subject, ledger: str) -> float:
    """A ledger of the baseline less the plan's, mean of the planning years [t/a]."""
    return float(reduced_by_year(subject, ledger).mean())


def reduced_by_year(subject: Subject, ledger: str) -> Array:
    """A ledger of the baseline less the plan's, by planning year [t]."""
    found: Array = (subject.run.baseline[ledger] - subject.run.plan[ledger]).values
    return found


def energy_saving(subject: Subject) -> Figure:
    """Energy bought in the baseline less the plan's, mean of the planning years [MWh/a]."""
    bought = [
        ds["purchased"].sum("carrier").mean() for ds in (subject.run.baseline, subject.run.plan)
    ]
    return Figure(float(bought[0] - bought[1]))


def reduction_from_base(subject: Subject) -> Figure:
    """1 - gross emissions of the last planning year over the base year's [1]."""
    base = float(subject.run.plan.attrs["base_emissions"])
    return _reduced(base, subject)


def reduction_from_baseline(subject: Subject) -> Figure:
    """1 - gross emissions of the last planning year over the baseline's [1]."""
    return _reduced(float(subject.run.baseline["gross"].values[-1]), subject)


def _reduced(before: float, subject: Subject) -> Figure:
    if before <= 0:
        return Figure(None, "no_emissions")
    return Figure(1.0 - float(subject.run.plan["gross"].values[-1]) / before)


def covered_by_credits(subject: Subject) -> Figure:
    """Largest excess of a year's gross emissions less removals over its net target; all credits of
    a year without a target [t]."""
    plan = subject.run.plan
    target, credits = plan["net_target"].values, plan["credits"].sum("credit").values
    excess = np.maximum(plan["gross"].values - plan["removal"].values - target, 0.0)
    return Figure(float(np.where(np.isnan(target), credits, excess).max()))


def payback(subject: Subject) -> Figure:
    """Years until what the plan costs more than the baseline is back, real and simple [a]."""
    return payback_of(*by_timing(subject.flow))


def dscr(subject: Subject) -> Figure:
    """Least yearly debt service cover ratio [1]."""
    return NO_LOAN if subject.cover is None else subject.cover.dscr


def llcr(subject: Subject) -> Figure:
    """Least loan life cover ratio [1]."""
    return NO_LOAN if subject.cover is None else subject.cover.llcr


def plcr(subject: Subject) -> Figure:
    """Least project life cover ratio [1]."""
    return NO_LOAN if subject.cover is None else subject.cover.plcr


def borrower_dscr(subject: Subject) -> Figure:
    """Least yearly cover of all debts by the borrower's EBITDA and the project's cash [1]."""
    if subject.cover is None:
        return NO_LOAN
    ratios = [ratio for ratio in subject.cover.borrower or () if ratio is not None]
    return Figure(min(ratios)) if ratios else Figure(None, "no_borrower")


def debt_share(subject: Subject) -> Figure:
    """Loan over the price of what it pays for [1]."""
    if subject.lending is None:
        return NO_LOAN
    return Figure(subject.lending.amount / subject.price)


def equity_share(subject: Subject) -> Figure:
    """What neither the loan nor grants nor other money pay, over the price [1]."""
    if subject.lending is None:
        return NO_LOAN
    others = sum(sum(each.granted.values()) + each.other for each in subject.measures)
    return Figure(1.0 - (subject.lending.amount + others) / subject.price)


def loan_over_eligible(subject: Subject) -> Figure:
    """Loan over the price net of grants and other money [1]."""
    if subject.lending is None:
        return NO_LOAN
    return Figure(subject.lending.amount / subject.eligible)


def rate_over_reference(subject: Subject) -> Figure:
    """The loan's rate less the reference rate, a year [1]."""
    if subject.loan is None:
        return NO_LOAN
    if subject.loan.reference_rate is None:
        return Figure(None, "no_reference")
    return Figure(subject.loan.rate - subject.loan.reference_rate)


OF_ALL: Final[Mapping[str, Callable[[Subject], Figure]]] = {
    each.__name__: each
    for each in (
        emissions_reduction, energy_saving, reduction_from_base, reduction_from_baseline,
        covered_by_credits, payback, dscr, llcr, plcr, borrower_dscr, debt_share, equity_share,
        loan_over_eligible, rate_over_reference,
    )
}  # fmt: skip
