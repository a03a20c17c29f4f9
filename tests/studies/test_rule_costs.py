"""What a rule costs in whole: the optimum less the optimum without it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from optimizer import cli
from optimizer.inputs.case import Case
from optimizer.inputs.without_rule import without_rule
from optimizer.plan.make import make_plan
from optimizer.plan.settings import Settings
from optimizer.solve.live import LiveSearch
from optimizer.studies.rule_costs import RuleCost, rule_costs
from tests import held
from tests import plants as p
from tests.cli.solving import small, solve
from tests.model.energy_plant import YEARS, energy_plant
from tests.workspace import write_workspace

FULL = Settings(periods="full", gap=1e-9)


def costs(case: Case, *binding: str) -> list[RuleCost]:
    """Of a case on an axis of its own, solved as it is."""
    live = LiveSearch()
    return list(rule_costs(case, make_plan(case, FULL), FULL, binding, live))


def test_a_cap_costs_what_the_plan_pays_more_for_it() -> None:
    """Proves the arithmetic: 2,190 of 4,380 t are avoided at 10 a tonne, 21,900 in one year. The
    marginal of 10 times the cap's 2,190 t happens to be that; times all 4,380 t it isn't."""
    case = energy_plant(())
    case = replace(case, policy=p.no_policy(YEARS, gross_cap=(2190.0,)))
    (cost,) = costs(case, "gross_cap")
    assert cost.low == pytest.approx(21_900, rel=1e-6)
    assert cost.high == pytest.approx(21_900, rel=1e-6)
    assert not cost.is_noise


def test_of_two_rules_that_ask_the_same_neither_costs_anything_alone() -> None:
    """Proves why the list is no sum: half of the power must be own, and the cap asks the same; with
    one gone the other still holds, so leaving either out saves nothing, though both cost 21,900."""
    case = energy_plant([held.traceable((0.5,))])
    policy = replace(case.policy, gross_cap=(2190.0,))
    found = costs(replace(case, policy=policy), "gross_cap", "pack/N-5", "area:roof")
    assert [cost.rule for cost in found] == ["gross_cap", "pack/N-5"], "an area is no rule"
    for cost in found:
        assert cost.high == pytest.approx(0.0, abs=1.0)
        assert cost.is_noise


def test_only_rules_can_be_left_out() -> None:
    """Proves that a misspelt rule isn't silently kept: nothing would change and 0 be told."""
    with pytest.raises(ValueError, match="groß_cap"):
        without_rule(energy_plant(()), "groß_cap")


def test_a_run_keeps_what_its_rules_cost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves the door: summary.json has an interval for the cap that binds, the report's first
    page the column, and the verifier has nothing against it; an end of the interval that doesn't
    follow from the two searches fails by name."""
    path = write_workspace(tmp_path, small(policy={"gross_cap": {2027: "5900 t"}}))
    run = tmp_path / "run"
    assert solve(path, "--rule-costs", "--gap", "0.01%", "--out", str(run), "--json") == cli.FINE
    summary = json.loads(capsys.readouterr().out)
    (cost,) = [row for row in summary["rule_costs"] if row["rule"] == "gross_cap"]
    assert 0 <= cost["low"] <= cost["high"]
    assert "Without the rule the optimum saves" in (run / "report.html").read_text("utf-8")
    assert cli.run(["verify", str(run)]) == cli.FINE
    stored = (run / "summary.json").read_text(encoding="utf-8")
    for key in ("low", "high"):
        told = json.loads(stored)
        (one,) = [row for row in told["rule_costs"] if row["rule"] == "gross_cap"]
        one[key] += 1_000.0
        (run / "summary.json").write_text(json.dumps(told), encoding="utf-8")
        capsys.readouterr()
        assert cli.run(["verify", str(run)]) == cli.CHECK_FAILED
        assert "rule_costs_follow_searches" in capsys.readouterr().out
    (run / "summary.json").write_text(stored, encoding="utf-8")
    assert solve(path, "--rule-costs", "--periods", "auto") == cli.INPUT_OR_USAGE
