"""How high a picture of bars as wide as their tonnes reaches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

MOST: Final = 0.9
"""Of the tonnes, those whose money per tonne is to be read off the picture."""
CUT: Final = 4.0
"""Times what MOST of the tonnes cost at most: a bar above that would flatten the others."""


def readable(bars: Iterable[tuple[float, float]]) -> float:
    """The tallest of (height, tonnes) that leaves the others to be read; 0 without bars.

    With h the least height that MOST of the tonnes don't exceed, it is the tallest up to CUT x h.
    """
    order = sorted(bars)
    tallest, reached = order[-1][0] if order else 0.0, 0.0
    total = sum(tonnes for _, tonnes in order)
    for height, tonnes in order:
        reached += tonnes
        if reached >= MOST * total:
            whole = [each for each, _ in order if each <= CUT * height]
            return max(whole) if height > 0 else tallest
    return tallest
