"""What one plan has, when, and pays that another doesn't."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from optimizer.studies.changes import Changes, changes
from optimizer.studies.picked import Picked

Known = tuple[Picked, Mapping[str, float]]
"""What a plan has, and the present value of what it pays by class [money]."""


@dataclass(frozen=True)
class Apart:
    """From one plan to another: ``changes`` of what is built, ``years`` (id -> year before, year
    after; None where the plan hasn't it), ``sizes`` likewise, and ``more``: present value paid
    above that of the first, by class [money of the base year]."""

    changes: Changes
    years: dict[str, tuple[int | None, int | None]]
    sizes: dict[str, tuple[float, float]]
    more: dict[str, float]

    def as_dict(self) -> dict[str, Any]:
        """The difference as JSON shows it."""
        return asdict(self)


def apart(old: Known, new: Known) -> Apart:
    """From one plan to another."""
    (before, paid), (after, pays) = old, new
    found = changes(before, after)
    moved = [*found.enters, *found.leaves, *found.larger, *found.smaller, *found.earlier,
             *found.later]  # fmt: skip
    ids = dict.fromkeys(moved)
    return Apart(
        found,
        {id: (before.since.get(id), after.since.get(id)) for id in ids},
        {id: (before.sizes.get(id, 0.0), after.sizes.get(id, 0.0)) for id in ids},
        {kind: pays.get(kind, 0.0) - paid.get(kind, 0.0) for kind in dict.fromkeys([*paid, *pays])},
    )
