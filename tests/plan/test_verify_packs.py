"""The verifier stacks the packs of a run by itself, and comes to what the loader came to."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.files.yaml_document import Document
from optimizer.inputs.policy_stack import LoadedPack, nested, stacked
from optimizer.plan.verify.given import read_given
from optimizer.plan.verify.money import in_year
from optimizer.plan.verify.packs import stacked_policy
from optimizer.plan.verify.reading import UnreadableRun
from optimizer.schema.fields import Yearly
from optimizer.schema.policy import Policy
from optimizer.schema.policy_pack import PolicyPack
from tests.packs import pack, rule
from tests.plan.tiny_run import write_run
from tests.workspace import write_yaml

YEARS = range(2024, 2036)

_years = st.lists(st.integers(2025, 2034), min_size=1, max_size=4, unique=True)
_shares = st.integers(0, 20).map(lambda n: n / 20)


@st.composite
def tables(draw: st.DrawFn) -> Any:
    """A share: constant, or by year with any interpolation."""
    if draw(st.booleans()):
        return draw(_shares)
    table: dict[Any, Any] = {year: draw(_shares) for year in sorted(draw(_years))}
    how = draw(st.sampled_from([None, "linear", "step"]))
    return table if how is None else {**table, "interpolate": how}


def in_years(table: Yearly[float]) -> list[float]:
    """A table over YEARS, nan where it gives nothing."""
    found = (in_year(table, year, float) for year in YEARS)
    return [math.nan if value is None else value for value in found]


def loader_policy(*packs: dict[str, Any]) -> Policy:
    """What loading makes of these packs."""
    loaded = [
        LoadedPack(PolicyPack.model_validate(raw), Document(Path("x"), "x", raw, {}, {}))
        for raw in packs
    ]
    fields, problems = stacked(loaded)
    assert not problems
    return Policy.model_validate(nested(fields))


@settings(max_examples=40, deadline=None)
@given(tables(), tables(), tables())
def test_both_readers_of_packs_agree_in_every_year(one: Any, two: Any, removal: Any) -> None:
    """Proves that two independent ways to stack give the same share and removals in each year.

    A table read with the wrong interpolation, or the larger share taken, differs in some year.
    """
    packs = [
        pack("a", rule("offset_share", limit=one, denominator="gross"),
             rule("removal_share", "R-2", limit=0.5)),
        pack("b", rule("offset_share", limit=two, denominator="gross"),
             rule("removal_share", "R-2", limit=removal)),
    ]  # fmt: skip
    left = loader_policy(*packs).offset
    raw = {each["id"]: each for each in packs}
    right = Policy.model_validate(stacked_policy(raw)).offset
    assert left is not None
    assert right is not None
    assert left.removal_share is not None
    assert right.removal_share is not None
    for ours, theirs in ((left.share, right.share), (left.removal_share, right.removal_share)):
        assert in_years(ours) == pytest.approx(in_years(theirs), rel=1e-12, nan_ok=True)


def test_the_verifier_takes_the_stricter_of_two_packs(tmp_path: Path) -> None:
    """Proves that a run whose packs ask 6650 t and 6000 t net in 2027 is held to 6000 t."""
    inputs = write_run(tmp_path / "run") / "inputs"
    _use(inputs, pack("second", rule("net_target", limit={2027: "6 kt"})))
    target = read_given(inputs).policy.net_target
    assert target is not None
    assert in_year(target, 2027, float) == 6000.0


def test_packs_that_contradict_each_other_make_a_run_unreadable(tmp_path: Path) -> None:
    """Proves that a run edited to use packs of two ledgers is refused: no ledger is picked."""
    inputs = write_run(tmp_path / "run") / "inputs"
    other = rule("net_target", ledger="location", limit={2027: "6 kt"})
    _use(inputs, pack("second", other))
    with pytest.raises(UnreadableRun, match="two packs differ in ledger"):
        read_given(inputs)


def _use(inputs: Path, second: dict[str, Any]) -> None:
    """Let the tiny run use one pack more."""
    write_yaml(inputs / "policies" / "second.yaml", second)
    file = inputs / "scenario.yaml"
    text = file.read_text(encoding="utf-8").replace("[reduce_first]", "[reduce_first, second]")
    file.write_text(text, encoding="utf-8")
