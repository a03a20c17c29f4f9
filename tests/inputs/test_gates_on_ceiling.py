"""What a scenario's own policy may say beside its packs."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.errors import InputErrors
from optimizer.inputs.load import load
from tests.packs import pack, rule
from tests.workspace import put, small_scenario, write_workspace

CEILING = rule("abatement_ceiling", "A-1", limit="300 CNY/t", mode="displaced_credit")


def written(folder: Path, severity: str, of_pack: str) -> Path:
    """A scenario whose own policy gives the ceiling's severity, under a pack with a ceiling."""
    policy = {"use": ["own"], "ceiling": {"price": "300 CNY/t", "severity": severity}}
    scenario = put(small_scenario(), "policy", policy)
    ceiling = {**CEILING, "severity": of_pack}
    return write_workspace(folder, scenario, policies={"own": pack("own", ceiling)}, hours=24)


def test_a_gate_of_a_pack_is_not_turned_into_a_score(tmp_path: Path) -> None:
    """Proves the message. Unchecked, one word of a scenario would lift a rule that must hold."""
    with pytest.raises(InputErrors) as caught:
        load(written(tmp_path, "score", "gate"))
    (problem,) = caught.value.problems
    assert (problem.field, problem.found) == ("policy.ceiling.severity", "score")
    assert "own/A-1" in problem.allowed


@pytest.mark.parametrize(("own", "of_pack"), [("gate", "gate"), ("score", "score")])
def test_other_severities_stand_beside_each_other(tmp_path: Path, own: str, of_pack: str) -> None:
    """Proves that a score beside a score and a gate beside a gate load."""
    ceiling = load(written(tmp_path, own, of_pack)).scenario.policy.ceiling
    assert ceiling is not None
    assert ceiling.binds == (own == "gate")
