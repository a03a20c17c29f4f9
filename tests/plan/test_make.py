"""From typical days to the full year: what is tightened, and when the loop gives up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from optimizer.errors import StoppedWithoutPlan
from optimizer.inputs.assemble import assemble
from optimizer.inputs.case import Case
from optimizer.inputs.load import load
from optimizer.plan import make
from optimizer.solve.full_year import FullYear, dispatch_full_year
from tests.cli.solving import write_small

DAY = make.Settings(periods=1, gap=0.01)


def case(folder: Path, **changes: Any) -> Case:
    return assemble(load(write_small(folder, **changes)))


def always_missing(patch: pytest.MonkeyPatch, missed: Mapping[tuple[str, int], float]) -> list[int]:
    """Let every full year miss the same caps; the list counts how often it was asked."""
    asked: list[int] = []

    def short(*given: Any) -> FullYear:
        year = dispatch_full_year(*given)
        asked.append(1)
        return FullYear(year.x, year.cost, year.unmet, dict(missed), year.seconds)

    patch.setattr(make, "dispatch_full_year", short)
    return asked


def test_a_plan_of_one_day_is_dispatched_on_all_days(tmp_path: Path) -> None:
    """Proves that what is stored lies on 365 days and that nothing is left unmet there."""
    made = make.make_plan(case(tmp_path), DAY)
    assert len(made.plan.matrix.case.axis.weight) == 365
    assert made.full_year is not None
    assert made.full_year.complete
    assert made.baseline.net_present_cost() >= made.plan.net_present_cost() * 0.99


def test_a_cap_holds_on_the_full_year(tmp_path: Path) -> None:
    """Proves gross <= 6,500 t on the full year, though the search saw one typical day.

    Without any measure the plant emits 7,820 t in 2027.
    """
    made = make.make_plan(case(tmp_path, policy__gross_cap={2027: "6500 t"}), DAY)
    gross = made.plan.matrix.column(made.plan.matrix.layer.model.gross[2027])
    assert made.plan.x[gross] <= 6500 * (1 + 1e-6)


def test_a_year_that_never_holds_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves an end: after so many repairs it is "no plan found", never "no plan exists"."""
    asked = always_missing(monkeypatch, {("gross_within_cap", 2027): 1.0})
    with pytest.raises(StoppedWithoutPlan, match="--periods"):
        make.make_plan(case(tmp_path, policy__gross_cap={2027: "7500 t"}), DAY)
    assert len(asked) == make.MOST_ROUNDS


def test_caps_lowered_beyond_reach_prove_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that a cap of 7,500 t missed by 7,000 t ends in "no plan found": the lowered cap of
    about 360 t has no plan, but nobody asked for it."""
    always_missing(monkeypatch, {("gross_within_cap", 2027): 7000.0})
    with pytest.raises(StoppedWithoutPlan, match="lowered"):
        make.make_plan(case(tmp_path, policy__gross_cap={2027: "7500 t"}), DAY)
