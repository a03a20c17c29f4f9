"""What a section of the report is made of; the template knows how to print each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import plotly.graph_objects as go


@dataclass(frozen=True)
class Table:
    """`head` with units; rows of finished text. `numeric`: columns set flush right."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Chart:
    """A picture whose `finding` is its title, with what it is drawn from beneath it, folded up;
    None where a block of its own shows that."""

    id: str
    finding: str
    note: str
    figure: go.Figure
    table: Table | None
    wide: bool = True
    kind: str = field(default="chart", init=False)


@dataclass(frozen=True)
class Plain:
    """A table on its own, or paragraphs, under a small heading."""

    heading: str
    paragraphs: Sequence[str] = ()
    table: Table | None = None
    kind: str = field(default="plain", init=False)


@dataclass(frozen=True)
class Section:
    """One question and its answer in one sentence, then the blocks that show it."""

    id: str
    question: str
    finding: str
    blocks: Sequence[Chart | Plain]


@dataclass(frozen=True)
class Tile:
    """A figure beside its limit; `state` is "good", "bad" or "open" where no limit is set."""

    label: str
    value: str
    limit: str
    state: str


def numbers_from(count: int, first: int = 1) -> frozenset[int]:
    """Column indices first … count - 1: those that hold numbers."""
    return frozenset(range(first, count))
