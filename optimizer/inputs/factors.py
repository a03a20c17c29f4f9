"""Emission factors that a scenario takes from libraries, put in as plain numbers.

After this the scenario reads as if the figures stood in it; what was looked up is kept beside it,
with source and trust.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from optimizer.errors import InputErrors, Problem
from optimizer.files.yaml_document import Document
from optimizer.inputs.factor_files import FOLDER, LoadedLibrary, library_files, read_library
from optimizer.inputs.factor_lookup import Lookup, Resolution, near
from optimizer.inputs.located import Loc
from optimizer.schema.emission_factors import references

LAST_YEAR = 2100
"""The last planning year that there can be (schema.scenario.Horizon)."""


@dataclass
class Factors:
    """Libraries that a scenario uses, by name, what was looked up, and what is wrong."""

    loaded: dict[str, LoadedLibrary] = field(default_factory=dict)
    found: dict[Loc, Resolution] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The files, in the order in which the scenario names them."""
        return tuple(library.document for library in self.loaded.values())


def read_factors(scenario: Document, root: Path) -> Factors:
    """Look up every factor that the scenario takes from a library of the workspace `root`."""
    return look_up(scenario, library_files(root), root)


def look_up(scenario: Document, files: Mapping[str, Path], root: Path) -> Factors:
    """Look up the scenario's factors in library `files` by name; shown relative to `root`."""
    factors = Factors()
    broken: set[str] = set()
    for loc, raw in references(scenario.data):
        lookup = Lookup(scenario, loc)
        reference = lookup.read(raw)
        if reference is not None and reference.library not in files:
            allowed = f"the name of a file in {FOLDER.as_posix()}/"
            hint = near(reference.library, files)
            lookup.wrong("library", reference.library, allowed, hint)
        elif reference is not None and reference.library not in broken:
            try:
                library = _loaded(reference.library, files, root, factors)
                found = lookup.resolve(reference, library.library)
                if found is not None and _reaches_base_year(found, lookup):
                    factors.found[loc] = found
            except InputErrors as errors:
                broken.add(reference.library)
                factors.problems.extend(errors.problems)
        factors.problems.extend(lookup.problems)
    return factors


def with_factors(scenario: Any, factors: Factors) -> Any:
    """The scenario's raw data with plain numbers where it names a library.

    A factor that couldn't be looked up becomes 0, so that the rest is still checked; there is a
    Problem then.
    """
    for loc, _ in references(scenario):
        found = factors.found.get(loc)
        plain = "0 t/MWh" if found is None else _plain(found, _base_year(scenario))
        scenario = _put(scenario, loc, plain)
    return scenario


def _loaded(name: str, files: Mapping[str, Path], root: Path, factors: Factors) -> LoadedLibrary:
    """The library, read once; raises InputErrors."""
    if name not in factors.loaded:
        shown = files[name].relative_to(root).as_posix()
        factors.loaded[name] = read_library(files[name], shown)
    return factors.loaded[name]


def _reaches_base_year(found: Resolution, lookup: Lookup) -> bool:
    """A Problem unless a projected factor of the base year was published by then."""
    year = _base_year(lookup.scenario.data)
    projected = found.loc[0] == "base_year" and found.projection is not None
    if projected and found.year is not None and year is not None and found.year > year:
        hint = "A projection goes forward only."
        lookup.wrong("year", str(found.year), f"at most the base year, {year}", hint)
        return False
    return True


def _base_year(scenario: Any) -> int | None:
    """The raw base year; None if it is no whole number, which is told elsewhere."""
    horizon = scenario.get("horizon")
    year = horizon.get("base_year") if isinstance(horizon, dict) else None
    return year if isinstance(year, int) else None


def _plain(found: Resolution, base_year: int | None) -> Any:
    """The factor as a scenario writes it: one figure, or a table from its year on."""
    if found.projection is None or found.year is None:
        return f"{found.value!r} t/MWh"
    if found.loc[0] == "base_year":
        return f"{found.at(base_year or found.year)!r} t/MWh"
    return {year: f"{found.at(year)!r} t/MWh" for year in range(found.year, LAST_YEAR + 1)}


def _put(node: Any, loc: Loc, value: Any) -> Any:
    """A copy of nested mappings with another value at `loc`."""
    return {**node, loc[0]: _put(node[loc[0]], loc[1:], value)} if loc else value
