"""The measures that a scenario offers, with its overrides laid over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from optimizer.errors import Problem, nearest
from optimizer.inputs.catalog_files import Catalog, Entry
from optimizer.inputs.faults import as_merged_problems
from optimizer.inputs.located import CATALOG, Sources
from optimizer.inputs.modes import Mode, as_written, modes
from optimizer.schema.financing import as_financed, as_owned
from optimizer.schema.measure import Measure
from optimizer.schema.scenario import Scenario
from optimizer.schema.validation import read_measure

_FIXED = ("id", "kind")


@dataclass(frozen=True)
class Offered:
    """The valid measures in the order offered, of each offered in a mode the measure that it is a
    mode of, and what is wrong with the others."""

    measures: tuple[Measure, ...]
    mode_of: Mapping[str, str]
    problems: list[Problem]


def offered_measures(scenario: Scenario, catalog: Catalog, sources: Sources) -> Offered:
    """What the scenario offers.

    An override is merged into the measure's fields as written, before they are checked; a measure
    offered in a mode has the overrides of the measure.
    """
    known = modes(catalog, scenario.measures.override)
    problems = list(_misnamed(scenario, catalog, known, sources))
    measures: list[Measure] = []
    mode_of: dict[str, str] = {}
    for name in dict.fromkeys(scenario.measures.offer):
        mode = None if name in catalog.entries else known.get(name)
        base = mode.of if mode else name
        found = _read(base, scenario, catalog, sources, problems)
        if found is None:
            continue
        if mode is None:
            measures.append(as_owned(found))
            continue
        mode_of[name] = base
        measures.append(as_financed(found, found.financing[mode.index]))
    return Offered(tuple(measures), mode_of, problems)


def _read(
    name: str, scenario: Scenario, catalog: Catalog, sources: Sources, problems: list[Problem]
) -> Any:
    """A measure with its override; None, and the reasons among the problems, if it isn't valid."""
    entry = catalog.entries.get(name)
    override = scenario.measures.override.get(name)
    if entry is None or override is None:
        return entry and entry.measure
    found = read_measure(as_written(entry, override))
    faults = [*_wrong_override(name, override, entry, sources)]
    if isinstance(found, tuple):
        faults += as_merged_problems(found, sources, (CATALOG, name))
    problems += [each for each in faults if each not in problems]
    return None if isinstance(found, tuple) else found


def _misnamed(
    scenario: Scenario, catalog: Catalog, known: Mapping[str, Mode], sources: Sources
) -> Iterator[Problem]:
    """Offered twice, unknown, or overridden without being offered."""
    offer = scenario.measures.offer
    ids = [*catalog.entries, *known]
    used = {known[name].of if name in known else name for name in offer}
    for index, name in enumerate(offer):
        loc = ("measures", "offer", index)
        if name in offer[:index]:
            yield sources.problem(loc, name, "offered once")
        elif name not in ids and not catalog.problems:
            guess = nearest(name, ids)
            hint = f'Did you mean "{guess}"?' if guess else "See: decarb catalog list"
            yield sources.problem(loc, name, "an id of the technology catalog", hint)
    for name in scenario.measures.override:
        if name not in used:
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
        if field in override and override[field] != as_written(entry)[field]:
            yield sources.problem((*loc, field), str(override[field]), "left as in the catalog")
