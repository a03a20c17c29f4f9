"""Everything, beside a loan that counts while the plan is chosen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.inputs import case as c
from tests.everything import YEARS, everything
from tests.lenders import borrowing


def everything_borrowed() -> c.Case:
    """A loan for all that is built, of whose PV another fund pays a part, at prices that rise; what
    it saves is worth 8 % of a draw and more the earlier, and later budgets pay a tenth a year."""
    base = everything()
    saved = np.triu(np.full((3, 10), 0.01))
    rule = borrowing(
        most=4e5, share=0.7, pays_for={o.id: YEARS for o in base.measures}, other={"pv": 1e3},
        level=1.02 ** np.arange(1, 11), saved=saved, worth=saved.sum(axis=1),
        repaid=np.triu(np.full((3, 3), 0.1)), enlarges=True, drawn=np.eye(3),
    )  # fmt: skip
    return replace(base, borrowing=rule)
