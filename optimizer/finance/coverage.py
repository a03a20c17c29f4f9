"""Whether cash covers debt: DSCR, LLCR, PLCR, and how much debt a cash flow carries.

Cash here is CFADS, cash available for debt service: nominal, as debt is. `nominal` makes it so;
ratios of real cash to nominal debt would understate the cover. All by year, shape (Y,), paid at
year ends. Formulas: E. R. Yescombe, Principles of Project Finance (2nd ed. 2014), chapter 12.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.finance import discount_factor

Array = NDArray[np.float64]
State = Literal["pays_out", "locked_up", "default"]


def nominal(real: Array, inflation: float, years_since_price_year: Array) -> Array:
    """Money of the year from money of the price year: real x (1 + inflation)^years, shape (Y,)."""
    if not inflation > -1:
        raise ValueError(f"inflation: got {inflation}, must be above -1")
    found: Array = real * (1.0 + inflation) ** years_since_price_year
    return found


def dscr(cfads: Array, service: Array) -> tuple[float | None, ...]:
    """Debt service cover ratio [1] of each year: CFADS / (interest + principal + fees).

    None in years without debt service, to which no ratio belongs.
    """
    pairs = zip(cfads.tolist(), service.tolist(), strict=True)
    return tuple(cash / due if due > 0 else None for cash, due in pairs)


def life_cover(cfads: Array, service: Array, owed: float, rate: float) -> float | None:
    """Loan life cover ratio [1]: present worth of CFADS up to the last debt service, over ``owed``.

    ``rate``: of the debt, a year. Seen from the start of the first year. None if nothing is owed.
    """
    due = np.nonzero(service > 0)[0]
    if owed <= 0 or not len(due):
        return None
    return present_worth(cfads[: due[-1] + 1], rate) / owed


def project_cover(cfads: Array, owed: float, rate: float) -> float | None:
    """Project life cover ratio [1]: as `life_cover`, over all years of the project."""
    return present_worth(cfads, rate) / owed if owed > 0 else None


def present_worth(values: Array, rate: float) -> float:
    """What payments at the ends of years 1, 2, … are worth at the start of year 1 [money]."""
    return float(sum(v * discount_factor(rate, t) for t, v in enumerate(values.tolist(), start=1)))


def debt_by_cover(cfads: Array, service_of_one: Array, cover: float) -> float:
    """The largest debt whose service CFADS covers ``cover`` times in every year [money].

    ``service_of_one``: yearly service of a debt of 1 under its terms. 0 where a year with debt
    service brings no cash. Raises ValueError for a cover that isn't above 0 and a debt that's free.
    """
    if not cover > 0:
        raise ValueError(f"cover: got {cover}, must be above 0")
    due = service_of_one > 0
    if not due.any():
        raise ValueError("a debt of 1 has no debt service")
    return max(0.0, float((cfads[due] / (cover * service_of_one[due])).min()))


@dataclass(frozen=True)
class Sized:
    """The smaller of two debts [money], and which of the two limits it."""

    amount: float
    limit: Literal["cover", "share"]


def sized(by_cover: float, eligible: float, share: float) -> Sized:
    """Debt by cover, but at most ``share`` of the ``eligible`` cost [money]."""
    by_share = share * eligible
    return Sized(by_share, "share") if by_share <= by_cover else Sized(by_cover, "cover")


def lock_up(
    ratios: tuple[float | None, ...], lock_up_at: float, default_at: float
) -> tuple[State, ...]:
    """What the owners may take out in each year, by its DSCR: all, nothing, or it is a default.

    Below ``lock_up_at`` [1] nothing is paid out; below ``default_at`` [1] the lender may call the
    loan. Years without debt service pay out.
    """

    def state(ratio: float | None) -> State:
        if ratio is None or ratio >= lock_up_at:
            return "pays_out"
        return "locked_up" if ratio >= default_at else "default"

    if not 0 <= default_at <= lock_up_at:
        raise ValueError(f"default at {default_at} must lie from 0 to the lock-up at {lock_up_at}")
    return tuple(map(state, ratios))
