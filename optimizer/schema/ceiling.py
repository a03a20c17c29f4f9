"""The abatement ceiling: what a tonne must cost to avoid before a credit may stand for it."""

from __future__ import annotations

from typing import Literal

from optimizer.schema.fields import Frozen, MoneyPerMass, Yearly

CeilingMode = Literal["displaced_credit", "residual"]


class Ceiling(Frozen):
    """A price that only the choice of a plan sees; nobody pays it.

    `displaced_credit`: each credit is valued at the higher of its own price and the ceiling.
    `residual`: every gross tonne of a year that uses credits is valued at the ceiling.
    """

    price: Yearly[MoneyPerMass]
    mode: CeilingMode = "displaced_credit"
    """The mode that promises less, unless the other one is asked for."""
    severity: Literal["gate", "score"] = "gate"
    """`score`: no plan is chosen by it; an audit and a comparison measure with it."""

    @property
    def binds(self) -> bool:
        """Whether plans are chosen by it."""
        return self.severity == "gate"
