"""A YAML file as plain data that knows where each value stands, and `--set` values on top."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from optimizer.errors import InputErrors, Problem, nearest
from optimizer.files.text_file import read_text
from optimizer.files.yaml_reader import YEARS, Loc, Place, dotted, one_line, parse_yaml

LARGEST_FILE = 5_000_000  # bytes


class UnknownPath(KeyError):
    """A dotted path leads to nothing; `hint` names the nearest key or says what is there."""

    def __init__(self, path: str, hint: str) -> None:
        super().__init__(path, hint)
        self.path = path
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.path}: no such entry. {self.hint}"


_START = Place((1, 1), (1, 1))


@dataclass(frozen=True)
class Document:
    """`data` is dict, list, str, int, float, bool, None; don't change it, use `with_values`.

    `shown_as` is the file name that people see. `places` and `settings` are keyed by path from the
    root; `settings` holds, for each value set from outside, the text of its option.
    """

    path: Path
    shown_as: str
    data: Any
    places: Mapping[Loc, Place]
    settings: Mapping[Loc, str]

    def locate(self, loc: Sequence[str | int]) -> tuple[int, int]:
        """Line and column, from 1, of the value at `loc`.

        Parts of `loc` that the document doesn't have are skipped. If the last part is missing, the
        key of the deepest known ancestor is meant. (0, 0) for a value that was set from outside.
        """
        known, complete = self._known(loc)
        if self._setting(known) is not None:
            return 0, 0
        place = self._place(known)
        return place.value if complete else place.key

    def locate_key(self, loc: Sequence[str | int]) -> tuple[int, int]:
        """Line and column of the key at `loc`, such as an unknown key; else as `locate`."""
        known, _ = self._known(loc)
        if self._setting(known) is not None:
            return 0, 0
        return self._place(known).key

    def shown_at(self, loc: Sequence[str | int]) -> str:
        """The file name to show for `loc`, or the text of the option that set its value."""
        return self._setting(self._known(loc)[0]) or self.shown_as

    def problem(
        self,
        loc: Sequence[str | int],
        found: str,
        allowed: str,
        hint: str = "",
        *,
        key: bool = False,
    ) -> Problem:
        """A Problem at the value (or, with `key`, at the key) of `loc`."""
        line, column = self.locate_key(loc) if key else self.locate(loc)
        return Problem(
            self.shown_at(loc), line, column, dotted(loc), one_line(found), allowed, hint
        )

    def with_values(
        self, values: Mapping[str, Any], *, create: bool = False, option: str | None = None
    ) -> Document:
        """A new Document with new values at dotted paths; text is read as a YAML scalar, numbers,
        tables and lists are taken as they are.

        List items are named by index or by their `id`. `option` is what sets them, for messages:
        --set if left out. Raises UnknownPath (a KeyError) for a path that isn't there, unless
        `create` makes missing mapping keys; InputErrors for a text that is no scalar.
        """
        data = copy.deepcopy(self.data)
        places, settings = dict(self.places), dict(self.settings)
        for path, given in values.items():
            told = option or f"--set {path}={given}"
            value = _read_scalar(given, told, path)
            loc = _replace(data, path, value, create)
            for old in [known for known in places if known[: len(loc)] == loc]:
                del places[old]
            places[loc] = Place((0, 0), (0, 0))
            settings[loc] = told
        return replace(self, data=data, places=places, settings=settings)

    def find(self, path: str) -> tuple[Loc, Any]:
        """Where a dotted path leads, and what stands there. Raises UnknownPath as `with_values`."""
        loc: Loc = ()
        node = self.data
        for part in path.split("."):
            step = _step(node, part)
            if step is None:
                raise UnknownPath(path, _what_is_there(node, part, loc))
            loc, node = (*loc, step), node[step]
        return loc, node

    def with_block(self, loc: Sequence[str | int], data: Any, option: str) -> Document:
        """A new Document with whole new `data` at `loc`, set from outside by `option`.

        Raises KeyError or IndexError where the document has nothing that could hold it.
        """
        changed = copy.deepcopy(self.data)
        node = changed
        for part in loc[:-1]:
            node = node[part]
        node[loc[-1]] = data
        at = tuple(loc)
        places = {known: place for known, place in self.places.items() if known[: len(at)] != at}
        return replace(self, data=changed, places=places, settings={**self.settings, at: option})

    def _known(self, loc: Sequence[str | int]) -> tuple[Loc, bool]:
        """What the document has of `loc`, and whether the last part is in it."""
        known: Loc = ()
        complete = True
        node = self.data
        for part in loc:
            step = _step(node, part)
            complete = step is not None
            if step is not None:
                known, node = (*known, step), node[step]
        return known, complete

    def _place(self, loc: Loc) -> Place:
        """Where `loc` was written, or the nearest that holds it if a setting made it."""
        held = (loc[:length] for length in range(len(loc), -1, -1))
        return next((self.places[each] for each in held if each in self.places), _START)

    def _setting(self, loc: Loc) -> str | None:
        """The option that set `loc` or something that holds it."""
        for length in range(len(loc), 0, -1):
            if loc[:length] in self.settings:
                return self.settings[loc[:length]]
        return None


def read_yaml(path: Path, shown_as: str | None = None) -> Document:
    """Reads one YAML file; raises InputErrors with everything that is wrong in it.

    `shown_as` is the name used in messages, the path as given if left out.
    """
    name = shown_as if shown_as is not None else path.as_posix()
    return document_of(path, name, read_yaml_text(path, name))


def read_yaml_text(path: Path, shown_as: str) -> str:
    """The text of one YAML file; raises InputErrors as `read_text`."""
    return read_text(path, shown_as, LARGEST_FILE, "Put series into CSV files.")


def document_of(path: Path, shown_as: str, text: str) -> Document:
    """The document that a file's text is; raises InputErrors with everything wrong in it."""
    parsed = parse_yaml(text, shown_as)
    return Document(path, shown_as, parsed.data, parsed.places, {})


def _step(node: Any, part: str | int) -> str | int | None:
    """The key or index of `part` in `node`, or None. List items also answer to their `id`."""
    if isinstance(node, dict):
        if part in node:
            return part
        return next((key for key in node if str(key) == str(part)), None)
    if isinstance(node, list):
        if isinstance(part, str):
            for index, item in enumerate(node):
                if isinstance(item, dict) and item.get("id") == part:
                    return index
            if not re.fullmatch("[0-9]{1,6}", part):
                return None
        index = int(part)
        return index if 0 <= index < len(node) else None
    return None


def _read_scalar(given: Any, option: str, path: str) -> Any:
    """The value that a text stands for in YAML; all else passes as it is."""
    if not isinstance(given, str):
        return given
    try:
        value = parse_yaml(given, option).data
    except InputErrors as errors:
        raise InputErrors(
            replace(problem, line=0, column=0, field=path) for problem in errors.problems
        ) from None
    if isinstance(value, (dict, list)):
        raise InputErrors([Problem(option, 0, 0, path, one_line(given), "one plain value")])
    return value


def _replace(data: Any, path: str, value: Any, create: bool) -> Loc:
    """Puts `value` at the dotted `path`, changing `data`; returns the path by keys and indices."""
    parts = path.split(".")
    loc: Loc = ()
    node = data
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        step = _step(node, part)
        if step is None:
            if not (create and isinstance(node, dict) and part):
                raise UnknownPath(path, _what_is_there(node, part, loc))
            step = int(part) if re.fullmatch("[0-9]{4}", part) and int(part) in YEARS else part
            node[step] = {}
        loc = (*loc, step)
        if last:
            node[step] = value
        node = node[step]
    return loc


def _what_is_there(node: Any, part: str, loc: Loc) -> str:
    """Names the nearest of the entries at `loc`, or all of them if few."""
    where = dotted(loc) or "The file"
    if isinstance(node, dict):
        entries = [str(key) for key in node]
    elif isinstance(node, list):
        entries = [str(item["id"]) for item in node if isinstance(item, dict) and "id" in item]
    else:
        return f"{where} is a single value."
    if guess := nearest(part, entries):
        return f'Did you mean "{guess}"?'
    listed = ", ".join(entries[:12]) + (", …" if len(entries) > 12 else "")
    return f"{where} has: {listed}." if entries else f"{where} has no named entries."
