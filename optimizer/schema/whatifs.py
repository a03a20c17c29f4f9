"""What-ifs and futures: named changes of one scenario."""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator

from optimizer.schema.fields import Factor, Frozen, Id, Ratio, Text


class Changed(Frozen):
    """A scenario with changes, named; its parts apply in the order set, times, without."""

    id: Id
    name: Text
    why: Text | None = None
    """What it stands for, or where its figures come from."""
    set: dict[str, Any] = Field(default_factory=dict)
    """Path of the scenario -> value, as the scenario would write it."""
    times: dict[str, Factor] = Field(default_factory=dict)
    """Path -> factor on every figure there."""
    without: tuple[Id, ...] = ()
    """Measures, contracts and credits that aren't on offer."""


class WhatIf(Changed):
    """One change of circumstances."""

    @model_validator(mode="after")
    def _changes_something(self) -> WhatIf:
        if not (self.set or self.times or self.without):
            raise ValueError("needs a change: set, times or without")
        return self


class WhatIfFile(Frozen):
    whatifs: tuple[WhatIf, ...] = Field(min_length=1)


class Future(Changed):
    """One way the world may go; without any change it is as the scenario says."""

    weight: Ratio
    """How likely beside the others; weights need not sum to 1."""


class FutureFile(Frozen):
    decide_to: int
    """What stands up to this planning year is decided now, the same in every future."""
    futures: tuple[Future, ...] = Field(min_length=2)
