"""A plan under two packs: held to the stricter, verified anew, what it isn't held to is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from optimizer import cli
from tests.cli.solving import small, solve, without_reports
from tests.packs import pack, rule
from tests.workspace import write_workspace

TWO = {
    "loose": pack("loose", rule("gross_cap", "R-1", limit="90 kt", ledger="location")),
    "strict": pack(
        "strict",
        rule("gross_cap", "R-2", limit={2026: "85 kt", 2027: "95 kt"}, ledger="location"),
        rule("never_rises", "T-04", unless_output_grows=False, ledger="location"),
        rule("gross_reduction", "B-01", scopes=[1], limit={2027: 0.25}),
        rule("gross_reduction", "B-02", scopes=[1, 2, 3], limit=0.9),
    ),
}


def test_a_plan_is_held_to_the_stricter_of_two_packs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves the way from files to verdict: 85 kt binds in 2026, 90 in 2027, the gate without a
    row is named on stderr alone, and the verifier, which stacks the packs itself, agrees.

    A verifier that took the last pack's table would miss `gross_cap_from_policy` in 2027: 95 kt.
    """
    without_reports(monkeypatch)
    scenario = small(policy={"use": ["loose", "strict"]})
    path = write_workspace(tmp_path, scenario, policies=TWO)
    assert solve(path, "--json") == cli.FINE
    said = capsys.readouterr()
    assert "strict/B-02" in said.err
    summary = json.loads(said.out)
    assert "strict/T-04" in {each["rule"] for each in summary["binding"]}
    years = summary["years"]
    assert [year["gross_cap"] for year in years] == [85e3, 90e3]
    run = tmp_path / "results" / "small_plant-1"
    assert cli.run(["verify", str(run)]) == cli.FINE, capsys.readouterr().out
