"""`decarb policy check RUN --strict`: what a gate must rest on to be surely kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from optimizer import cli
from optimizer.files.netcdf import read_netcdf, write_netcdf
from optimizer.plan.judge import judge
from tests.cli.solving import QUICK, small
from tests.packs import pack, rule
from tests.workspace import write_workspace

pytestmark = pytest.mark.usefixtures("no_reports")

Captured = pytest.CaptureFixture[str]


def test_only_a_primary_or_attested_text_passes_strictly(tmp_path: Path, capsys: Captured) -> None:
    """Proves --strict on runs: a secondary rule is kept and yet not sure until somebody compared it
    with the document after the solve; the run needn't be made again."""
    packs = {"one": pack("one", rule("net_target", "O-1", limit="9 kt", ledger="location"))}
    path = write_workspace(tmp_path, small(policy={"use": ["one"]}), policies=packs)
    run = str(tmp_path / "results" / "run")
    assert cli.run(["solve", str(path), *QUICK, "--out", run, "--json"]) == cli.FINE
    assert cli.run(["policy", "check", run]) == cli.FINE
    assert cli.run(["policy", "check", run, "--strict"]) == cli.CHECK_FAILED
    text = tmp_path / "text.txt"
    text.write_text("9 kt", encoding="utf-8")
    attest = ["policy", "attest", "O-1", "--document", str(text), "--clause", "1", "--by", "A Wu"]
    assert cli.run([*attest, "--workspace", str(tmp_path)]) == cli.FINE
    capsys.readouterr()
    assert cli.run(["policy", "check", run, "--strict", "--json"]) == cli.FINE
    (rule_,) = json.loads(capsys.readouterr().out)["rules"]
    assert rule_["verdict"] == "meets_attested"
    assert rule_["attestations"][0]["clause"] == "1"


def test_rules_that_were_edited_after_the_solve_are_not_sure(
    tmp_path: Path, capsys: Captured
) -> None:
    """Proves that a pack's trust raised in the run's own copy passes no strict check: every row of
    the verifier holds, for trust is no quantity, and only the hash tells."""
    law = {"office": {"name": "An office", "trust": "primary"}}
    kept = rule("net_target", "O-1", limit="9 kt", ledger="location")
    packs = {"one": pack("one", kept, sources=law)}
    path = write_workspace(tmp_path, small(policy={"use": ["one"]}), policies=packs)
    run = tmp_path / "results" / "run"
    assert cli.run(["solve", str(path), *QUICK, "--out", str(run), "--json"]) == cli.FINE
    copy = run / "inputs" / "policies" / "one.yaml"
    copy.write_text(copy.read_text("utf-8").replace("secondary", "primary"), encoding="utf-8")
    (judged,) = judge(run).rules
    assert judged.verdict == "meets_primary"
    capsys.readouterr()
    assert cli.run(["policy", "check", str(run), "--strict", "--json"]) == cli.CHECK_FAILED
    assert json.loads(capsys.readouterr().out)["changed_inputs"] == ["policies/one.yaml"]
    assert cli.run(["policy", "check", str(run)]) == cli.FINE
    assert "Changed since the solve: policies/one.yaml" in capsys.readouterr().out


def test_a_run_takes_its_attestations_along(tmp_path: Path, capsys: Captured) -> None:
    """Proves that a reader elsewhere gets the same verdict: solved after the attestation and moved
    out of the workspace, the run still rests on it; the verifier knows the file by its hash."""
    packs = {"one": pack("one", rule("net_target", "O-1", limit="9 kt", ledger="location"))}
    path = write_workspace(tmp_path / "home", small(policy={"use": ["one"]}), policies=packs)
    text = tmp_path / "text.txt"
    text.write_text("9 kt", encoding="utf-8")
    attest = ["policy", "attest", "O-1", "--document", str(text), "--clause", "1", "--by", "A Wu"]
    assert cli.run([*attest, "--workspace", str(tmp_path / "home")]) == cli.FINE
    run = tmp_path / "away"
    assert cli.run(["solve", str(path), *QUICK, "--out", str(run), "--json"]) == cli.FINE
    (found,) = judge(run).rules
    assert found.verdict == "meets_attested"
    assert found.attestations[0]["state"] == "not_kept"
    assert cli.run(["verify", str(run)]) == cli.FINE, capsys.readouterr().out


def test_what_cannot_be_determined_is_no_pass(tmp_path: Path) -> None:
    """Proves exit code 5 without --strict: a checklist that no document was shown for is open, and
    a script that asks whether the plan is allowed must not read it as yes."""
    paper = rule("checklist", "O-1", evidence=[{"id": "paper", "name": {"en": "P", "zh": "文"}}])
    path = write_workspace(
        tmp_path, small(policy={"use": ["one"]}), policies={"one": pack("one", paper)}
    )
    run = str(tmp_path / "results" / "run")
    assert cli.run(["solve", str(path), *QUICK, "--out", run, "--json"]) == cli.FINE
    assert judge(Path(run)).verdict == "cannot_determine"
    assert cli.run(["policy", "check", run]) == cli.CHECK_FAILED


PAST = {"valid": {"from": "2020-01-01", "to": "2024-12-31"}}
FUTURE = {"valid": {"from": "2031-01-01"}}
PRIMARY = {"trust": "primary", "source": ["office"]}
LAW = {"sources": {"office": {"name": "An office", "trust": "primary"}}}


@pytest.mark.parametrize("when", [PAST, FUTURE])
def test_a_pack_out_of_force_is_no_pass(
    tmp_path: Path, capsys: Captured, when: dict[str, Any]
) -> None:
    """Proves that an ended pack, or one to come, passes nothing, strict or not, though each of its
    texts is primary: no planning year asks its gates anything, which counted as "not applicable"
    ended with 0. A cap that is still missed, 5,000 t where the scenario lets 5,950 t be, fails.
    Before the solve the scenario's check names them all."""
    rules = [
        rule("never_rises", "E-1", unless_output_grows=True, ledger="location", **PRIMARY),
        rule("net_target", "E-2", limit="9 kt", ledger="location", **PRIMARY),
        rule("checklist", "E-3", evidence=[{"id": "paper", "name": {"en": "P", "zh": "文"}}],
             **PRIMARY),
        rule("gross_cap", "E-4", limit={2027: "5 kt"}, ledger="location", **PRIMARY),
    ]  # fmt: skip
    policy = {"use": ["old"], "gross_cap": {2027: "5950 t"}}
    old = pack("old", *rules, **LAW, **when)
    path = write_workspace(tmp_path, small(policy=policy), policies={"old": old})
    run = str(tmp_path / "results" / "run")
    assert cli.run(["solve", str(path), *QUICK, "--out", run, "--json"]) == cli.FINE
    for options in ((), ("--strict",)):
        assert cli.run(["policy", "check", run, *options]) == cli.CHECK_FAILED
    found = {each.id: (each.verdict, each.why) for each in judge(Path(run)).rules if each.pack}
    assert found.pop("old/E-4") == ("fails", None)
    assert set(found.values()) == {("cannot_determine", "not_in_force")}
    capsys.readouterr()
    assert cli.run(["policy", "check", str(path), "--strict", "--json"]) == cli.CHECK_FAILED
    unsure = json.loads(capsys.readouterr().out)["unsure_gates"]
    assert unsure == ["old/E-1", "old/E-2", "old/E-3", "old/E-4"]


def test_co2_alone_keeps_no_rule_on_all_gases(tmp_path: Path, capsys: Captured) -> None:
    """Proves units of gases: counted in CO2, 5,950 t say nothing of a limit of 9 kt CO2e, for the
    other gases are missing; 5 kt CO2e are missed by CO2 already. The scenario's check says so
    before the solve. A cap for 2026 alone asks nothing in 2027, and that year is named."""
    rules = [
        rule("net_target", "E-1", limit="9 kt", ledger="location", gases="CO2e", **PRIMARY),
        rule("gross_cap", "E-2", limit={2027: "5 kt"}, ledger="location", gases="CO2e", **PRIMARY),
        rule("net_target", "E-3", limit="9 kt", ledger="location", gases="CO2", **PRIMARY),
        rule("gross_cap", "E-4", limit={2026: "9 kt"}, ledger="location", **PRIMARY),
    ]
    policy = {"use": ["all"], "gases": "CO2", "gross_cap": {2027: "5950 t"}}
    packs = {"all": pack("all", *rules, **LAW)}
    path = write_workspace(tmp_path, small(policy=policy), policies=packs)
    run = str(tmp_path / "results" / "run")
    assert cli.run(["solve", str(path), *QUICK, "--out", run, "--json"]) == cli.FINE
    found = {each.id: each for each in judge(Path(run)).rules}
    assert (found["all/E-1"].verdict, found["all/E-1"].why) == ("cannot_determine", "gases")
    assert found["all/E-2"].verdict == "fails"
    assert found["all/E-3"].verdict == "meets_primary"
    assert found["all/E-4"].silent == (2027,)
    assert found["policy.gross_cap"].silent == ()
    capsys.readouterr()
    cli.run(["policy", "check", run])
    assert "all/E-4 gives no limit for 2027" in capsys.readouterr().out
    assert cli.run(["policy", "check", str(path), "--strict", "--json"]) == cli.CHECK_FAILED
    assert json.loads(capsys.readouterr().out)["unsure_gates"] == ["all/E-1", "all/E-2"]


def test_a_plan_that_does_not_verify_is_no_strict_pass(tmp_path: Path, capsys: Captured) -> None:
    """Proves that rules are judged by the plan's own figures: with half of its gas taken out of
    plan.nc the cap of 9 kt is kept as well as before, inputs are unchanged, and the balance that
    tells it is named. Judged alone, a forged flow would keep any cap."""
    packs = {"one": pack("one", rule("net_target", "O-1", limit="9 kt", ledger="location",
                                     **PRIMARY), **LAW)}  # fmt: skip
    path = write_workspace(tmp_path, small(policy={"use": ["one"]}), policies=packs)
    run = tmp_path / "results" / "run"
    assert cli.run(["solve", str(path), *QUICK, "--out", str(run), "--json"]) == cli.FINE
    assert cli.run(["policy", "check", str(run), "--strict"]) == cli.FINE
    assert "all rows of decarb verify hold" in capsys.readouterr().out
    data = read_netcdf(run / "plan.nc")
    data["import"].loc[{"carrier": "natural_gas"}] *= 0.5
    write_netcdf(data, run / "plan.nc")
    assert cli.run(["policy", "check", str(run)]) == cli.FINE
    capsys.readouterr()
    assert cli.run(["policy", "check", str(run), "--strict", "--json"]) == cli.CHECK_FAILED
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"] == "meets_primary"
    assert "carrier_balance" in found["broken_rows"]


def test_a_plan_that_nothing_was_asked_of_is_no_strict_pass(
    tmp_path: Path, capsys: Captured
) -> None:
    """Proves that silence isn't a verdict: a rule for plants above 90 GWh of power asks nothing of
    one with 9, and a plan without any rule was never judged; neither is met, so that a script which
    asks whether the plan qualifies gets no yes. Without --strict nothing failed."""
    big = [{"quantity": "electricity_use", "comparison": "at_least", "value": "90 GWh/a"}]
    asked = rule("traceable_share", "O-1", limit=0.5, applies_if=big, **PRIMARY)
    packs = {"one": pack("one", asked, **LAW), "none": pack("none")}
    for use, told in (("one", "No gate applies to this plan (1 "), ("none", "No rule of a pack")):
        path = write_workspace(tmp_path / use, small(policy={"use": [use]}), policies=packs)
        run = str(tmp_path / use / "run")
        assert cli.run(["solve", str(path), *QUICK, "--out", run, "--json"]) == cli.FINE
        capsys.readouterr()
        assert cli.run(["policy", "check", run]) == cli.FINE
        assert told in capsys.readouterr().out
        assert cli.run(["policy", "check", run, "--strict"]) == cli.CHECK_FAILED
