"""What a stored plan has of each thing that a rule asks for, year by year.

The plan's side is recomputed as the verifier does it, from inputs/ and the plan's flows; a rule's
limit is the rule's own, also where the scenario lets something looser hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import Ledgers, base_by_scope
from optimizer.plan.verify.eligibility import shut_out
from optimizer.plan.verify.held import Side, side_of
from optimizer.schema.fields import Yearly
from optimizer.schema.policy_fields import has_figures, is_counted
from optimizer.schema.policy_pack import PolicyPack
from optimizer.schema.policy_rules import (
    CreditGate,
    CreditQuality,
    FirstCreditYear,
    GrossCap,
    NetTarget,
    NoCreditsAgainstUnabated,
    OffsetShare,
    RemovalShare,
    Rule,
)

Array = NDArray[np.float64]
Ledger = Literal["location", "market"]
Table = Yearly[float] | None
RELATIVE: Final = 1e-6
"""Of the larger side: what a limit may be missed by, the verifier's tolerance of a year."""
TONNES: Final = 1e-5
"""Tonnes that count as none."""
RATIOS: Final = {
    "gross_never_rises": "1", "scopes_within_reduction": "1", "carbon_within_energy": "t/tce",
    "non_fossil_above_share": "1", "traceable_above_share": "1", "hourly_above_share": "1",
    "footprint_within_limit": "t/unit", "energy_within_product": "tce/unit",
    "equipment_at_grade": "1",
}  # fmt: skip
"""Row of a gate -> unit of the ratio that it limits."""


@dataclass(frozen=True)
class Figures:
    """`value` and `limit` by year (Y,) in `unit`; a limit is NaN in years without one, a value
    where there is nothing to divide by. At most, unless `at_least`."""

    value: Array
    limit: Array
    unit: str
    at_least: bool = False

    @property
    def sense(self) -> Literal["at_least", "at_most"]:
        """Which side of the limit is right."""
        return "at_least" if self.at_least else "at_most"

    @property
    def asked(self) -> NDArray[np.bool_]:
        """Years in which the rule has a limit."""
        return np.isfinite(self.limit)

    @property
    def slack(self) -> Array:
        """How far the value may still move to the wrong side, in the unit; below 0: missed."""
        sign = -1.0 if self.at_least else 1.0
        found: Array = sign * (self.limit - self.value)
        return found

    def only(self, years: NDArray[np.bool_]) -> Figures:
        """The same with a limit in some years alone."""
        return replace(self, limit=np.where(years, self.limit, np.nan))

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Whether each year keeps the limit, true where nothing is asked."""
        finite = np.where(np.isfinite(self.value), self.value, 0.0)
        sides = np.maximum(np.abs(self.limit), np.abs(finite))
        floor = TONNES if self.unit == "t" else 0.0
        missed = self.slack < -(RELATIVE * sides + floor)
        found: NDArray[np.bool_] = ~(self.asked & missed)
        return found


@dataclass(frozen=True)
class Sums:
    """Yearly sums of a plan that rules look at."""

    book: Book
    ledgers: Ledgers
    audit: Mapping[str, Any] | None = None
    """audit.json of the run; None where there is none that fits the plan."""
    misfit: bool = False
    """Whether there is one that doesn't."""

    @cached_property
    def by_credit(self) -> Array:
        """Tonnes by credit on offer and year (Q, Y)."""
        return self.book.stored.get("credits", list(self.book.credits))

    @cached_property
    def credits(self) -> Array:
        """Tonnes of all credits (Y,)."""
        total: Array = self.by_credit.sum(axis=0)
        return total

    @property
    def uses_credits(self) -> NDArray[np.bool_]:
        """Years in which any credit is used."""
        found: NDArray[np.bool_] = self.credits > TONNES
        return found

    @property
    def residual(self) -> Array | None:
        """Residual emissions (Y,), t; None without an audit."""
        if self.audit is None:
            return None
        return np.array([entry["residual"] for entry in self.audit["years"]], np.float64)

    def base(self, ledger: Ledger) -> float:
        """Tonnes of the base year."""
        return sum(base_by_scope(self.book, ledger))

    def gross(self, ledger: Ledger) -> Array:
        """Tonnes before removals and credits (Y,)."""
        scope2 = self.ledgers.market if ledger == "market" else self.ledgers.location
        total: Array = self.ledgers.scope1 + scope2
        return total


def figures_of_rule(sums: Sums, pack: PolicyPack, rule: Rule) -> Figures | None:
    """What a pack's rule asks and what the plan has; None where no figure of a plan decides it."""
    if is_counted(rule) and has_figures(rule, sums.book.given.scenario):
        return _ratio(side_of(sums.book, sums.ledgers, pack, rule))
    if isinstance(rule, CreditQuality):
        if not rule.shuts_out:
            return None
        used = (sums.by_credit * shut_out(sums.book, rule)).sum(axis=0)
        return Figures(used, np.zeros(len(sums.book.years)), "t")
    if isinstance(rule, NoCreditsAgainstUnabated):
        residual = sums.residual
        return None if residual is None else Figures(sums.credits, residual, "t")
    if isinstance(rule, GrossCap):
        return gross_cap(sums, rule.limit, rule.ledger)
    if isinstance(rule, NetTarget):
        return net_target(sums, rule.limit, rule.ledger)
    if isinstance(rule, OffsetShare):
        return offset_share(sums, rule.limit, rule.denominator, rule.ledger)
    if isinstance(rule, FirstCreditYear):
        return first_credit_year(sums, rule.limit)
    if isinstance(rule, CreditGate):
        return credit_gate(sums, rule.limit, rule.ledger)
    return removal_share(sums, rule.limit) if isinstance(rule, RemovalShare) else None


def gross_cap(sums: Sums, limit: Table, ledger: Ledger) -> Figures:
    """Gross emissions [t] at most the cap."""
    return Figures(sums.gross(ledger), sums.book.numbers(limit, np.nan), "t")


def net_target(sums: Sums, limit: Table, ledger: Ledger) -> Figures:
    """Gross less removals less credits [t] at most the target."""
    net = sums.gross(ledger) - sums.ledgers.removal - sums.credits
    return Figures(net, sums.book.numbers(limit, np.nan), "t")


def offset_share(sums: Sums, limit: Table, basis: str, ledger: Ledger) -> Figures:
    """Credits over base-year emissions, this year's gross or the reduction [1]."""
    base, gross = sums.base(ledger), sums.gross(ledger)
    whole = {"base_year": np.full(len(gross), base), "gross": gross, "reduction": base - gross}
    return Figures(_share(sums.credits, whole[basis]), sums.book.numbers(limit, np.nan), "1")


def first_credit_year(sums: Sums, first: int) -> Figures:
    """No credits [t] in the years before the first."""
    early = np.array([year < first for year in sums.book.years])
    return Figures(sums.credits, np.where(early, 0.0, np.nan), "t")


def credit_gate(sums: Sums, reduction: float, ledger: Ledger) -> Figures:
    """Last year's gross [t] at most what the gate leaves, asked in years with credits."""
    base = sums.base(ledger)
    before = np.concatenate([[base], sums.gross(ledger)[:-1]])
    return Figures(before, np.where(sums.uses_credits, (1.0 - reduction) * base, np.nan), "t")


def removal_share(sums: Sums, limit: Table) -> Figures:
    """Removals over all credits [1] at least the share, asked in years with credits."""
    kinds = np.array([credit.type == "removal" for credit in sums.book.credits.values()], float)
    asked = np.where(sums.uses_credits, sums.book.numbers(limit, np.nan), np.nan)
    return Figures(_share(kinds @ sums.by_credit, sums.credits), asked, "1", at_least=True)


def _ratio(side: Side) -> Figures:
    """A gate's value over what it is set against; a limit that asks nothing is NaN. Something over
    nothing is above any limit; of nothing no share is asked."""
    at_least, some = side.sign < 0, side.per > 0
    over = np.where(~some & (side.value > TONNES) & (not at_least), np.inf, np.nan)
    value = np.divide(side.value, side.per, out=over, where=some)
    asks = np.isfinite(side.limit) & ~np.isnan(value)
    return Figures(value, np.where(asks, side.limit, np.nan), RATIOS[side.row], at_least)


def _share(part: Array, whole: Array) -> Array:
    """part / whole; 0 where there is no part, infinite where there is nothing to take it from."""
    found = np.where(part > TONNES, np.inf, 0.0)
    return np.divide(part, whole, out=found, where=whole > 0)
