"""A file of evidence, read, and each document compared with its hash."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from optimizer.errors import InputErrors, Problem, nearest
from optimizer.files.hashes import sha256_of
from optimizer.files.yaml_document import Document, read_yaml
from optimizer.inputs.faults import as_problems
from optimizer.schema.loan_evidence import EvidenceFile, EvidenceItem
from optimizer.schema.validation import read_evidence_file

State = Literal["holds", "not_kept", "changed"]


@dataclass(frozen=True)
class Shown:
    """A piece of evidence and its document: as stated, not at hand, or not the one stated."""

    item: EvidenceItem
    state: State


@dataclass(frozen=True)
class Evidence:
    """All pieces of a file; `file` is empty where there is none."""

    file: str = ""
    pieces: tuple[Shown, ...] = ()

    def of(self, id: str, measure: str | None, on: date | None) -> Shown | None:
        """What shows `id` for a measure (None: for the loan) on a day: its own, else the general.

        A document that changed, or that is no longer valid on that day, shows nothing.
        """
        fitting = [each for each in self.pieces if each.item.id == id and _counts(each, on)]
        own = [each for each in fitting if measure is not None and each.item.measure == measure]
        general = [each for each in fitting if each.item.measure is None]
        return next(iter([*own, *general]), None)


def _counts(shown: Shown, on: date | None) -> bool:
    ended = shown.item.valid_to is not None and on is not None and shown.item.valid_to < on
    return shown.state != "changed" and not ended


def read_evidence(path: Path, measures: Collection[str], asked: Collection[str]) -> Evidence:
    """The evidence in a file. Raises InputErrors with all that is wrong in it.

    `measures` are those on offer, `asked` the ids that rules ask for: others are misspelt.
    """
    document = read_yaml(path, path.as_posix())
    read = read_evidence_file(document.data)
    if isinstance(read, tuple):
        raise InputErrors(as_problems(read, document))
    problems = list(_misnamed(read, document, measures, asked))
    if problems:
        raise InputErrors(problems)
    pieces = tuple(Shown(item, _state(path.parent / item.document, item)) for item in read.evidence)
    return Evidence(path.as_posix(), pieces)


def _state(document: Path, item: EvidenceItem) -> State:
    if not document.is_file():
        return "not_kept"
    return "holds" if sha256_of(document) == item.sha256 else "changed"


def _misnamed(
    read: EvidenceFile, document: Document, measures: Collection[str], asked: Collection[str]
) -> Iterator[Problem]:
    """Ids that no rule asks for, measures that aren't on offer, the same thing shown twice."""
    seen: set[tuple[str, str | None]] = set()
    for number, item in enumerate(read.evidence):
        at = ("evidence", number)
        if item.id not in asked:
            allowed = "evidence that a rule of a pack asks for"
            yield document.problem((*at, "id"), item.id, allowed, _guess(item.id, asked))
        if item.measure is not None and item.measure not in measures:
            hint = _guess(item.measure, measures)
            yield document.problem((*at, "measure"), item.measure, "a measure on offer", hint)
        if (item.id, item.measure) in seen:
            yield document.problem((*at, "id"), item.id, "shown once for a measure or the loan")
        seen.add((item.id, item.measure))


def _guess(found: str, known: Collection[str]) -> str:
    guess = nearest(found, list(known))
    return f'Did you mean "{guess}"?' if guess else f"There are: {', '.join(sorted(known))}."
