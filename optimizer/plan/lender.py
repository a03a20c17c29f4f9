"""What a lender asks, set against the baseline on the time axis that is searched."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.inputs.case import ByYear, Case
from optimizer.inputs.lender import Beside
from optimizer.names import CARBON_CLASSES, EQUIPMENT_CLASSES
from optimizer.plan.cash import CashLine, cash_lines, cash_years
from optimizer.solve.solution import Solution

APART = (*EQUIPMENT_CLASSES, *CARBON_CLASSES, "renewal")


def against(case: Case, baseline: Solution) -> Case:
    """The case whose lender knows the baseline; a case without a lender as it is."""
    if case.lender is None:
        return case
    return replace(case, lender=replace(case.lender, beside=_beside(baseline)))


def without_loan(case: Case) -> Case:
    """The case as held sizes are dispatched: what is asked of the loan follows from them."""
    if case.lender is None:
        return case
    return replace(case, lender=case.lender.dispatched())


def _beside(baseline: Solution) -> Beside:
    case = baseline.matrix.case
    lines = cash_lines(case, baseline)
    running = [line for line in lines if line.cash_class not in APART]
    carbon = [line for line in lines if line.cash_class in CARBON_CLASSES]
    emitted = sum(
        tonnes.mean()
        for (ledger, _), tonnes in baseline.emissions().items()
        if ledger in ("scope1", "scope2_location")
    )
    totals = baseline.yearly("total").items()
    bought = [mwh for (kind, _, _), mwh in totals if kind in ("import", "delivered")]
    return Beside(
        running=_paid(case, running),
        carbon=_paid(case, carbon)[: len(case.years)],
        emitted=float(emitted),
        bought=sum(bought) / len(case.years),
        gross=baseline.yearly("gross")[case.years[-1]],
    )


def _paid(case: Case, lines: list[CashLine]) -> ByYear:
    """Money out by cash year, (T,)."""
    amounts = (line.amount for line in lines)
    return 0.0 - sum(amounts, start=np.zeros(len(cash_years(case))))
