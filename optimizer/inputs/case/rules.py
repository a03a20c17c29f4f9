"""Rules of budget, policy and carbon prices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from optimizer.inputs.case.common import ByYear, EmissionPart, Rule
from optimizer.inputs.held_rules import HeldRule


@dataclass(frozen=True)
class BudgetRule:
    capex: Rule
    carry_over: bool
    exempt_renewals: bool


@dataclass(frozen=True)
class CeilingRule:
    """Abatement ceiling by planning year [money/t], which tonnes it is put on, and whether plans
    are chosen by it; if not, it is a yardstick alone."""

    price: Rule
    mode: Literal["displaced_credit", "residual"]
    binds: bool = True


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
