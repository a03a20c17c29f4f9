"""Verdicts in the words of the carbon rules, and which of several counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from optimizer.schema.loan_rules import LoanRule

Verdict = Literal[
    "fails", "cannot_determine", "meets_secondary", "meets_attested", "meets_primary",
    "not_applicable",
]  # fmt: skip
WORST_FIRST: Final[tuple[Verdict, ...]] = (
    "fails", "cannot_determine", "meets_secondary", "meets_attested", "meets_primary",
    "not_applicable",
)  # fmt: skip
GROUND: Final[Mapping[str, Verdict]] = {
    "primary": "meets_primary",
    "attested": "meets_attested",
    "secondary": "meets_secondary",
    "derived": "meets_secondary",
}
"""Trust of a rule that is kept -> verdict; an unconfirmed rule is never called kept."""


@dataclass(frozen=True)
class Said:
    """A sentence of the catalog of words, and what to put in it."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One rule for one measure (``measure``), or for the plan or the loan (None).

    ``value`` and ``limit`` are numbers in ``unit``, or dates and names as text. ``why``: what keeps
    it from a better verdict. ``turn``: what would turn a fail. ``notes``: what to know beside it.
    """

    pack: str
    rule: LoanRule
    measure: str | None
    verdict: Verdict
    trust: str
    value: float | str | None = None
    limit: float | str | None = None
    unit: str | None = None
    why: tuple[Said, ...] = ()
    turn: Said | None = None
    notes: tuple[Said, ...] = ()


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The one that counts; not applicable only where nothing applies."""
    return min(verdicts, key=WORST_FIRST.index, default="not_applicable")
