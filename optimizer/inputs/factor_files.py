"""Libraries of emission factors, read from their files and checked against themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from optimizer.errors import InputErrors, Problem
from optimizer.files.yaml_document import Document, document_of, read_yaml_text
from optimizer.inputs.faults import as_problems
from optimizer.inputs.located import Loc
from optimizer.schema.emission_factors import PURPOSES, FactorLibrary, GridLibrary
from optimizer.schema.validation import read_factor_library

FOLDER = Path("scenarios") / "library" / "emission_factors"
FILES_KEPT: Final = 32
"""Libraries that stay read and checked, by their text."""


@dataclass(frozen=True)
class LoadedLibrary:
    """A library and the file that it was read from."""

    library: FactorLibrary
    document: Document


def library_files(root: Path) -> dict[str, Path]:
    """The workspace's libraries by name, sorted."""
    return files_in(root / FOLDER)


def files_in(folder: Path) -> dict[str, Path]:
    """Libraries of one folder by name, sorted."""
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def read_library(path: Path, shown_as: str) -> LoadedLibrary:
    """One library; raises InputErrors with everything that is wrong in the file."""
    return _library(path, shown_as, read_yaml_text(path, shown_as))


@lru_cache(maxsize=FILES_KEPT)
def _library(path: Path, shown_as: str, text: str) -> LoadedLibrary:
    document = document_of(path, shown_as, text)
    library = read_factor_library(document.data)
    if isinstance(library, tuple):
        raise InputErrors(as_problems(library, document))
    problems = list(_contradictions(library, document))
    if library.id != path.stem:
        problems.append(document.problem(("id",), library.id, f'"{path.stem}", as its file'))
    if problems:
        raise InputErrors(problems)
    return LoadedLibrary(library, document)


def read_all(root: Path) -> dict[str, LoadedLibrary]:
    """Every library of the workspace by name; InputErrors with the problems of all files."""
    libraries: dict[str, LoadedLibrary] = {}
    problems: list[Problem] = []
    for name, path in library_files(root).items():
        try:
            libraries[name] = read_library(path, path.relative_to(root).as_posix())
        except InputErrors as errors:
            problems.extend(errors.problems)
    if problems:
        raise InputErrors(problems)
    return libraries


def _contradictions(library: FactorLibrary, document: Document) -> Iterator[Problem]:
    """A source that isn't there; a year without an edition; a value of an unknown set."""
    if isinstance(library, GridLibrary):
        editions = [(("editions", year), each.source) for year, each in library.editions.items()]
        yield from _unknown_sources(library, document, [*editions, *_own_sources(library)])
        for loc, year in _figures(library):
            if year not in library.editions:
                allowed = "a year of editions, which says where it was read"
                yield document.problem(loc, str(year), allowed, key=True)
        return
    group = "fuels" if library.kind == "fuel" else "gases"
    entries = library.fuels if library.kind == "fuel" else library.gases
    own = [((group, name), each.source) for name, each in entries.items() if each.source]
    yield from _unknown_sources(library, document, [(("edition",), library.edition.source), *own])
    if library.kind == "gwp":
        for name, gas in library.gases.items():
            for key in gas.values.keys() - library.sets.keys():
                known = ", ".join(library.sets)
                loc = ("gases", name, "values", key)
                yield document.problem(loc, key, f"one of {known}", key=True)


def _figures(library: GridLibrary) -> Iterator[tuple[Loc, int]]:
    """Place and year of every figure."""
    for name, region in library.regions.items():
        for purpose in PURPOSES:
            for year in region.published(purpose):
                yield ("regions", name, purpose, year), year


def _own_sources(library: GridLibrary) -> Iterator[tuple[Loc, str]]:
    """Places of figures that name a source of their own."""
    for name, region in library.regions.items():
        for purpose in PURPOSES:
            for year, figure in region.published(purpose).items():
                if figure.source is not None:
                    yield ("regions", name, purpose, year), figure.source


def _unknown_sources(
    library: FactorLibrary, document: Document, named: Iterable[tuple[Loc, str]]
) -> Iterator[Problem]:
    for loc, key in named:
        if key not in library.sources:
            hint = f"There are: {', '.join(library.sources) or 'none'}."
            yield document.problem((*loc, "source"), key, "a key of the library's sources", hint)
