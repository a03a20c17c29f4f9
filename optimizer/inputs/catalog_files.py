"""The technology catalog as read: every measure with its file, family and sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from optimizer.errors import InputErrors, Problem
from optimizer.files.yaml_document import Document, read_yaml
from optimizer.inputs.faults import as_problems
from optimizer.inputs.located import CATALOG
from optimizer.schema.measure import Measure, Reference
from optimizer.schema.validation import read_measure_file, read_reference_file

REFERENCES = "references.yaml"


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
        document = _read(path, root, problems)
        if document is not None:
            documents.append(document)
            _add_family(document, entries, problems)
    return Catalog(entries, references, tuple(documents), reference_document, tuple(problems))


def _read(path: Path, root: Path, problems: list[Problem]) -> Document | None:
    try:
        return read_yaml(path, path.relative_to(root).as_posix())
    except InputErrors as errors:
        problems.extend(errors.problems)
        return None


def _add_family(document: Document, entries: dict[str, Entry], problems: list[Problem]) -> None:
    """Add the measures of one file to `entries`, or its faults to `problems`."""
    family = read_measure_file(document.data)
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


def _read_references(
    root: Path, problems: list[Problem]
) -> tuple[Mapping[str, Reference], Document | None]:
    path = root / CATALOG / REFERENCES
    if not path.is_file():
        return {}, None
    document = _read(path, root, problems)
    if document is None:
        return {}, None
    found = read_reference_file(document.data)
    if isinstance(found, tuple):
        problems.extend(as_problems(found, document))
        return {}, document
    return found.references, document
