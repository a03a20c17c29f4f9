"""A rule of a policy pack: one class a type, the closed vocabulary of what a pack can ask.

`optimizer.schema.policy_fields` says which rules limit a plan; the others are read, shown and
attested.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from optimizer.schema.ceiling import CeilingMode
from optimizer.schema.coal_equivalent import CountsCoal
from optimizer.schema.credit_quality import CreditCriteria
from optimizer.schema.fields import (
    EmissionFactor,
    EmissionsPerProduct,
    EnergyPerProduct,
    Grade,
    Id,
    Mass,
    MoneyPerMass,
    Share,
    Yearly,
    Years,
)
from optimizer.schema.pack_parts import Evidence
from optimizer.schema.policy_conditions import AnyRule, CompanyLedger, RuleOfEveryYear


class GrossCap(RuleOfEveryYear):
    """Gross emissions of the year at most `limit` [t]."""

    type: Literal["gross_cap"]
    ledger: CompanyLedger
    limit: Yearly[Mass]


class NetTarget(RuleOfEveryYear):
    """Emissions after removals and credits at most `limit` [t]."""

    type: Literal["net_target"]
    ledger: CompanyLedger
    limit: Yearly[Mass]


class GrossReduction(AnyRule):
    """Gross emissions at least the share `limit` below the base year, in the scopes given."""

    type: Literal["gross_reduction"]
    scopes: tuple[Literal[1, 2, 3], ...] = Field(min_length=1)
    denominator: Literal["base_year"] = "base_year"
    limit: Yearly[Share]


class OffsetShare(RuleOfEveryYear):
    """Credits of the year at most the share `limit` of the denominator."""

    type: Literal["offset_share"]
    ledger: CompanyLedger
    denominator: Literal["base_year", "gross", "reduction"]
    limit: Yearly[Share]


class FirstCreditYear(RuleOfEveryYear):
    """No credit before the year `limit`."""

    type: Literal["first_credit_year"]
    limit: int = Field(ge=2000, le=2100)


class CreditGate(RuleOfEveryYear):
    """No credit before last year's gross emissions are the share `limit` below the base year."""

    type: Literal["credit_gate"]
    ledger: CompanyLedger
    denominator: Literal["base_year"] = "base_year"
    limit: Share


class RemovalShare(RuleOfEveryYear):
    """Removals at least the share `limit` of the year's credits."""

    type: Literal["removal_share"]
    denominator: Literal["credits"] = "credits"
    limit: Yearly[Share]


class AbatementCeiling(RuleOfEveryYear):
    """Credits only for what costs more than `limit` [money/t] to avoid; see `Ceiling`."""

    type: Literal["abatement_ceiling"]
    mode: CeilingMode
    limit: Yearly[MoneyPerMass]


class NoCreditsAgainstUnabated(AnyRule):
    """Credits of the year at most its residual emissions: what an audit shows to be above the
    abatement ceiling, or impossible to avoid."""

    type: Literal["no_credits_against_unabated"]


class NeverRises(AnyRule):
    """Gross emissions no higher than in the year before."""

    type: Literal["never_rises"]
    unless_output_grows: bool


class _PerCoalEquivalent(CountsCoal):
    """A ratio over the energy used, in tonnes of coal equivalent (tce)."""

    denominator: Literal["tce"] = "tce"


class CarbonPerTce(_PerCoalEquivalent):
    """Emissions per energy used at most `limit`, such as "1.8 t/tce"."""

    type: Literal["carbon_per_tce"]
    limit: Yearly[EmissionFactor]


class NonFossilShare(_PerCoalEquivalent):
    """Non-fossil energy at least the share `limit` of the energy used."""

    type: Literal["non_fossil_share"]
    certificates: bool
    """Whether traded green power and certificates count."""
    limit: Yearly[Share]


class TraceableShare(AnyRule):
    """Physically traceable non-fossil power at least the share `limit` of the power used."""

    type: Literal["traceable_share"]
    denominator: Literal["electricity_use"] = "electricity_use"
    third_parties: Literal["counted", "not_counted"] = "counted"
    """Plants of third parties on site whose certificates the site keeps; without them none is."""
    limit: Yearly[Share]


class HourlyShare(AnyRule):
    """Non-fossil power matched hour by hour at least the share `limit` of the power used."""

    type: Literal["hourly_share"]
    denominator: Literal["electricity_use"] = "electricity_use"
    limit: Yearly[Share]


class ProductFootprint(AnyRule):
    """Emissions from cradle to gate of a unit of product at most `limit`, such as "20 kg/unit".

    Scopes 1 and 2, and of scope 3 what is counted before the gate: a gate on scope 3.
    """

    type: Literal["product_footprint"]
    ledger: CompanyLedger
    denominator: Literal["product"] = "product"
    limit: Yearly[EmissionsPerProduct]


class EnergyPerProductLimit(CountsCoal):
    """Energy used per unit of product at most `limit`, or at most the values that the scenario
    gives for its product (`production.energy`) at each of the `levels`."""

    type: Literal["energy_per_product"]
    denominator: Literal["product"] = "product"
    limit: Yearly[EnergyPerProduct] | None = None
    levels: tuple[Literal["limit", "advanced", "benchmark"], ...] = ()

    @model_validator(mode="after")
    def _some_limit(self) -> EnergyPerProductLimit:
        if (self.limit is None) == (not self.levels):
            raise ValueError("give either 'limit' or 'levels'")
        return self


class EquipmentGrade(AnyRule):
    """Of the equipment of some classes that stands, the share `limit` has the grade or a better
    one; pieces are counted, and one that states no grade hasn't shown it."""

    type: Literal["equipment_grade"]
    classes: tuple[Id, ...] = Field(min_length=1)
    grade: Grade
    denominator: Literal["equipment"] = "equipment"
    limit: Yearly[Share]


class CreditQuality(AnyRule, CreditCriteria):
    """Which credits count, and how soon they are cancelled, which documents show."""

    type: Literal["credit_quality"]
    cancelled_within: Years | None = None
    """After the end of the year that they are used for."""


class Checklist(AnyRule):
    """Kept when each piece of evidence is there; no figure of a plan decides it."""

    type: Literal["checklist"]
    evidence: tuple[Evidence, ...] = Field(min_length=1)


Rule = Annotated[
    GrossCap
    | NetTarget
    | GrossReduction
    | OffsetShare
    | FirstCreditYear
    | CreditGate
    | RemovalShare
    | AbatementCeiling
    | NoCreditsAgainstUnabated
    | NeverRises
    | CarbonPerTce
    | NonFossilShare
    | TraceableShare
    | HourlyShare
    | ProductFootprint
    | EnergyPerProductLimit
    | EquipmentGrade
    | CreditQuality
    | Checklist,
    Field(discriminator="type"),
]
