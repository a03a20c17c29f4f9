"""Modes of financing that a scenario may offer, and where each is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from optimizer.files.yaml_document import Document
from optimizer.inputs.catalog_files import Catalog, Entry
from optimizer.inputs.located import CATALOG, Layer
from optimizer.inputs.overrides import merged


@dataclass(frozen=True)
class Mode:
    """Number ``index`` of the ways to finance the measure ``of``."""

    of: str
    index: int


def modes(catalog: Catalog, override: Any) -> Mapping[str, Mode]:
    """Id -> mode, of every measure of the catalog with a scenario's raw overrides laid over it.

    What isn't written as it should be is left out: reading the measure tells.
    """
    overrides = override if isinstance(override, dict) else {}
    return {
        str(mode["id"]): Mode(name, index)
        for name, entry in catalog.entries.items()
        for index, mode in enumerate(_listed(as_written(entry, overrides.get(name))))
        if isinstance(mode, dict) and "id" in mode
    }


def as_written(entry: Entry, override: Any = None) -> dict[str, Any]:
    """A measure's raw fields, with an override's over them."""
    raw: dict[str, Any] = entry.document.data["measures"][entry.index]
    return merged(raw, override) if isinstance(override, dict) else raw


def _listed(raw: Mapping[str, Any]) -> list[Any]:
    found = raw.get("financing")
    return found if isinstance(found, list) else []


def raw_override(document: Document) -> Any:
    """`measures.override` of a scenario's document as written, whatever stands there."""
    node: Any = document.data
    for part in ("measures", "override"):
        node = node.get(part) if isinstance(node, dict) else None
    return node


def mode_layers(catalog: Catalog, document: Document) -> Iterator[Layer]:
    """Where the fields of a measure offered in a mode are written: as those of the measure itself,
    its one way of financing as the one of that number; the scenario's override first."""
    for name, mode in modes(catalog, raw_override(document)).items():
        entry = catalog.entries[mode.of]
        places = (
            (document, ("measures", "override", mode.of)),
            (entry.document, ("measures", entry.index)),
        )
        for each, inside in places:
            terms = (CATALOG, name, "financing", 0)
            yield Layer(terms, each, (*inside, "financing", mode.index))
            yield Layer((CATALOG, name), each, inside)
