"""What-ifs: named changes of one scenario."""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator

from optimizer.schema.fields import Factor, Frozen, Id, Text


class WhatIf(Frozen):
    """One change of circumstances; its parts apply in the order set, times, without."""

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

    @model_validator(mode="after")
    def _changes_something(self) -> WhatIf:
        if not (self.set or self.times or self.without):
            raise ValueError("needs a change: set, times or without")
        return self


class WhatIfFile(Frozen):
    whatifs: tuple[WhatIf, ...] = Field(min_length=1)
