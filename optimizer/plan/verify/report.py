"""What the verifier says: one line a constraint, with the place where it is broken the most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from optimizer.words import text

Array = NDArray[np.float64]
Labels = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Tolerance:
    """A row passes if its deviation is at most `relative` x its scale + `floor` (row's unit)."""

    relative: float
    floor: float


STEP: Final = Tolerance(1e-8, 2e-7)
"""MW, MWh and t/h in one step: twice the solver's feasibility tolerance of 1e-7."""
YEAR: Final = Tolerance(1e-6, 1e-5)
"""MWh and t a year."""
MONEY: Final = Tolerance(1e-6, 1e-2)
"""Money a year; a hundredth of the currency is the smallest amount that anyone pays."""
COUNT: Final = Tolerance(1e-7, 1e-6)
"""States, counts, shares and sizes: the solver's tolerance for whole numbers is 1e-6."""
SHARE: Final = Tolerance(1e-6, 1e-9)
"""Ratios of two yearly sums."""
EXACT: Final = Tolerance(1e-9, 1e-12)
"""Figures that are copied, not solved: factors, weights, caps."""


@dataclass(frozen=True)
class RowCheck:
    """All rows of one constraint: how many, how many fail, and the one that is worst.

    `where` is the index of the worst row; `deviation` by how much it is broken (0 if it holds) and
    `tolerance` what is allowed there, both in the row's own unit.
    """

    name: str
    count: int
    failed: int
    where: str
    deviation: float
    tolerance: float

    @property
    def ok(self) -> bool:
        """Whether every row of the constraint holds."""
        return self.failed == 0


@dataclass(frozen=True)
class Warned:
    """What is odd without breaking a rule: its name, the item, and how much, MWh."""

    name: str
    item: str
    energy: float


@dataclass
class Rows:
    """Collects row checks; rows of one name, given in several calls, become one RowCheck."""

    checks: dict[str, RowCheck] = field(default_factory=dict)
    prefix: str = ""
    warnings: list[Warned] = field(default_factory=list)

    def warn(self, name: str, item: str, energy: float) -> None:
        """Note what is odd; it never makes a report fail."""
        self.warnings.append(Warned(self.prefix + name, item, energy))

    def equal(
        self,
        name: str,
        stored: ArrayLike,
        recomputed: ArrayLike,
        labels: Labels,
        kind: Tolerance,
        scale: ArrayLike = 0.0,
    ) -> None:
        """stored = recomputed, element by element; shape follows `labels`, one list a dimension.

        `scale` adds to what tolerance is measured by: the largest term in the row.
        """
        left, right = np.asarray(stored, np.float64), np.asarray(recomputed, np.float64)
        size = np.maximum(np.maximum(np.abs(left), np.abs(right)), scale)
        self._add(name, np.abs(left - right), size, labels, kind)

    def at_most(
        self,
        name: str,
        left: ArrayLike,
        right: ArrayLike,
        labels: Labels,
        kind: Tolerance,
        scale: ArrayLike = 0.0,
    ) -> None:
        """left <= right, element by element; a limit of +inf never binds."""
        low, high = np.asarray(left, np.float64), np.asarray(right, np.float64)
        finite = np.where(np.isfinite(high), np.abs(high), 0.0)
        size = np.maximum(np.maximum(np.abs(low), finite), scale)
        self._add(name, np.maximum(low - high, 0.0), size, labels, kind)

    def _add(
        self, name: str, deviation: Array, scale: Array, labels: Labels, kind: Tolerance
    ) -> None:
        shape = tuple(len(part) for part in labels)
        found = np.broadcast_to(deviation, shape)
        allowed = np.broadcast_to(kind.relative * scale + kind.floor, shape)
        if found.size == 0:
            return
        bad = ~(found <= allowed)
        excess = np.where(np.isnan(found) | np.isnan(allowed), np.inf, found / allowed)
        worst = np.unravel_index(int(np.argmax(excess)), shape)
        where = ", ".join(str(part[int(i)]) for part, i in zip(labels, worst, strict=True))
        new = RowCheck(
            self.prefix + name,
            int(found.size),
            int(bad.sum()),
            where,
            float(found[worst]),
            float(allowed[worst]),
        )
        self.checks[new.name] = _merged(self.checks.get(new.name), new)


def _merged(old: RowCheck | None, new: RowCheck) -> RowCheck:
    """One check from two of the same name, keeping the worse place."""
    if old is None:
        return new
    worse = new if not new.deviation / new.tolerance <= old.deviation / old.tolerance else old
    count, failed = old.count + new.count, old.failed + new.failed
    return RowCheck(new.name, count, failed, worse.where, worse.deviation, worse.tolerance)


@dataclass(frozen=True)
class HashCheck:
    """One file of inputs/ against its sha256 in the manifest."""

    file: str
    ok: bool
    note: str


@dataclass(frozen=True)
class VerifyReport:
    """Everything that was recomputed; `harmless` names quantities that no row holds tightly,
    `taken`, by a word of the catalog each, what is a search's word and wasn't recomputed."""

    rows: tuple[RowCheck, ...]
    harmless: tuple[str, ...]
    hashes: tuple[HashCheck, ...]
    warnings: tuple[Warned, ...] = ()
    taken: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[RowCheck, ...]:
        """The constraints with at least one broken row."""
        return tuple(row for row in self.rows if not row.ok)

    @property
    def ok(self) -> bool:
        """Whether no row is broken; hashes are reported apart and don't count."""
        return not self.failed

    def as_dict(self) -> dict[str, Any]:
        """Plain data for --json; a deviation that is no number is written as text."""
        checked = sum(row.count for row in self.rows)
        return {
            "ok": self.ok,
            "rows_checked": checked,
            "rows": [_row_as_dict(row) for row in self.rows],
            "warnings": [vars(warned) for warned in self.warnings],
            "harmless": list(self.harmless),
            "taken": [text(f"verify.taken.{name}", "en") for name in self.taken],
            "hashes": [vars(check) for check in self.hashes],
            "shows": text("verify.holds", "en", count=checked) if self.ok else "",
            "shows_not": text("verify.not_shown", "en"),
        }


def _row_as_dict(row: RowCheck) -> dict[str, Any]:
    figures = {"deviation": row.deviation, "tolerance": row.tolerance}
    plain = {key: value if np.isfinite(value) else str(value) for key, value in figures.items()}
    return {**vars(row), **plain, "ok": row.ok}
