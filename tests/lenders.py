"""What a lender asks, for tiny plants: two savings on a boiler that don't pay for themselves.

Gas for 109,500 a year. `small` takes a tenth off for 250,000 (12,500 a year over 20 years: 1,550
dearer than what it saves), `large` a fifth for 500,000 (25,000: 3,100 dearer), both together 28 %
(37,500 - 30,660 = 6,840 dearer). A plan needs none of them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.inputs import case as c
from optimizer.inputs.borrowing_rule import BorrowingRule
from optimizer.inputs.lender import Ask, Beside, LenderRule, Lent, Quantity
from tests import plants as p

YEARS = (2026, 2027)
GAS_YEAR = 109_500.0
TONNES = 2190.0
SMALL, LARGE, BOTH = 1_550.0, 3_100.0, 6_840.0
"""What each costs more than it saves in one year."""
SAVED = {"small": 10_950.0, "large": 21_900.0, "both": 30_660.0}
BESIDE = Beside(np.full(2, GAS_YEAR), np.zeros(2), TONNES, 10_950.0, TONNES)
ANY_YEAR = {"small": YEARS, "large": YEARS}


def plant(lender: LenderRule | None, **changes: Any) -> c.Case:
    """The two savings beside what a lender asks; 2026 and 2027, nothing discounted, no tail."""
    built = p.boiler_plant(
        YEARS,
        measures=(
            p.measure("small", YEARS, cost=250e3),
            p.measure("large", YEARS, cost=500e3),
        ),
        savings=(
            c.SavingEffect("small", "process", 0.1, ()),
            c.SavingEffect("large", "process", 0.2, ()),
        ),
    )
    return replace(built, lender=lender, **changes)


def ask(quantity: Quantity, limit: float) -> Ask:
    return Ask(f"pack/{quantity}", quantity, limit)


def lender(*asks: Ask, lent: Lent | None = None, **fields: Any) -> LenderRule:
    """Money doesn't lose worth; the loan may pay for all that is built."""
    base: dict[str, Any] = {"pays_for": ANY_YEAR, "level": np.ones(2), "beside": BESIDE}
    return LenderRule(asks, lent=lent, **(base | fields))


def whole(amount: float) -> Lent:
    """One draw in 2026, of which 0.6 is due in each year; 0.5 is owed in the second."""
    return Lent(amount, 0.0, (2026,), False, np.array([[0.6, 0.6]]), np.array([[1.0, 0.5]]))


def by_build(amount: float) -> Lent:
    """A draw for the builds of each year, of which 0.6 is due in it and in the next."""
    service, owed = np.array([[0.6, 0.6], [0.0, 0.6]]), np.array([[1.0, 0.5], [0.0, 1.0]])
    return Lent(amount, 0.0, YEARS, True, service, owed)


def borrowing(**fields: Any) -> BorrowingRule:
    """A loan that counts: the whole price of all that is built, and up to a million; by default it
    saves nothing and isn't beside the budget."""
    base: dict[str, Any] = {
        "most": 1e6, "share": 1.0, "pays_for": ANY_YEAR, "other": {}, "level": np.ones(2),
        "saved": np.zeros((2, 2)), "worth": np.zeros(2), "repaid": np.zeros((2, 2)),
        "enlarges": False, "drawn": np.eye(2),
    }  # fmt: skip
    return BorrowingRule(**(base | fields))


def saving(first: float, second: float, **fields: Any) -> BorrowingRule:
    """A loan of which 1 drawn in 2026 saves so much in each year, and in 2027 half of the first."""
    saved = np.array([[first, second], [0.0, first / 2]])
    return borrowing(saved=saved, worth=saved.sum(axis=1), **fields)
