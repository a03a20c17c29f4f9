"""A measure of the technology catalog: one schema, seven kinds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from optimizer.schema.capex import CapacityRange, CapexByMarket, FixedOmByMarket
from optimizer.schema.contract import ContractTerms
from optimizer.schema.credit_quality import CreditType, StorageClass, Vintage
from optimizer.schema.fields import (
    EnergyPerMass,
    Factor,
    Frozen,
    Grade,
    Id,
    Mass,
    MassRatio,
    MoneyPerMass,
    OutputPrice,
    Share,
    Text,
    Yearly,
    Years,
    YearsOrNone,
)
from optimizer.schema.financing import Financing, check_terms
from optimizer.schema.technology import (
    Conversion,
    ConverterTechnology,
    GeneratorTechnology,
    StorageTechnology,
)

Trust = Literal["primary", "secondary", "derived", "unconfirmed"]


class SourceNote(Frozen):
    """Where the figures of some fields come from."""

    fields: tuple[str, ...] = Field(min_length=1)
    """Dotted, e.g. capex.cn, lifetime, inputs, share."""
    ref: Id
    """A key of references.yaml."""
    trust: Trust
    note: str | None = None


class Option(Frozen):
    """What every kind of measure has."""

    id: Id
    name: Text
    tags: tuple[str, ...] = ()
    first_year: int | None = None
    requires: tuple[Id, ...] = ()
    excludes: tuple[Id, ...] = ()
    one_of: str | None = None
    """At most one measure of the same group stands in a year."""
    sources: tuple[SourceNote, ...] = ()
    why: str | None = None
    """Set by a scenario that overrides a field; printed in the report."""


class Investment(Option):
    """What is built: costs money once, then stands for its life."""

    capex: CapexByMarket
    fixed_om: FixedOmByMarket = FixedOmByMarket()
    price_trend: Yearly[Factor] = Yearly[float](constant=1.0)
    """Capex by year as a multiple of the stated price."""
    lifetime: Years
    lead_time: YearsOrNone = 0.0
    """From decision to full operation; counted in whole years, rounded up."""
    renewal: Literal["forced", "optional", "none"] = "optional"
    max_builds: int = Field(default=1, ge=1)
    area: dict[str, str] = Field(default_factory=dict)
    """Kind of area -> area per unit of capacity, e.g. roof: '9.5 m2/kW'."""
    connection: str | None = None
    """Grid connection added per unit of capacity, e.g. '1 kW/kW'."""
    replaces: tuple[Id, ...] = ()
    """Assets retired in the year that this stands."""
    equipment: Id | None = None
    """Class of equipment under a mandatory efficiency standard, such as motors."""
    grade: Grade | None = None
    financing: tuple[Financing, ...] = ()
    """Who else may own it; offered in a mode, a measure has that one alone, and its id."""

    @model_validator(mode="after")
    def _terms_fit(self) -> Investment:
        for mode in self.financing:
            check_terms(self, mode)
        return self


class Sized(Investment):
    capacity: CapacityRange


class Converter(Sized, ConverterTechnology):
    kind: Literal["converter"]


class Generator(Sized, GeneratorTechnology):
    kind: Literal["generator"]


class Storage(Sized, StorageTechnology):
    kind: Literal["storage"]


class Saving(Investment):
    """Takes a share off a service's demand; whole or not at all."""

    kind: Literal["saving"]
    service: Id
    share: Share
    adds: dict[Id, float] = Field(default_factory=dict)
    """Carrier -> MWh used per MWh saved."""


class Process(Investment):
    """Changes process emissions (``source`` and ``share``), or captures CO2 (``captures``)."""

    kind: Literal["process"]
    source: Id | None = None
    share: Share | None = None
    capacity: CapacityRange | None = None
    captures: tuple[Id, ...] = ()
    """Units whose fuel's CO2, or process emissions, the capture plant takes from."""
    rate: Share | None = None
    """Largest share of the source's CO2 that is captured."""
    durability: Share = 1.0
    """Share of captured biogenic CO2 that counts as removed."""
    inputs: dict[Id, EnergyPerMass] = Field(default_factory=dict)
    """Carrier -> MWh per t avoided or captured."""
    variable_om: MoneyPerMass | None = None
    """Per t captured (transport and storage included) or avoided."""

    @model_validator(mode="after")
    def _one_mode(self) -> Process:
        reduces = self.source is not None and self.share is not None
        captures = bool(self.captures) and self.rate is not None and self.capacity is not None
        if reduces == captures:
            raise ValueError("give either source and share, or captures, rate and capacity")
        return self


class Contract(Option, ContractTerms):
    kind: Literal["contract"]
    capacity: CapacityRange
    """MWh a year, e.g. max: '20 GWh/a'."""


class MaterialContract(Option):
    """Green procurement: the same material from a supplier that emits less."""

    kind: Literal["contract"]
    form: Literal["material"]
    material: Id
    price: Yearly[MoneyPerMass]
    """Premium over what the material costs today."""
    factor: Yearly[MassRatio]
    """t CO2e per t from this supplier."""
    available: Yearly[Mass] | None = None
    """Largest amount a year; None is no limit of its own."""


class Credit(Option):
    """Cancels tonnes; never a reduction."""

    kind: Literal["credit"]
    type: CreditType
    price: Yearly[MoneyPerMass]
    available: Yearly[Mass] | None = None
    """Largest amount a year; None is no limit of its own."""
    ex_post: bool = True
    """Issued after the tonne was avoided or removed; then none is used before its vintage."""
    vintage: Vintage | None = None
    region: str | None = None
    programme: str | None = None
    """Who issues it."""
    labels: tuple[str, ...] = ()
    """Marks of quality that it carries."""
    storage: StorageClass | None = None
    """Of a removal."""

    @model_validator(mode="after")
    def _only_removals_store(self) -> Credit:
        if self.storage is not None and self.type != "removal":
            raise ValueError("avoidance stores no carbon, so it has no storage class")
        return self


AnyContract = Annotated[Contract | MaterialContract, Field(discriminator="form")]
Measure = Annotated[
    Converter | Generator | Storage | Saving | Process | AnyContract | Credit,
    Field(discriminator="kind"),
]
Built = Converter | Generator | Storage | Saving | Process


class MeasureFile(Frozen):
    """One YAML file of technology_catalog/: a family of measures."""

    family: Id
    measures: tuple[Measure, ...]


class Reference(Frozen):
    """A source: who says it, when, where it can be read."""

    title: str
    issuer: str
    year: int
    link: str | None = None
    trust: Trust
    note: str | None = None


class ReferenceFile(Frozen):
    references: dict[Id, Reference]


__all__ = ["Built", "Conversion", "Measure", "MeasureFile", "OutputPrice", "Reference"]
