"""A scenario: who builds, with what, at which prices, under which rules."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from optimizer import names
from optimizer.schema.assets import Asset
from optimizer.schema.carbon import CarbonPrice, Cbam
from optimizer.schema.fields import (
    Area,
    EmissionFactor,
    EnergyPerYear,
    Factor,
    Frozen,
    Id,
    Mass,
    Money,
    MoneyPerMass,
    Power,
    Share,
    Temperature,
    Text,
    Yearly,
    YearsOrNone,
)
from optimizer.schema.loan import Loan
from optimizer.schema.policy import Policy
from optimizer.schema.production import Material, Production
from optimizer.schema.series import Series
from optimizer.schema.tariffs import Tariff
from optimizer.schema.tax import Tax


def _currency(value: Any) -> str:
    if isinstance(value, str) and value in names.CURRENCIES:
        return value
    guess = names.MISSPELT_UNITS.get(str(value))
    hint = f"; did you mean {guess}?" if guess else ""
    raise ValueError(f"must be a currency of three capital letters, such as CNY or EUR{hint}")


Currency = Annotated[str, BeforeValidator(_currency)]


class Horizon(Frozen):
    """Planning years first … last; what they cost is counted up to ``evaluate_to``."""

    base_year: int = Field(ge=2000, le=2100)
    first: int = Field(ge=2000, le=2100)
    last: int = Field(ge=2000, le=2100)
    evaluate_to: int | None = Field(default=None, le=2200)
    end: Literal["extended", "within_horizon", "salvage"] = "extended"

    @model_validator(mode="after")
    def _in_order(self) -> Horizon:
        if not self.base_year < self.first <= self.last:
            raise ValueError("must have base_year < first <= last")
        if self.last - self.first > 30:
            raise ValueError("at most 31 planning years")
        if self.end == "extended" and (self.evaluate_to or self.last) < self.last:
            raise ValueError("evaluate_to is before last")
        return self


class Time(Frozen):
    """Typical days ('full': all, 'auto': as few as do), and how their hours are cut into steps."""

    periods: Annotated[int, Field(ge=1, le=364)] | Literal["full", "auto"] = 8
    step: Literal["15 min", "30 min", "60 min"] = "60 min"
    segments: Annotated[int, Field(ge=1)] | None = None
    """Steps a day after neighbours are merged; None merges none."""
    profile_year: int = Field(ge=2000, le=2100)

    @model_validator(mode="after")
    def _segments_merge_steps(self) -> Time:
        if self.segments is None:
            return self
        if isinstance(self.periods, str):
            raise ValueError(f"segments merge the steps of typical days; periods is {self.periods}")
        steps = 24 * 60 // int(self.step.removesuffix(" min"))
        if self.segments >= steps:
            raise ValueError(f"segments must be fewer than the {steps} steps of a day")
        return self


class Economics(Frozen):
    """Real discount rate; scenario currency per unit of foreign money; price index by year."""

    discount_rate: Share
    exchange: dict[str, float] = Field(default_factory=dict)
    """Foreign currency -> scenario currency per 1 of it, in ``price_year``."""
    deflator: dict[str, dict[int, float]] = Field(default_factory=dict)
    """Currency -> year -> price index; only ratios matter."""
    inflation: Share | None = None
    """A year, from the price year on: makes real money nominal. None: nominal equals real."""
    vat: Share | None = None
    """Rate of value-added tax, which is taken off prices that include it."""
    vat_credit: YearsOrNone | None = None
    """From paying the tax on equipment until it is credited; None: its timing isn't counted."""

    @model_validator(mode="after")
    def _credit_of_a_tax(self) -> Economics:
        if self.vat_credit is not None and self.vat is None:
            raise ValueError("vat_credit needs vat, the rate")
        return self


class Site(Frozen):
    area: dict[str, Area] = Field(default_factory=dict)
    area_until: dict[str, int] = Field(default_factory=dict)
    """Kind of area -> last year in which the site may use it, as its lease has it."""
    connection: Power
    """Largest electricity import."""
    grid_region: str

    @model_validator(mode="after")
    def _of_its_areas(self) -> Site:
        strangers = sorted(set(self.area_until) - set(self.area))
        if strangers:
            raise ValueError(f"area_until: {', '.join(strangers)} isn't among the areas")
        return self


class Carrier(Frozen):
    """Something metered. ``factor`` is what burning or buying 1 MWh emits.

    In a file ``factor`` and ``residual`` may name a figure of a library instead
    (``emission_factors.FactorReference``); ``inputs.factors`` puts it in before this is read.
    """

    name: Text
    kind: Literal["electricity", "fuel", "heat", "cold", "hydrogen", "other"]
    scope: Literal[1, 2] | None = None
    factor: Yearly[EmissionFactor] | None = None
    residual: Yearly[EmissionFactor] | None = None
    """Market-based factor of unclaimed electricity."""
    upstream: Yearly[EmissionFactor] | None = None
    """Of making and bringing 1 MWh bought, before it is burnt or used: scope 3, category 3."""
    factor_series: str | None = None
    """Hourly shape of ``factor`` (only ratios to its mean matter)."""
    biogenic: EmissionFactor = 0.0
    """Biogenic CO2 per MWh burnt: counted for capture only."""
    vent: bool = False
    serves: tuple[Id, ...] = ()
    """Cooler heat carriers that this one may serve."""
    temperature: Temperature | None = None


class Service(Frozen):
    """An end use of a carrier. Demand follows output except for ``fixed_share`` of it."""

    id: Id
    name: Text
    carrier: Id
    demand: str
    fixed_share: Share = 0.0


class ProcessEmission(Frozen):
    id: Id
    name: Text
    amount: Yearly[Mass]
    """t CO2e a year at output 1."""
    follows_output: bool = True


class Offer(Frozen):
    """Measures on offer, by id; ``override`` changes fields of one and says why."""

    offer: tuple[Id, ...]
    override: dict[Id, dict[str, Any]] = Field(default_factory=dict)


class Budget(Frozen):
    """Capex after grants, by year, in the scenario's money."""

    capex: Yearly[Money] | None = None
    carry_over: bool = False
    exempt_renewals: bool = False


class Grant(Frozen):
    """Pays a share of the capex of some measures in some years, up to a cap in all."""

    id: Id
    name: Text
    measures: tuple[Id, ...] = Field(min_length=1)
    share: Share
    cap: Money
    first: int
    last: int


class BaseYear(Frozen):
    """Metered data of the base year; emissions follow from base-year factors."""

    metered: dict[Id, EnergyPerYear]
    factors: dict[Id, EmissionFactor] = Field(default_factory=dict)
    """Base-year factors of carriers whose ``factor`` table starts later."""


class Scenario(Frozen):
    id: Id
    name: Text
    description: Text | None = None
    currency: Currency
    price_year: int = Field(ge=2000, le=2100)
    market: Literal["cn", "eu"]
    horizon: Horizon
    time: Time
    economics: Economics
    site: Site
    base_year: BaseYear
    carriers: dict[Id, Carrier]
    output: Yearly[Factor] = Yearly[float](constant=1.0)
    """Production index; 1 is the year of the profiles."""
    production: Production | None = None
    materials: tuple[Material, ...] = ()
    services: tuple[Service, ...] = Field(min_length=1)
    process_emissions: tuple[ProcessEmission, ...] = ()
    assets: tuple[Asset, ...] = ()
    contracts_in_force: tuple[Id, ...] = ()
    """Offered contracts that the baseline keeps at their ``min`` size."""
    measures: Offer
    tariffs: dict[Id, Tariff]
    carbon: CarbonPrice | None = None
    cbam: Cbam | None = None
    internal_carbon_price: Yearly[MoneyPerMass] | None = None
    tax: Tax | None = None
    """On gross emissions in the policy's ledger: it moves the decision and is never paid."""
    budget: Budget = Budget()
    grants: tuple[Grant, ...] = ()
    policy: Policy = Policy()
    loan: Loan | None = None
    data: dict[Id, Series] = Field(default_factory=dict)
