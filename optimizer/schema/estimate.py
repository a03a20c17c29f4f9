"""How well a capex is known: its accuracy and what of it is contingency.

Classes of estimates: AACE International, recommended practice 18R-97 (process industries; 56R-08,
for buildings, has the same five), by how far a project is defined, from 5 (an idea, no site) to 1
(designed and tendered). The practice gives each end of a class as a span; the outer ends stand
here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from pydantic import model_validator

from optimizer.schema.fields import Frozen, Share, UncappedShare

EstimateClass = Literal[1, 2, 3, 4, 5]
RANGES: Final[Mapping[int, tuple[float, float]]] = MappingProxyType(
    {1: (0.10, 0.15), 2: (0.15, 0.20), 3: (0.20, 0.30), 4: (0.30, 0.50), 5: (0.50, 1.00)}
)
"""Class -> by which share of the estimate the final cost may end below it, and above it, four times
in five (18R-97, the wider value of each span)."""
UNSTATED: Final[EstimateClass] = 5
"""What is assumed where nothing is stated, whoever stands behind the price: the classes go by how
far the project is defined, and a catalog's figure knows nothing of the site."""


class Accuracy(Frozen):
    """By which share of the estimate the final cost may end below and above it, four times in five:
    of a class, or as given."""

    estimate_class: EstimateClass | None = None
    low: Share | None = None
    high: UncappedShare | None = None

    @model_validator(mode="after")
    def _class_or_ends(self) -> Accuracy:
        given = self.low is not None and self.high is not None
        if (self.low is None) != (self.high is None) or given == (self.estimate_class is not None):
            raise ValueError("give either 'estimate_class' (1 to 5), or 'low' and 'high'")
        return self

    @property
    def ends(self) -> tuple[float, float]:
        """Shares of the estimate below and above it."""
        if self.estimate_class is not None:
            return RANGES[self.estimate_class]
        return float(self.low or 0.0), float(self.high or 0.0)


class Contingency(Frozen):
    """Money for what is not foreseen but to be expected, a share of the estimate before it; it is
    meant to be spent, so it is part of the capex. ``included``: the prices hold it already;
    ``on_top``: they don't, and are raised by it."""

    included: Share | None = None
    on_top: Share | None = None

    @model_validator(mode="after")
    def _one(self) -> Contingency:
        if (self.included is None) == (self.on_top is None):
            raise ValueError("give either 'included' (the prices hold it) or 'on_top'")
        return self

    @property
    def raises(self) -> float:
        """What the prices are multiplied by: 1 + on top."""
        return 1.0 + float(self.on_top or 0.0)

    @property
    def of_capex(self) -> float:
        """Which share of the capex it is: s / (1 + s)."""
        share = float((self.included if self.on_top is None else self.on_top) or 0.0)
        return share / (1.0 + share)
