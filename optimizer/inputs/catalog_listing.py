"""The catalog for people: a line a measure, one measure in full, and what lacks a source."""

from __future__ import annotations

from collections import Counter
from typing import Any

from optimizer.inputs.catalog_figures import (
    TRUST_ORDER,
    all_figures,
    covers,
    loose_notes,
    price_trust,
)
from optimizer.inputs.catalog_files import Catalog, Entry
from optimizer.schema.measure import Measure

_NOT_FIGURES = ("id", "name", "kind", "sources")


def row(entry: Entry) -> dict[str, Any]:
    """One line of the list: figures as they are written."""
    measure, raw = entry.measure, _raw(entry)
    capex, paid = raw.get("capex", {}), raw.get("price", raw.get("premium"))
    return {
        "id": measure.id,
        "name": {"en": measure.name.en, "zh": measure.name.zh},
        "kind": measure.kind,
        "family": entry.family,
        "size": _size(raw.get("capacity")),
        "capex_cn": _price(capex.get("cn", capex.get("any"))) or _flat(paid),
        "capex_eu": _price(capex.get("eu", capex.get("any"))) or _flat(paid),
        "life": str(raw.get("lifetime", "")),
        "trust": price_trust(measure) or "",
    }


def details(entry: Entry, catalog: Catalog) -> dict[str, Any]:
    """A measure with each field as written, where it stands, and its notes with references."""
    raw, measure = _raw(entry), entry.measure
    line, _ = entry.document.locate(("measures", entry.index))
    return {
        **row(entry),
        "file": f"{entry.document.shown_as}:{line}",
        "fields": [
            {"field": field, "value": value, "sources": _notes(measure, field, catalog)}
            for field, value in _leaves({k: v for k, v in raw.items() if k not in _NOT_FIGURES})
        ],
    }


def checked(catalog: Catalog) -> dict[str, Any]:
    """Figures without source, notes that point nowhere, and how many figures have which trust."""
    stated = all_figures(catalog)
    trusts = Counter(figure.trust for figure in stated)
    loose = [
        note
        for entry in catalog.entries.values()
        for note in loose_notes(entry.measure, catalog.references)
    ]
    return {
        "measures": len(catalog.entries),
        "figures": len(stated),
        "trust": {trust: trusts[trust] for trust in TRUST_ORDER},
        "without_source": [
            {"measure": figure.measure, "field": figure.field}
            for figure in stated
            if not figure.notes
        ],
        "unknown_reference": [
            {"measure": note.measure, "field": note.said}
            for note in loose
            if note.unknown_reference
        ],
        "no_figure": [
            {"measure": note.measure, "field": note.said}
            for note in loose
            if not note.unknown_reference
        ],
    }


def _raw(entry: Entry) -> dict[str, Any]:
    raw: dict[str, Any] = entry.document.data["measures"][entry.index]
    return raw


def _size(capacity: dict[str, str] | None) -> str:
    if not capacity:
        return ""
    low = capacity.get("min")
    step = f" / {capacity['step']}" if "step" in capacity else ""
    return f"{f'{low} … ' if low else '≤ '}{capacity['max']}{step}"


def _price(capex: dict[str, Any] | None) -> str:
    """A price in one cell: the fixed part, the price per unit, or its range over the points."""
    if not capex:
        return ""
    points = [str(point.get("price", point.get("total"))) for point in capex.get("points", ())]
    if points:
        return points[0] if len(points) == 1 else f"{points[0]} … {points[-1]}"
    return " + ".join(str(capex[key]) for key in ("fixed", "price") if key in capex)


def _flat(price: Any) -> str:
    """A contract's or credit's price: the value, or the first and last of its table."""
    if not isinstance(price, dict):
        return "" if price is None else str(price)
    given = [str(value) for year, value in price.items() if isinstance(year, int)]
    return given[0] if len(given) == 1 else f"{given[0]} … {given[-1]}"


def _leaves(node: Any, at: str = "") -> list[tuple[str, str]]:
    """Dotted field and its value as written."""
    if isinstance(node, dict):
        pairs = [(f"{at}.{key}" if at else str(key), value) for key, value in node.items()]
        return [leaf for path, value in pairs for leaf in _leaves(value, path)]
    if isinstance(node, list) and any(isinstance(item, dict) for item in node):
        return [leaf for n, item in enumerate(node) for leaf in _leaves(item, f"{at}[{n}]")]
    return [(at, ", ".join(map(str, node)) if isinstance(node, list) else str(node))]


def _notes(measure: Measure, field: str, catalog: Catalog) -> list[dict[str, Any]]:
    """The notes that cover a field as written, each with its reference."""
    return [
        {
            "ref": note.ref,
            "trust": note.trust,
            "note": note.note,
            "reference": _reference(catalog, note.ref),
        }
        for note in measure.sources
        if covers(note, field.split("[")[0])
    ]


def _reference(catalog: Catalog, key: str) -> dict[str, Any] | None:
    found = catalog.references.get(key)
    return found.model_dump() if found is not None else None
