"""The technology catalog as read: every measure with its file, family and sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeVar

from optimizer.errors import InputErrors, Problem
from optimizer.files.yaml_document import Document, document_of, read_yaml_text
from optimizer.inputs.faults import as_problems
from optimizer.inputs.located import CATALOG
from optimizer.schema.measure import Measure, MeasureFile, Reference, ReferenceFile
from optimizer.schema.validation import Faults, read_measure_file, read_reference_file

T = TypeVar("T")
REFERENCES = "references.yaml"
FILES_KEPT: Final = 64
"""Catalog files that stay read and checked, by their text: a what-if reads all of them again."""


@dataclass(frozen=True)
class Entry:
    """One measure, and its place: number `index` of `document`."""

    measure: Measure
    family: str
    document: Document
    index: int


@dataclass(frozen=True)
class Catalog:
    """All measures by id, all references by id, the documents read, and what is wrong in them."""

    entries: Mapping[str, Entry]
    references: Mapping[str, Reference]
    documents: tuple[Document, ...]
    reference_document: Document | None
    problems: tuple[Problem, ...]


def read_catalog(root: Path) -> Catalog:
    """Read technology_catalog/*.yaml of the workspace `root`; problems are collected, not raised.

    An id that occurs in two files is a problem at its second place.
    """
    problems: list[Problem] = []
    entries: dict[str, Entry] = {}
    documents: list[Document] = []
    references, reference_document = _read_references(root, problems)
    for path in sorted((root / CATALOG).glob("*.yaml")):
        if path.name == REFERENCES:
            continue
        read = _read(path, root, problems, _family)
        if read is not None:
            documents.append(read[0])
            _add_family(*read, entries, problems)
    problems += _taken_by_modes(entries)
    return Catalog(entries, references, tuple(documents), reference_document, tuple(problems))


def _read(
    path: Path, root: Path, problems: list[Problem], parsed: Callable[[Path, str, str], T]
) -> T | None:
    """What a file says, or None and the reasons among the problems."""
    shown = path.relative_to(root).as_posix()
    try:
        return parsed(path, shown, read_yaml_text(path, shown))
    except InputErrors as errors:
        problems.extend(errors.problems)
        return None


@lru_cache(maxsize=FILES_KEPT)
def _family(path: Path, shown: str, text: str) -> tuple[Document, MeasureFile | Faults]:
    """A family of measures as its file's text says it."""
    document = document_of(path, shown, text)
    return document, read_measure_file(document.data)


@lru_cache(maxsize=FILES_KEPT)
def _references(path: Path, shown: str, text: str) -> tuple[Document, ReferenceFile | Faults]:
    """The sources of a catalog as their file's text says them."""
    document = document_of(path, shown, text)
    return document, read_reference_file(document.data)


def _add_family(
    document: Document,
    family: MeasureFile | Faults,
    entries: dict[str, Entry],
    problems: list[Problem],
) -> None:
    """Add the measures of one file to `entries`, or its faults to `problems`."""
    if isinstance(family, tuple):
        problems.extend(as_problems(family, document))
        return
    for index, measure in enumerate(family.measures):
        before = entries.get(measure.id)
        if before is None:
            entries[measure.id] = Entry(measure, family.family, document, index)
            continue
        line, _ = before.document.locate(("measures", before.index, "id"))
        hint = f"It is taken by {before.document.shown_as}:{line}."
        loc = ("measures", index, "id")
        problems.append(document.problem(loc, measure.id, "an id that occurs once", hint))


def _taken_by_modes(entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """Modes of financing share one set of ids with the measures."""
    taken = set(entries)
    for entry in entries.values():
        for number, mode in enumerate(getattr(entry.measure, "financing", ())):
            if mode.id in taken:
                loc = ("measures", entry.index, "financing", number, "id")
                hint = "Measures and their modes of financing share one set of ids."
                allowed = "an id that occurs once"
                yield entry.document.problem(loc, mode.id, allowed, hint)
            taken.add(mode.id)


def _read_references(
    root: Path, problems: list[Problem]
) -> tuple[Mapping[str, Reference], Document | None]:
    path = root / CATALOG / REFERENCES
    read = _read(path, root, problems, _references) if path.is_file() else None
    if read is None:
        return {}, None
    document, found = read
    if isinstance(found, tuple):
        problems.extend(as_problems(found, document))
        return {}, document
    return found.references, document
