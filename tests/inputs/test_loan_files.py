"""Loan packs read from their files, listed, attested, and refused where they say nonsense."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optimizer import cli
from optimizer.errors import InputErrors
from optimizer.inputs.attestations import attest, attested_rules, read_attestations
from optimizer.inputs.loan_files import FOLDER, read_all, read_pack
from optimizer.inputs.policy_listing import details, row, unchecked
from tests.packs import pack, rule
from tests.workspace import write_workspace, write_yaml

COVER = rule("limit", "K-1", quantity="dscr", comparison="at_least", limit=1.25)


def loan_pack(*rules: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A lender's pack of these rules."""
    return pack("one", *(rules or (COVER,)), **{"standing": "lender", **fields})


def write(folder: Path, raw: dict[str, Any]) -> Path:
    """The pack as a file of a workspace's library."""
    write_workspace(folder, hours=24)
    path = folder / FOLDER / "one.yaml"
    path.parent.mkdir(parents=True)
    write_yaml(path, raw)
    return path


def wrong(folder: Path, raw: dict[str, Any]) -> str:
    """What is said of a pack that is refused."""
    path = write(folder, raw)
    with pytest.raises(InputErrors) as caught:
        read_pack(path, "one.yaml")
    return str(caught.value)


def test_a_loan_pack_is_read_and_listed(tmp_path: Path) -> None:
    """Proves that a rule is read in base units, counts as no row of the model, and isn't called
    unchecked for that: the verdict on a loan checks it."""
    write(tmp_path, loan_pack())
    (loaded,) = read_all(tmp_path).values()
    facts = details(loaded, ())
    assert facts["rules"][0]["parameters"]["limit"] == 1.25
    assert row(loaded.pack, frozenset())["in_model"] == 0
    assert not unchecked(loaded.pack.rules[0])


def test_a_loan_rule_can_be_attested(tmp_path: Path) -> None:
    """Proves that attestations serve loan packs as they serve policies."""
    write(tmp_path, loan_pack())
    document = tmp_path / "handbook.txt"
    document.write_text("1.25", encoding="utf-8")
    packs = read_all(tmp_path)
    attest(tmp_path, packs["one"], "K-1", document, clause="7", by="B Li", on=date(2026, 11, 23))
    assert attested_rules(read_attestations(tmp_path, packs), "one") == {"K-1"}


def test_the_commands_for_policies_show_loan_packs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves list, show and check: a strict check fails while K-1 rests on a secondary source."""
    path = write(tmp_path, loan_pack())
    assert cli.run(["policy", "list", "--workspace", str(tmp_path)]) == cli.FINE
    assert "lenders' practice, not law" in capsys.readouterr().out
    assert cli.run(["policy", "show", "one", "--workspace", str(tmp_path)]) == cli.FINE
    assert "quantity dscr; comparison at_least; limit 1.25" in " ".join(
        capsys.readouterr().out.split()
    )
    assert cli.run(["policy", "check", str(path), "--strict"]) == cli.CHECK_FAILED
    assert "one/K-1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (rule("limit", quantity="dscrr", comparison="at_least", limit=1), "dscr"),
        (rule("limit", quantity="tail", comparison="at_least", limit=1), "bare number has no unit"),
        (rule("limit", quantity="tail", comparison="at_least", limit="1 MWh"), "It is an energy"),
        (rule("stated", per="loan", unit="a", comparison="above", limit="1 a", evidence=[]),
         "evidence"),
        (rule("purpose"), "allowed"),
        (rule("draw_window"), "first"),
        (rule("draw_window", first="2027-01-01", last="2026-01-01"), "before 'first'"),
        (rule("refrigerant_gwp", evidence=[], gwp_set="ar4", limit=675), "evidence"),
        (rule("documents", per="plan", evidence=[]), "measure"),
        (rule("scripted", code="True"), "limit"),
    ],
)  # fmt: skip
def test_a_rule_outside_the_vocabulary_is_refused(
    tmp_path: Path, raw: dict[str, Any], said: str
) -> None:
    """Proves that each error stands at its place in the file and says what is allowed."""
    told = wrong(tmp_path, loan_pack(raw))
    assert "one.yaml:" in told
    assert said in told


def test_a_source_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Proves that loan packs pass the same checks of sources as policies."""
    assert "a key of the pack's sources" in wrong(tmp_path, loan_pack({**COVER, "source": ["x"]}))
