"""A stored assessment judged again: by the packs as they are now, with the evidence as stored.

The verifier works out the money of loan.json by itself; what rules ask, which of them there are and
what becomes of each measure is held here, so that no rule can be left out or loosened.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from optimizer.errors import InputErrors, Problem
from optimizer.files.hashes import sha256_of_data
from optimizer.inputs.loan_evidence import Evidence, Shown
from optimizer.loans.facts import facts
from optimizer.loans.run import judged
from optimizer.plan.store import LOAN, Run, read_finding, read_run
from optimizer.schema.validation import read_evidence_file
from optimizer.workspace import workspace_of

ELSEWHERE: Final = ("options", "stress", "broken", "shares_sha256", "run")
"""Keys that the verifier holds, and the name of the folder."""
CLOSE: Final = 1e-6
"""Two computations of a figure agree to this share of it, or to this much of its unit."""


@dataclass(frozen=True)
class Difference:
    """A value of loan.json by its path, and what judging again gives; "–" where it isn't there."""

    path: str
    stored: str
    judged: str


@dataclass(frozen=True)
class Rejudged:
    """`stale`: shares.json isn't the one judged by, so that nothing was compared. `documents`:
    whether these were compared with their hashes again."""

    compared: int
    differences: tuple[Difference, ...]
    stale: bool
    documents: bool

    @property
    def ok(self) -> bool:
        """Whether judging again gives what is stored."""
        return not self.differences and not self.stale

    def as_dict(self) -> dict[str, Any]:
        """As `decarb verify --json` has it."""
        return {
            "ok": self.ok,
            "compared": self.compared,
            "stale": self.stale,
            "documents_compared": self.documents,
            "differences": [vars(each) for each in self.differences],
        }


def rejudged(path: Path, evidence: Path | None = None) -> Rejudged | None:
    """The last assessment of a run; None where there is none.

    ``evidence``: its file, to compare each document with its hash again. Raises InputErrors.
    """
    told, run = read_finding(path, LOAN), read_run(path)
    if told is None:
        return None
    current = None if run.shares is None else sha256_of_data(run.shares)
    if told.get("shares_sha256") != current:
        return Rejudged(0, (), True, False)
    try:
        pairs = list(_compared(_judged_part(told), _judged_part(_again(run, told, evidence))))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputErrors([_unreadable(path, repr(error))]) from error
    wrong = tuple(difference for difference in pairs if difference is not None)
    return Rejudged(len(pairs), wrong, False, evidence is not None)


def _again(run: Run, told: Mapping[str, Any], evidence: Path | None) -> dict[str, Any]:
    """What `decarb loan` would say now, asked in the same way."""
    packs = [str(pack["id"]) for pack in told["packs"]]
    shown: Path | Evidence = _as_stored(told["evidence"]) if evidence is None else evidence
    found = judged(run, packs, workspace_of(run.path), terms=told["options"], evidence=shown)
    # A run that didn't recompute had no verdict of its findings; the verifier tells.
    return facts(replace(found, broken=tuple(told["broken"])))


def _as_stored(pieces: list[dict[str, Any]]) -> Evidence:
    """The documents as loan.json lists them; ValueError for what is no evidence."""
    states = [each["state"] for each in pieces]
    raw = [{key: value for key, value in each.items() if key != "state"} for each in pieces]
    read = read_evidence_file({"evidence": raw})
    if isinstance(read, tuple):
        raise ValueError(f"evidence: {read[0].found}")
    shown = (Shown(item, state) for item, state in zip(read.evidence, states, strict=True))
    return Evidence("", tuple(shown))


def _unreadable(path: Path, found: str) -> Problem:
    hint = "Run decarb loan again."
    allowed = "as docs/plan_file.md lays it out"
    return Problem(str(path / LOAN), 0, 0, "", found[:120], allowed, hint)


def _judged_part(told: Mapping[str, Any]) -> dict[str, Any]:
    """What is compared; of a pack's file its content, not where it lies."""
    packs = [{k: v for k, v in pack.items() if k != "file"} for pack in told["packs"]]
    return {key: value for key, value in told.items() if key not in ELSEWHERE} | {"packs": packs}


def _compared(stored: Any, found: Any, path: str = "") -> Iterator[Difference | None]:
    """Each value of either side: a difference, or None where they agree."""
    if isinstance(stored, dict) and isinstance(found, dict):
        for key in dict.fromkeys([*stored, *found]):
            here = f"{path}.{key}" if path else str(key)
            yield from _compared(stored.get(key, _Absent), found.get(key, _Absent), here)
    elif isinstance(stored, list) and isinstance(found, list):
        one, other = _by_id(stored), _by_id(found)
        for key in dict.fromkeys([*one, *other]):
            yield from _compared(one.get(key, _Absent), other.get(key, _Absent), f"{path}.{key}")
    else:
        yield None if _same(stored, found) else Difference(path, _shown(stored), _shown(found))


class _Absent:
    """What one side hasn't got."""


def _by_id(values: list[Any]) -> dict[str, Any]:
    """List entries by their pack and id or their measure where they have one, else by number."""
    found: dict[str, Any] = {}
    for number, each in enumerate(values):
        parts = [each.get(k) for k in ("pack", "id", "measure")] if isinstance(each, dict) else []
        name = "/".join(str(part) for part in parts if isinstance(part, str)) or str(number)
        found[name if name not in found else f"{name}#{number}"] = each
    return found


def _same(stored: Any, found: Any) -> bool:
    numbers = (int, float)
    both = isinstance(stored, numbers) and isinstance(found, numbers)
    if both and not isinstance(stored, bool) and not isinstance(found, bool):
        return math.isclose(stored, found, rel_tol=CLOSE, abs_tol=CLOSE)
    return bool(stored == found)


def _shown(value: Any) -> str:
    return "–" if value is _Absent else str(value)[:80]
