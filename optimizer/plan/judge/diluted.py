"""Carbon per energy that is kept by using more energy: the trap of a ratio, in both its parts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from optimizer.plan.judge.figures import RELATIVE, Figures, Sums
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import ledgers
from optimizer.plan.verify.held import side_of
from optimizer.schema.policy_pack import PolicyPack
from optimizer.schema.policy_rules import CarbonPerTce, Rule


class Diluted(NamedTuple):
    """A year, and what plan less baseline is in emissions [t] and in energy used [tce]."""

    year: int
    tonnes: float
    tce: float


def diluted(
    sums: Sums, baseline: Book | None, pack: PolicyPack, rule: Rule, figures: Figures | None
) -> tuple[Diluted, ...]:
    """Years in which the plan keeps the ratio and, with its emissions on the baseline's energy,
    wouldn't: only more energy keeps it."""
    if baseline is None or figures is None or not isinstance(rule, CarbonPerTce):
        return ()
    plan = side_of(sums.book, sums.ledgers, pack, rule)
    before = side_of(baseline, ledgers(baseline), pack, rule)
    asked = figures.asked & figures.kept
    limit = np.where(asked, figures.limit, np.inf)
    missed = plan.value > limit * before.per * (1 + RELATIVE)
    return tuple(
        Diluted(year, float(plan.value[i] - before.value[i]), float(plan.per[i] - before.per[i]))
        for i, year in enumerate(sums.book.years)
        if asked[i] and missed[i]
    )
