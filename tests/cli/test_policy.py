"""`decarb policy`: list, show, check, attest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from optimizer import cli
from tests.packs import pack, rule
from tests.workspace import put, small_scenario, write_workspace

Captured = pytest.CaptureFixture[str]
CAP = rule("gross_cap", "R-1", limit={2029: "8 kt", 2030: "6 kt"})
CARBON = rule("carbon_per_tce", "N-02", electricity="equivalent", conversion="0.2856 kgce/kWh",
              limit="1.8 t/tce", undetermined={"en": "What C deducts.", "zh": "C 扣减什么。"},
              applies_if=[{"quantity": "electricity_use", "comparison": "at_least",
                           "value": "5 GWh/a"},
                          {"quantity": "scope_3_share", "comparison": "below",
                           "value": 0.4}])  # fmt: skip
ONE = pack("one", CAP, CARBON, standing="company")
TWO = pack("two", rule("gross_cap", "R-2", limit={2029: "9 kt", 2030: "5 kt"}))


def workspace(folder: Path, *use: str) -> Path:
    """A workspace with both packs, and the scenario that uses some."""
    scenario = put(small_scenario(), "policy", {"use": list(use)})
    return write_workspace(folder, scenario, policies={"one": ONE, "two": TWO}, hours=24)


def run(folder: Path, *arguments: str) -> int:
    """Run a policy command in the workspace `folder`."""
    return cli.run(["policy", *arguments, "--workspace", str(folder)])


def test_the_list_says_what_the_rules_are(tmp_path: Path, capsys: Captured) -> None:
    """Proves standing, number of rules, rows in the model and trust of the least sure gate."""
    workspace(tmp_path)
    assert run(tmp_path, "list") == cli.FINE
    line = next(x for x in capsys.readouterr().out.splitlines() if x.startswith("one"))
    assert "company policy, not law" in line
    assert line.split()[-3:] == ["2", "1", "secondary"]
    assert run(tmp_path, "list", "--json") == cli.FINE
    assert [each["id"] for each in json.loads(capsys.readouterr().out)] == ["one", "two"]


def test_show_has_parameters_by_year_trust_and_source(tmp_path: Path, capsys: Captured) -> None:
    """Proves a rule's line: limits by year, condition, what is open, where the rule was read."""
    workspace(tmp_path)
    assert run(tmp_path, "show", "one") == cli.FINE
    said = " ".join(capsys.readouterr().out.split())
    for fact in ("2029: 8 kt, 2030: 6 kt", "≥ 5 GWh/a", "N-02, not determined: What C deducts.",
                 "office (secondary): An office, 2024", "company policy, not law"):  # fmt: skip
        assert fact in said
    assert run(tmp_path, "show", "one", "--lang", "zh") == cli.FINE
    said = capsys.readouterr().out
    for fact in ("规则包 one", "无法确定：C 扣减什么。", "企业政策，并非法律"):
        assert fact in said


def test_machines_read_a_pack(tmp_path: Path, capsys: Captured) -> None:
    """Proves --json: parameters as written, the fields that a rule sets, none for one without."""
    workspace(tmp_path)
    assert run(tmp_path, "show", "one", "--json") == cli.FINE
    cap, carbon = json.loads(capsys.readouterr().out)["rules"]
    assert cap["parameters"] == {"limit": {"2029": "8 kt", "2030": "6 kt"}}
    assert cap["fields"] == ["policy.gross_cap", "policy.ledger"]
    assert carbon["fields"] == []
    assert carbon["denominator"] == "tce"


def test_check_names_both_packs_and_the_one_that_binds(tmp_path: Path, capsys: Captured) -> None:
    """Proves the stack: 8 and 9 kt in 2029, 6 and 5 kt in 2030, so each pack binds in one year."""
    path = workspace(tmp_path, "one", "two")
    assert cli.run(["policy", "check", str(path)]) == cli.FINE
    said = capsys.readouterr().out
    assert "policy.gross_cap from one R-1: 2029: 8 kt, 2030: 6 kt; two R-2: 2029: 9 kt" in said
    assert "2029: 8000 binds, asked by one R-1" in said
    assert "2030: 5000 binds, asked by two R-2" in said
    assert "one/N-02 (gate, scenarios/library/policies/one.yaml:" in said
    assert "no plan is held to the rule" in said


def test_check_says_where_the_scenario_is_looser(tmp_path: Path, capsys: Captured) -> None:
    """Proves that a scenario's own, looser cap holds but is not hidden: 7 kt against 6 in 2030."""
    workspace(tmp_path)
    scenario = put(small_scenario(), "policy", {"use": ["one"], "gross_cap": {2030: "7 kt"}})
    path = write_workspace(tmp_path, scenario, policies={"one": ONE}, hours=24)
    assert cli.run(["policy", "check", str(path)]) == cli.FINE
    said = capsys.readouterr().out
    assert "its own value, which holds: 2030: 7 kt" in said
    assert "Looser than the packs in 2029, 2030." in said


def test_a_strict_check_fails_on_second_hand_gates(tmp_path: Path, capsys: Captured) -> None:
    """Proves exit code 5 with --strict for a pack file whose gates nobody compared, 0 without."""
    workspace(tmp_path)
    file = str(tmp_path / "scenarios" / "library" / "policies" / "two.yaml")
    assert cli.run(["policy", "check", file]) == cli.FINE
    assert "two/R-2" in capsys.readouterr().out
    assert cli.run(["policy", "check", file, "--strict"]) == cli.CHECK_FAILED


def test_an_attested_gate_passes_the_strict_check(tmp_path: Path, capsys: Captured) -> None:
    """Proves the way out: R-2 compared with its text, the pack file as it was, exit code 0."""
    workspace(tmp_path)
    notice = tmp_path / "notice.txt"
    notice.write_text("at most 5 kt", encoding="utf-8")
    file = tmp_path / "scenarios" / "library" / "policies" / "two.yaml"
    before = file.read_bytes()
    asked = ("attest", "R-2", "--document", str(notice), "--clause", "3.2", "--by", "A Wu")
    assert run(tmp_path, *asked) == cli.FINE
    assert "two/R-2 is attested in scenarios/library/attestations/" in capsys.readouterr().out
    assert file.read_bytes() == before
    assert cli.run(["policy", "check", str(file), "--strict"]) == cli.FINE
    capsys.readouterr()
    assert run(tmp_path, "show", "two") == cli.FINE
    said = " ".join(capsys.readouterr().out.split())
    assert "R-2 attested by A Wu on " in said
    assert "notice.txt, 3.2 (holds; scenarios/library/attestations/two.R-2." in said
    (written,) = (tmp_path / "scenarios" / "library" / "attestations").iterdir()
    assert written.name.startswith("two.R-2.")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("attest", "R-22", "--document", "{there}"), "No rule 'R-22'. Did you mean 'R-2'?"),
        (("attest", "tow/R-2", "--document", "{there}"), "No pack 'tow'. Did you mean 'two'?"),
        (("attest", "one/R-2", "--document", "{there}"), "No rule 'R-2'"),
        (("attest", "R-2", "--document", "missing.pdf"), "missing.pdf"),
        (("attest", "R-2", "--document", "{there}", "--by", " "), "--by"),
        (("show", "oen"), "No pack 'oen'. Did you mean 'one'?"),
    ],
)
def test_a_wrong_name_writes_nothing(
    tmp_path: Path, capsys: Captured, arguments: tuple[str, ...], says: str
) -> None:
    """Proves exit code 2, the nearest name, and that no attestation was written."""
    workspace(tmp_path)
    there = tmp_path / "notice.txt"
    there.write_text("text", encoding="utf-8")
    words = [word.replace("{there}", str(there)) for word in arguments]
    if words[0] == "attest":
        words += ["--clause", "1"] + ([] if "--by" in words else ["--by", "A Wu"])
    assert run(tmp_path, *words) == cli.INPUT_OR_USAGE
    assert says in capsys.readouterr().err
    assert not (tmp_path / "scenarios" / "library" / "attestations").exists()


def test_a_rule_of_two_packs_needs_the_packs_name(tmp_path: Path, capsys: Captured) -> None:
    """Proves that a copied pack doesn't get the original's attestation by accident."""
    packs = {"one": ONE, "copy": {**ONE, "id": "copy"}}
    write_workspace(tmp_path, policies=packs, hours=24)
    notice = tmp_path / "notice.txt"
    notice.write_text("text", encoding="utf-8")
    rest = ("--document", str(notice), "--clause", "1", "--by", "A Wu")
    assert run(tmp_path, "attest", "R-1", *rest) == cli.INPUT_OR_USAGE
    assert "copy/R-1, one/R-1" in capsys.readouterr().err
    assert run(tmp_path, "attest", "copy/R-1", *rest) == cli.FINE


def test_nothing_is_written_into_the_program(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that outside any workspace `attest` refuses: the shipped data are nobody's own."""
    monkeypatch.chdir(tmp_path)
    notice = tmp_path / "notice.txt"
    notice.write_text("text", encoding="utf-8")
    asked = ["policy", "attest", "N-02", "--document", str(notice), "--clause", "1", "--by", "A"]
    assert cli.run(asked) == cli.INPUT_OR_USAGE
    assert "decarb init" in capsys.readouterr().err


def test_problems_of_a_pack_are_told_with_their_place(tmp_path: Path, capsys: Captured) -> None:
    """Proves that `check` of a pack file tells file, line and field: a cap in MWh."""
    wrong = put(ONE, "rules.0.limit.2030", "6 MWh")
    write_workspace(tmp_path, policies={"one": wrong}, hours=24)
    file = tmp_path / "scenarios" / "library" / "policies" / "one.yaml"
    assert cli.run(["policy", "check", str(file)]) == cli.INPUT_OR_USAGE
    said = capsys.readouterr().err
    assert said.startswith("scenarios/library/policies/one.yaml:")
    assert "rules[0].limit.2030" in said


def test_validate_names_the_gates_that_no_plan_is_held_to(tmp_path: Path, capsys: Captured) -> None:
    """Proves that a pack's name on a scenario isn't taken for its rules being kept."""
    scenario = put(small_scenario(), "policy", {"use": ["one"]})
    path = write_workspace(tmp_path, scenario, policies={"one": ONE})
    assert cli.run(["validate", str(path)]) == cli.FINE
    said = capsys.readouterr().out
    assert (
        "Gates of policy packs that no plan is held to (see decarb policy check): one/N-02" in said
    )
