"""The rules of the trajectory: reductions first, credits last (docs/model.md section 5)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import Ledgers, base_emissions
from optimizer.plan.verify.eligibility import check_eligibility
from optimizer.plan.verify.report import EXACT, SHARE, YEAR, Rows
from optimizer.schema.policy import Offset

Array = NDArray[np.float64]
OPEN = 0.5


def check_policy(book: Book, rows: Rows, found: Ledgers) -> None:
    """Caps and targets, then every rule on credits; in the baseline no credit at all."""
    credits = book.stored.get("credits", list(book.credits))
    label = [list(book.credits), book.years]
    rows.at_most("credits_not_negative", -credits, 0.0, label, YEAR)
    total = credits.sum(axis=0)
    if book.baseline:
        rows.at_most("baseline_has_no_credits", total, 0.0, [book.years], YEAR)
        return
    cap, target = (
        book.numbers(table, np.inf)
        for table in (book.given.policy.gross_cap, book.given.policy.net_target)
    )
    rows.at_most("gross_within_cap", found.gross, cap, [book.years], YEAR)
    rows.at_most("net_within_target", found.net, target, [book.years], YEAR)
    for name, limit in (("gross_cap", cap), ("net_target", target)):
        _check_stored_rule(book, rows, name, limit)
    own = np.maximum(0.0, found.gross - found.removal)
    rows.at_most("credits_within_own", total, own, [book.years], YEAR)
    _check_each_credit(book, rows, credits)
    check_eligibility(book, rows)
    if book.given.policy.offset is not None:
        _check_offset(book, rows, found, book.given.policy.offset)


def _check_stored_rule(book: Book, rows: Rows, name: str, limit: Array) -> None:
    """The limit that the plan shows is the one of the inputs; NaN where there is no rule."""
    stored = book.stored.get(name)
    shown = np.where(np.isnan(stored), np.inf, stored)
    both = np.isfinite(limit) | np.isfinite(shown)
    left, right = (np.where(both, part, 0.0) for part in (shown, limit))
    gap = np.where(np.isfinite(left) & np.isfinite(right), left - right, np.where(both, np.inf, 0))
    scale = np.where(np.isfinite(limit), np.abs(limit), 0.0)
    rows.equal(f"{name}_from_policy", gap, 0.0, [book.years], EXACT, scale)


def _check_each_credit(book: Book, rows: Rows, credits: Array) -> None:
    for amounts, (name, credit) in zip(credits, book.credits.items(), strict=True):
        label = [[name], book.years]
        most = book.numbers(credit.available, np.inf)
        rows.at_most("credits_within_available", [amounts], [most], label, YEAR)
        early = np.array([year < (credit.first_year or 0) for year in book.years])
        rows.at_most("credits_not_before", [amounts * early], 0.0, label, YEAR)


def _check_offset(book: Book, rows: Rows, found: Ledgers, offset: Offset) -> None:
    """Share of the basis, first year, gate and the share of removals.

    A year without reduction allows no credits; it does not ask for less than none.
    """
    credits = book.stored.get("credits", list(book.credits))
    total, years = credits.sum(axis=0), [book.years]
    base = base_emissions(book)
    basis = {
        "base_year": np.full(len(total), base),
        "gross": found.gross,
        "reduction": base - found.gross,
    }[offset.basis]
    share = book.numbers(offset.share, np.inf)
    allowed = np.nan_to_num(share, posinf=0.0) * np.maximum(0.0, basis)
    most = np.where(np.isfinite(share), allowed, np.inf)
    rows.at_most("credits_within_share", total, most, years, YEAR)
    _check_stored_rule(book, rows, "offset_share_bound", share)
    used = np.divide(total, basis, out=np.zeros_like(total), where=np.abs(basis) > 0)
    rows.equal("offset_share_is_ratio", book.stored.get("offset_share"), used, years, SHARE)
    first = offset.first_year or 0
    early = np.array([year < first for year in book.years])
    rows.at_most("credits_not_before", [total * early], 0.0, [["all"], book.years], YEAR)
    if offset.gate is not None:
        _check_gate(book, rows, found, total, (1.0 - offset.gate.reduction) * base)
    if offset.removal_share is not None:
        kinds = np.array([credit.type == "removal" for credit in book.credits.values()], float)
        removals = kinds @ credits
        needed = book.numbers(offset.removal_share, 0.0) * total
        rows.at_most("removals_within_credits", needed, removals, years, YEAR)


def _check_gate(book: Book, rows: Rows, found: Ledgers, total: Array, below: float) -> None:
    """Credits only after last year's gross came under the gate; once open it stays open."""
    before = np.concatenate([[base_emissions(book)], found.gross[:-1]])
    gate = book.stored.get("gate_open")
    is_open = gate > OPEN
    rows.equal("gate_is_whole", gate, np.round(gate), [book.years], YEAR)
    limit = np.where(is_open, below, np.inf)
    rows.at_most("gate_before_credits", before, limit, [book.years], YEAR)
    rows.at_most("credits_need_gate", np.where(is_open, 0.0, total), 0.0, [book.years], YEAR)
    rows.at_most("gate_stays_open", gate[:-1], gate[1:], [book.years[1:]], YEAR)
