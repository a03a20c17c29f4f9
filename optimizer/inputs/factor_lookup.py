"""One emission factor of a scenario, looked up in its library, or every reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from optimizer.errors import Problem, nearest
from optimizer.files.yaml_document import Document
from optimizer.inputs.catalog_figures import TRUST_ORDER
from optimizer.inputs.located import Loc
from optimizer.schema.emission_factors import (
    CO2_PER_CARBON,
    PURPOSES,
    FactorLibrary,
    FactorReference,
    Fuel,
    FuelLibrary,
    GridLibrary,
    GridRegion,
    Projection,
    Purpose,
)
from optimizer.schema.fields import Text
from optimizer.schema.measure import Trust
from optimizer.schema.pack_parts import PackSource
from optimizer.schema.validation import read_factor_reference

_ALLOWED = {"factor": ("location", "fossil"), "residual": ("residual", "fossil")}
"""Purposes that fit a field; all factors of the base year are plain factors."""


@dataclass(frozen=True)
class Resolution:
    """One factor of the scenario and what it was looked up from.

    `value`: t/MWh as published, or of the fuel; `trust` is the worst of figure and projection.
    `purpose` and `year` are None for a fuel.
    """

    loc: Loc
    library: FactorLibrary
    name: Text
    purpose: Purpose | None
    year: int | None
    value: float
    source: PackSource
    trust: Trust
    projection: Projection | None = None

    def at(self, year: int) -> float:
        """t/MWh in a year: value x (1 + change)^(year - published year); held if not projected."""
        if self.projection is None or self.year is None:
            return self.value
        return float(self.value * (1 + self.projection.change) ** (year - self.year))


def fuel_factor(fuel: Fuel) -> float:
    """t CO2 per MWh of lower heating value: carbon [t/MWh] x oxidation x 44/12, or `co2`."""
    if fuel.carbon is None or fuel.oxidation is None:
        assert fuel.co2 is not None
        return fuel.co2
    return fuel.carbon * fuel.oxidation * CO2_PER_CARBON


def fuel_trust(fuel: Fuel, library: FuelLibrary) -> Trust:
    """The fuel's own trust or its library's; what is multiplied here is at best derived."""
    own = fuel.trust or library.edition.trust
    return own if fuel.carbon is None else worst(own, "derived")


def worst(*trusts: Trust) -> Trust:
    """The least sure of several."""
    return max(trusts, key=TRUST_ORDER.index)


@dataclass(frozen=True)
class Lookup:
    """The reference at `loc` of the scenario; what is wrong with it is kept in `problems`."""

    scenario: Document
    loc: Loc
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, name: str, found: str, allowed: str, hint: str = "") -> None:
        """Remember a Problem at one field of the reference."""
        self.problems.append(self.scenario.problem((*self.loc, name), found, allowed, hint))

    def read(self, raw: Mapping[str, Any]) -> FactorReference | None:
        """The reference, or None with its faults remembered."""
        reference = read_factor_reference(raw)
        if isinstance(reference, FactorReference):
            return reference
        for fault in reference:
            loc = (*self.loc, *fault.loc)
            said = (fault.found, fault.allowed, fault.hint)
            self.problems.append(self.scenario.problem(loc, *said, key=fault.unknown))
        return None

    def resolve(self, reference: FactorReference, library: FactorLibrary) -> Resolution | None:
        """What the library has for the reference, or None with a Problem."""
        if isinstance(library, GridLibrary):
            return self._of_grid(reference, library)
        if isinstance(library, FuelLibrary):
            return self._of_fuel(reference, library)
        self.wrong("library", library.id, "a library of grid factors or fuels")
        return None

    def _of_grid(self, reference: FactorReference, library: GridLibrary) -> Resolution | None:
        if not self._has(reference, ("region", "purpose", "year"), ("fuel",)):
            return None
        name, purpose, year = reference.region, reference.purpose, reference.year
        assert name is not None
        assert purpose is not None
        assert year is not None
        if name not in library.regions:
            hint = near(name, library.regions, lambda key: library.regions[key].name)
            self.wrong("region", name, f"a region of {library.id}", hint)
            return None
        region = library.regions[name]
        if not self._is_published(library, region, name, purpose, year):
            return None
        figure, projection = region.published(purpose)[year], reference.projection
        edition = library.edition(figure, year)
        trust = worst(edition.trust, projection.trust) if projection else edition.trust
        source = library.sources[edition.source]
        return Resolution(
            self.loc, library, region.name, purpose, year, figure.factor, source, trust, projection
        )

    def _is_published(
        self, library: GridLibrary, region: GridRegion, name: str, purpose: Purpose, year: int
    ) -> bool:
        """Whether the region has a figure of this purpose and year, and the field takes it."""
        allowed = _ALLOWED.get(str(self.loc[-1]), _ALLOWED["factor"])
        table = region.published(purpose)
        if purpose not in allowed:
            hint = "A residual mix is not what a grid delivers; each has its own field."
            self.wrong("purpose", purpose, f"{' or '.join(allowed)} in this field", hint)
        elif not table:
            has = [each for each in PURPOSES if region.published(each)]
            known = [key for key, each in library.regions.items() if each.published(purpose)]
            hint = f"The {purpose} factor is published for: {', '.join(known) or 'nobody'}."
            self.wrong("purpose", purpose, f"{' or '.join(has)} for {name}", hint)
        elif year not in table:
            close = min(table, key=lambda given: abs(given - year))
            hint = f"The nearest is {close}; what follows is a projection, with a source."
            allowed_years = f"one of {', '.join(map(str, table))} for {name}, {purpose}"
            self.wrong("year", str(year), allowed_years, hint)
        else:
            return True
        return False

    def _of_fuel(self, reference: FactorReference, library: FuelLibrary) -> Resolution | None:
        if not self._has(reference, ("fuel",), ("region", "purpose", "year", "projection")):
            return None
        name = reference.fuel
        assert name
        if name not in library.fuels:
            hint = near(name, library.fuels, lambda key: library.fuels[key].name)
            self.wrong("fuel", name, f"a fuel of {library.id}", hint)
            return None
        fuel = library.fuels[name]
        source = library.sources[fuel.source or library.edition.source]
        trust, value = fuel_trust(fuel, library), fuel_factor(fuel)
        return Resolution(self.loc, library, fuel.name, None, None, value, source, trust)

    def _has(
        self, reference: FactorReference, needed: Iterable[str], others: Iterable[str]
    ) -> bool:
        """Whether the reference has the fields of its kind of library and no others."""
        missing = [name for name in needed if getattr(reference, name) is None]
        surplus = [name for name in others if getattr(reference, name) is not None]
        for name in missing:
            self.wrong(name, "", f"given for a factor of {reference.library}")
        for name in surplus:
            hint = f"The factors of {reference.library} have none."
            self.wrong(name, name, "left out", hint)
        return not missing and not surplus


def near(word: str, known: Iterable[str], named: Callable[[str], Text] | None = None) -> str:
    """The nearest spelling, by id or by name in either language, else all there are."""
    ids = list(known)
    spellings = {key: key for key in ids}
    for key in ids if named else ():
        assert named is not None
        spellings |= {named(key).en: key, named(key).zh: key}
    guess = nearest(word, spellings)
    return f'Did you mean "{spellings[guess]}"?' if guess else f"There are: {', '.join(ids)}."
