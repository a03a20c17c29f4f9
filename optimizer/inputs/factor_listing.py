"""Libraries of emission factors as plain data: a line each, every figure, what was looked up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.files.yaml_reader import dotted
from optimizer.inputs.catalog_figures import TRUST_ORDER
from optimizer.inputs.factor_files import LoadedLibrary
from optimizer.inputs.factor_lookup import Resolution, fuel_factor, fuel_trust
from optimizer.schema.emission_factors import (
    PURPOSES,
    FactorLibrary,
    Fuel,
    FuelLibrary,
    GridLibrary,
    GwpLibrary,
)

GJ = 0.0036
"""t/MWh of 1 kg/GJ: 3.6 GJ a MWh, 1/1000 t a kg."""


def row(loaded: LoadedLibrary) -> dict[str, Any]:
    """One line of the list: what kind, how many entries and figures, how many of which trust."""
    library = loaded.library
    found = figures(library)
    trusts = [each["trust"] for each in found]
    return {
        "id": library.id,
        "name": library.name.model_dump(),
        "kind": library.kind,
        "entries": len({each["id"] for each in found}),
        "figures": len(found),
        "trust": {trust: trusts.count(trust) for trust in TRUST_ORDER if trust in trusts},
    }


def details(loaded: LoadedLibrary) -> dict[str, Any]:
    """A library with every figure and source."""
    library = loaded.library
    return {
        **row(loaded),
        "note": library.note.model_dump() if library.note else None,
        "gases": library.gases if isinstance(library, GridLibrary) else None,
        "file": loaded.document.shown_as,
        "sources": {key: source.model_dump() for key, source in library.sources.items()},
        "figures": figures(library),
    }


def figures(library: FactorLibrary) -> list[dict[str, Any]]:
    """Every figure with its trust and the key of its source.

    Grids: kg/kWh by purpose and year. Fuels: what the factor is made of, kg/GJ, kg/kWh, and per kg
    or m3. Gases: by set.
    """
    if isinstance(library, GridLibrary):
        return list(_of_grid(library))
    if isinstance(library, FuelLibrary):
        return [_of_fuel(key, fuel, library) for key, fuel in library.fuels.items()]
    return list(_of_gases(library))


def looked_up(found: Resolution) -> dict[str, Any]:
    """What stands behind one factor of a scenario; its value in kg/kWh, as published."""
    return {
        "field": dotted(found.loc),
        "library": found.library.id,
        "name": found.name.model_dump(),
        "purpose": found.purpose,
        "year": found.year,
        "kg_per_kwh": found.value,
        "change_per_year": found.projection.change if found.projection else None,
        "projection_source": found.projection.source if found.projection else None,
        "source": found.source.name,
        "link": found.source.link,
        "trust": found.trust,
    }


def _of_grid(library: GridLibrary) -> Iterator[dict[str, Any]]:
    for key, region in library.regions.items():
        for purpose in PURPOSES:
            for year, figure in region.published(purpose).items():
                edition = library.edition(figure, year)
                yield {
                    "id": key,
                    "name": region.name.model_dump(),
                    "level": region.level,
                    "purpose": purpose,
                    "year": year,
                    "kg_per_kwh": figure.factor,
                    "source": edition.source,
                    "trust": edition.trust,
                    "note": figure.note,
                }


def _of_fuel(key: str, fuel: Fuel, library: FuelLibrary) -> dict[str, Any]:
    factor, heat = fuel_factor(fuel), fuel.ncv
    per_unit = None if heat is None else factor * heat.value
    by_mass = heat is not None and heat.unit == "MWh/t"
    return {
        "id": key,
        "name": fuel.name.model_dump(),
        "ncv": heat.text if heat else None,
        "carbon_kg_per_gj": None if fuel.carbon is None else fuel.carbon / GJ,
        "oxidation": fuel.oxidation,
        "kg_per_gj": factor / GJ,
        "kg_per_kwh": factor,
        "kg_per_kg": per_unit if by_mass else None,
        "kg_per_m3": per_unit * 1000 if per_unit is not None and not by_mass else None,
        "source": fuel.source or library.edition.source,
        "trust": fuel_trust(fuel, library),
        "note": fuel.note,
    }


def _of_gases(library: GwpLibrary) -> Iterator[dict[str, Any]]:
    for key, gas in library.gases.items():
        for name, value in gas.values.items():
            yield {
                "id": key,
                "name": gas.name.model_dump(),
                "set": name,
                "gwp": value,
                "source": gas.source or library.edition.source,
                "trust": gas.trust or library.edition.trust,
                "note": gas.note,
            }
