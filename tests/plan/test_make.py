"""From typical days to the full year: what is tightened, and when the loop gives up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer.errors import StoppedWithoutPlan
from optimizer.inputs.assemble import assemble
from optimizer.inputs.case import Case
from optimizer.inputs.load import load
from optimizer.plan import make
from optimizer.plan.settings import Settings
from optimizer.solve.full_year import FullYear, dispatch_full_year
from optimizer.solve.matrix import Array, Matrix
from tests.cli.solving import write_small
from tests.plants import boiler_plant, no_policy

DAY = Settings(periods=1, gap=0.01)


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


def test_days_that_fall_short_are_added_to_the_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that a day on which demand stays unmet stands for itself in the next round.

    The first full year is made to lack 5 MWh on day 100; the repaired case has that day as a period
    of its own, and the plan that is returned holds on every day.
    """
    periods: list[int] = []

    def lacking_once(source: Matrix, x: Array, target: Matrix) -> FullYear:
        year = dispatch_full_year(source, x, target)
        periods.append(len(source.case.axis.weight))
        unmet = np.zeros((len(target.case.years), 365))
        unmet[0, 100] = 5.0 if len(periods) == 1 else 0.0
        return FullYear(year.x, year.cost, {"heat_90c": unmet}, year.missed, year.seconds)

    monkeypatch.setattr(make, "dispatch_full_year", lacking_once)
    made = make.make_plan(case(tmp_path), DAY)
    assert made.added_days == [100]
    assert periods == [periods[0], periods[0] + 1]
    assert made.typical is not None
    assert 100 in made.typical.reasons


def test_a_missed_gate_is_closed_further() -> None:
    """Proves that 40 t above the gate lower what opens it by 40 t.

    Base year 1,000 t, reduction 10 %: the gate opens at 900 t. After the miss it opens at 860 t:
    1 - (0.1 + 40 / 1000) = 0.86.
    """
    plain = boiler_plant()
    policy = no_policy(plain.years, base_emissions=1000.0, gate_reduction=0.1)
    stricter = make._tightened(replace(plain, policy=policy), {(make.GATE, 2027): 40.0})
    reduction = stricter.policy.gate_reduction
    assert reduction is not None
    assert (1 - reduction) * 1000.0 == pytest.approx(860.0)
