"""`decarb loan RUN --stress` on a run that was solved and stored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from optimizer import cli
from optimizer.reports.loan_stress_words import of_baseline
from optimizer.words import LANGUAGES
from tests.cli.solving import solve, without_reports, write_small

Captured = pytest.CaptureFixture[str]
TERMS = ("--pack", "bank_credit", "--amount", "1 MCNY", "--tenor", "3", "--rate", "4%")
TAX = {"rate": 0.25, "depreciation": {"any": "10 a"}, "losses": "carried"}
CASES = ["as_planned", "savings_down", "output_down", "capex_up", "rate_up", "prices_up",
         "prices_down", "carbon_down", "curtailed", "delayed"]  # fmt: skip


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small plant's run, taxed and with inflation, outside its workspace: packs are those that
    are shipped."""
    plant, out = tmp_path_factory.mktemp("plant"), tmp_path_factory.mktemp("runs") / "run"
    with pytest.MonkeyPatch.context() as patch:
        without_reports(patch)
        scenario = write_small(plant, economics__inflation=0.02, tax=TAX)
        assert solve(scenario, "--out", str(out)) == cli.FINE
    return str(out)


def test_machines_read_every_case(run: str, capsys: Captured) -> None:
    """Proves that each case has its years, least ratio and breaking size; that as planned is the
    cover itself; and that cheaper energy leaves less to pay a debt with, dearer energy more."""
    cli.run(["loan", run, *TERMS, "--stress", "--json"])
    found = json.loads(capsys.readouterr().out)
    stress = found["stress"]
    cases = {case["case"]: case for case in stress["cases"]}
    assert list(cases) == CASES
    planned = cases["as_planned"]
    assert planned["dscr"]["value"] == found["cover"]["dscr"]
    assert planned["llcr"]["value"] == found["cover"]["llcr"]
    assert [row["dscr"] for row in planned["years"]] == [r["dscr"] for r in found["cover"]["years"]]
    least = {name: case["dscr"]["value"] for name, case in cases.items()}
    assert least["prices_down"] < planned["dscr"]["value"] < least["prices_up"]
    assert cases["prices_down"]["breaks"] == {"value": None, "reason": "not_asked"}
    breaks = cases["savings_down"]["breaks"]["value"]
    assert (breaks > 0.2) == (cases["savings_down"]["below"] == [])
    assert stress["worst"] == min(least, key=lambda name: least[name])
    assert abs(stress["baseline_excess"]) < 0.05


@pytest.mark.parametrize(
    ("excess", "said"),
    [(-1e-16, "is +0.0 % off"), (0.0123, "is +1.2 % off"), (-0.01, "is −1.0 % off"),
     (0.0501, "costs +5.0 % more"), (None, None)],
)  # fmt: skip
def test_a_baseline_that_wastes_is_told_in_words(excess: float | None, said: str | None) -> None:
    """Proves rounding to a tenth, without a solver's crumbs, and where a warning begins."""
    told = of_baseline(excess, "en")
    assert len(told) == (said is not None)
    assert all(said is not None and said in sentence for sentence in told)


def test_what_is_stored_is_recomputed(run: str, capsys: Captured) -> None:
    """Proves that verify works out cash after tax and in nominal money, size, schedule, cover and
    stress of a plan that was solved, and that other code finds the same: every row holds."""
    cli.run(["loan", run, *TERMS, "--stress"])
    capsys.readouterr()
    assert cli.run(["verify", run, "--json"]) == cli.FINE
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["rows"]}
    names = ("is_sized", "schedule_follows_terms", "cover_follows_cash", "stress_follows_cash",
             "proceeds_add_up", "impact_follows_plan", "rules_follow_figures")  # fmt: skip
    assert all(rows[f"loan_{name}"]["count"] > 0 for name in names)
    taxed = json.loads((Path(run) / "summary.json").read_text(encoding="utf-8"))
    assert any(year["tax"] > 0 for year in taxed["worth"]["after_tax"]["years"])


def test_people_read_a_row_a_case(run: str, capsys: Captured) -> None:
    """Proves finding, every case in words of either language, and what was done."""
    for lang in LANGUAGES:
        cli.run(["loan", run, *TERMS, "--stress", "--lang", lang])
        said = capsys.readouterr().out
        row = {"en": "savings lower by 20 %", "zh": "节约收益低 20 %"}[lang]
        assert row in said
        assert {"en": "cases keep the covenant", "zh": "种守住约定"}[lang] in said
        assert {"en": "dispatched anew", "zh": "重新调度"}[lang] in said


def test_without_a_loan_nothing_is_stressed(run: str, capsys: Captured) -> None:
    """Proves that it is said, and that a search for breaking sizes alone is a mistake."""
    cli.run(["loan", run, "--pack", "bank_credit", "--stress"])
    assert "No stress without a loan." in capsys.readouterr().out
    assert cli.run(["loan", run, "--pack", "bank_credit", "--break-even"]) == cli.INPUT_OR_USAGE
    assert Path(run).is_dir()
