"""A stored assessment judged again: no rule left out, none loosened, and none on a forged run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from optimizer import cli
from optimizer.files.netcdf import read_netcdf, write_netcdf
from optimizer.plan.store import LOAN
from tests.plan.tiny_run import write_run
from tests.plan.tiny_shares import write_shares
from tests.workspace import write_yaml

Captured = pytest.CaptureFixture[str]
Told = dict[str, Any]
TERMS = ("--amount", "6 MCNY", "--tenor", "1.5", "--rate", "4%")
ASKED = ("--pack", "bank_credit", "--pack", "glp_2025", *TERMS)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny run with 6 MCNY judged: 82 % of what it pays for, which K-06 doesn't allow."""
    folder = write_run(tmp_path_factory.mktemp("judged") / "run")
    assert cli.run(["loan", str(folder), *ASKED]) == cli.CHECK_FAILED
    return folder


@pytest.fixture
def run(judged: Path, tmp_path: Path) -> Path:
    """A copy to forge."""
    return Path(shutil.copytree(judged, tmp_path / "run"))


def told(run: Path, captured: Captured, *arguments: str) -> tuple[int, Told]:
    """Exit code of verify, and what it says of the loan."""
    captured.readouterr()
    code = cli.run(["verify", str(run), "--json", *arguments])
    found: Told = json.loads(captured.readouterr().out)
    return code, found


def forge(run: Path, change: Callable[[Told], object]) -> None:
    """loan.json with something changed, its own verdicts made to fit."""
    file = run / LOAN
    found = json.loads(file.read_text(encoding="utf-8"))
    change(found)
    order = ("fails", "cannot_determine", "meets_secondary", "meets_attested", "meets_primary")
    gates = [rule for rule in found["rules"] if rule["severity"] == "gate"]
    for pack in found["packs"]:
        own = [rule["verdict"] for rule in gates if rule["pack"] == pack["id"]]
        pack["verdict"] = min((v for v in own if v in order), key=order.index)
    found["verdict"] = min((p["verdict"] for p in found["packs"]), key=order.index)
    file.write_text(json.dumps(found), encoding="utf-8")


def rule(found: Told, id: str) -> Told:
    """One rule of an assessment."""
    chosen: Told = next(each for each in found["rules"] if each["id"] == id)
    return chosen


def without(id: str) -> Callable[[Told], object]:
    """An assessment from which a rule is missing."""
    return lambda found: found["rules"].remove(rule(found, id))


def loosened(found: Told) -> None:
    """K-06 with 90 % in place of 80 %, so met by its own figures."""
    one = rule(found, "K-06")
    one.update(limit=0.9, verdict="meets_secondary")
    one["findings"][0].update(verdict="meets_secondary", turn=None)


def of_no_weight(found: Told) -> None:
    """A gate that fails called information."""
    rule(found, "K-06")["severity"] = "info"


def pleased(found: Told) -> None:
    """A rule on each measure called met, with figures that would be."""
    one = rule(found, "Q-102")
    one.update(verdict="meets_secondary", value=5.0)
    for each in one["findings"]:
        each.update(verdict="meets_secondary", value=5.0, why=[])


def test_what_was_stored_is_what_is_judged_again(run: Path, capsys: Captured) -> None:
    """Proves that nothing is wrongly called changed: over a hundred values, and fine."""
    code, found = told(run, capsys)
    assert (code, found["ok"], found["loan"]["ok"]) == (cli.FINE, True, True)
    assert found["loan"]["compared"] > 100
    assert not found["loan"]["documents_compared"]
    cli.run(["verify", str(run)])
    assert "judged again by the packs of the workspace" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (without("K-06"), "rules.bank_credit/K-06"),
        (loosened, "rules.bank_credit/K-06.limit"),
        (of_no_weight, "rules.bank_credit/K-06.severity"),
        (pleased, "rules.glp_2025/Q-102.findings.led.verdict"),
        (lambda found: found["packs"][0].update(sha256="0" * 64), "packs.bank_credit.sha256"),
        (lambda found: found["measures"][0].update(verdict="fails"), "measures.led.verdict"),
        (lambda found: rule(found, "K-06").update(trust="primary"), "rules.bank_credit/K-06.trust"),
    ],
    ids=["left_out", "loosened", "of_no_weight", "pleased", "pack", "measure", "trust"],
)  # fmt: skip
def test_a_rule_left_out_or_loosened_is_told(
    run: Path, capsys: Captured, change: Callable[[Told], object], path: str
) -> None:
    """Proves each forgery that leaves the money as it is, so that every recomputed row holds."""
    forge(run, change)
    code, found = told(run, capsys)
    assert (code, found["ok"]) == (cli.CHECK_FAILED, True)
    assert path in {each["path"] for each in found["loan"]["differences"]}
    cli.run(["verify", str(run)])
    assert f"DIFFERS loan.json {path}" in capsys.readouterr().out


def test_documents_are_compared_again_with_their_file(tmp_path: Path, capsys: Captured) -> None:
    """Proves that a document swapped after the assessment is told once its file is named: as listed
    in loan.json it would still hold."""
    folder, paper = write_run(tmp_path / "run"), tmp_path / "record.pdf"
    paper.write_text("clean", encoding="utf-8")
    item = {"id": "compliance_record", "document": "record.pdf", "clause": "1", "value": "none",
            "sha256": sha256(b"clean").hexdigest(), "dated": "2026-01-01"}  # fmt: skip
    file = tmp_path / "evidence.yaml"
    write_yaml(file, {"evidence": [item]})
    cli.run(["loan", str(folder), "--pack", "bank_credit", *TERMS, "--evidence", str(file)])
    assert told(folder, capsys, "--evidence", str(file))[0] == cli.FINE
    paper.write_text("fined", encoding="utf-8")
    assert told(folder, capsys)[0] == cli.FINE
    code, found = told(folder, capsys, "--evidence", str(file))
    assert (code, found["loan"]["documents_compared"]) == (cli.CHECK_FAILED, True)
    paths = {each["path"] for each in found["loan"]["differences"]}
    assert "rules.bank_credit/Q-35.verdict" in paths


def test_shares_made_after_the_assessment_leave_it_out_of_date(run: Path, capsys: Captured) -> None:
    """Proves that `decarb measures` after `decarb loan` is told as what it is, not as a forgery of
    the parts that were unknown; judged again, all holds."""
    write_shares(run, {"led": (1e5, 300.0), "pv": (5e4, 100.0)})
    code, found = told(run, capsys)
    failed = [row["name"] for row in found["rows"] if not row["ok"]]
    assert (code, failed, found["loan"]["stale"]) == (
        cli.CHECK_FAILED, ["loan_rests_on_shares"], True,
    )  # fmt: skip
    cli.run(["verify", str(run)])
    assert "run decarb loan again" in capsys.readouterr().out
    cli.run(["loan", str(run), *ASKED])
    assert told(run, capsys)[0] == cli.FINE


def test_a_run_that_does_not_recompute_fails_whatever_it_earns(run: Path, capsys: Captured) -> None:
    """Proves that savings written into plan.nc buy no verdict: with the energy bill of 2026 halved
    the cover would double, and every row of the packs be kept or open."""
    plan = read_netcdf(run / "plan.nc")
    bill = plan["cash_class"].values == "energy"
    plan["cash"][bill, 0] *= 0.5
    write_netcdf(plan, run / "plan.nc")
    capsys.readouterr()
    asked = ("--pack", "glp_2025", "--amount", "2 MCNY", "--tenor", "1.5", "--rate", "4%", "--json")
    assert cli.run(["loan", str(run), *asked]) == cli.CHECK_FAILED
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"] == "fails"
    assert found["packs"][0]["verdict"] == "cannot_determine"
    assert "cash_follows_plan" in found["broken"]
    assert cli.run(["loan", str(run), *asked[:-1]]) == cli.CHECK_FAILED
    assert "does not recompute" in capsys.readouterr().out


def test_a_damaged_assessment_is_no_traceback(run: Path, capsys: Captured) -> None:
    """Proves that a file of another shape is told with what to do, and can be judged anew."""
    forge(run, lambda found: found.update(evidence=[{"id": 1}]))
    assert cli.run(["verify", str(run)]) == cli.INPUT_OR_USAGE
    assert "Run decarb loan again." in capsys.readouterr().err
    (run / LOAN).write_text("{", encoding="utf-8")
    assert cli.run(["loan", str(run), *ASKED]) == cli.CHECK_FAILED
    assert told(run, capsys)[0] == cli.FINE
