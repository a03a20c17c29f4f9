"""`decarb loan` on a run folder that was worked out by hand."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from optimizer import cli
from tests.packs import pack, rule
from tests.plan.tiny_run import write_run
from tests.plan.tiny_shares import write_shares
from tests.workspace import write_workspace, write_yaml

Captured = pytest.CaptureFixture[str]
TERMS = ("--amount", "2 MCNY", "--tenor", "5", "--rate", "4%")


def run(folder: Path, *arguments: str) -> int:
    """`decarb loan` on the stored run."""
    return cli.run(["loan", str(write_run(folder / "run")), *arguments])


def facts(folder: Path, captured: Captured, *arguments: str) -> dict[str, Any]:
    """What --json prints."""
    run(folder, "--json", *arguments)
    found: dict[str, Any] = json.loads(captured.readouterr().out)
    return found


def test_machines_read_verdict_rules_and_numbers(tmp_path: Path, capsys: Captured) -> None:
    """Proves the shape that scripts rely on; LEDs of 3.285 MCNY less a grant of 657 000, PV of 2.7
    and a battery of 1.3333 MCNY are 6.6613 eligible, so 2 MCNY are 30.02 % of them."""
    found = facts(tmp_path, capsys, "--pack", "glp_2025", *TERMS)
    assert found["verdict"] == "cannot_determine"
    rules = {rule["id"]: rule for rule in found["rules"]}
    eligible = 3.285e6 - 657e3 + 2.7e6 + 8e5 + 1.6e6 / 3
    assert rules["Q-03"]["value"] == pytest.approx(2e6 / eligible)
    assert (rules["Q-03"]["limit"], rules["Q-03"]["unit"]) == (1.0, "1")
    assert rules["Q-03"]["verdict"] == "meets_secondary"
    assert rules["Q-03"]["trust"] == "secondary"
    assert rules["Q-03"]["source"] == [
        "World Services Group and Hogan Lovells, notes on the Green Loan Principles"
    ]
    assert sum(row["loan"] for row in found["proceeds"]) == pytest.approx(2e6)
    assert {row["measure"] for row in found["proceeds"]} == {"led", "pv", "battery"}
    assert len(found["packs"][0]["sha256"]) == 64


def test_people_read_it_in_both_languages(tmp_path: Path, capsys: Captured) -> None:
    """Proves title, verdict, what is missing and the figures in words, and that it is called no
    certification in either language."""
    assert run(tmp_path, "--pack", "glp_2025", *TERMS) == cli.CHECK_FAILED
    said = capsys.readouterr().out
    assert "Pre-assessment" in said
    assert "not a certification" in said
    assert "Q-04, cannot determine: evidence is missing: Dates of the yearly" in said
    assert "Loan of 2,000,000 CNY (as given), 5 years at 4 %, equal principal" in said
    chinese = cli.run(["loan", str(tmp_path / "run"), "--pack", "glp_2025", "--lang", "zh"])
    assert chinese == cli.CHECK_FAILED
    assert "非认证结论" in capsys.readouterr().out


def test_evidence_turns_the_verdict_and_the_exit_code(tmp_path: Path, capsys: Captured) -> None:
    """Proves that a plan with all documents, and with what each measure saves, ends with 0."""
    folder = write_run(tmp_path / "run")
    write_shares(folder, dict.fromkeys(("led", "pv", "battery"), (1.0, 3.0)))
    document = tmp_path / "agreement.txt"
    document.write_text("Clause 5: use of proceeds …", encoding="utf-8")
    asked = ("use_of_proceeds", "project_selection", "proceeds_account", "reporting",
             "reporting_calendar")  # fmt: skip
    shown = [
        {"id": id, "document": document.name, "clause": "5", "value": "laid down",
         "sha256": sha256(document.read_bytes()).hexdigest(), "dated": "2026-01-01"}
        for id in asked
    ]  # fmt: skip
    file = tmp_path / "evidence.yaml"
    write_yaml(file, {"evidence": shown})
    asked_of = ["loan", str(folder), "--pack", "glp_2025", "--evidence", str(file), *TERMS]
    assert cli.run(asked_of) == cli.FINE
    said = capsys.readouterr().out
    assert "meets (secondary source, text not checked)" in said
    assert "share of t a year" in said


def test_the_other_terms_of_a_loan_are_the_scenarios(tmp_path: Path, capsys: Captured) -> None:
    """Proves that an option stands in place of its field alone, and that without any terms there
    is no loan to judge, which is told."""
    folder = write_run(tmp_path / "run")
    scenario = folder / "inputs" / "scenario.yaml"
    text = scenario.read_text(encoding="utf-8")
    loan = "loan: {amount: 1 MCNY, tenor: 3 a, rate: 0.05, repayment: bullet}\n"
    scenario.write_text(text + loan, encoding="utf-8")
    cli.run(["loan", str(folder), "--pack", "bank_credit", "--amount", "2 MCNY", "--json"])
    found = json.loads(capsys.readouterr().out)["loan"]
    assert (found["amount"], found["tenor"], found["repayment"]) == (2e6, 3.0, "bullet")
    scenario.write_text(text, encoding="utf-8")
    cli.run(["loan", str(folder), "--pack", "bank_credit"])
    assert "Give --amount, --tenor and --rate." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--pack", "glp_2052"), 'Did you mean "glp_2025"?'),
        (("--pack", "glp_2025", "--amount", "2 MEUR", "--tenor", "5", "--rate", "0.04"),
         "an amount of CNY"),
        (("--pack", "glp_2025", "--amount", "2 MCNY"), "--tenor"),
        (("--pack", "glp_2025", *TERMS[:4], "--rate", "fast"), "--rate"),
        (("--pack", "glp_2025", *TERMS[2:], "--amount", "2 CNY2020"), "without a price year"),
        (("--pack", "glp_2025", *TERMS[2:], "--amount", "0 CNY"), "Amount must be above 0"),
        (("--pack", "glp_2025", *TERMS[:2], *TERMS[4:], "--tenor", "0.1"), "whole quarters"),
        (("--pack", "glp_2025", *TERMS[:2], *TERMS[4:], "--tenor", "900"), "at most 60"),
    ],
)  # fmt: skip
def test_a_mistake_is_told(
    tmp_path: Path, capsys: Captured, arguments: tuple[str, ...], said: str
) -> None:
    """Proves exit code 2 and words that name the option."""
    assert run(tmp_path, *arguments) == cli.INPUT_OR_USAGE
    assert said in capsys.readouterr().err


def test_an_attested_rule_is_met_on_attestation(tmp_path: Path, capsys: Captured) -> None:
    """Proves the way from a second-hand rule to a sure one: the same plan, the same number, another
    ground, once somebody has compared the rule with its text."""
    asked = rule("limit", "K-1", quantity="debt_share", comparison="at_most", limit="90 %")
    write_workspace(tmp_path, hours=24)
    library = tmp_path / "scenarios" / "library" / "loan_rules"
    library.mkdir(parents=True)
    write_yaml(library / "ours.yaml", pack("ours", asked, standing="lender"))
    folder = str(write_run(tmp_path / "results" / "run"))
    arguments = ["loan", folder, "--pack", "ours", "--json", *TERMS]
    assert cli.run(arguments) == cli.FINE
    assert json.loads(capsys.readouterr().out)["verdict"] == "meets_secondary"
    handbook = tmp_path / "handbook.txt"
    handbook.write_text("at most 90 %", encoding="utf-8")
    attest = ["policy", "attest", "ours/K-1", "--document", str(handbook), "--clause", "7",
              "--by", "B Li", "--workspace", str(tmp_path)]  # fmt: skip
    assert cli.run(attest) == cli.FINE
    capsys.readouterr()
    assert cli.run(arguments) == cli.FINE
    assert json.loads(capsys.readouterr().out)["verdict"] == "meets_attested"


def test_rules_about_something_else_are_no_pass(tmp_path: Path, capsys: Captured) -> None:
    """Proves exit code 5 where no gate is about what is financed: with 0 a script would take a loan
    that nobody judged for one that is met."""
    asked = rule("limit", "K-1", quantity="input_factor", comparison="at_most",
                 limit="1 t/MWh", applies_to={"tags": ["nuclear"]})  # fmt: skip
    write_workspace(tmp_path, hours=24)
    library = tmp_path / "scenarios" / "library" / "loan_rules"
    library.mkdir(parents=True)
    write_yaml(library / "ours.yaml", pack("ours", asked, standing="lender"))
    folder = str(write_run(tmp_path / "results" / "run"))
    assert cli.run(["loan", folder, "--pack", "ours", "--json", *TERMS]) == cli.CHECK_FAILED
    assert json.loads(capsys.readouterr().out)["verdict"] == "not_applicable"
