"""The verifier and loan.json: every figure of a loan is recomputed, and none can be changed."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from optimizer import cli
from optimizer.loans.facts import facts
from optimizer.loans.run import assess_run, store_loan
from optimizer.loans.stress import stress
from optimizer.plan.store import read_run
from optimizer.plan.verify import loan_cover
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.loan import check_loan
from optimizer.plan.verify.loan_cash import Served
from optimizer.plan.verify.loan_debt import Owing
from optimizer.plan.verify.report import Rows
from optimizer.plan.verify.run import Parts, read_parts
from optimizer.studies.stressed import Change
from optimizer.workspace import workspace_of
from tests.plan.tiny_run import write_run

TERMS = {
    "equal_principal": "cover: 1.2, rate: 0.04, repayment: equal_principal, grace: 0.5 a",
    "equal_instalment": "cover: 2.5, rate: 0.06, repayment: equal_instalment, "
    "other_money: {led: 50 kCNY}, credit_lines: ["
    "{id: new, name: {en: New, zh: 新}, purpose: plan, amount: 500 kCNY, rate: 0.05, tenor: 1 a, "
    "upfront_fee: 0.01, interest_subsidy: {rate: 0.01, time: 1 a}, "
    "tranches: [{drawn: '2026-04-01', share: 1}]}, "
    "{id: old, name: {en: Old, zh: 旧}, purpose: company, amount: 2 MCNY, rate: 0.05, tenor: 4 a, "
    "tranches: [{drawn: '2024-01-01', share: 1}]}]",
    "bullet": "cover: 1.5, rate: 0.05, repayment: bullet, lock_up: 1.3, default_at: 1.1",
    "sculpted": "cover: 4, rate: 0.05, repayment: sculpted",
}
COMMON = (
    "upfront_fee: 0.01, commitment_fee: 0.004, reference_rate: 0.035, "
    "interest_subsidy: {rate: 0.015, time: 0.75 a}, "
    "borrower: {ebitda: 2 MCNY, debt_service: 1 MCNY}, "
    "tranches: [{drawn: '2026-05-20', share: 0.4}, {drawn: '2027-01-02', share: 0.6}]"
)
PACKS = ("bank_credit", "glp_2025", "pboc_carbon_reduction_facility_2026", "mdb_efficiency")
SEARCH = loan_cover._breaks
GIVEN = ("limit", "evidence", "findings", "sha256")
"""What rules, measures and documents say; it isn't recomputed."""


def stored(folder: Path, terms: str, options: dict[str, Any]) -> Path:
    """The tiny run with a loan assessed and stored, under stress."""
    run = write_run(folder / "run")
    with (run / "inputs" / "scenario.yaml").open("a", encoding="utf-8") as file:
        file.write(f"loan: {{share: 0.7, tenor: 1.5 a, {terms}, {COMMON}}}\n")
    found = assess_run(read_run(run), PACKS, workspace_of(run), terms=options)
    lending, saved = found.subject.lending, found.subject.saved
    assert lending is not None

    def changed(case: str, size: float) -> Change | None:
        return None if case == "curtailed" else Change({"energy": 0.0 * saved.years - 1e3 * size})

    store_loan(run, facts(found, stress(lending, saved, changed)), options)
    return run


class Verifier:
    """What it says of one assessment or another of the same run, asked in the same terms. Where a
    case breaks the covenant follows from the run and these alone: it is searched once."""

    def __init__(self, parts: Parts) -> None:
        self.shares = parts.shares
        self.books = Book(parts.given, parts.plan), Book(parts.given, parts.baseline, True)
        self.breaks: dict[tuple[str, float], float | None] = {}

    def rows(self, told: dict[str, Any]) -> Rows:
        """All rows on the loan."""
        found = Rows()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(loan_cover, "_breaks", self.broken)
            check_loan(*self.books, told, self.shares, found)
        return found

    def broken(self, debt: Owing, cash: Served, case: str, covenant: float) -> float | None:
        """What the verifier's own search finds."""
        if (case, covenant) not in self.breaks:
            self.breaks[case, covenant] = SEARCH(debt, cash, case, covenant)
        return self.breaks[case, covenant]


def figures(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Paths of all numbers that are recomputed and aren't 0 or years."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in pairs:
        here = (*path, key)
        if key in (*GIVEN, "options", "year", "years_of_build"):
            continue
        if isinstance(value, dict | list):
            yield from figures(value, here)
        elif isinstance(value, float) and abs(value) > 1e-3:
            yield here


def is_given(told: dict[str, Any], path: tuple[Any, ...]) -> bool:
    """Values of single measures, and years in which something is built."""
    if path[0] == "rules":
        return told["rules"][path[1]]["findings"][0]["measure"] is not None
    return path[0] == "proceeds" and path[2] == "years"


def put(told: dict[str, Any], path: tuple[Any, ...], factor: float) -> dict[str, Any]:
    """A copy with one number changed."""
    changed = copy.deepcopy(told)
    node = changed
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] *= factor
    return changed


@pytest.mark.parametrize("repayment", list(TERMS))
def test_any_figure_of_a_loan_that_is_changed_fails_by_name(tmp_path: Path, repayment: str) -> None:
    """Proves, for each kind of repayment, that what is stored holds, and that 1e-4 on any figure
    of cash, size, schedule, cover, stress, proceeds, impact or rules fails in a row of the loan.
    A schedule that only had to add up would let interest and principal move against each other."""
    options = {"amount": "2 MCNY"} if repayment == "bullet" else {}
    parts = read_parts(stored(tmp_path, TERMS[repayment], options))
    assert parts.loan is not None
    told: dict[str, Any] = json.loads(json.dumps(parts.loan))
    verifier = Verifier(parts)
    held = verifier.rows(told)
    assert {name: check.where for name, check in held.checks.items() if not check.ok} == {}
    assert all(name.startswith("loan_") for name in held.checks)
    paths = [path for path in figures(told) if not is_given(told, path)]
    places = {path[0] for path in paths}
    assert places >= {"proceeds", "loan", "schedule", "cover", "impact", "stress", "rules", "owner"}
    assert ("credit_lines" in places) == ("credit_lines" in TERMS[repayment])
    missed = [
        path
        for path in paths
        if all(check.ok for check in verifier.rows(put(told, path, 1 + 1e-4)).checks.values())
    ]
    assert [".".join(map(str, path)) for path in missed] == []


def test_verify_says_which_figure_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that the command recomputes the stored assessment, and names row and figure."""
    run = stored(tmp_path, TERMS["equal_principal"], {})
    file = run / "loan.json"
    assert cli.run(["verify", str(run)]) == cli.FINE
    said = capsys.readouterr().out
    assert "loan_schedule_follows_terms" in said
    assert "cash of output_down, prices_up, prices_down, carbon_down, curtailed is the" in said
    told = json.loads(file.read_text(encoding="utf-8"))
    told["schedule"][5]["interest"] *= 1.0001
    file.write_text(json.dumps(told), encoding="utf-8")
    assert cli.run(["verify", str(run)]) == cli.CHECK_FAILED
    assert "FAILS loan_schedule_follows_terms at [schedule.2027.2.interest]" in (
        capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda told: told.update(verdict="meets_primary"), "loan_rules_follow_figures"),
        (lambda told: told.update(loan=None), "loan_is_sized"),
        (lambda told: told["stress"].update(worst="capex_up"), "loan_stress_follows_cash"),
        (lambda told: told["proceeds"].pop(), "loan_proceeds_add_up"),
        (lambda told: told["loan"].update(repayment="bullet"), "loan_is_sized"),
    ],
)
def test_words_of_an_assessment_follow_its_figures(tmp_path: Path, change: Any, name: str) -> None:
    """Proves that a better verdict, a loan that is gone, another worst case, a use of money left
    out or other terms fail, each in the row that holds it."""
    parts = read_parts(stored(tmp_path, TERMS["equal_principal"], {}))
    told = json.loads(json.dumps(parts.loan))
    change(told)
    assert not Verifier(parts).rows(told).checks[name].ok


def test_what_cannot_be_asked_is_told(tmp_path: Path) -> None:
    """Proves that options other than amount, tenor and rate make a file that isn't as documented:
    a covenant of one's own would loosen the test."""
    run = stored(tmp_path, TERMS["equal_principal"], {})
    file = run / "loan.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    told["options"] = {"cover": 0.5}
    file.write_text(json.dumps(told), encoding="utf-8")
    assert cli.run(["verify", str(run)]) == cli.INPUT_OR_USAGE
