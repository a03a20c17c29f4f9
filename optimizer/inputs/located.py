"""Where each field of a loaded case was written: in the scenario, a policy pack or the catalog.

One path language for all: the scenario's own fields by their path, those of an offered measure
below ("technology_catalog", measure id).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from optimizer.errors import Problem
from optimizer.files.yaml_document import Document

CATALOG = "technology_catalog"
Loc = tuple[str | int, ...]
_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_YEAR = re.compile(r"(19|20|21)\d\d")


@dataclass(frozen=True)
class Place:
    """Line and column count from 1; line 0 means the whole file, or an option such as --set."""

    file: str
    line: int
    column: int


@dataclass(frozen=True)
class Layer:
    """What stands below `prefix` in the case may be written below `inside` in `document`."""

    prefix: Loc
    document: Document
    inside: Loc

    def path(self, loc: Loc) -> Loc:
        """The case's `loc` as a path of the document."""
        return (*self.inside, *loc[len(self.prefix) :])

    def reach(self, loc: Loc) -> int:
        """How many parts of `loc` the document has."""
        depth = _depth(self.document.data, self.path(loc))
        return depth - len(self.inside) + len(self.prefix)


@dataclass(frozen=True)
class Sources:
    """Layers from the one that wins to the one that yields; the scenario file holds the rest."""

    layers: tuple[Layer, ...]

    def find(self, loc: Loc) -> tuple[Document, Loc]:
        """The document that holds most of `loc`, and the path in it; the first layer if equal."""
        here = [layer for layer in self.layers if layer.prefix == loc[: len(layer.prefix)]]
        layer = max(here, key=lambda each: each.reach(loc))
        return layer.document, layer.path(loc)

    def place(self, loc: Loc) -> Place:
        """File, line and column of the value at `loc`."""
        document, inside = self.find(loc)
        return Place(document.shown_at(inside), *document.locate(inside))

    def problem(
        self, loc: Loc, found: str, allowed: str, hint: str = "", *, key: bool = False
    ) -> Problem:
        """A Problem at the value (or, with `key`, at the key) of `loc`."""
        document, inside = self.find(loc)
        return document.problem(inside, found, allowed, hint, key=key)

    def written(self, loc: Loc) -> Any:
        """The raw value at `loc` as written; None where nothing is."""
        document, inside = self.find(loc)
        node = document.data
        for part in inside:
            node = _child(node, part)
        return node


def as_loc(path: str | Sequence[str | int]) -> Loc:
    """ "services[1].demand" or its parts as a path; four digits from 1900 to 2199 are a year."""
    if not isinstance(path, str):
        return tuple(path)
    parts: list[str | int] = []
    for word, index in _PART.findall(path):
        parts.append(int(index or word) if index or _YEAR.fullmatch(word) else word)
    return tuple(parts)


def _child(node: Any, part: str | int) -> Any:
    if isinstance(node, dict):
        return node.get(part)
    if isinstance(node, list) and isinstance(part, int) and part < len(node):
        return node[part]
    return None


def _depth(node: Any, loc: Loc) -> int:
    """How many parts of `loc` the data have."""
    for depth, part in enumerate(loc):
        node = _child(node, part)
        if node is None:
            return depth
    return len(loc)
