"""Credits that rules on their quality shut out, found anew from packs, policy and catalog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.report import EXACT, YEAR, Rows
from optimizer.schema.credit_quality import CreditCriteria
from optimizer.schema.measure import Credit
from optimizer.schema.policy_fields import meets, shuts_out_credits
from optimizer.schema.policy_rules import CreditQuality

OWN: Final = "policy.offset.eligible"
Flags = NDArray[np.bool_]
Key = tuple[str, str, str]
"""Credit, rule, criterion."""


def check_eligibility(book: Book, rows: Rows) -> None:
    """`credits_eligible`: none of a credit in a year in which a rule shuts it out, and of an
    ex-post one none before its vintage; `excluded_credits_follow_rules` is for the summary."""
    credits = book.stored.get("credits", list(book.credits))
    out = excluded(book)
    for amounts, (name, credit) in zip(credits, book.credits.items(), strict=True):
        early = _before_vintage(book, credit)
        shut = np.any([early, *(flags for key, flags in out.items() if key[0] == name)], axis=0)
        rows.at_most("credits_eligible", [amounts * shut], 0.0, [[name], book.years], YEAR)


def check_excluded(book: Book, summary: Mapping[str, Any], rows: Rows) -> None:
    """`excluded_credits_follow_rules`: those that the summary names, with their years, as here."""
    if "excluded_credits" not in summary:
        return
    shown = {
        (str(e["credit"]), str(e["rule"]), str(e["criterion"])): {int(y) for y in e["years"]}
        for e in summary["excluded_credits"]
    }
    out = excluded(book)
    for key in sorted({*shown, *out}):
        flags = out.get(key, np.zeros(len(book.years), bool))
        told = [float(year in shown.get(key, ())) for year in book.years]
        label = [[".".join(key)], book.years]
        rows.equal("excluded_credits_follow_rules", [told], [flags.astype(float)], label, EXACT)


def excluded(book: Book) -> dict[Key, Flags]:
    """By year whether a rule shuts a credit out for a criterion; only those that do."""
    found: dict[Key, Flags] = {}
    for rule, criteria, holds in _asked(book):
        for name, credit in book.credits.items():
            for criterion, fails in _failing(book, credit, criteria):
                if (holds & fails).any():
                    found[name, rule, criterion] = holds & fails
    return found


def shut_out(book: Book, criteria: CreditCriteria) -> Flags:
    """Which credits fail any of the criteria, by credit and year (Q, Y)."""
    none = np.zeros((len(book.credits), len(book.years)), bool)
    for found, credit in zip(none, book.credits.values(), strict=True):
        for _, fails in _failing(book, credit, criteria):
            found |= fails
    return none


def _asked(book: Book) -> Iterator[tuple[str, CreditCriteria, Flags]]:
    """(rule, criteria, in force by year)."""
    if book.given.policy.offset is not None:
        yield OWN, book.given.policy.offset.eligible, np.ones(len(book.years), bool)
    base = book.given.scenario.horizon.base_year
    for pack in book.given.packs:
        for rule in pack.rules:
            if not (isinstance(rule, CreditQuality) and shuts_out_credits(rule)):
                continue
            if all(meets(base, condition) for condition in rule.applies_if):
                spans = [span for span in (pack.valid, rule.valid) if span is not None]
                ends = [date(year, 12, 31) for year in book.years]
                holds = [
                    all((s.from_ or date.min) <= d <= (s.to or date.max) for s in spans)
                    for d in ends
                ]
                yield f"{pack.id}/{rule.id}", rule, np.array(holds)


def _failing(book: Book, credit: Credit, asked: CreditCriteria) -> Iterator[tuple[str, Flags]]:
    """Every criterion with the years in which the credit isn't shown to meet it."""
    every = np.ones(len(book.years), bool)
    yield "types", every & (credit.type not in asked.types)
    if asked.storage is not None and credit.type == "removal":
        yield "storage", every & (credit.storage not in asked.storage)
    yield "ex_post", every & (asked.ex_post > credit.ex_post)
    for name, stated, allowed in (
        ("regions", {credit.region}, asked.regions),
        ("programmes", {credit.programme}, asked.programmes),
        ("labels", set(credit.labels), asked.labels),
    ):
        if allowed is not None:
            yield name, every & stated.isdisjoint(allowed)
    if asked.max_age is not None:
        yield "max_age", ~(_age(book, credit) <= asked.max_age)


def _age(book: Book, credit: Credit) -> NDArray[np.float64]:
    """Years from the newest vintage that a year can have to that year; +inf where none is known, or
    all are to come."""
    years = np.array(book.years, float)
    if credit.vintage is None:
        return np.full(len(years), np.inf)
    last = np.inf if credit.vintage.to is None else float(credit.vintage.to)
    age: NDArray[np.float64] = years - np.minimum(years, last)
    return np.where(years < credit.vintage.from_, np.inf, age)


def _before_vintage(book: Book, credit: Credit) -> Flags:
    """Years before an ex-post credit's tonnes were avoided or removed."""
    if credit.vintage is None or not credit.ex_post:
        return np.zeros(len(book.years), bool)
    return np.array(book.years) < credit.vintage.from_
