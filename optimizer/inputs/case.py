"""The case: scenario, catalog and rules, validated and in base units. All that the model sees.

Frozen. Every time series lies in ``Case.series`` under a key, shape (P, H); fields that vary with
time hold such a key, fields that don't hold a float. Putting a case on another time axis is
therefore one replacement of ``series`` and ``axis``. ``ByYear`` arrays have shape (Y,).
Units: MW, MWh, t, t/h, m2, the scenario's money in its price year (see ``optimizer.names``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.exclusions import Exclusion
from optimizer.inputs.held_rules import HeldRule
from optimizer.inputs.tax_rule import TaxRule
from optimizer.inputs.time_axis import TimeAxis
from optimizer.inputs.trade_off import TradeOff
from optimizer.inputs.value_chain import MaterialContractOption, MaterialOption, ProductOption

ByYear = NDArray[np.float64]
Varying = float | str
"""A number, or the key of a series."""
EmissionPart = Literal["fuel", "process", "scope2"]
"""What a carbon price may cover: scope 1 from carriers, scope 1 from processes, scope 2."""
Rule = tuple[float | None, ...]
"""A limit by planning year; None where no rule sets one."""


@dataclass(frozen=True)
class Name:
    en: str
    zh: str


@dataclass(frozen=True)
class Flow:
    """MWh of ``carrier`` per MWh of the reference flow (or per t captured)."""

    carrier: str
    ratio: Varying


@dataclass(frozen=True)
class Recovery:
    """Flow at most ``share`` of what a service (its demand) or unit (its reference flow) has.

    A source that is an asset means what its old and its renewed unit have together.
    """

    source: str
    source_is_service: bool
    share: float


@dataclass(frozen=True)
class ConverterUnit:
    id: str
    reference: str
    inputs: tuple[Flow, ...]
    outputs: tuple[Flow, ...]
    availability: Varying = 1.0
    recovery: Recovery | None = None
    minimum_load: float = 0.0
    variable_om: float = 0.0


@dataclass(frozen=True)
class GeneratorUnit:
    """``sold_certificates``: price by year [money/MWh] of those of all its output; None: kept."""

    id: str
    output: str
    availability: Varying
    variable_om: float = 0.0
    sold_certificates: ByYear | None = None


@dataclass(frozen=True)
class StorageUnit:
    """``power_ratio``: MW per MWh. ``loss``: share of the level lost in ``axis.dt`` hours.
    ``cycle``: what ends at the level it began with."""

    id: str
    carrier: str
    power_ratio: float
    efficiency_charge: float
    efficiency_discharge: float
    loss: float
    lowest_level: float
    variable_om: float = 0.0
    cycle: Literal["day", "year"] = "day"


@dataclass(frozen=True)
class CaptureUnit:
    """Captures at most ``rate`` of its sources' CO2, step by step; capacity in t/h."""

    id: str
    units: tuple[str, ...]
    process_sources: tuple[str, ...]
    rate: float
    inputs: tuple[Flow, ...]
    durability: float
    variable_om: float = 0.0


StepUnit = ConverterUnit | GeneratorUnit | StorageUnit | CaptureUnit


@dataclass(frozen=True)
class Segment:
    """Overnight cost = intercept + slope x size, for lower <= size <= upper."""

    lower: float
    upper: float
    slope: float
    intercept: float


@dataclass(frozen=True)
class MeasureOption:
    """A measure that is built. Savings and process changes are whole: size 1, unit 'unit'.

    ``earliest``: index of the first planning year it can operate in, lead time included.
    ``life_years``: whole years that it stands, which ``capital_recovery`` uses.
    ``fixed_om_share``: of its overnight cost, a year.
    """

    id: str
    name: Name
    kind: Literal["converter", "generator", "storage", "saving", "process"]
    family: str
    tags: tuple[str, ...]
    unit: str
    lower: float
    upper: float
    unit_size: float | None
    segments: tuple[Segment, ...]
    price_trend: ByYear
    life_years: int
    capital_recovery: float
    earliest: int
    renewal: Literal["forced", "optional", "none"]
    max_builds: int
    fixed_om: float
    fixed_om_lump: float
    fixed_om_share: float
    area: Mapping[str, float]
    connection: float
    replaces: tuple[str, ...]
    requires: tuple[str, ...]
    excludes: tuple[str, ...]
    one_of: str | None
    why: str | None = None


@dataclass(frozen=True)
class SavingEffect:
    """``use`` (a service or a process source) keeps (1 - share); ``adds``: MWh per MWh or t."""

    measure: str
    use: str
    share: float
    adds: tuple[Flow, ...]
    variable_om: float = 0.0


@dataclass(frozen=True)
class AssetOption:
    """What stands today. ``last_old``: index of the last planning year it may stand unrenewed,
    -1 if its life ended before the first; ``renewed_unit`` is None where it can't be renewed.
    ``fixed_om`` and ``renewal_fixed_om`` are of the whole asset, money a year."""

    id: str
    name: Name
    unit: str
    capacity: float
    old_unit: str
    renewed_unit: str | None
    last_old: int
    fixed_om: float
    renewal_capex: float
    renewal_capital_recovery: float
    renewal_lifetime: float
    renewal_fixed_om: float
    book_value: float
    end_of_life: int
    resale: float
    dismantling: float
    free: bool = True
    """False in the baseline: renewed exactly when its life ends, never retired before."""


@dataclass(frozen=True)
class DemandCharge:
    price: ByYear
    per: Literal["month", "year"]


@dataclass(frozen=True)
class Purchase:
    """Price in year y and step h: level[y] x series + adder[y], money/MWh."""

    series: str | None
    level: ByYear
    adder: ByYear
    limit: float | None
    demand_charge: DemandCharge | None


@dataclass(frozen=True)
class Sale:
    """Export revenue in year y and step h: level[y] x series + adder[y], money/MWh."""

    series: str | None
    level: ByYear
    adder: ByYear
    limit: float | None
    beyond_own_generation: bool


@dataclass(frozen=True)
class CarrierOption:
    """``factor``: t/MWh bought, by year; ``factor_series``: its hourly shape, mean 1."""

    id: str
    name: Name
    kind: str
    scope: Literal[1, 2] | None
    factor: ByYear
    factor_series: str | None
    residual: ByYear
    biogenic: float
    vent: bool
    serves: tuple[str, ...]
    purchase: Purchase | None
    sale: Sale | None
    upstream: ByYear | None = None
    """t/MWh bought, before it reaches the site; None where none is given."""


@dataclass(frozen=True)
class ServiceOption:
    """Demand in year y: activity[y] x series; ``excess``: highest metered value less the mean."""

    id: str
    name: Name
    carrier: str
    demand: str
    excess: str | None
    activity: ByYear


@dataclass(frozen=True)
class ProcessSource:
    """t CO2e a year, output included; spread evenly over the year."""

    id: str
    name: Name
    amount: ByYear


@dataclass(frozen=True)
class ContractOption:
    """``shape``: key of a series in MW per MWh/a; its weighted sum over the year is 1. ``price``:
    of energy, or the premium of attributes. ``hourly``: attributes are matched hour by hour.
    ``in_force``: ``lower`` runs today, up to ``last_in_force``, whatever is signed beside it."""

    id: str
    name: Name
    carrier: str
    form: Literal["energy", "attributes"]
    lower: float
    upper: float
    price: ByYear
    pay: Literal["delivered", "contracted"]
    shape: str
    factor: float
    traceable: bool
    tenor: int
    earliest: int
    in_force: bool
    hourly: bool = False
    additional: bool = False
    last_in_force: int | None = None
    """Index of the last planning year of what is in force today; None: all. -1: before the first.
    """


@dataclass(frozen=True)
class CreditOption:
    id: str
    name: Name
    type: Literal["avoidance", "removal"]
    price: ByYear
    available: Rule
    earliest: int
    exclusions: tuple[Exclusion, ...] = ()

    def is_excluded(self, index: int) -> bool:
        """Whether some rule shuts it out in the planning year at ``index``."""
        return any(each.years[index] for each in self.exclusions)


@dataclass(frozen=True)
class GrantOption:
    id: str
    name: Name
    measures: tuple[str, ...]
    share: float
    cap: float
    years: tuple[bool, ...]


@dataclass(frozen=True)
class BudgetRule:
    capex: Rule
    carry_over: bool
    exempt_renewals: bool


@dataclass(frozen=True)
class CeilingRule:
    """Abatement ceiling by planning year [money/t], and which tonnes it is put on."""

    price: Rule
    mode: Literal["displaced_credit", "residual"]


@dataclass(frozen=True)
class PolicyRule:
    """Rules a to f of design.md section 4; ``base_emissions`` in the policy's ledger."""

    ledger: Literal["location", "market"]
    export_treatment: Literal["none", "grid_factor"]
    base_emissions: float
    gross_cap: Rule
    net_target: Rule
    offset_share: Rule
    offset_basis: Literal["base_year", "gross", "reduction"] | None
    first_credit_year: int | None
    gate_reduction: float | None
    removal_share: Rule
    held: tuple[HeldRule, ...] = ()
    """Gates of packs that have rows of their own."""
    gases: Literal["CO2", "CO2e"] = "CO2e"
    ceiling: CeilingRule | None = None


@dataclass(frozen=True)
class CarbonRule:
    """Allowances for covered scope 1: price [money/t] and free allocation [t] by year.

    ``free_allocation`` None: as much as is emitted. What of it isn't used is sold or worthless.
    """

    price: ByYear
    free_allocation: ByYear | None
    covers: frozenset[EmissionPart] = frozenset({"fuel", "process"})
    surplus: Literal["sold", "worthless"] = "sold"


@dataclass(frozen=True)
class CbamRule:
    """Certificates for exports: ``borne_price`` = price x borne share [money/t]; of all that is
    produced, ``exported`` is the share and ``free`` the tonnes without a certificate, by year."""

    borne_price: ByYear
    exported: ByYear
    free: ByYear
    covers: frozenset[EmissionPart]


@dataclass(frozen=True)
class Money:
    """``discount[y]`` = D_y; ``weight[y]`` = W_y: D_y, and for the last year the tail's sum."""

    rate: float
    base_year: int
    end: Literal["extended", "within_horizon", "salvage"]
    evaluate_to: int
    discount: ByYear
    weight: ByYear


@dataclass(frozen=True)
class BaseYearData:
    """Metered energy (MWh), factors (t/MWh) and emissions (t) of the base year.

    ``factors`` and ``residuals`` are by carrier: location-based or burnt, and market-based.
    """

    year: int
    metered: Mapping[str, float]
    factors: Mapping[str, float]
    residuals: Mapping[str, float]
    process: float
    scope1: float
    scope2_location: float
    scope2_market: float


@dataclass(frozen=True)
class Case:
    id: str
    name: Name
    currency: str
    price_year: int
    years: tuple[int, ...]
    axis: TimeAxis
    series: Mapping[str, NDArray[np.float64]]
    roles: Mapping[str, str]
    """Series key -> what it is: demand, excess, availability, ratio, price, factor, shape."""
    money: Money
    area: Mapping[str, float]
    connection: float
    """Largest electricity import, MW, before measures that add to it."""
    base: BaseYearData
    carriers: tuple[CarrierOption, ...]
    services: tuple[ServiceOption, ...]
    process_sources: tuple[ProcessSource, ...]
    units: tuple[StepUnit, ...]
    measures: tuple[MeasureOption, ...]
    savings: tuple[SavingEffect, ...]
    assets: tuple[AssetOption, ...]
    contracts: tuple[ContractOption, ...]
    credits: tuple[CreditOption, ...]
    grants: tuple[GrantOption, ...]
    budget: BudgetRule
    policy: PolicyRule
    carbon: CarbonRule | None
    cbam: CbamRule | None
    derived: tuple[str, ...]
    """Series made from shapes, not measured; the report says so."""
    internal_carbon_price: ByYear | None = None
    """Money per t of gross emissions in the policy's ledger; valued, never paid."""
    product: ProductOption | None = None
    materials: tuple[MaterialOption, ...] = ()
    material_contracts: tuple[MaterialContractOption, ...] = ()
    trade_off: TradeOff | None = None
    """What a study asks; no scenario has one."""
    tax: TaxRule | None = None
