"""A loan that counts while a plan is chosen (docs/model.md, section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.case.common import ByYear


@dataclass(frozen=True)
class BorrowingRule:
    """Each year's builds are paid by a draw on the year's first day, as much as is decided; or the
    loan is drawn by its tranches, each for all builds alike.

    ``most``: largest loan [nominal money]; ``share``: of the eligible cost. ``pays_for``: measure
    -> years of build; ``other``: measure -> what other money pays of its price [nominal].
    ``level``: nominal money per real, by cash year (T,). Of 1 nominal for the builds of planning
    year y: ``drawn`` (Y, Y), when it is drawn, by planning year; ``saved`` (Y, T), interest that an
    ordinary loan would cost more, by cash year, and ``worth`` (Y,), what that is worth at the end
    of y; ``repaid`` (Y, Y), debt service that budgets pay [real money]. ``enlarges``: whether draws
    are money beside the budget.
    """

    most: float
    share: float
    pays_for: Mapping[str, tuple[int, ...]]
    other: Mapping[str, float]
    level: ByYear
    saved: NDArray[np.float64]
    worth: ByYear
    repaid: NDArray[np.float64]
    enlarges: bool
    drawn: NDArray[np.float64]

    @property
    def by_build(self) -> bool:
        """Whether each year's builds have their own draw."""
        return bool(np.array_equal(self.drawn, np.eye(len(self.drawn))))

    def only_for(self, pays_for: Mapping[str, tuple[int, ...]]) -> BorrowingRule:
        """The same for fewer measures or years."""
        return replace(self, pays_for=pays_for)
