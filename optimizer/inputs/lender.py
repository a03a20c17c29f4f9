"""What a lender asks of a plan: limits that hold while the plan is chosen (docs/loan_rules.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.case.common import ByYear

Quantity = Literal[
    "emissions_reduction", "energy_saving", "reduction_from_base", "reduction_from_baseline",
    "covered_by_credits", "dscr", "borrower_dscr", "llcr", "plcr", "debt_share", "equity_share",
    "loan_over_eligible", "sculpted",
]  # fmt: skip
REDUCING: Final[tuple[Quantity, ...]] = (
    "emissions_reduction", "energy_saving", "reduction_from_base", "reduction_from_baseline",
)  # fmt: skip
YEARLY_COVER: Final[tuple[Quantity, ...]] = ("dscr", "borrower_dscr")
SCULPTED: Final[Quantity] = "sculpted"
"""Each year's part of a sculpted loan pays at least its interest."""
LIFE_COVER: Final[tuple[Quantity, ...]] = ("llcr", "plcr")
AMOUNTS: Final[tuple[Quantity, ...]] = ("debt_share", "equity_share", "loan_over_eligible")
OF_PLAN: Final[tuple[Quantity, ...]] = (*REDUCING, "covered_by_credits")
"""What a dispatch can still change; all else follows from sizes and the cheapest dispatch."""


@dataclass(frozen=True)
class Ask:
    """A rule by its ``id`` (pack/rule): a quantity at least its limit, or at most for shares of
    debt and what credits cover.

    ``spare``: what is to be left between the two sides of its row besides, by year, in the row's
    unit.
    """

    id: str
    quantity: Quantity
    limit: float
    spare: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Sculpted:
    """Of 1 drawn in all, repaid by the same share of each year's cash; (S,) each, from the first
    draw's year to the last repayment's, which are years of the cash flow.

    ``worth``: at the start of a year, of its draws and all later ones; ``interest`` of its own
    draws in it; ``fees`` of it.
    """

    worth: NDArray[np.float64]
    interest: NDArray[np.float64]
    fees: NDArray[np.float64]


@dataclass(frozen=True)
class Lent:
    """A loan of ``amount`` [nominal money] at ``rate`` a year.

    ``draws``: the years in which it may be drawn, D of them. ``by_build``: each year's builds are
    paid by its own draw, which is decided; else there is one draw, the whole loan. ``service`` and
    ``owed``, shape (D, T): of 1 drawn, by cash year: what is paid in it, what is owed at its start.
    ``sculpted``: of a loan whose service follows the cash, which has neither.
    """

    amount: float
    rate: float
    draws: tuple[int, ...]
    by_build: bool
    service: NDArray[np.float64]
    owed: NDArray[np.float64]
    sculpted: Sculpted | None = None


@dataclass(frozen=True)
class Beside:
    """The baseline on the same time axis, to compare with.

    ``running``: what costs of the year come to, by cash year, without carbon and equipment (T,);
    ``carbon``: by planning year (Y,) [real money]. ``emitted``: location-based, mean of the
    planning years [t/a]; ``bought``: energy, likewise [MWh/a]; ``gross``: last planning year [t].
    """

    running: ByYear
    carbon: ByYear
    emitted: float
    bought: float
    gross: float


@dataclass(frozen=True)
class LenderRule:
    """What is asked, and what the loan may pay for.

    ``pays_for``: measure -> years of build that it may pay; of a measure that isn't named, none.
    ``other``: measure -> what other money pays of its price [nominal]. ``level``: nominal money per
    real, by cash year (T,). ``earned``: the borrower's EBITDA a year; ``owing``: service of its
    other debts by cash year (T,), None for none [nominal money]. ``beside``: None until the
    baseline is known.
    """

    asks: tuple[Ask, ...]
    pays_for: Mapping[str, tuple[int, ...]]
    level: ByYear
    lent: Lent | None = None
    other: Mapping[str, float] = field(default_factory=dict)
    earned: float = 0.0
    owing: ByYear | None = None
    beside: Beside | None = None

    def owed_beside(self, t: int) -> float:
        """Service of other debts in a cash year, counted from the first [nominal money]."""
        return 0.0 if self.owing is None else float(self.owing[t])

    def of(self, *quantities: Quantity) -> tuple[Ask, ...]:
        """The asks about some quantities."""
        return tuple(ask for ask in self.asks if ask.quantity in quantities)

    def with_spare(self, missed: Mapping[tuple[str, int], float]) -> LenderRule:
        """The same, each ask kept by what was missed of it, by (id, year), as well."""

        def kept(ask: Ask) -> Ask:
            own = {year: by for (name, year), by in missed.items() if name == ask.id}
            years = {*ask.spare, *own}
            spare = {y: ask.spare.get(y, 0.0) + own.get(y, 0.0) for y in years}
            return replace(ask, spare=spare)

        return replace(self, asks=tuple(map(kept, self.asks)))

    def dispatched(self) -> LenderRule:
        """What of it still holds once all sizes are held: asks about the plan, not the loan."""
        return replace(self, asks=self.of(*OF_PLAN), lent=None, pays_for={}, other={})
