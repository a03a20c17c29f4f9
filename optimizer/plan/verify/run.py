"""The order of the checks: read, recompute, compare, for the plan and for its baseline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from optimizer.plan.verify.allowances import check_allowances
from optimizer.plan.verify.assets import check_assets
from optimizer.plan.verify.audit import check_audit, read_audit
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.borrowed import check_borrowed
from optimizer.plan.verify.budget import check_budget
from optimizer.plan.verify.capital import check_grants, check_overnight
from optimizer.plan.verify.carbon import check_base_year, check_capture, check_ledgers, ledgers
from optimizer.plan.verify.cash import check_cash
from optimizer.plan.verify.causes import check_causes
from optimizer.plan.verify.certificates import check_bought_back
from optimizer.plan.verify.costs import check_costs
from optimizer.plan.verify.demand import check_remaining
from optimizer.plan.verify.dispatch import (
    check_balance,
    check_flows,
    check_recovery,
    check_vent,
)
from optimizer.plan.verify.given import Given, read_given
from optimizer.plan.verify.harmless import harmless
from optimizer.plan.verify.hashes import check_hashes
from optimizer.plan.verify.held import check_held
from optimizer.plan.verify.loan import check_loan, read_loan_finding, taken_as_given
from optimizer.plan.verify.logic import check_area, check_builds, check_ids, check_relations
from optimizer.plan.verify.loops import check_byproducts, check_loops
from optimizer.plan.verify.policy import check_policy
from optimizer.plan.verify.purchase import (
    check_contracts,
    check_exports,
    check_imports,
    check_matching,
    check_peaks,
    check_purchased,
)
from optimizer.plan.verify.reading import Stored, UnreadableRun, read_stored
from optimizer.plan.verify.report import EXACT, HashCheck, Rows, VerifyReport
from optimizer.plan.verify.series import check_axis, check_ratios, check_series, check_shapes
from optimizer.plan.verify.shares import check_shares, read_shares
from optimizer.plan.verify.storage import check_storage
from optimizer.plan.verify.summary import check_summary, read_summary
from optimizer.plan.verify.valuation import check_ceiling
from optimizer.plan.verify.value_chain import check_sources, check_value_chain

BASELINE = "baseline: "
MAY_BE_NAN = ("gross_cap", "net_target", "offset_share", "offset_share_bound", "rule_limit")


@dataclass(frozen=True)
class Parts:
    """What a run folder holds, read and not yet checked."""

    given: Given
    plan: Stored
    baseline: Stored
    summary: Mapping[str, Any]
    hashes: tuple[HashCheck, ...] = ()
    audit: Mapping[str, Any] | None = None
    shares: Mapping[str, Any] | None = None
    loan: Mapping[str, Any] | None = None


def read_parts(run: Path, *, with_loan: bool = True) -> Parts:
    """Everything that is checked; raises UnreadableRun (an OSError) with one line."""
    if not run.is_dir():
        raise UnreadableRun(f"{run}: there is no such run folder")
    return Parts(
        given=read_given(run / "inputs"),
        plan=read_stored(run / "plan.nc"),
        baseline=read_stored(run / "baseline.nc"),
        summary=read_summary(run),
        hashes=check_hashes(run / "inputs"),
        audit=read_audit(run),
        shares=read_shares(run),
        loan=read_loan_finding(run) if with_loan else None,
    )


def verify(run: Path, *, with_loan: bool = True) -> VerifyReport:
    """Recompute a stored run from its inputs/, plan.nc and baseline.nc, with numpy alone.

    ``with_loan``: its loan.json too, if it has one.

    Raises UnreadableRun (an OSError) with one line for a folder that is no run, or a file in it
    that is missing, damaged or laid out in another way. Every other disagreement is a failing row.
    """
    return recompute(read_parts(run, with_loan=with_loan))


def recompute(parts: Parts) -> VerifyReport:
    """All rows of the plan, of the baseline and of the summary; shapes must be comparable."""
    rows = Rows()
    books = []
    for stored, prefix in ((parts.plan, ""), (parts.baseline, BASELINE)):
        rows.prefix = prefix
        books.append(_book(parts.given, stored, rows, baseline=bool(prefix)))
        check_book(books[-1], rows)
    rows.prefix = ""
    check_summary(books[0], books[1], parts.summary, rows)
    check_audit(books[0], parts.audit, rows)
    check_shares(books[0], books[1], parts.shares, rows)
    check_loan(books[0], books[1], parts.loan, parts.shares, rows)
    checks, slack = tuple(rows.checks.values()), (*harmless(books[0]), *taken_as_given(parts.loan))
    taken = () if parts.audit is None else ("audit_plans", "audit_split")
    return VerifyReport(checks, slack, parts.hashes, tuple(rows.warnings), taken)


def _book(given: Given, stored: Stored, rows: Rows, *, baseline: bool) -> Book:
    """The book, after a check that its shape can be compared at all."""
    book = Book(given, stored, baseline)
    if len(stored.years) != len(book.years):
        raise UnreadableRun(
            f"{stored.name}: {len(stored.years)} years stored, the scenario has {len(book.years)}"
        )
    check_ids(book, rows)
    for name, values in stored.arrays.items():
        if name not in MAY_BE_NAN:
            broken = float(np.count_nonzero(~np.isfinite(values)))
            rows.equal("numbers_are_finite", [broken], [0.0], [[name]], EXACT)
    return book


def check_book(book: Book, rows: Rows) -> None:
    """All rows of one plan, in the order of docs/model.md."""
    check_axis(book, rows)
    check_series(book, rows)
    check_ratios(book, rows)
    check_shapes(book, rows)
    check_builds(book, rows)
    check_relations(book, rows)
    check_assets(book, rows)
    check_area(book, rows)
    check_overnight(book, rows)
    check_grants(book, rows)
    check_borrowed(book, rows)
    check_budget(book, rows)
    check_remaining(book, rows)
    check_balance(book, rows)
    check_flows(book, rows)
    check_vent(book, rows)
    check_recovery(book, rows)
    check_storage(book, rows)
    check_imports(book, rows)
    check_exports(book, rows)
    check_contracts(book, rows)
    check_matching(book, rows)
    check_peaks(book, rows)
    check_capture(book, rows)
    check_purchased(book, rows)
    check_bought_back(book, rows)
    check_byproducts(book, rows)
    check_loops(book, rows)
    found = ledgers(book)
    check_ledgers(book, rows, found)
    check_causes(book, rows)
    check_base_year(book, rows)
    check_policy(book, rows, found)
    check_held(book, rows, found)
    check_value_chain(book, rows, found)
    check_sources(book, rows)
    check_allowances(book, rows)
    check_ceiling(book, rows)
    check_costs(book, rows)
    check_cash(book, rows)
    if book.baseline:
        for name in book.built:
            label = [[name], book.years]
            rows.equal("baseline_builds_nothing", [book.build[name]], 0.0, label, EXACT)
