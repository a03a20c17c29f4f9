"""Changes on top of a scenario file. The schema decides which paths there are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from optimizer.errors import InputErrors, Problem, nearest
from optimizer.files.yaml_document import Document, UnknownPath
from optimizer.inputs.change import OFFER, Change, parse_changes
from optimizer.inputs.located import Loc, as_loc
from optimizer.inputs.scaled import ALLOWED, NoFigure, scaled
from optimizer.inputs.written import OVERRIDE, Written, at
from optimizer.schema.validation import read_scenario

ALL: Final = "*"


def with_settings(
    document: Document, settings: Sequence[str | Change], root: Path
) -> tuple[Document, list[Problem]]:
    """The document with every change that has a place, in their order, and a Problem for each that
    has none; `root` is the workspace.

    A path that the file doesn't have is made if the schema knows it and is content with the value
    alone. An override set this way gets its `why` from the change itself.
    """
    changes, problems = parse_changes(settings)
    for change in changes:
        try:
            for single in _singled(document, change, root):
                document = _changed(document, single, root)
        except InputErrors as errors:
            problems.extend(errors.problems)
        except UnknownPath as unknown:
            problems.append(change.problem(change.path, "a path of the scenario", unknown.hint))
        except NoFigure as none:
            problems.append(change.problem(none.found, ALLOWED, none.hint))
    return document, problems


def _singled(document: Document, change: Change, root: Path) -> Iterator[Change]:
    """The change of each measure on offer that has the field, where `*` stands for all."""
    parts = change.path.split(".")
    if tuple(parts[:2]) != OVERRIDE or parts[2:3] != [ALL] or len(parts) < 4:
        yield change
        return
    raw = Written(document, root)
    with_field = [id for id in raw.offer() if at(raw.measure(id), parts[3:]) is not None]
    if not with_field:
        raise UnknownPath(change.path, "No measure on offer has it.")
    for id in with_field:
        yield replace(change, path=".".join([*OVERRIDE, id, *parts[3:]]))


def _changed(document: Document, change: Change, root: Path) -> Document:
    if change.operator == "-=":
        return _without(document, change)
    value = change.operand
    if change.operator == "*=":
        value = scaled(Written(document, root).value(change.path), change.operand)
    try:
        made = document.with_values({change.path: value}, option=change.origin)
    except UnknownPath as unknown:
        made = _created(document, change, value, unknown.hint)
    return _with_reason(made, change)


def _without(document: Document, change: Change) -> Document:
    """An offer that no planning year sees: what requires it, excludes it or grants it stays told,
    and the problem keeps its shape, so that what a search knows of the plant stays true."""
    offer = document.find(OFFER)[1]
    if change.path != OFFER:
        raise InputErrors([change.problem(change.path, OFFER, "Other lists are set whole.")])
    if change.operand not in offer:
        guess = nearest(str(change.operand), map(str, offer))
        hint = f'Did you mean "{guess}"?' if guess else f"On offer: {', '.join(map(str, offer))}."
        raise InputErrors([change.problem(str(change.operand), "a measure on offer", hint)])
    if change.operand in (document.data.get("contracts_in_force") or ()):
        allowed = "a measure that isn't in force today"
        raise InputErrors([change.problem(str(change.operand), allowed)])
    last = at(document.data, ["horizon", "last"])
    path = ".".join([*OVERRIDE, change.operand, "first_year"])
    after = last + 1 if isinstance(last, int) else last
    made = document.with_values({path: after}, create=True, option=change.origin)
    return _with_reason(made, replace(change, path=path))


def _created(document: Document, change: Change, value: Any, hint: str) -> Document:
    """The document with a new field, unless the schema finds it unknown or incomplete."""
    path = change.path
    changed = document.with_values({path: value}, create=True, option=change.origin)
    loc = as_loc(path)
    faults = read_scenario(changed.data)
    for fault in faults if isinstance(faults, tuple) else ():
        if fault.unknown and _leads_to(loc, fault.loc):
            raise UnknownPath(path, fault.hint)
        new = not _has(document, fault.loc[:-1])
        if fault.missing and new and _leads_to(loc, fault.loc[:-1]):
            raise UnknownPath(path, hint)
    return changed


def _leads_to(path: Loc, place: Loc) -> bool:
    """Whether a path as typed goes through a place as pydantic names it, list ids aside."""
    return len(place) > 0 and tuple(map(str, path[: len(place)])) == tuple(map(str, place))


def _has(document: Document, loc: Loc) -> bool:
    """Whether the document has something at `loc`."""
    node = document.data
    for part in loc:
        at_key = isinstance(node, dict) and part in node
        at_index = isinstance(node, list) and isinstance(part, int) and part < len(node)
        if not (at_key or at_index):
            return False
        node = node[part]
    return True


def _with_reason(document: Document, change: Change) -> Document:
    """Give a measure's override that is set from outside its reason."""
    parts = change.path.split(".")
    if tuple(parts[:2]) != OVERRIDE or len(parts) < 4:
        return document
    override = document.data["measures"]["override"][parts[2]]
    if override.get("why"):
        return document
    where = ".".join([*parts[:3], "why"])
    source = "on the command line" if change.origin.startswith("--") else f"by {change.origin}"
    said = json.dumps(f"set {source}: {change.operand}", ensure_ascii=False)
    return document.with_values({where: said}, create=True, option=change.origin)
