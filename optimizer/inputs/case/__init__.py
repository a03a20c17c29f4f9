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

from optimizer.inputs.borrowing_rule import BorrowingRule
from optimizer.inputs.case.common import ByYear, EmissionPart, Name, Rule, Varying
from optimizer.inputs.case.financing import FinancedBy, OnSitePower, Rates
from optimizer.inputs.case.markets import (
    CarrierOption,
    ContractOption,
    CreditOption,
    DemandCharge,
    GrantOption,
    Purchase,
    Sale,
)
from optimizer.inputs.case.options import (
    AssetOption,
    MeasureOption,
    ProcessSource,
    SavingEffect,
    Segment,
    ServiceOption,
    modes_of,
)
from optimizer.inputs.case.rules import BudgetRule, CarbonRule, CbamRule, CeilingRule, PolicyRule
from optimizer.inputs.case.units import (
    CaptureUnit,
    ConverterUnit,
    Flow,
    GeneratorUnit,
    Recovery,
    StepUnit,
    StorageUnit,
)
from optimizer.inputs.lender import LenderRule
from optimizer.inputs.tax_rule import TaxRule, VatRule
from optimizer.inputs.time_axis import TimeAxis
from optimizer.inputs.trade_off import TradeOff
from optimizer.inputs.value_chain import MaterialContractOption, MaterialOption, ProductOption

__all__ = [
    "AssetOption",
    "BaseYearData",
    "BudgetRule",
    "ByYear",
    "CaptureUnit",
    "CarbonRule",
    "CarrierOption",
    "Case",
    "CbamRule",
    "CeilingRule",
    "ContractOption",
    "ConverterUnit",
    "CreditOption",
    "DemandCharge",
    "EmissionPart",
    "FinancedBy",
    "Flow",
    "GeneratorUnit",
    "GrantOption",
    "MeasureOption",
    "Money",
    "Name",
    "OnSitePower",
    "PolicyRule",
    "ProcessSource",
    "Purchase",
    "Rates",
    "Recovery",
    "Rule",
    "Sale",
    "SavingEffect",
    "Segment",
    "ServiceOption",
    "StepUnit",
    "StorageUnit",
    "Varying",
    "modes_of",
]


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
    vat: VatRule | None = None
    borrowing: BorrowingRule | None = None
    """A loan that counts while the plan is chosen."""
    lender: LenderRule | None = None
    """What a search for a plan that qualifies for a loan asks; no scenario has one."""
