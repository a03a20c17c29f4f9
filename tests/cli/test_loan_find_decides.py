"""`decarb loan FILE --find` where the loan counts while the plan is chosen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from optimizer import api, cli
from optimizer.plan.verify import verify
from tests.cli.solving import QUICK
from tests.cli.test_loan_find import FINE_GAP, asked, reduces
from tests.packs import rule

pytestmark = pytest.mark.usefixtures("no_reports")

Captured = pytest.CaptureFixture[str]
LOAN: dict[str, Any] = {
    "amount": "0.6 MCNY", "tenor": "2 a", "rate": 0.03, "ordinary_rate": 0.055, "share": 0.7,
}  # fmt: skip
TIGHT = {2026: "0.4 MCNY", 2027: "0.4 MCNY"}
DECIDES = ("--set", "loan.decides=both")


def find(path: Path, captured: Captured, *arguments: str) -> tuple[int, dict[str, Any]]:
    """Exit code, and what --json prints."""
    code = cli.run(["loan", str(path), "--find", "--pack", "ours", "--json", *FINE_GAP, *arguments])
    return code, json.loads(captured.readouterr().out)


def draws(run: Path) -> dict[str, float]:
    """Measure -> nominal money."""
    found: dict[str, float] = {}
    for row in api.read_run(run).summary["borrowed"]["draws"]:
        found[row["measure"]] = found.get(row["measure"], 0.0) + row["amount"]
    return found


def only_run(folder: Path) -> Path:
    (run,) = (folder / "results").iterdir()
    return run


def test_the_loan_pays_for_what_the_pack_lets_it_pay(tmp_path: Path, capsys: Captured) -> None:
    """Proves that the loan which counts is the one that qualifies, on the full year: drives live 12
    years, too short for a tail of 15, so all of 0.6 MCNY is drawn for the others; the run holds
    against the verifier, and is judged alike afterwards, draw by draw."""
    tail = rule("limit", "K-2", quantity="tail", comparison="at_least", limit="15 a")
    path = asked(tmp_path, tail, loan=LOAN, budget={"capex": TIGHT})
    code, facts = find(path, capsys, *DECIDES, "--periods", "1")
    assert code == cli.FINE
    run = only_run(tmp_path)
    drawn = draws(run)
    assert "motor_saving" not in drawn
    assert sum(drawn.values()) == pytest.approx(6e5, rel=1e-6)
    lent = {row["measure"]: row["loan"] for row in facts["proceeds"] if row["loan"] > 0.01}
    assert lent == pytest.approx(drawn)
    assert api.read_run(run).summary["stored_axis"] == "full"
    report = verify(run)
    assert report.ok, report.failed
    assert cli.run(["loan", str(run), "--pack", "ours", "--json"]) == cli.FINE
    again = json.loads(capsys.readouterr().out)
    assert again["loan"] == facts["loan"]
    assert again["verdict"] == facts["verdict"]


def test_what_qualifying_costs_has_the_interest_on_both_sides(
    tmp_path: Path, capsys: Captured
) -> None:
    """Proves the interval with a loan that decides: a quarter less than the baseline costs what the
    two plans differ by, and what its rate saves makes it no dearer than where it saves nothing."""
    paid = {}
    for name, sets in (("both", DECIDES), ("nothing", ())):
        path = asked(tmp_path / name, reduces("25 %"), loan=LOAN, budget={"capex": "9 MCNY"})
        code, facts = find(path, capsys, *sets, *QUICK)
        assert code == cli.FINE
        cost = facts["find"]["cost"]
        assert cost["low"] <= cost["paid"] + 1e3
        assert cost["paid"] <= cost["high"] + 1e3
        assert verify(only_run(tmp_path / name)).ok
        paid[name] = api.read_run(only_run(tmp_path / name)).summary["npv"]["plan"]
    assert paid["both"] < paid["nothing"]


def test_terms_of_the_command_line_are_those_that_count(tmp_path: Path, capsys: Captured) -> None:
    """Proves that --amount and --rate reach the search: twice the loan is drawn, at a rate that
    saves half as much a unit."""
    path = asked(tmp_path, reduces("1 %"), loan=LOAN, budget={"capex": "9 MCNY"})
    code, _ = find(path, capsys, *DECIDES, *QUICK, "--amount", "1.2 MCNY", "--rate", "4.25%")
    assert code == cli.FINE
    told = api.read_run(only_run(tmp_path)).summary["borrowed"]
    assert told["amount"] == pytest.approx(1.2e6)
    assert told["interest_saved"] > 0


def test_what_is_a_row_and_what_is_judged_is_said(tmp_path: Path, capsys: Captured) -> None:
    """Proves that the output names both: a reduction is kept by the search, a payback within 30
    years is judged after it; the help says which are which."""
    payback = rule("limit", "K-8", quantity="payback", comparison="at_most", limit="30 a")
    path = asked(tmp_path, reduces("25 %"), payback, loan=LOAN)
    words = ["loan", str(path), "--find", "--pack", "ours", *FINE_GAP, *QUICK]
    assert cli.run(words) == cli.FINE
    said = capsys.readouterr().out
    assert "Kept as rows of the search: loan/eligible_cost, ours/K-1." in said
    assert "Judged after the search, not kept by it: ours/K-8." in said
    assert cli.run(["loan", "--help"]) == cli.FINE
    assert "Payback and all that is asked of single measures is judged" in " ".join(
        capsys.readouterr().out.split()
    )


def test_a_stored_run_is_not_changed(tmp_path: Path, capsys: Captured) -> None:
    """Proves that --set beside a run is refused, and not left out."""
    assert cli.run(["loan", str(tmp_path), "--pack", "ours", *DECIDES]) == cli.INPUT_OR_USAGE
    assert "--set changes a scenario FILE" in capsys.readouterr().err
