"""What a row of payments is worth: internal rate of return and payback.

Money at the start and at the end of each year, in above 0, out below; both shape (T,). The end of
a year and the start of the next are one moment. Definitions as in Short, Packey, Holt,
NREL/TP-462-5173 (1995), sections 3 and 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy_financial
from numpy.typing import NDArray

Array = NDArray[np.float64]
NOTHING = 1e-9
"""Money below this share of the largest amount counts as none."""


@dataclass(frozen=True)
class Figure:
    """A number, or the reason why there is none."""

    value: float | None
    reason: str | None = None


def told(figure: Figure) -> dict[str, float | str | None]:
    """A figure as summary.json has it."""
    return {"value": figure.value, "reason": figure.reason}


def at_moments(start: Array, end: Array) -> Array:
    """Money at each of the T + 1 moments, the first being the start of the first year."""
    found: Array = np.pad(start, (0, 1)) + np.pad(end, (1, 0))
    return found


def internal_rate_of_return(start: Array, end: Array) -> Figure:
    """The rate at which the net present value is 0 [1/a].

    None where the money never changes sign (`no_sign_change`), where it comes first and is paid
    back later, as a loan's does (`receives_first`), where no rate (`no_rate`) or more than one
    (`several_rates`) does it.
    """
    flows = at_moments(start, end)
    flows = np.where(np.abs(flows) > NOTHING * np.abs(flows).max(initial=0.0), flows, 0.0)
    signs = np.sign(flows[flows != 0])
    changes = int(np.count_nonzero(np.diff(signs)))
    if changes == 0:
        return Figure(None, "no_sign_change")
    if signs[0] > 0:
        return Figure(None, "receives_first")
    if changes > 1:
        count = _rates(flows)
        if count != 1:
            return Figure(None, "several_rates" if count else "no_rate")
    rate = float(numpy_financial.irr(flows))
    return Figure(rate) if np.isfinite(rate) else Figure(None, "no_rate")


def _rates(flows: Array) -> int:
    """Number of rates above -100 % at which the net present value is 0: real roots x > 0 of the sum
    of flow x x^moment."""
    roots = np.roots(flows[::-1])
    real = roots[np.abs(roots.imag) <= 1e-6 * np.abs(roots)].real
    return int(np.count_nonzero(real > 0))


def payback(start: Array, end: Array) -> Figure:
    """Years from the start of the first year until what was paid is back, for good [a].

    What falls at year end is taken to come in evenly through its year. 0 where nothing is ever
    owed; None with `not_within` where it isn't back by the last year.
    """
    before = np.cumsum(start) + np.concatenate([[0.0], np.cumsum(end)[:-1]])
    after = before + end
    scale = NOTHING * max(np.abs(before).max(initial=0.0), np.abs(after).max(initial=0.0))
    if after[-1] < -scale:
        return Figure(None, "not_within")
    owing = np.flatnonzero(before < -scale)
    if not len(owing):
        return Figure(0.0)
    year = int(owing[-1])
    share = -before[year] / end[year] if end[year] > -before[year] else 1.0
    return Figure(year + float(share))
