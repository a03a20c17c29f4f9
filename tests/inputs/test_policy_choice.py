"""The scenario under another policy: which limits stay, which ledger counts, where errors point."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.errors import InputErrors
from optimizer.files.yaml_document import read_yaml
from optimizer.inputs.load import load
from optimizer.inputs.policy_choice import PolicyChoice, set_aside
from optimizer.schema.policy import Policy
from tests.packs import pack, rule
from tests.workspace import put, small_scenario, write_workspace

PACKS = {
    "capped": pack("capped", rule("gross_cap", limit="9000 t", ledger="market")),
    "empty": pack("empty"),
}


def policy_under(folder: Path, *packs: str, own_limits: bool, **own: object) -> Policy:
    """The policy of the small plant under packs; ``own`` is what its scenario writes."""
    path = write_workspace(folder, put(small_scenario(), "policy", own), policies=PACKS)
    choice = PolicyChoice(packs, own_limits, "location", "--policies")
    return load(path, remake=choice).scenario.policy


def test_own_limits_are_set_aside_and_the_pack_holds(tmp_path: Path) -> None:
    """Proves that a pack is seen alone: its 9,000 t hold, not the scenario's own 5,000 t, which
    would win if they stayed, and the pack that the scenario uses is gone."""
    own = {"use": ["empty"], "gross_cap": "5000 t", "net_target": "4000 t"}
    policy = policy_under(tmp_path, "capped", own_limits=False, **own)
    assert policy.use == ("capped",)
    assert policy.gross_cap is not None
    assert policy.gross_cap.constant == 9000
    assert policy.net_target is None
    assert policy.ledger == "market", "the pack's own ledger"


def test_own_limits_that_stay_win_over_the_pack(tmp_path: Path) -> None:
    """Proves the other choice: with the scenario's own 5,000 t kept, the pack's 9,000 t are not
    what holds."""
    policy = policy_under(tmp_path, "capped", own_limits=True, gross_cap="5000 t")
    assert policy.gross_cap is not None
    assert policy.gross_cap.constant == 5000


def test_how_emissions_are_counted_is_never_set_aside(tmp_path: Path) -> None:
    """Proves that a ledger which the scenario writes holds, and that a pack without one leaves
    that of the choice: a plan under `empty` would else count in the schema's default."""
    own = {"ledger": "location", "gases": "CO2"}
    policy = policy_under(tmp_path / "a", "capped", own_limits=False, **own)
    assert (policy.ledger, policy.gases) == ("location", "CO2")
    path = write_workspace(tmp_path / "b", small_scenario(), policies=PACKS)
    choice = PolicyChoice(("empty",), False, "market", "--policies")
    assert choice(read_yaml(path), tmp_path / "b").data["policy"]["ledger"] == "market"


def test_an_unknown_pack_is_told_where_it_was_asked_for(tmp_path: Path) -> None:
    """Proves that the message names the option, not a line of the file that says nothing of it,
    and the pack that was meant."""
    with pytest.raises(InputErrors) as caught:
        policy_under(tmp_path, "caped", own_limits=False)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("--policies", 0)
    assert "capped" in problem.hint


def test_the_file_itself_stays_as_it_is(tmp_path: Path) -> None:
    """Proves that a what-if is a new object: the document read before is what it was."""
    path = write_workspace(tmp_path, put(small_scenario(), "policy", {"gross_cap": "1 t"}),
                           policies=PACKS)  # fmt: skip
    document = read_yaml(path)
    PolicyChoice(("empty",), False, "market", "--policies")(document, tmp_path)
    assert document.data["policy"] == {"gross_cap": "1 t"}
    assert set_aside(document) == ["policy.gross_cap"]
