"""Emission factor libraries, files of scenarios/library/emission_factors/, and how they are named.

A grid's factors are kg per kWh bought, by region, purpose and year; a fuel's follows from its
carbon, so that no product is stored beside what it is made of; a gas has its warming potentials.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from optimizer import units
from optimizer.schema.fields import EmissionFactor, Frozen, Id, Share, Text
from optimizer.schema.measure import Trust
from optimizer.schema.pack_parts import PackSource
from optimizer.units import Quantity, UnitError

CO2_PER_CARBON = 44 / 12
"""Molar masses of CO2 and C, g/mol: 12 + 2 x 16 over 12."""

Purpose = Literal["location", "residual", "fossil"]
PURPOSES: tuple[Purpose, ...] = ("location", "residual", "fossil")
"""All power of a grid; power that nobody claims; power from fossil fuels alone."""
_TABLE = {"interpolate", "constant", "values"}
"""Field names of schema.fields.Yearly."""


def _heating_value(value: Any) -> Quantity:
    for unit in ("MWh/t", "MWh/m3"):
        try:
            found = units.parse(str(value), unit)
        except UnitError:
            continue
        if found.value > 0:
            return found
    raise ValueError("must be a heating value above 0, such as '42.652 GJ/t' or '38.931 MJ/m3'")


def _change(value: Any) -> float:
    if not isinstance(value, str):
        raise ValueError("needs a change with a unit, such as '-1.5 %/a'")
    return units.parse(value, "1/a").value


HeatingValue = Annotated[Quantity, BeforeValidator(_heating_value)]
"""Lower heating value, MWh per t or per m3 at 0 degC."""
YearlyChange = Annotated[float, BeforeValidator(_change), Field(gt=-1)]


class Projection(Frozen):
    """How a factor goes on after the year it was published for; above 0 it rises."""

    change: YearlyChange
    source: str = Field(min_length=1)
    trust: Trust


class FactorReference(Frozen):
    """A factor by its place in a library, in place of a figure in the scenario.

    Of a grid: region, purpose and year; held in all years, or from `year` on as projected. Of a
    fuel: `fuel` alone.
    """

    library: str = Field(min_length=1)
    region: str | None = None
    purpose: Purpose | None = None
    year: int | None = None
    fuel: str | None = None
    projection: Projection | None = None


def references(scenario: Any) -> Iterator[tuple[tuple[str, str, str], dict[str, Any]]]:
    """Where raw scenario data name a factor of a library, and how; unread.

    A mapping with a field name in it can't be a table by year, hence is meant as a reference even
    where its `library` is misspelt.
    """
    carriers, base = (_mapping(scenario, key) for key in ("carriers", "base_year"))
    for name in carriers:
        for field in ("factor", "residual"):
            given = _mapping(carriers[name], field)
            if any(isinstance(key, str) for key in given.keys() - _TABLE):
                yield ("carriers", name, field), given
    for name in _mapping(base, "factors"):
        if given := _mapping(base["factors"], name):
            yield ("base_year", "factors", name), given


def _mapping(node: Any, key: str) -> dict[Any, Any]:
    """The mapping at `key`; empty if there is none."""
    found = node.get(key) if isinstance(node, dict) else None
    return found if isinstance(found, dict) else {}


class Edition(Frozen):
    """Where the figures of one year were read, unless a figure says otherwise."""

    source: Id
    trust: Trust


class GridFactor(Frozen):
    """One figure: the text alone, or with a source and trust of its own."""

    factor: EmissionFactor
    source: Id | None = None
    trust: Trust | None = None
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_plain(cls, data: Any) -> Any:
        return data if isinstance(data, dict) else {"factor": data}


class GridRegion(Frozen):
    """A grid's factors by purpose and year, t/MWh."""

    name: Text
    level: Literal["nation", "region", "province", "country", "group"]
    location: dict[int, GridFactor] = Field(default_factory=dict)
    residual: dict[int, GridFactor] = Field(default_factory=dict)
    fossil: dict[int, GridFactor] = Field(default_factory=dict)

    def published(self, purpose: Purpose) -> dict[int, GridFactor]:
        """The figures for one purpose, by year; empty if there are none."""
        table: dict[int, GridFactor] = getattr(self, purpose)
        return table


class Fuel(Frozen):
    """What burning it emits: carbon x oxidation x 44/12, or CO2 as a table of such factors has it.

    `carbon` is t of C, `co2` t of CO2, both per MWh of lower heating value.
    """

    name: Text
    ncv: HeatingValue | None = None
    carbon: EmissionFactor | None = None
    oxidation: Share | None = None
    co2: EmissionFactor | None = None
    source: Id | None = None
    trust: Trust | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Fuel:
        if (self.carbon is None) == (self.co2 is None):
            raise ValueError("give either 'carbon' with 'oxidation' or 'co2'")
        if (self.carbon is None) != (self.oxidation is None):
            raise ValueError("'oxidation' goes with 'carbon', and 'carbon' with 'oxidation'")
        return self


class Gas(Frozen):
    """Warming potential over 100 years, t CO2e per t, by assessment report; None: not at hand."""

    name: Text
    values: dict[Id, Annotated[float, Field(gt=0)]]
    source: Id | None = None
    trust: Trust | None = None
    note: str | None = None


class _Library(Frozen):
    id: Id
    name: Text
    note: Text | None = None
    sources: dict[Id, PackSource]


class GridLibrary(_Library):
    kind: Literal["grid"]
    gases: Literal["CO2", "CO2e"]
    editions: dict[int, Edition]
    regions: dict[Id, GridRegion] = Field(min_length=1)

    def edition(self, figure: GridFactor, year: int) -> Edition:
        """Source and trust of a figure: its own, else those of its year."""
        whole = self.editions[year]
        return Edition(source=figure.source or whole.source, trust=figure.trust or whole.trust)


class FuelLibrary(_Library):
    kind: Literal["fuel"]
    edition: Edition
    fuels: dict[Id, Fuel] = Field(min_length=1)


class GwpLibrary(_Library):
    kind: Literal["gwp"]
    edition: Edition
    sets: dict[Id, Text] = Field(min_length=1)
    gases: dict[Id, Gas] = Field(min_length=1)


FactorLibrary = Annotated[GridLibrary | FuelLibrary | GwpLibrary, Field(discriminator="kind")]
