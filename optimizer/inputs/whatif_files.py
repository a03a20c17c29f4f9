"""A file of what-ifs: named changes of one scenario, each a list of `change.Change`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from optimizer.errors import InputErrors, Problem
from optimizer.files.yaml_document import Document, read_yaml
from optimizer.inputs.change import OFFER, Change, Operator
from optimizer.inputs.faults import as_problems
from optimizer.schema.validation import read_whatif_file
from optimizer.schema.whatifs import Changed

OWN: Final = "scenario"
"""Names the scenario without any change, so that no what-if may."""


@dataclass(frozen=True)
class NamedChanges:
    """What a what-if changes, and what it is called in both languages."""

    id: str
    name: dict[str, str]
    changes: tuple[Change, ...]


def read_whatifs(path: Path) -> tuple[NamedChanges, ...]:
    """The what-ifs of a file, in its order. Raises InputErrors with all that is wrong in it."""
    document = read_yaml(path, path.as_posix())
    read = read_whatif_file(document.data)
    if isinstance(read, tuple):
        raise InputErrors(as_problems(read, document))
    return named_changes("whatifs", read.whatifs, document)


def named_changes(
    field: str, entries: tuple[Changed, ...], document: Document
) -> tuple[NamedChanges, ...]:
    """The changes of entries of a document's ``field``. Raises InputErrors for a doubled name."""
    problems = list(_misnamed(field, entries, document))
    if problems:
        raise InputErrors(problems)
    return tuple(
        NamedChanges(each.id, {"en": each.name.en, "zh": each.name.zh},
                     tuple(_changes(each, (field, number), document)))
        for number, each in enumerate(entries)
    )  # fmt: skip


def _misnamed(field: str, entries: tuple[Changed, ...], document: Document) -> Iterator[Problem]:
    seen = {OWN}
    for number, each in enumerate(entries):
        if each.id in seen:
            allowed = f"a name that no other has, and not {OWN}"
            yield document.problem((field, number, "id"), each.id, allowed)
        seen.add(each.id)


def _changes(whatif: Changed, entry: tuple[str, int], document: Document) -> Iterator[Change]:
    """Its changes, each with the place at which it is written."""
    given: list[tuple[str, str | int, Operator, Any]]
    given = [("set", path, "=", _quoted(value)) for path, value in whatif.set.items()]
    given += [("times", path, "*=", float(factor)) for path, factor in whatif.times.items()]
    given += [("without", at, "-=", id) for at, id in enumerate(whatif.without)]
    for field, key, operator, operand in given:
        line, column = document.locate((*entry, field, key))
        path = OFFER if isinstance(key, int) else key
        yield Change(path, operator, operand, f"{document.shown_as}:{line}:{column}")


def _quoted(value: Any) -> Any:
    """Text that stays text: a change reads its own as a scalar, the file's was read already."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else value
