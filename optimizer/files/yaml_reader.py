"""Turns YAML text into plain data plus the place of each key and value; collects what is wrong.

ruamel's event stream is read one event at a time, so nothing is built before it is checked:
nesting, anchors, tags and doubled keys are caught where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml import events as ev
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from optimizer.errors import InputErrors, Problem
from optimizer.files.text_file import unprintable
from optimizer.files.yaml_scalars import Refused, Scalar, plain_value

DEEPEST = 20
TEXTS_KEPT = 64
YEARS = range(1900, 2201)

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """Line and column, from 1, of a value and of the key (or list item) that holds it."""

    key: tuple[int, int]
    value: tuple[int, int]


@dataclass
class Parsed:
    """Plain `data` and the place of everything in it, by path from the root ()."""

    data: Any = None
    places: dict[Loc, Place] = field(default_factory=dict)


def dotted(loc: Sequence[str | int]) -> str:
    """A path as people write it: ("measures", 2, "lifetime") is "measures[2].lifetime"."""
    text = ""
    for part in loc:
        if isinstance(part, int) and part not in YEARS:
            text += f"[{part}]"
        else:
            text += f".{part}" if text else str(part)
    return text


def one_line(text: str, longest: int = 60) -> str:
    """`text` fit for one line of a report: short, one space between words, printable."""
    flat = " ".join(text[: 4 * longest].split())
    safe = "".join(sign if sign.isprintable() else "?" for sign in flat)
    return safe if len(safe) <= longest else safe[:longest] + "…"


def parse_yaml(text: str, shown_as: str) -> Parsed:
    """Data and places of one YAML document; raises InputErrors with every problem found."""
    parsed, problems = _parsed(text)
    if problems:
        raise InputErrors(replace(problem, file=shown_as) for problem in problems)
    return Parsed(deepcopy(parsed.data), dict(parsed.places))


@lru_cache(maxsize=TEXTS_KEPT)
def _parsed(text: str) -> tuple[Parsed, tuple[Problem, ...]]:
    """What a text says, and what is wrong with it, in a file without a name.

    Kept by the text itself: a run reads its catalog to solve, to report and to verify.
    """
    builder = _Builder()
    try:
        builder.document(YAML(typ="safe", pure=True).parse(text))
    except _Stop:
        pass
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        said = one_line(error.problem or error.context or "")
        builder.refuse(
            place, (), said or "unreadable text", "valid YAML", _syntax_hint(text, place)
        )
    except (YAMLError, ValueError, RecursionError) as error:
        builder.refuse((0, 0), (), one_line(str(error)), "valid YAML")
    return builder.parsed, tuple(builder.problems)


def _syntax_hint(text: str, place: tuple[int, int]) -> str:
    """What usually stands behind a syntax error on that line."""
    lines = text.splitlines()
    line = lines[place[0] - 1] if 0 < place[0] <= len(lines) else ""
    if "\t" in line:
        return "Indent with spaces, not with tabs."
    if re.search(r": .*: ", line):
        return 'Put a text that holds ": " in quotes.'
    return "Check indentation, brackets and quotes here and in the line before."


class _Stop(Exception):
    """Reading on makes no sense; the reason is among the problems."""


class _Builder:
    """Consumes events and builds `parsed`; everything refused goes to `problems`."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.parsed = Parsed()

    def refuse(
        self, place: tuple[int, int], loc: Loc, found: str, allowed: str, hint: str = ""
    ) -> None:
        """Notes one problem."""
        self.problems.append(Problem("", *place, dotted(loc), one_line(found), allowed, hint))

    def document(self, events: Iterator[ev.Event]) -> None:
        """Reads the whole stream, which must hold exactly one document without directives."""
        next(events)
        start = next(events)
        if not isinstance(start, ev.DocumentStartEvent):
            self.refuse((0, 0), (), "an empty file", "a YAML document")
            raise _Stop
        if start.version or start.tags:
            self.refuse(_at(start), (), "a % directive", "a document without directives")
        first = next(events)
        self.parsed.data = self.value(first, events, (), _at(first), 0)
        next(events)
        after = next(events)
        if isinstance(after, ev.DocumentStartEvent):
            self.refuse(_at(after), (), "a second document", "one document a file", "Remove ---.")

    def value(
        self,
        event: ev.Event,
        events: Iterator[ev.Event],
        loc: Loc,
        key: tuple[int, int],
        depth: int,
    ) -> Any:
        """The value that begins with `event`, with its place noted."""
        empty = isinstance(event, ev.ScalarEvent) and not event.value and not event.style
        self.parsed.places[loc] = Place(key, key if empty else _at(event))
        if isinstance(event, ev.AliasEvent):
            hint = "Write the value out; a file is read top to bottom."
            self.refuse(_at(event), loc, f"*{event.anchor}", "a value, not an alias", hint)
            return None
        if anchor := getattr(event, "anchor", None):
            self.refuse(_at(event), loc, f"&{anchor}", "a value without an anchor")
        if (tag := getattr(event, "tag", None)) is not None:
            self.refuse(_at(event), loc, str(tag), "a value without a tag", "Remove the tag.")
        if isinstance(event, ev.ScalarEvent):
            self.refuse_unprintable(event, loc)
            return self.scalar(event, loc)
        if depth == DEEPEST:
            self.refuse(_at(event), loc, "deeper nesting", f"at most {DEEPEST} levels deep")
            raise _Stop
        if isinstance(event, ev.SequenceStartEvent):
            return self.sequence(events, loc, depth + 1)
        return self.mapping(events, loc, depth + 1)

    def scalar(self, event: ev.ScalarEvent, loc: Loc) -> Scalar:
        """A scalar's value; quoted and block scalars are always text."""
        if event.style:
            return str(event.value)
        value = plain_value(event.value)
        if isinstance(value, Refused):
            self.refuse(_at(event), loc, event.value, value.allowed, value.hint)
            return None
        return value

    def refuse_unprintable(self, event: ev.ScalarEvent, loc: Loc) -> None:
        r"""Refuses what an escape such as "\e" brings past the check of the file's own text."""
        if odd := unprintable(str(event.value)):
            found = f"U+{ord(odd.group()):04X}"
            self.refuse(_at(event), loc, found, "printable text", "Delete its escape.")

    def sequence(self, events: Iterator[ev.Event], loc: Loc, depth: int) -> list[Any]:
        """The items of a list."""
        items: list[Any] = []
        for event in events:
            if isinstance(event, ev.SequenceEndEvent):
                break
            items.append(self.value(event, events, (*loc, len(items)), _at(event), depth))
        return items

    def mapping(self, events: Iterator[ev.Event], loc: Loc, depth: int) -> dict[str | int, Any]:
        """The entries of a mapping; a doubled key is a problem at its second place."""
        entries: dict[str | int, Any] = {}
        lines: dict[str, int] = {}
        for event in events:
            if isinstance(event, ev.MappingEndEvent):
                break
            key = self.key(event, loc)
            if str(key) in lines:
                hint = f"It stands in line {lines[str(key)]} already."
                self.refuse(_at(event), (*loc, key), str(key), "a key that occurs once", hint)
            lines.setdefault(str(key), _at(event)[0])
            entries[key] = self.value(next(events), events, (*loc, key), _at(event), depth)
        return entries

    def key(self, event: ev.Event, loc: Loc) -> str | int:
        """A key: a word, or a year as an int."""
        if not isinstance(event, ev.ScalarEvent) or event.anchor or event.tag is not None:
            self.refuse(_at(event), loc, "a key that is no plain word", "a word or a year as key")
            raise _Stop
        self.refuse_unprintable(event, loc)
        value = event.value if event.style else plain_value(event.value)
        if isinstance(value, str) or (type(value) is int and value in YEARS):
            return value
        hint = "Put it in quotes if it is meant as a name."
        self.refuse(_at(event), loc, event.value or "an empty key", "a word or a year as key", hint)
        return str(event.value)


def _at(event: ev.Event) -> tuple[int, int]:
    """Line and column of an event, both from 1."""
    return event.start_mark.line + 1, event.start_mark.column + 1
