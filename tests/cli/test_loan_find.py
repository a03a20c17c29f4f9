"""`decarb loan FILE --find` on the small plant: what qualifying costs, and what it can't do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from optimizer import api, cli
from tests.cli.solving import QUICK, small
from tests.packs import pack, rule
from tests.workspace import write_workspace, write_yaml

pytestmark = pytest.mark.usefixtures("no_reports")

Captured = pytest.CaptureFixture[str]
TERMS = ("--amount", "1 MCNY", "--tenor", "2", "--rate", "4%")
FINE_GAP = ("--gap", "0.001%")


def reduces(share: str) -> dict[str, Any]:
    """A gate on gross emissions of the last year against the baseline's."""
    return rule(
        "limit", "K-1", quantity="reduction_from_baseline", comparison="at_least", limit=share
    )


def asked(folder: Path, *rules: dict[str, Any], **changes: Any) -> Path:
    """The small plant's scenario beside a pack of these rules."""
    path = write_workspace(folder, small(**changes))
    library = folder / "scenarios" / "library" / "loan_rules"
    library.mkdir(parents=True, exist_ok=True)
    write_yaml(library / "ours.yaml", pack("ours", *rules, standing="lender"))
    return path


def find(path: Path, *arguments: str) -> int:
    return cli.run(
        ["loan", str(path), "--find", "--pack", "ours", *TERMS, *FINE_GAP, *QUICK, *arguments]
    )


def found(path: Path, captured: Captured, *arguments: str) -> tuple[int, dict[str, Any]]:
    """Exit code, and what --json prints."""
    code = find(path, "--json", *arguments)
    return code, json.loads(captured.readouterr().out)


def test_the_cheapest_repair_costs_the_difference_of_the_two_optima(
    tmp_path: Path, capsys: Captured
) -> None:
    """Proves the search against another road to the same plan: a quarter less than the baseline in
    2027 is also a gross cap at three quarters of the baseline's gross emissions, and what the cap
    makes the optimum dearer is what qualifying costs. The plan that needn't reduces by 23 %. The
    run is stored with its loan, holds against the verifier, and is judged alike afterwards."""
    path = asked(tmp_path, reduces("25 %"))
    code, facts = found(path, capsys)
    assert code == cli.FINE
    assert facts["find"]["free"]["failing"] == ["ours/K-1"]
    (run,) = (tmp_path / "results").iterdir()
    assert cli.run(["verify", str(run)]) == cli.FINE
    capsys.readouterr()
    assert cli.run(["loan", str(run), "--pack", "ours", "--json"]) == cli.FINE
    assert json.loads(capsys.readouterr().out)["verdict"] == facts["verdict"] == "meets_secondary"

    gross = float(api.read_run(run).baseline["gross"].values[-1])
    optima = []
    for cap in (gross, 0.75 * gross):
        limited = write_workspace(
            tmp_path / f"cap{cap:.0f}", small(policy={"gross_cap": {2027: f"{cap!r} t"}})
        )
        bundle = api.load(limited)
        settings = api.settings_of(bundle, periods=1, gap=1e-5, full_year=False)
        summary = api.solve(
            api.Job(limited, tmp_path / f"run{cap:.0f}", settings=settings), bundle
        ).summary
        optima.append(summary["net_present_cost"])
    cost = facts["find"]["cost"]
    assert cost["low"] <= cost["high"]
    assert cost["paid"] == pytest.approx(optima[1] - optima[0], rel=1e-3)
    assert cost["low"] == pytest.approx(cost["paid"], rel=1e-3)
    assert not cost["noise"]


def test_what_is_found_qualifies_on_the_full_year(tmp_path: Path, capsys: Captured) -> None:
    """Proves that the plan is the one judged, on 8,760 hours: found on a typical day with the
    extremes, it keeps a quarter's reduction and a cover of 1.2 against the full year's baseline,
    and the run holds against the verifier."""
    cover = rule("limit", "K-5", quantity="dscr", comparison="at_least", limit=1.2)
    path = asked(tmp_path, reduces("25 %"), cover)
    code = cli.run(
        ["loan", str(path), "--find", "--pack", "ours", *TERMS, "--periods", "1", "--json"]
    )
    facts = json.loads(capsys.readouterr().out)
    assert code == cli.FINE
    values = {each["id"]: each["value"] for each in facts["rules"]}
    assert 0.25 <= values["K-1"] < 0.26
    assert values["K-5"] > 1.2
    (run,) = (tmp_path / "results").iterdir()
    assert api.read_run(run).summary["stored_axis"] == "full"
    assert cli.run(["verify", str(run)]) == cli.FINE


def test_what_a_rule_shuts_out_is_not_financed_and_costs_nothing(
    tmp_path: Path, capsys: Captured
) -> None:
    """Proves that a measure which a rule keeps from the loan may still be built with own money:
    drives live 12 years, so with a tail of 15 years after a loan of two the loan doesn't pay for
    them, and the cheapest plan qualifies as it is."""
    tail = rule("limit", "K-2", quantity="tail", comparison="at_least", limit="15 a")
    code, facts = found(asked(tmp_path, tail), capsys)
    assert code == cli.FINE
    assert facts["find"]["not_financed"] == {"motor_saving": ["ours/K-2"]}
    assert facts["find"]["cost"] == {"low": 0.0, "high": 0.0, "noise": False, "paid": 0.0}
    assert "motor_saving" not in {row["measure"] for row in facts["proceeds"]}
    assert "motor_saving" not in facts["find"]["loan"]["finances"]


def test_rules_that_cannot_be_met_together_are_named_and_no_other(
    tmp_path: Path, capsys: Captured
) -> None:
    """Proves the irreducible set: a loan of 8 MCNY needs the drives of 1 MCNY, the heat pump or PV
    of up to 6.4; without what stands for less than 21 years after the loan only PV is left. Either
    rule alone is met, and the reduction has no part in it."""
    tail = rule("limit", "K-2", quantity="tail", comparison="at_least", limit="21 a")
    share = rule("limit", "K-3", quantity="debt_share", comparison="at_most", limit="95 %")
    path = asked(tmp_path, reduces("1 %"), tail, share)
    code, facts = found(path, capsys, "--amount", "8 MCNY")
    assert code == cli.NO_PLAN
    assert "ours/K-2" in facts["find"]["colliding"]
    assert "ours/K-1" not in facts["find"]["colliding"]
    assert not (tmp_path / "results").exists()
    assert find(path, "--amount", "8 MCNY", "--lang", "zh") == cli.NO_PLAN
    assert "无法同时满足" in capsys.readouterr().out


def test_a_loan_for_what_no_cheapest_plan_builds(tmp_path: Path, capsys: Captured) -> None:
    """Proves that a search goes on from a plan of which the loan pays for nothing: drives at 12
    MCNY aren't built unless all of a loan of 1 MCNY, for them alone, is to be lent."""
    dear = {"motor_saving": {"capex": {"cn": {"fixed": "12 MCNY"}}, "why": "no plan wants them"}}
    loan = {"amount": "1 MCNY", "tenor": "2 a", "rate": 0.04, "finances": ["motor_saving"]}
    path = asked(tmp_path, reduces("1 %"), loan=loan, measures__override=dear)
    code, facts = found(path, capsys)
    assert code == cli.FINE
    assert facts["find"]["changes"]["enters"] == ["motor_saving"]
    assert [row["measure"] for row in facts["proceeds"]] == ["motor_saving"]


def test_what_cannot_be_determined_is_to_bring(tmp_path: Path, capsys: Captured) -> None:
    """Proves that documents are no reason for another plan: they are named, and the command ends
    with 5 as for any plan that isn't met yet."""
    record = {"id": "record", "name": {"en": "Record", "zh": "记录"}}
    documents = rule("documents", "K-4", per="loan", evidence=[record])
    code, facts = found(asked(tmp_path, documents), capsys)
    assert code == cli.CHECK_FAILED
    assert facts["find"]["to_bring"] == [{"rule": "ours/K-4", "measure": None}]
    assert facts["find"]["ending"] == "qualifies"


def test_a_policy_that_no_plan_keeps_is_told_in_the_readers_language(
    tmp_path: Path, capsys: Captured
) -> None:
    """Proves that where there is no plan to begin with the search says so in Chinese, and which
    promise is broken: a cap of 1 t."""
    path = asked(tmp_path, reduces("1 %"), policy__gross_cap={2027: "1 t"})
    assert find(path, "--lang", "zh") == cli.NO_PLAN
    said = capsys.readouterr().err
    assert "没有" in said
    assert "2027" in said


def test_a_mistake_is_told(tmp_path: Path, capsys: Captured) -> None:
    """Proves that a search needs a scenario and the terms of a loan whose service doesn't follow
    the cash."""
    path = asked(tmp_path, reduces("1 %"))
    assert cli.run(["loan", str(tmp_path), "--find", "--pack", "ours"]) == cli.INPUT_OR_USAGE
    assert "name its FILE" in capsys.readouterr().err
    assert cli.run(["loan", str(path), "--find", "--pack", "ours", *QUICK]) == cli.INPUT_OR_USAGE
    assert "--tenor" in capsys.readouterr().err
