"""Why no plan exists, on the plant whose figures can be done by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optimizer.inputs import case as c
from optimizer.solve.explain import broken_promises
from optimizer.solve.highs import Outcome, Solver
from optimizer.solve.promises import BrokenPromise, CutShort
from optimizer.solve.stamp import stamp
from tests import held
from tests import plants as p

YEARS = (2026, 2027)


def plant(**changes: Any) -> c.Case:
    """1 MW of heat all year from gas at 80 %: 2,190 t a year. An insulation saves 20 % for 1,000;
    a panel of 10 m2 a MW gives up to 0.5 MW of heat for 100 a MW."""
    panel = p.measure("panel", YEARS, kind="converter", slope=100.0, upper=0.5, area={"roof": 10.0})
    cover = p.measure("cover", YEARS, cost=1000.0)
    case = p.boiler_plant(YEARS)
    unit = c.ConverterUnit("panel", "heat", (c.Flow("gas", 0.001),), (c.Flow("heat", 1.0),))
    return replace(
        case, units=(*case.units, unit), measures=(panel, cover), area={"roof": 5.0},
        savings=(c.SavingEffect("cover", "process", 0.2, ()),), **changes,
    )  # fmt: skip


def capped(*caps: float | None) -> c.PolicyRule:
    return p.no_policy(YEARS, gross_cap=caps)


def test_the_reachable_value_is_what_the_least_breaking_plan_has() -> None:
    """Proves 656.8 t: 20 % saved leaves 0.8 MW; the panel gives 0.5 MW at 0.001 MWh gas a MWh.

    (0.3 x 1.25 + 0.5 x 0.001) x 8760 x 0.2 = 657.876 t. A cap of 100 t breaks in both years alike.
    """
    broken = broken_promises(stamp(plant(policy=capped(100.0, 100.0))))
    assert [(b.rule, b.year, b.limit) for b in broken] == [
        ("gross_within_cap", 2026, 100.0),
        ("gross_within_cap", 2027, 100.0),
    ]
    for promise in broken:
        assert promise.reachable == pytest.approx(657.876, rel=1e-3)


def test_a_cap_gives_way_and_the_roof_does_not() -> None:
    """Proves that half the roof (0.25 MW of panel) makes (0.55 x 1.25 + 0.00025) x 1752 = 1,204.9 t
    the lowest, and that the roof isn't named: were it broken too, the answer would be 657.9 t."""
    case = replace(plant(policy=capped(None, 100.0)), area={"roof": 2.5})
    (broken,) = broken_promises(stamp(case))
    assert (broken.rule, broken.year) == ("gross_within_cap", 2027)
    assert broken.reachable == pytest.approx(1204.94, rel=1e-3)


def test_demand_beyond_all_capacity_is_named_by_its_carrier() -> None:
    """Proves limit and reachable in MWh: 0.6 MW of boiler against 1 MW: 8,760 and 5,256."""
    case = replace(p.boiler_plant(YEARS), assets=(p.asset("boiler", YEARS, 0.6),))
    broken = broken_promises(stamp(case))
    assert [(b.rule, b.year, b.item) for b in broken] == [
        ("demand", 2026, "heat"), ("demand", 2027, "heat"),
    ]  # fmt: skip
    for promise in broken:
        assert promise.limit == pytest.approx(8760)
        assert promise.reachable == pytest.approx(5256, rel=1e-3)


@pytest.mark.parametrize(
    ("limit", "reachable", "said"),
    [
        (12_000, 13_410.4, "2028: gross cap 12,000 t, lowest reachable 13,410 t, 1,410 t over"),
        (12_000, 12_000.4, "2028: gross cap 12,000 t, lowest reachable 12,000.4 t, 0.4 t over"),
        (0, 5.25, "2028: gross cap 0 t, lowest reachable 5.25 t, 5.25 t over"),
        (0.5, 0.75, "2028: gross cap 0.5 t, lowest reachable 0.75 t, 0.25 t over"),
    ],
)
def test_a_promise_is_said_with_digits_that_tell_it_apart(
    limit: float, reachable: float, said: str
) -> None:
    """Proves that a near miss doesn't read "12,000, lowest reachable 12,000"."""
    assert str(BrokenPromise("gross_within_cap", 2028, limit, reachable)) == said


def test_a_gate_that_cannot_be_kept_is_named_with_what_it_is_missed_by() -> None:
    """Proves the gate of a pack: 1 % of 2,190 t may be left, 657.876 t are the lowest."""
    rule = held.reduction((None, 0.01), 2_190.0, 1)
    (broken,) = broken_promises(stamp(plant(policy=p.no_policy(YEARS, held=(rule,)))))
    assert (broken.rule, broken.item, broken.year) == ("scopes_within_reduction", rule.id, 2027)
    assert broken.reachable == pytest.approx(657.876 - 21.9, rel=1e-3)
    assert "pack/B-1, reduction of scopes missed by at least" in str(broken)


def test_without_time_nothing_is_claimed() -> None:
    """Proves that an explanation without a second says that it was cut short and names no rule:
    going on to the demand would call heat impossible that the boiler makes."""
    matrix = stamp(plant(policy=capped(100.0, 100.0)))
    assert broken_promises(matrix, seconds=0.0) == (CutShort(0.0, named=False),)


def test_what_was_found_when_time_ended_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves that a search that is stopped with a plan gives its values, and that they may not be
    the least; and that all searches share the time: the first of 80 s gets at most half."""
    given: list[float] = []
    whole_run, whole_set = Solver.run, Solver.set

    def stopped(self: Solver) -> Outcome:
        return replace(whole_run(self), ending="time_limit")

    def noted(self: Solver, **options: Any) -> None:
        given.extend(value for name, value in options.items() if name == "time_limit")
        whole_set(self, **options)

    monkeypatch.setattr(Solver, "run", stopped)
    monkeypatch.setattr(Solver, "set", noted)
    *named, last = broken_promises(stamp(plant(policy=capped(None, 100.0))), seconds=80.0)
    assert [(b.rule, b.year) for b in named if isinstance(b, BrokenPromise)] == [
        ("gross_within_cap", 2027)
    ]
    assert last == CutShort(80.0, named=True)
    assert str(last).startswith("The explanation was cut short at 80 s")
    assert len(given) == 1
    assert 0 < given[0] <= 40
