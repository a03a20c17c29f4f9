"""What one plan has that another hasn't."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

LARGER: Final = 0.01
"""Share by which a size differs at least to be named."""


class Plan(Protocol):
    """What is asked of both plans."""

    @property
    def assets(self) -> Mapping[str, Mapping[str, int]]:
        """Asset -> what becomes of it -> the first year of that."""

    def chosen(self) -> dict[str, float]:
        """The largest size of all that the plan has."""

    def first(self) -> dict[str, int]:
        """The first year of all that the plan has."""


@dataclass(frozen=True)
class Changes:
    """Measures and contracts by what becomes of them from one plan to the next; ``assets``: those
    that are renewed or retired in another year, or no longer."""

    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    larger: tuple[str, ...]
    smaller: tuple[str, ...]
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    assets: tuple[str, ...]


def changes(old: Plan, new: Plan) -> Changes:
    """From one plan to another."""
    before, after = old.chosen(), new.chosen()
    since, now = old.first(), new.first()
    both = [id for id in before if id in after]
    return Changes(
        enters=tuple(id for id in after if id not in before),
        leaves=tuple(id for id in before if id not in after),
        larger=tuple(id for id in both if after[id] > before[id] * (1 + LARGER)),
        smaller=tuple(id for id in both if after[id] < before[id] / (1 + LARGER)),
        earlier=tuple(id for id in both if now[id] < since[id]),
        later=tuple(id for id in both if now[id] > since[id]),
        assets=tuple(
            id
            for id in dict.fromkeys((*old.assets, *new.assets))
            if old.assets.get(id) != new.assets.get(id)
        ),
    )
