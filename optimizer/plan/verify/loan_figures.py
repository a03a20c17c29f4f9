"""What rules on the plan and on the loan look at, worked out again (docs/loan_rules.md)."""

from __future__ import annotations

import numpy as np

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.credit_lines import owed_beside
from optimizer.plan.verify.earned import Earned, payback
from optimizer.plan.verify.loan_cash import Served
from optimizer.plan.verify.loan_cover import covered, project_cover, reached
from optimizer.plan.verify.loan_debt import Owing, Use, along
from optimizer.plan.verify.loan_use import achieved

Figures = dict[str, float | None]


def figures_of_plan(plan: Book, baseline: Book) -> Figures:
    """By quantity; None where there is none."""
    earned = Earned(plan, baseline)
    gross, before = (book.stored.get("gross") for book in (plan, baseline))
    removed, target = plan.stored.get("removal"), plan.stored.get("net_target")
    credits = plan.stored.get("credits", list(plan.credits)).sum(axis=0)
    over = np.where(np.isnan(target), credits, np.maximum(gross - removed - target, 0.0))
    less = achieved(plan, baseline)
    base = float(plan.stored.attrs["base_emissions"])
    found: Figures = {
        "emissions_reduction": less["reduction_projected_grid"],
        "energy_saving": less["energy_saving"],
        "payback": payback(earned.start, earned.end)[0],
        "covered_by_credits": float(over.max()),
        "reduction_from_base": 1.0 - float(gross[-1]) / base if base > 0 else None,
        "reduction_from_baseline": 1.0 - float(gross[-1] / before[-1]) if before[-1] > 0 else None,
    }
    return found


def figures_of_loan(debt: Owing, use: Use, cash: Served) -> Figures:
    """Ratios of cover, and shares of what is financed."""
    price = sum(sum(paid.values()) for paid in use.price.values())
    others = sum(sum(paid.values()) for paid in use.grants.values()) + sum(use.other.values())
    loan = debt.loan
    found: Figures = {
        "dscr": None,
        "llcr": None,
        "plcr": None,
        "debt_share": debt.amount / price,
        "equity_share": 1.0 - (debt.amount + others) / price,
        "loan_over_eligible": debt.amount / sum(use.eligible().values()),
    }
    if loan.reference_rate is not None:
        found["rate_over_reference"] = loan.rate - loan.reference_rate
    if loan.borrower is not None:
        due = owed_beside(loan, debt.years.astype(int).tolist()) + debt.service
        has = loan.borrower.ebitda.value + along(debt, cash)
        found["borrower_dscr"] = float((has[due > 0] / due[due > 0]).min())
    if reached(debt, cash):
        plain = covered(debt, cash)
        found |= {"dscr": plain.dscr, "llcr": plain.llcr, "plcr": project_cover(debt, cash)}
    return found
