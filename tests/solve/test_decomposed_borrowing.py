"""A loan that counts while the plan is chosen, in both methods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs import case as c
from tests.borrowed import everything_borrowed
from tests.lenders import borrowing
from tests.model.financing_plant import works_for_hire
from tests.model.solving import close, solved
from tests.solve.agreeing import holds_to


def works_on_credit() -> c.Case:
    """The works of the brute force with a loan of 80 % of what they own, which saves 6 % of a draw
    in each year. The heat pump of 420,000 then takes 84,000 of the 95,000 of 2026, and 6,720 of
    debt service; without it there is only the lease."""
    case = works_for_hire()
    years, count = case.years, len(case.years)
    saved = 0.06 * np.triu(np.ones((count, count)))
    rule = borrowing(
        most=4e5, share=0.8, pays_for={o.id: years for o in case.measures if o.financed is None},
        level=np.ones(count), saved=saved, worth=saved.sum(axis=1),
        repaid=0.02 * np.eye(count), drawn=np.eye(count), enlarges=True,
    )  # fmt: skip
    return replace(case, borrowing=rule)


@pytest.mark.parametrize("build", [works_on_credit, everything_borrowed])
def test_both_methods_borrow_alike(build: Callable[[], c.Case]) -> None:
    """Proves one optimum, within the gaps asked: rows of the loan are the master's alone."""
    holds_to(build())


def test_the_loan_moves_the_works() -> None:
    """Proves that the case above is no empty shell: with its loan the works own what they else
    lease, and cost less."""
    plans = {name: solved(case) for name, case in (
        ("own", works_on_credit()), ("lease", replace(works_on_credit(), borrowing=None)),
    )}  # fmt: skip
    assert plans["own"].yearly("build")["hp", 2026] == close(1)
    assert plans["own"].yearly("borrowed")["hp", 2026] == close(336e3)
    assert plans["lease"].yearly("build")["hp_leased", 2026] == close(1)
    assert plans["own"].decision_cost() < plans["lease"].decision_cost() - 1e3
