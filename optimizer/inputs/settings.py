"""`--set path=value` on top of a scenario file. The schema decides which paths there are."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.errors import InputErrors, Problem
from optimizer.files.yaml_document import Document, UnknownPath
from optimizer.inputs.located import Loc, as_loc
from optimizer.schema.validation import read_scenario

_FORM = "path=value, such as budget.capex.2030='2 MCNY'"


def with_settings(document: Document, sets: Sequence[str]) -> tuple[Document, list[Problem]]:
    """The document with every setting that has a place, and a Problem for each that has none.

    A path that the file doesn't have is made if the schema knows it and is content with the value
    alone. An override set this way gets its `why` from the setting itself.
    """
    problems: list[Problem] = []
    for setting in sets:
        path, sign, value = setting.partition("=")
        path = path.strip()
        if not sign or not path:
            problems.append(Problem(f"--set {setting}", 0, 0, "", setting, _FORM))
            continue
        try:
            document = _with_setting(document, path, value.strip())
        except InputErrors as errors:
            problems.extend(errors.problems)
        except UnknownPath as unknown:
            option = f"--set {path}={value}"
            problems.append(
                Problem(option, 0, 0, path, path, "a path of the scenario", unknown.hint)
            )
    return document, problems


def _with_setting(document: Document, path: str, value: str) -> Document:
    try:
        changed = document.with_values({path: value})
    except UnknownPath as unknown:
        changed = _created(document, path, value, unknown.hint)
    return _with_reason(changed, path, value)


def _created(document: Document, path: str, value: str, hint: str) -> Document:
    """The document with a new field, unless the schema finds it unknown or incomplete."""
    changed = document.with_values({path: value}, create=True)
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


def _with_reason(document: Document, path: str, value: str) -> Document:
    """Give a measure's override that is set from outside its reason."""
    parts = path.split(".")
    if parts[:2] != ["measures", "override"] or len(parts) < 4:
        return document
    override = document.data["measures"]["override"][parts[2]]
    if override.get("why"):
        return document
    where = ".".join([*parts[:3], "why"])
    return document.with_values({where: f'"set on the command line: {value}"'}, create=True)
