"""The measures that a scenario offers, with its overrides laid over them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.errors import Problem, nearest
from optimizer.inputs.catalog_files import Catalog, Entry
from optimizer.inputs.faults import as_merged_problems
from optimizer.inputs.located import CATALOG, Sources
from optimizer.inputs.overrides import merged
from optimizer.schema.measure import Measure
from optimizer.schema.scenario import Scenario
from optimizer.schema.validation import read_measure

_FIXED = ("id", "kind")


def offered_measures(
    scenario: Scenario, catalog: Catalog, sources: Sources
) -> tuple[tuple[Measure, ...], list[Problem]]:
    """The valid ones in the order offered, and what is wrong with the others.

    An override is merged into the measure's fields as written, before they are checked.
    """
    problems = list(_misnamed(scenario, catalog, sources))
    measures: list[Measure] = []
    for name in dict.fromkeys(scenario.measures.offer):
        entry = catalog.entries.get(name)
        if entry is None:
            continue
        override = scenario.measures.override.get(name)
        if override is None:
            measures.append(entry.measure)
            continue
        problems += _wrong_override(name, override, entry, sources)
        found = read_measure(merged(_raw(entry), override))
        if isinstance(found, tuple):
            problems += as_merged_problems(found, sources, (CATALOG, name))
        else:
            measures.append(found)
    return tuple(measures), problems


def _raw(entry: Entry) -> dict[str, Any]:
    raw: dict[str, Any] = entry.document.data["measures"][entry.index]
    return raw


def _misnamed(scenario: Scenario, catalog: Catalog, sources: Sources) -> Iterator[Problem]:
    """Offered twice, unknown, or overridden without being offered."""
    offer = scenario.measures.offer
    known = "an id of the technology catalog"
    for index, name in enumerate(offer):
        loc = ("measures", "offer", index)
        if name in offer[:index]:
            yield sources.problem(loc, name, "offered once")
        elif name not in catalog.entries and not catalog.problems:
            guess = nearest(name, catalog.entries)
            hint = f'Did you mean "{guess}"?' if guess else "See: decarb catalog list"
            yield sources.problem(loc, name, known, hint)
    for name in scenario.measures.override:
        if name not in offer:
            guess = nearest(name, offer)
            hint = f'Did you mean "{guess}"?' if guess else "Offer it, or remove the override."
            loc_of = ("measures", "override", name)
            yield sources.problem(loc_of, name, "a measure on offer", hint, key=True)


def _wrong_override(
    name: str, override: dict[str, Any], entry: Entry, sources: Sources
) -> Iterator[Problem]:
    """An override says why, and makes no other measure of it."""
    loc = ("measures", "override", name)
    if not isinstance(override.get("why"), str) or not override["why"].strip():
        hint = "Say in a sentence why the catalog's figure isn't used; the report prints it."
        yield sources.problem((*loc, "why"), "", "given with every override", hint)
    for field in _FIXED:
        if field in override and override[field] != _raw(entry)[field]:
            yield sources.problem((*loc, field), str(override[field]), "left as in the catalog")
