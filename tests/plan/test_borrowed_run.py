"""A run whose loan counted while the plan was chosen: searched, dispatched, stored, recomputed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer import cli
from optimizer.files.netcdf import read_netcdf, write_netcdf
from optimizer.loans.run import assess_run
from optimizer.plan.store import read_run
from optimizer.plan.verify import verify
from tests.cli.solving import write_small

Captured = pytest.CaptureFixture[str]
LOAN: dict[str, Any] = {
    "amount": "2 MCNY", "tenor": "5 a", "rate": 0.03, "ordinary_rate": 0.055, "share": 0.7,
    "decides": "both", "upfront_fee": 0.002,
}  # fmt: skip
TAX = {"rate": 0.25, "losses": "carried", "depreciation": {"any": "10 a"}}
TIGHT = {2026: "0.5 MCNY", 2027: "0.5 MCNY"}
FULL = ("--periods", "1", "--gap", "0.0001")


def solve(scenario: Path, out: Path, *options: str) -> Path:
    assert cli.run(["solve", str(scenario), "--out", str(out), *options]) == cli.FINE
    return out


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a million of own money a year, a loan of two millions, prices that rise, a tax."""
    folder = tmp_path_factory.mktemp("plant")
    return write_small(
        folder, loan=LOAN, budget={"capex": TIGHT}, tax=TAX, economics__inflation=0.02
    )


@pytest.fixture(scope="module")
def run(scenario: Path) -> Path:
    return solve(scenario, scenario.parent / "out", *FULL)


def test_a_plan_with_its_loan_is_recomputed(run: Path) -> None:
    """Proves the whole way on the full year: more is built than a million of own money pays, the
    draw is at most 70 % of what it pays for, cash and cost reconcile, tax included."""
    report = verify(run)
    assert report.ok, report.failed
    stored = read_run(run)
    told = stored.summary["borrowed"]
    built = sum(row["capex"] for row in stored.summary["build"])
    assert stored.summary["stored_axis"] == "full"
    assert built > 1e6
    assert 0 < told["amount"] <= min(2e6, 0.7 * built * 1.02**2) * (1 + 1e-9)
    level = {2026: 1.02, 2027: 1.02**2}
    for year, added in zip(level, told["added_to_budget"], strict=True):
        drawn = sum(row["amount"] for row in told["draws"] if row["year"] == year)
        assert added == pytest.approx(drawn / level[year])
    cash = stored.plan["cash"].values[stored.plan["cash_class"].values == "interest_saved"]
    worth = (cash.sum(axis=0) / 1.08 ** np.arange(1, cash.shape[1] + 1)).sum()
    assert told["interest_saved"] == pytest.approx(worth)


def test_without_the_loan_only_own_money_is_spent(scenario: Path, run: Path) -> None:
    """Proves the switch: with `--set loan.decides=nothing` the same scenario builds for at most its
    budgets and costs more; with the rate alone likewise, though less."""
    costs = {}
    for name in ("nothing", "rate"):
        out = solve(scenario, scenario.parent / name, *FULL, "--set",
                    f"loan.decides={name}")  # fmt: skip
        summary = read_run(out).summary
        costs[name] = summary["decision_cost"]
        assert sum(row["capex"] for row in summary["build"]) <= 1e6 * (1 + 1e-6)
        assert (summary["borrowed"] is None) == (name == "nothing")
    assert read_run(run).summary["decision_cost"] < costs["rate"] < costs["nothing"]


def test_validate_names_it_among_the_rules_that_are_on(scenario: Path, capsys: Captured) -> None:
    """Proves that a loan which decides is said before anything is solved."""
    assert cli.run(["validate", str(scenario), "--json"]) == cli.FINE
    assert "loan.decides" in json.loads(capsys.readouterr().out)["rules"]
    off = ("--set", "loan.decides=nothing")
    assert cli.run(["validate", str(scenario), "--json", *off]) == cli.FINE
    assert "loan.decides" not in json.loads(capsys.readouterr().out)["rules"]


@pytest.mark.parametrize("method", ["direct", "decomposed"])
def test_both_methods_agree(scenario: Path, tmp_path: Path, method: str) -> None:
    """Proves direct = decomposed on the day searched, within the gaps asked."""
    out = solve(scenario, tmp_path / "out", "--periods", "1", "--no-full-year", "--gap", "0.00001",
                "--method", method)  # fmt: skip
    assert verify(out).ok
    cost = read_run(out).summary["decision_cost"]
    assert cost == pytest.approx(SEARCHED.setdefault("cost", cost), rel=3e-5)


SEARCHED: dict[str, float] = {}


def changed(run: Path, folder: Path, name: str, by: float) -> list[str]:
    """Rows that fail once all of a variable is multiplied."""
    other = folder / "changed"
    shutil.copytree(run, other)
    plan = read_netcdf(run / "plan.nc")
    plan[name] = plan[name] * by
    write_netcdf(plan, other / "plan.nc")
    return [check.name for check in verify(other).failed]


def test_a_draw_that_is_changed_is_found(run: Path, tmp_path: Path) -> None:
    """Proves that a draw changed by 1e-4 fails by name: its cost line, its cash, the budget and the
    share that it may be, or the amount."""
    rows = changed(run, tmp_path, "borrowed", 1.0001)
    assert {"cost_interest_saved", "cash_follows_plan", "summary_follows_plan"} <= set(rows)
    assert {"borrowed_within_eligible", "borrowed_within_loan"} & set(rows)


def test_a_summary_that_is_changed_is_found(run: Path, tmp_path: Path) -> None:
    """Proves that what the summary says of the loan is held against the plan."""
    other = tmp_path / "changed"
    shutil.copytree(run, other)
    summary = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    summary["borrowed"]["interest_saved"] *= 1.0001
    (other / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    assert [check.name for check in verify(other).failed] == ["summary_follows_plan"]


def test_what_the_rate_saves_serves_no_debt(run: Path) -> None:
    """Proves that the cash for debt service leaves the saved interest out, as it does subsidies:
    that of the lender is the plan's own less what the class holds."""
    found = assess_run(read_run(run), (), run.parents[0]).subject
    flow = found.flow
    classes = flow["cash_class"].values.astype(str)
    counted = flow["difference"].values[np.isin(classes, ("energy", "demand_charge", "fixed_om",
                                                          "variable_om", "export"))]  # fmt: skip
    assert "interest_saved" in classes
    assert found.saved.running == pytest.approx(counted.sum(axis=0))


def test_what_is_drawn_is_said_in_both_languages(run: Path, capsys: Captured) -> None:
    """Proves that `decarb show` and the report name the draws, what the rate saves, and a budget
    that has the draw in it."""
    for lang, said in (("en", "Draws of the loan that counted"), ("zh", "求解时计入的贷款提款")):
        capsys.readouterr()
        assert cli.run(["show", str(run), "--lang", lang]) == cli.FINE
        assert said in capsys.readouterr().out.replace("\n", " ")
    told = read_run(run).summary["borrowed"]
    lines = (run / "tables" / "borrowed.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == 'year,measure,"drawn [CNY, nominal]"'
    drawn = [float(line.rsplit(",", 1)[1]) for line in lines[1:]]
    assert sum(drawn) == pytest.approx(told["amount"])
    report = (run / "report.html").read_text(encoding="utf-8")
    assert "Interest saved by the loan" in report
    assert "Draws are money beside the budget" in report
