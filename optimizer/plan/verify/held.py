"""Gates of policy packs with rows of their own, each recomputed from the packs in inputs/."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import Ledgers, base_by_scope
from optimizer.plan.verify.energy_use import (
    MWH_PER_TCE,
    energy_used,
    hourly_power,
    non_fossil,
    power_used,
    traceable_power,
)
from optimizer.plan.verify.report import EXACT, YEAR, Rows
from optimizer.plan.verify.value_chain import scope3
from optimizer.schema.policy_conditions import Condition
from optimizer.schema.policy_fields import ROWS, is_held, meets
from optimizer.schema.policy_pack import PolicyPack
from optimizer.schema.policy_rules import (
    CarbonPerTce,
    EnergyPerProductLimit,
    EquipmentGrade,
    GrossReduction,
    HourlyShare,
    NeverRises,
    NonFossilShare,
    ProductFootprint,
    Rule,
    TraceableShare,
)

Array = NDArray[np.float64]
AT_LEAST: Final = NonFossilShare | TraceableShare | HourlyShare | EquipmentGrade
"""Rules whose value must reach their limit."""
NEAR: Final = 1e-6
"""Within this share of a threshold a plan counts as not over it."""
NONE: Final = -1.0
"""Stands for no limit in comparisons; a limit is at least 0."""


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
            if is_held(rule, book.given.scenario) and all(
                meets(base_year, each) for each in conditions
            ):
                yield side_of(book, found, pack, rule)


def check_held(book: Book, rows: Rows, found: Ledgers) -> None:
    """Both sides of each rule as stored, its limit, and that it is kept, year by year."""
    if "power_used" in book.stored.arrays:
        shown = book.stored.get("power_used")
        rows.equal("power_used_is_sum", shown, power_used(book), [book.years], YEAR)
    sides = list(held_sides(book, found))
    names = [side.name for side in sides]
    for name in book.stored.strangers("rule", names):
        rows.equal("rule_is_in_a_pack", [1.0], [0.0], [[name]], EXACT)
    if sides:
        _check_stored(book, rows, sides)
    for side in sides:
        asks = np.isfinite(side.limit)
        over = side.sign * (side.value - np.where(asks, side.limit, 0.0) * side.per)
        most = np.where(asks, 0.0, np.inf)
        scale = np.abs(side.per) + np.abs(side.value)
        rows.at_most(side.row, [over], [most], [[side.name], book.years], YEAR, scale)


def _check_stored(book: Book, rows: Rows, sides: Sequence[Side]) -> None:
    """`rule_value_is_sum`, `rule_per_is_sum`, `rule_limit_from_pack`."""
    names = [side.name for side in sides]
    label = [names, book.years]
    value, per = book.stored.get("rule_value", names), book.stored.get("rule_per", names)
    rows.equal("rule_value_is_sum", value, [side.value for side in sides], label, YEAR)
    rows.equal("rule_per_is_sum", per, [side.per for side in sides], label, YEAR)
    limits = (book.stored.get("rule_limit", names), np.array([side.limit for side in sides]))
    left, right = (np.where(np.isfinite(a), a, NONE) for a in limits)
    rows.equal("rule_limit_from_pack", left, right, label, EXACT)


def power_meets(book: Book, condition: Condition) -> NDArray[np.bool_]:
    """Years in which the power used is on the condition's side of its value, and not just at it."""
    over = 1.0 if condition.comparison in ("at_least", "above") else -1.0
    met: NDArray[np.bool_] = over * (power_used(book) - condition.value) > NEAR * condition.value
    return met


def side_of(book: Book, found: Ledgers, pack: PolicyPack, rule: Rule) -> Side:
    """The two sides of a rule of a type in ROWS, its limit where it is in force and the power used
    is as it asks; no other condition is looked at."""
    value, per, limit = _looked_at(book, found, rule)
    sign = -1.0 if isinstance(rule, AT_LEAST) else 1.0
    held = _in_force(book, pack, rule, limit)
    for condition in rule.applies_if:
        if condition.quantity == "electricity_use":
            held = np.where(power_meets(book, condition), held, np.inf)
    return Side(f"{pack.id}/{rule.id}", ROWS[rule.type], value, per, held, sign)


def _looked_at(book: Book, found: Ledgers, rule: Rule) -> tuple[Array, Array, Array]:
    """(value, per, limit) by year; a limit that isn't given is infinite."""
    if isinstance(rule, HourlyShare):
        return hourly_power(book), power_used(book), book.numbers(rule.limit, np.inf)
    if isinstance(rule, TraceableShare):
        counted = rule.third_parties == "counted"
        traced = traceable_power(book, third_parties=counted)
        return traced, power_used(book), book.numbers(rule.limit, np.inf)
    if isinstance(rule, NonFossilShare):
        return non_fossil(book, rule), energy_used(book, rule), book.numbers(rule.limit, np.inf)
    if isinstance(rule, ProductFootprint):
        gross = found.scope1 + (found.market if rule.ledger == "market" else found.location)
        return gross + scope3(book).sum(axis=0), book.produced, book.numbers(rule.limit, np.inf)
    if isinstance(rule, EquipmentGrade):
        return (*_counted(book, rule), book.numbers(rule.limit, np.inf))
    if isinstance(rule, EnergyPerProductLimit):
        return energy_used(book, rule), book.produced, _lowest(book, rule) / MWH_PER_TCE
    ledger = rule.ledger or book.given.policy.ledger
    if isinstance(rule, CarbonPerTce):
        ledger = rule.ledger or "location"
    scope2 = found.market if ledger == "market" else found.location
    if isinstance(rule, CarbonPerTce):
        limit = book.numbers(rule.limit, np.inf) * MWH_PER_TCE
        return found.scope1 + scope2, energy_used(book, rule), limit
    base = base_by_scope(book, "market" if ledger == "market" else "location")
    if isinstance(rule, NeverRises):
        gross = found.scope1 + scope2
        before = np.concatenate([[sum(base)], gross[:-1]])
        return gross, before, _growth(book) if rule.unless_output_grows else np.ones(len(gross))
    assert isinstance(rule, GrossReduction)
    value = found.scope1 * (1 in rule.scopes) + scope2 * (2 in rule.scopes)
    whole = base[0] * (1 in rule.scopes) + base[1] * (2 in rule.scopes)
    return value, np.full(len(value), whole), 1.0 - book.numbers(rule.limit, -np.inf)


def _counted(book: Book, rule: EquipmentGrade) -> tuple[Array, Array]:
    """Pieces of the rule's classes at its grade, and all of them, that stand in each year."""
    good, every = np.zeros(len(book.years)), np.zeros(len(book.years))
    stand: list[tuple[int | None, Array]] = []
    for asset in book.given.scenario.assets:
        if asset.equipment in rule.classes:
            stand.append((asset.grade, book.state(asset.id, "old")))
            if asset.renewal is not None:
                stand.append((asset.renewal.grade, book.state(asset.id, "renewed")))
    for name, measure in book.built.items():
        if measure.equipment in rule.classes:
            stand.append((measure.grade, book.on(name)))
    for grade, units in stand:
        every = every + units
        good = good + units * (grade is not None and grade <= rule.grade)
    return good, every


def _lowest(book: Book, rule: EnergyPerProductLimit) -> Array:
    """The rule's own limit, or the lowest of the levels that it names [MWh/unit], by year."""
    if rule.limit is not None:
        return book.numbers(rule.limit, np.inf)
    production = book.given.scenario.production
    assert production is not None
    tables = [getattr(production.energy, level) for level in rule.levels]
    lowest: Array = np.min([book.numbers(table, np.inf) for table in tables], axis=0)
    return lowest


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
