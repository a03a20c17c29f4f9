"""Which figures a measure of the catalog states, and which source stands behind each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from optimizer.inputs.catalog_files import Catalog
from optimizer.inputs.leaves import market_block
from optimizer.schema.measure import Investment, Measure, Reference, SourceNote, Trust
from optimizer.schema.technology import Conversion

TRUST_ORDER: tuple[Trust, ...] = ("primary", "secondary", "derived", "unconfirmed")
"""From the best to the worst."""

_WHOLE = (
    "capacity", "lifetime", "lead_time", "price_trend", "variable_om", "connection", "share",
    "minimum_load", "recovers", "duration", "efficiency_charge", "efficiency_discharge",
    "self_discharge", "depth", "rate", "durability", "price", "premium", "factor", "tenor",
    "available", "vintage", "sold_certificates",
)  # fmt: skip
_SPLIT = ("area", "adds", "inputs", "outputs")
_PRICES = ("capex", "price", "premium")
_MARKETS = ("cn", "eu", "any")
_ESTIMATE = ("accuracy", "contingency")
"""Of a capex: figures of their own, that say how well it is known."""


@dataclass(frozen=True)
class Figure:
    """A field of a measure that states a number, and the notes that cover it."""

    measure: str
    field: str
    notes: tuple[SourceNote, ...]

    @property
    def trust(self) -> Trust | None:
        """The worst trust among its notes; None if it has no note."""
        found = [note.trust for note in self.notes]
        return max(found, key=TRUST_ORDER.index, default=None)


@dataclass(frozen=True)
class LooseNote:
    """A note that names no figure of its measure, or a reference that isn't there."""

    measure: str
    said: str
    unknown_reference: bool


def figures(measure: Measure) -> tuple[Figure, ...]:
    """Every figure that the measure's file states; defaults of the schema aren't figures of it."""
    return tuple(
        Figure(measure.id, field, tuple(n for n in measure.sources if covers(n, field)))
        for field in _fields(measure)
    )


def loose_notes(measure: Measure, references: Mapping[str, Reference]) -> Iterator[LooseNote]:
    """Notes that point nowhere: at a field that states no figure, or at no known reference."""
    stated = [figure.field for figure in figures(measure)]
    for note in measure.sources:
        if note.ref not in references:
            yield LooseNote(measure.id, note.ref, True)
        for name in note.fields:
            root = name.split(".")[0]
            set_there = root in measure.model_fields_set
            if not set_there and not any(_related(name, field) for field in stated):
                yield LooseNote(measure.id, name, False)


def price_trust(measure: Measure, market: str | None = None) -> Trust | None:
    """The worst trust of what the measure costs to build or buy, in any market or in one; None if a
    price has no source."""
    others: tuple[str, ...] = ()
    if market is not None and isinstance(measure, Investment):
        own = market_block(measure, "capex", market)
        others = tuple(f"capex.{each}" for each in _MARKETS if each != own)
    trusts = [f.trust for f in figures(measure) if _is_price(f.field) and f.field not in others]
    if not trusts or None in trusts:
        return None
    return max((t for t in trusts if t is not None), key=TRUST_ORDER.index)


def _is_price(field: str) -> bool:
    return field.split(".")[0] in _PRICES and field.split(".")[-1] not in _ESTIMATE


def all_figures(catalog: Catalog) -> tuple[Figure, ...]:
    """The figures of every measure, in the order of the catalog."""
    return tuple(f for entry in catalog.entries.values() for f in figures(entry.measure))


def _fields(measure: Measure) -> Iterator[str]:
    """Dotted names: a price a market, a flow a carrier, a mode of financing, else the field."""
    given = measure.model_fields_set
    for name in ("capex", "fixed_om"):
        blocks = getattr(measure, name, None)
        for market in _MARKETS:
            block = getattr(blocks, market, None)
            if block is not None:
                yield f"{name}.{market}"
            for part in _ESTIMATE:
                if getattr(block, part, None) is not None:
                    yield f"{name}.{market}.{part}"
    for name in _SPLIT:
        for key, value in (getattr(measure, name, None) or {}).items():
            if not (isinstance(value, Conversion) and value.ratio == 1):
                yield f"{name}.{key}"
    for mode in getattr(measure, "financing", ()):
        yield f"financing.{mode.id}"
    for name in _WHOLE:
        if name in given and getattr(measure, name) is not None:
            yield name


def covers(note: SourceNote, field: str) -> bool:
    """Whether a note names the field, something inside it, or what it is inside of."""
    return any(_related(name, field) for name in note.fields)


def _related(name: str, field: str) -> bool:
    """A note on a field covers what is inside it; one on its inside covers the field, but how well
    a capex is known says nothing of its price."""
    inside = name.startswith(f"{field}.") and name.split(".")[-1] not in _ESTIMATE
    return name == field or field.startswith(f"{name}.") or inside
