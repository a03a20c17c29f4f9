"""What a study asks of a case beside its own rules: at most so many tonnes, at most such a cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class TradeOff:
    """Weighted tonnes = sum over planning years of weight x gross emissions of the policy's ledger.

    ``weight`` (Y,) [1]: the present worth of a year's costs for discounted tonnes, or 1 in the
    target year alone. ``most_tonnes``: weighted tonnes at most [t]; ``most_cost``: decision cost at
    most [money], what is only valued included; None limits nothing.
    """

    weight: NDArray[np.float64]
    most_tonnes: float | None = None
    most_cost: float | None = None
