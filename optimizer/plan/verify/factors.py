"""Factors that a run's scenario takes from a library, derived anew from the enclosed libraries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from optimizer import units
from optimizer.schema.emission_factors import FactorReference, references

MOLAR_CO2, MOLAR_C = 44.0, 12.0
LAST = 2100


def with_library_factors(scenario: Any, libraries: Mapping[Any, Any]) -> Any:
    """The raw scenario with numbers in place of references, from raw libraries by id.

    Raises ValueError naming the field whose factor isn't enclosed.
    """
    for (block, name, field), raw in references(scenario):
        reference = FactorReference.model_validate(raw)
        try:
            table = _tonnes(libraries[reference.library], reference)
            written = _written(table, block, scenario["horizon"]["base_year"])
        except KeyError as missing:
            where = f"{block}.{name}.{field}"
            raise ValueError(f"{where}: no {missing} in emission_factors/") from None
        inner = {**scenario[block][name], field: written}
        scenario = {**scenario, block: {**scenario[block], name: inner}}
    return scenario


def _written(table: Mapping[int, float], block: str, base_year: int) -> Any:
    """As a scenario writes it: one figure where it is held or of the base year, else by year."""
    written = {year: f"{value!r} t/MWh" for year, value in table.items()}
    if len(written) == 1:
        return written[min(written)]
    return written[base_year] if block == "base_year" else written


def _tonnes(library: Any, reference: FactorReference) -> dict[int, float]:
    """t/MWh from the published year on; a single entry where it is held."""
    if library["kind"] == "fuel":
        return {0: _burnt(library["fuels"][reference.fuel])}
    figure = library["regions"][reference.region][reference.purpose][reference.year]
    text = figure["factor"] if isinstance(figure, dict) else figure
    value, first = units.parse(text, "t/MWh").value, reference.year
    assert first is not None
    table = {first: value}
    if reference.projection is not None:
        for year in range(first, LAST):
            table[year + 1] = table[year] * (1.0 + reference.projection.change)
    return table


def _burnt(fuel: Mapping[str, Any]) -> float:
    """t/MWh: CO2 as given, or carbon x oxidation x 44/12."""
    if "co2" in fuel:
        return units.parse(fuel["co2"], "t/MWh").value
    carbon = units.parse(fuel["carbon"], "t/MWh").value
    oxidation = fuel["oxidation"]
    burnt = units.parse(oxidation, "1").value if isinstance(oxidation, str) else oxidation
    return float(carbon * burnt * MOLAR_CO2 / MOLAR_C)
