"""What a size costs overnight, as straight pieces (docs/model.md, section 2)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from optimizer.inputs.case import Segment

RELATIVE = 1e-12
"""Slopes and intercepts closer than this, relative to the cost, are one straight line."""


def straight(fixed: float, price: float, lower: float, upper: float) -> tuple[Segment, ...]:
    """fixed + price x size, one piece from the smallest to the largest size."""
    return (Segment(lower=lower, upper=upper, slope=price, intercept=fixed),)


def through_points(
    points: Sequence[tuple[float, float]], lower: float, upper: float
) -> tuple[Segment, ...]:
    """Pieces over [lower, upper] through (size, total cost) points in rising size.

    From the origin to the first point, between points, and above the last on the line from the
    origin through it: the first price per unit holds below, the last one above. A first point at
    size 0 is a fixed cost; alone it gives no price, which is a ValueError, as is a total that
    falls with size.
    """
    for (small, cheap), (large, dear) in pairwise(points):
        if dear < cheap:
            raise ValueError(
                f"the total falls from {cheap:g} at size {small:g} to {dear:g} at {large:g}"
            )
    last_size, last_total = points[-1]
    if last_size <= 0:
        raise ValueError("one point at size 0 gives no price; add a point at a larger size")
    starts = list(points) if points[0][0] == 0 else [(0.0, 0.0), *points]
    pieces = [_line(left, right) for left, right in pairwise(starts)]
    pieces.append(Segment(last_size, math.inf, last_total / last_size, 0.0))
    return _merged(_clipped(pieces, lower, upper))


def times(segments: Sequence[Segment], multiple: float) -> tuple[Segment, ...]:
    """The same pieces with all cost multiplied, as contingency on top of the prices does."""
    return tuple(
        replace(piece, slope=multiple * piece.slope, intercept=multiple * piece.intercept)
        for piece in segments
    )


def cost_of(segments: Sequence[Segment], size: float) -> float:
    """Overnight cost of a size [money]; ValueError for a size outside all pieces."""
    for piece in segments:
        if piece.lower <= size <= piece.upper:
            return piece.intercept + piece.slope * size
    raise ValueError(f"size {size:g} is outside {segments[0].lower:g} to {segments[-1].upper:g}")


def _line(left: tuple[float, float], right: tuple[float, float]) -> Segment:
    slope = (right[1] - left[1]) / (right[0] - left[0])
    return Segment(left[0], right[0], slope, left[1] - slope * left[0])


def _clipped(pieces: Sequence[Segment], lower: float, upper: float) -> list[Segment]:
    """What of the pieces lies inside [lower, upper]; one of zero width only for a single size."""
    cut = [Segment(max(p.lower, lower), min(p.upper, upper), p.slope, p.intercept) for p in pieces]
    kept = [piece for piece in cut if piece.lower < piece.upper]
    return kept or [piece for piece in cut if piece.lower == piece.upper][:1]


def _merged(pieces: Sequence[Segment]) -> tuple[Segment, ...]:
    """Neighbours on the same straight line as one piece."""
    merged: list[Segment] = []
    for piece in pieces:
        if merged and _same_line(merged[-1], piece):
            before = merged.pop()
            piece = Segment(before.lower, piece.upper, before.slope, before.intercept)
        merged.append(piece)
    return tuple(merged)


def _same_line(left: Segment, right: Segment) -> bool:
    scale = abs(left.intercept + left.slope * left.upper)
    return math.isclose(left.slope, right.slope, rel_tol=RELATIVE) and math.isclose(
        left.intercept, right.intercept, rel_tol=RELATIVE, abs_tol=RELATIVE * scale
    )
