"""Gates of policy packs with rows of their own, each recomputed from the packs in inputs/."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import Ledgers, base_by_scope
from optimizer.plan.verify.report import EXACT, YEAR, Rows
from optimizer.schema.policy_fields import has_rows
from optimizer.schema.policy_pack import PolicyPack
from optimizer.schema.policy_rules import GrossReduction, NeverRises, Rule

Array = NDArray[np.float64]
ROWS: Final = {
    "never_rises": "gross_never_rises",
    "gross_reduction": "scopes_within_reduction",
}
"""Type of rule -> the constraint that holds it."""


@dataclass(frozen=True)
class Side:
    """What a rule asks by year: value at most limit x per, at least where `sign` is -1; the limit
    is +inf where it asks nothing."""

    name: str
    row: str
    value: Array
    per: Array
    limit: Array
    sign: float = 1.0


def held_sides(book: Book, found: Ledgers) -> Iterator[Side]:
    """The gates of the run's packs that apply to its base year; none in the baseline."""
    base_year = book.given.scenario.horizon.base_year
    for pack in () if book.baseline else book.given.packs:
        for rule in pack.rules:
            conditions = [each for each in rule.applies_if if each.quantity == "base_year"]
            if has_rows(rule) and all(each.met_by(base_year) for each in conditions):
                yield _side(book, found, pack, rule)


def check_held(book: Book, rows: Rows, found: Ledgers) -> None:
    """Both sides of each rule as stored, its limit, and that it is kept, year by year."""
    sides = list(held_sides(book, found))
    names = [side.name for side in sides]
    strangers = book.stored.strangers("rule", names)
    for name in strangers:
        rows.equal("rule_is_in_a_pack", [1.0], [0.0], [[name]], EXACT)
    if not sides:
        return
    label = [names, book.years]
    for key, known in (("value", [s.value for s in sides]), ("per", [s.per for s in sides])):
        rows.equal(f"rule_{key}_is_sum", book.stored.get(f"rule_{key}", names), known, label, YEAR)
    limits = np.array([side.limit for side in sides])
    shown = book.stored.get("rule_limit", names)
    left, right = (np.where(np.isfinite(a), a, -1.0) for a in (shown, limits))
    rows.equal("rule_limit_from_pack", left, right, label, EXACT)
    for side in sides:
        asks = np.isfinite(side.limit)
        over = side.sign * (side.value - np.where(asks, side.limit, 0.0) * side.per)
        most = np.where(asks, 0.0, np.inf)
        scale = np.abs(side.per) + np.abs(side.value)
        rows.at_most(side.row, [over], [most], [[side.name], book.years], YEAR, scale)


def _side(book: Book, found: Ledgers, pack: PolicyPack, rule: Rule) -> Side:
    name, row = f"{pack.id}/{rule.id}", ROWS[rule.type]
    ledger = rule.ledger or book.given.policy.ledger
    scope2 = found.market if ledger == "market" else found.location
    base = base_by_scope(book, "market" if ledger == "market" else "location")
    if isinstance(rule, NeverRises):
        gross = found.scope1 + scope2
        before = np.concatenate([[sum(base)], gross[:-1]])
        limit = _growth(book) if rule.unless_output_grows else np.ones(len(gross))
        return Side(name, row, gross, before, _in_force(book, pack, rule, limit))
    assert isinstance(rule, GrossReduction)
    value = found.scope1 * (1 in rule.scopes) + scope2 * (2 in rule.scopes)
    whole = base[0] * (1 in rule.scopes) + base[1] * (2 in rule.scopes)
    limit = 1.0 - book.numbers(rule.limit, -np.inf)
    per = np.full(len(value), whole)
    return Side(name, row, value, per, _in_force(book, pack, rule, limit))


def _growth(book: Book) -> Array:
    """How much more is made than in the year before, at least 1; +inf after a year of nothing."""
    first = book.numbers_in(book.given.scenario.output, book.given.scenario.horizon.base_year, 1.0)
    before = np.concatenate([[first], book.output[:-1]])
    grown = np.divide(book.output, before, out=np.full(len(before), np.inf), where=before > 0)
    growth: Array = np.maximum(1.0, grown)
    return growth


def _in_force(book: Book, pack: PolicyPack, rule: Rule, limit: Array) -> Array:
    """The limit, +inf in years whose last day pack or rule doesn't cover."""
    spans = [span for span in (pack.valid, rule.valid) if span is not None]
    covered = [
        all((s.from_ or date.min) <= date(year, 12, 31) <= (s.to or date.max) for s in spans)
        for year in book.years
    ]
    held: Array = np.where(covered, limit, np.inf)
    return held
