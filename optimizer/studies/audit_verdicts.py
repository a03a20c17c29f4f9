"""From figures to verdicts: what forcing a measure costs per tonne, and how sure that is.

Pure arithmetic on present costs [money] and tonnes by year (Y,); the verifier has its own of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.studies.audited import Answered

Array = NDArray[np.float64]
Verdict = Literal["cheaper", "blocked", "not_displaced", "inconclusive", "dearer"]
Outcome = Literal["fails", "undetermined", "holds"]
NOISE_SHARE: Final = 0.1
"""Of the ceiling: what is known less sharply than this decides nothing."""
RESOLUTION: Final = 1e-6
"""Of the cost: two searches of one problem agree to this, so no difference is known better."""
LEAST_SHARE: Final = 1e-6
"""Of the plan's discounted gross emissions: fewer tonnes than this are none."""


@dataclass(frozen=True)
class Ruler:
    """What tonnes are measured with: ``weight`` of each year [1], ``ceiling`` of each [money/t];
    ``displaced``: the ceiling is on credits, else on gross emissions of years with credits."""

    weight: Array
    ceiling: Array
    displaced: bool

    def discounted(self, tonnes: Sequence[float]) -> float:
        """Sum of weight x tonnes [t]."""
        return float(self.weight @ np.array(tonnes))

    def bare(self, found: Answered) -> float:
        """Paid cost without what tonnes are compared with: credits, where the ceiling is put on
        them [money]."""
        return found.paid - (found.credits_cost if self.displaced else 0.0)


@dataclass(frozen=True)
class Difference:
    """A forced plan against the plan. ``tonnes``: discounted tonnes under the ceiling that it has
    less; ``per_t`` [money/t]: their cost; ``noise`` [money/t]: half the width of the interval
    ``low`` ... ``high`` that holds the change of the least decision cost, a tonne, and never below
    what costs are known to; ``ceiling``: its mean over the tonnes. Without such tonnes per_t, noise
    and ceiling are None."""

    paid: float
    gross: float
    credits: float
    low: float
    high: float
    tonnes: float
    per_t: float | None
    noise: float | None
    ceiling: float | None


def difference(
    ruler: Ruler, plan: Answered, forced: Answered, least: float, bound: float
) -> Difference:
    """``least``: lower bound of all plans; ``bound``: of those in which the measure does more."""
    change = np.array(forced.valued) - np.array(plan.valued)
    tonnes = -ruler.discounted(list(change))
    low, high = bound - plan.cost, forced.cost - least
    per_t = noise = ceiling = None
    if tonnes > LEAST_SHARE * ruler.discounted(plan.gross):
        per_t = (ruler.bare(forced) - ruler.bare(plan)) / tonnes
        noise = max((high - low) / 2, RESOLUTION * abs(plan.cost)) / tonnes
        moved = ruler.weight * np.abs(change)
        ceiling = float(moved @ ruler.ceiling / moved.sum())
    return Difference(
        paid=forced.paid - plan.paid,
        gross=ruler.discounted(forced.gross) - ruler.discounted(plan.gross),
        credits=ruler.discounted(forced.credits) - ruler.discounted(plan.credits),
        low=low, high=high, tonnes=tonnes, per_t=per_t, noise=noise, ceiling=ceiling,
    )  # fmt: skip


def verdict(plan: Answered, forced: Answered, found: Difference | None, by: str | None) -> Verdict:
    """Cheaper: below what the plan's own whole decisions can cost at best. Then whether it can't
    be, whether it displaces anything, whether that is known sharply, and who stands in the way."""
    if found is None:
        return "blocked" if by is not None else "inconclusive"
    if forced.cost < plan.bound - RESOLUTION * abs(plan.cost):
        return "cheaper"
    if found.noise is None or found.ceiling is None:
        return "not_displaced" if by is None else "blocked"
    if found.noise > NOISE_SHARE * found.ceiling:
        return "inconclusive"
    return "dearer" if by is None else "blocked"


def outcome(verdicts: Sequence[str], better: bool) -> Outcome:
    """The worst of all; ``better``: some search found a cheaper plan."""
    if better or "cheaper" in verdicts:
        return "fails"
    return "undetermined" if "inconclusive" in verdicts else "holds"


def speaks_from(ruler: Ruler, gap: float) -> float:
    """Discounted tonnes from which the certificate alone says that displacing them costs nine
    tenths of the ceiling a tonne: gap / (0.1 x least ceiling) [t]."""
    set_years = ruler.ceiling[ruler.ceiling > 0]
    return gap / (NOISE_SHARE * float(set_years.min()))
