"""`decarb solve`: what it prints, where it stores, which options it takes."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest

from optimizer import cli
from optimizer.files.netcdf import read_netcdf
from tests.cli.solving import QUICK, solve, without_reports, write_small

Captured = pytest.CaptureFixture[str]
KEYS = {
    "run", "status", "decision_cost", "net_present_cost", "bound", "gap", "axis", "method",
    "seconds", "npv", "units", "years", "build",
}  # fmt: skip
YEAR = {
    "year", "baseline", "gross", "net", "credits", "scope1", "scope2_location", "scope2_market",
    "gross_cap", "net_target", "capex", "opex", "offset_share", "offset_share_bound",
}  # fmt: skip
BUILD = {"measure", "year", "capacity", "unit", "capex"}


@pytest.fixture
def scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small plant, solved without its reports."""
    without_reports(monkeypatch)
    return write_small(tmp_path)


def figures(capsys: Captured, scenario: Path, *options: str) -> dict[str, object]:
    """What --json prints, parsed; the run must be fine."""
    code = solve(scenario, "--json", *options)
    said = capsys.readouterr()
    assert code == cli.FINE, said.err
    parsed: dict[str, object] = json.loads(said.out)
    return parsed


def test_json_is_exactly_the_stored_summary(scenario: Path, capsys: Captured) -> None:
    """Proves that stdout is summary.json to the byte, with every key that readers rely on.

    Progress on stdout, or the folder's name behind it, would break `--json | jq`.
    """
    assert solve(scenario, "--json") == cli.FINE
    said = capsys.readouterr()
    run = scenario.parents[2] / "results" / "small_plant-1"
    assert said.out == (run / "summary.json").read_text(encoding="utf-8")
    summary = json.loads(said.out)
    assert set(summary) >= KEYS
    assert summary["run"] == "small_plant-1"
    assert set(summary["npv"]) >= {"baseline", "plan"}
    assert [year["year"] for year in summary["years"]] == [2026, 2027]
    assert all(set(year) >= YEAR for year in summary["years"])
    assert summary["build"]
    assert all(set(build) >= BUILD for build in summary["build"])
    assert "search" in said.err


def test_the_parts_of_the_summary_add_up(scenario: Path, capsys: Captured) -> None:
    """Proves saving = baseline - plan, net = gross - removal - credits, gap within 0.5 %."""
    summary = json.loads(json.dumps(figures(capsys, scenario)))
    npv = summary["npv"]
    assert npv["saving"] == pytest.approx(npv["baseline"] - npv["plan"])
    assert summary["status"] == "optimal"
    assert summary["stopped_by"] is None
    assert 0 <= summary["gap"] <= 0.005
    for year in summary["years"]:
        assert year["net"] == pytest.approx(year["gross"] - year["removal"] - year["credits"])
        assert year["gross"] == pytest.approx(year["scope1"] + year["scope2_location"])


def test_the_last_line_is_the_run_folder_and_runs_are_numbered(
    tmp_path: Path, capsys: Captured
) -> None:
    """Proves `$(decarb solve … | tail -1)`, with all reports; a second run stands beside the first.

    Without a free number the second would be refused, or lie over the first.
    """
    scenario = write_small(tmp_path)
    assert solve(scenario) == cli.FINE
    run = tmp_path / "results" / "small_plant-1"
    assert capsys.readouterr().out.splitlines()[-1] == str(run)
    for name in ("plan.nc", "baseline.nc", "summary.json", "report.html", "plan.xlsx", "iamc.csv"):
        assert (run / name).is_file()
    assert solve(scenario, "--json") == cli.FINE
    assert sorted(path.name for path in run.parent.iterdir()) == ["small_plant-1", "small_plant-2"]


def test_chinese_is_chinese_to_the_end(tmp_path: Path, capsys: Captured) -> None:
    """Proves that --lang zh reaches the headline, the names, the progress and the report."""
    assert solve(write_small(tmp_path), "--lang", "zh") == cli.FINE
    said = capsys.readouterr()
    assert "屋顶光伏" in said.out
    assert "搜索" in said.err
    report = tmp_path / "results" / "small_plant-1" / "report.html"
    assert "小工厂" in report.read_text(encoding="utf-8")


def test_an_existing_run_is_replaced_only_by_force(scenario: Path, capsys: Captured) -> None:
    """Proves that the old run stays until a new one is whole: refused, then failed, then replaced.

    The failed one is a cap of 1 t, which nothing reaches: exit code 3, the old summary untouched.
    """
    run = scenario.parents[2] / "mine"
    assert solve(scenario, "--out", str(run)) == cli.FINE
    old = (run / "summary.json").read_bytes()
    assert solve(scenario, "--out", str(run)) == cli.INPUT_OR_USAGE
    assert "--force replaces it" in capsys.readouterr().err
    cap = ("--set", "policy.gross_cap=1 t")
    assert solve(scenario, "--out", str(run), "--force", *cap) == cli.NO_PLAN
    assert (run / "summary.json").read_bytes() == old
    more = ("--set", "economics.discount_rate=0.05")
    assert solve(scenario, "--out", str(run), "--force", *more) == cli.FINE
    assert (run / "summary.json").read_bytes() != old
    assert not list(run.parent.glob(".*"))


@pytest.mark.parametrize(
    "what", ["scenarios", "technology_catalog", "scenarios/small/scenario.yaml"]
)
def test_force_never_replaces_what_is_no_run(scenario: Path, capsys: Captured, what: str) -> None:
    """Proves that `--force --out scenarios`, a slip of the hand, costs nobody their inputs."""
    root = scenario.parents[2]
    before = sorted(root.rglob("*"))
    code = cli.run(["solve", str(scenario), *QUICK, "--force", "--out", str(root / what)])
    assert code == cli.INPUT_OR_USAGE
    assert "no run folder" in capsys.readouterr().err
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        ("0", "between 0 and 1"), ("-1", "between 0 and 1"), ("100%", "between 0 and 1"),
        ("nan", "such as 0.005"), ("lots", "such as 0.005"), ("", "such as 0.005"),
        ("5 EUR", "an amount of CNY"), ("-5 CNY", "an amount of CNY"), ("9**9 CNY", "such as"),
        ("5 MW", "such as 0.005"),
    ],
)  # fmt: skip
def test_a_gap_that_is_none_is_refused(
    scenario: Path, capsys: Captured, gap: str, said: str
) -> None:
    """Proves exit code 2 and a message with an example, before anything is solved."""
    assert solve(scenario, "--gap", gap) == cli.INPUT_OR_USAGE
    told = capsys.readouterr().err
    assert "--gap" in told
    assert said in told
    assert not (scenario.parents[2] / "results").exists()


@pytest.mark.parametrize("gap", ["0.01", "1%", "1 %", "500000 CNY", "0.5 MCNY"])
def test_a_gap_is_a_share_or_money(scenario: Path, capsys: Captured, gap: str) -> None:
    """Proves that each form holds: the plan is at most 1 % or 500,000 CNY above its bound."""
    summary = figures(capsys, scenario, "--gap", gap)
    cost, bound = summary["decision_cost"], summary["bound"]
    assert isinstance(cost, float)
    assert isinstance(bound, float)
    assert 0 <= cost - bound <= (5e5 if "CNY" in gap else 0.01 * cost) + 1


def test_a_setting_reaches_the_plan_and_its_inputs(scenario: Path, capsys: Captured) -> None:
    """Proves --set end to end: a budget of 1 MCNY a year leaves room for the drives alone, and the
    stored scenario says 1 MCNY too.

    The smallest PV (100 kW x 3,200 = 0.32 MCNY) doesn't fit beside the drives (1 MCNY) in one
    year, but in the other: capex is at most 1 MCNY in both.
    """
    summary = figures(capsys, scenario, "--set", "budget.capex=1 MCNY")
    years = json.loads(json.dumps(summary["years"]))
    assert all(year["capex"] <= 1e6 * (1 + 1e-6) for year in years)
    assert all(year["budget"] == 1e6 for year in years)
    stored = scenario.parents[2] / "results/small_plant-1/inputs/scenario.yaml"
    assert "1 MCNY" in stored.read_text(encoding="utf-8")


def test_a_finer_step_uses_the_finer_series(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves --step 30 on a 15-minute demand: 48 steps a day; the same energy is used.

    The quarter-hours of an hour all carry its mean, so a step of 60 min finds the same demand.
    """
    without_reports(monkeypatch)
    scenario = write_small(
        tmp_path, data__electricity_demand__file="profiles/fine.csv",
        data__electricity_demand__step="15 min",
    )  # fmt: skip
    rows = (scenario.parent / "profiles/demand.csv").read_text("utf-8").splitlines()
    fine = [rows[0], *(row for row in rows[1:] for _ in range(4))]
    (scenario.parent / "profiles/fine.csv").write_text("\n".join(fine) + "\n", encoding="utf-8")

    used = {}
    for step in ("30", "60"):
        assert solve(scenario, "--step", step, "--out", str(tmp_path / step), "--json") == cli.FINE
        plan = read_netcdf(tmp_path / step / "baseline.nc")
        assert plan.attrs["dt"] == int(step) / 60
        used[step] = float(plan["gross"].sum())
    assert used["30"] == pytest.approx(used["60"], rel=1e-3)


def test_the_whole_year_is_solved_in_one_piece(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves --periods full: axis full, no typical days, a gap that holds for the year."""
    without_reports(monkeypatch)
    one = write_small(tmp_path, horizon__last=2026, measures__offer=["motor_saving"])
    assert cli.run(["solve", str(one), "--periods", "full", "--json", "--gap", "1%"]) == cli.FINE
    summary = json.loads(capsys.readouterr().out)
    assert (summary["axis"], summary["stored_axis"]) == ("full", "full")
    assert summary["typical_days"] is None
    assert summary["gap"] <= 0.01


def test_the_full_year_is_dispatched_unless_told_otherwise(
    scenario: Path, capsys: Captured
) -> None:
    """Proves that a plan found on one typical day is stored on 365, with its cost there."""
    code = cli.run(["solve", str(scenario), "--periods", "1", "--json"])
    summary = json.loads(capsys.readouterr().out)
    assert code == cli.FINE
    assert (summary["axis"], summary["stored_axis"]) == ("typical", "full")
    assert not any(summary["full_year"]["unmet"].values())


def test_solving_works_outside_the_main_thread(scenario: Path) -> None:
    """Proves that a notebook's or a server's thread can solve: Ctrl-C is only the main one's."""
    codes: list[int] = []
    thread = threading.Thread(target=lambda: codes.append(solve(scenario, "--json")))
    thread.start()
    thread.join()
    assert codes == [cli.FINE]


def test_a_run_from_an_interrupted_copy_is_told(scenario: Path, capsys: Captured) -> None:
    """Proves that `show` and `verify` of a run without its plan name the file, not a traceback."""
    run = scenario.parents[2] / "mine"
    assert solve(scenario, "--out", str(run), "--json") == cli.FINE
    half = shutil.copytree(run, run.with_name("half"))
    (half / "plan.nc").unlink()
    capsys.readouterr()
    for command in ("show", "verify"):
        assert cli.run([command, str(half)]) in (cli.INPUT_OR_USAGE, cli.CHECK_FAILED)
        said = capsys.readouterr()
        assert "plan.nc" in said.err + said.out
        assert "bug" not in said.err
