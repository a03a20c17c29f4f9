"""A loan drawn by tranches that counted while the plan was chosen: stored, recomputed, judged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from optimizer import cli
from optimizer.plan.store import read_run
from optimizer.plan.verify import verify
from tests.cli.test_loan_find import FINE_GAP, asked
from tests.packs import rule

pytestmark = pytest.mark.usefixtures("no_reports")

Captured = pytest.CaptureFixture[str]
LOAN: dict[str, Any] = {
    "amount": "2 MCNY", "tenor": "3 a", "rate": 0.03, "ordinary_rate": 0.055, "share": 0.7,
    "decides": "both", "repaid_from": "budget", "upfront_fee": 0.002, "commitment_fee": 0.004,
    "tranches": [{"drawn": "2026-04-01", "share": 0.5}, {"drawn": "2027-01-01", "share": 0.5}],
}  # fmt: skip
TIGHT = {2026: "0.9 MCNY", 2027: "1.5 MCNY"}
QUICK = ("--periods", "1", "--no-full-year", *FINE_GAP)
SCULPTED = {
    "amount": "1 MCNY", "tenor": "2 a", "rate": 0.03, "decides": "budget", "repayment": "sculpted",
    "tranches": [{"drawn": "2026-01-01", "share": 1.0}],
}  # fmt: skip


def plant(folder: Path, loan: dict[str, Any]) -> Path:
    """Little money of its own, prices that rise; a pack that asks for a cover of one."""
    cover = rule("limit", "K-5", quantity="dscr", comparison="at_least", limit=1.0)
    return asked(folder, cover, loan=loan, budget={"capex": TIGHT}, economics__inflation=0.02)


@pytest.mark.parametrize("loan", [LOAN, SCULPTED], ids=["equal_principal", "sculpted"])
def test_a_plan_with_tranches_is_recomputed(loan: dict[str, Any], tmp_path: Path) -> None:
    """Proves the whole way: budgets hold what each tranche brings in its year, less what service of
    it they pay: of half, drawn in April, three of twelve parts, its interest, and fees on what
    waits; interest saved, its cash and the loan's own schedule are the verifier's too; and
    that the loan is judged as it was chosen."""
    out = tmp_path / "out"
    assert cli.run(["solve", str(plant(tmp_path, loan)), "--out", str(out), *QUICK]) == cli.FINE
    report = verify(out)
    assert report.ok, report.failed
    told = read_run(out).summary["borrowed"]
    assert told["amount"] > 1e5
    if loan is SCULPTED:
        assert told["added_to_budget"] == pytest.approx([told["amount"] / 1.02, 0.0])
        assert told["interest_saved"] == 0.0
    else:
        due = 0.5 * 3 / 12 + 0.0075 * 0.5 * (12 + 11 + 10) / 12 + 0.002 + 0.001 * (1 + 3 * 0.5)
        added = told["amount"] * (0.5 - due) / 1.02
        assert told["added_to_budget"][0] == pytest.approx(added)
        assert told["interest_saved"] > 0
    assert cli.run(["loan", str(out), "--pack", "ours"]) == cli.FINE
    assert verify(out).ok


@pytest.mark.parametrize("loan", [LOAN, SCULPTED], ids=["equal_principal", "sculpted"])
def test_a_search_draws_all_of_it(loan: dict[str, Any], tmp_path: Path, capsys: Captured) -> None:
    """Proves `--find` with tranches that count: what is asked for is borrowed whole, for what the
    pack lets it pay, and the plan that is found qualifies."""
    path = plant(tmp_path, loan)
    terms = ("--amount", "0.8 MCNY")
    code = cli.run(["loan", str(path), "--find", "--pack", "ours", *terms, *QUICK, "--json"])
    facts = json.loads(capsys.readouterr().out)
    assert code == cli.FINE
    assert facts["find"]["ending"] == "qualifies"
    (run,) = (tmp_path / "results").iterdir()
    assert read_run(run).summary["borrowed"]["amount"] == pytest.approx(8e5)
    assert verify(run).ok
