"""Faults of the schema as Problems with file, line and column."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.errors import Problem
from optimizer.files.yaml_document import Document
from optimizer.inputs.located import Loc, Sources
from optimizer.schema.validation import Fault, Faults


def as_problems(faults: Faults, document: Document) -> Iterator[Problem]:
    """Faults of the data of one document."""
    for fault in faults:
        yield document.problem(
            fault.loc, fault.found, fault.allowed, fault.hint, key=_at_key(fault)
        )


def as_merged_problems(faults: Faults, sources: Sources, prefix: Loc = ()) -> Iterator[Problem]:
    """Faults of data that several documents made; their paths begin below `prefix`."""
    for fault in faults:
        loc = (*prefix, *fault.loc)
        yield sources.problem(loc, fault.found, fault.allowed, fault.hint, key=_at_key(fault))


def _at_key(fault: Fault) -> bool:
    return fault.unknown
