"""What is paid and received year by year, and that it is the objective in other words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

from optimizer.inputs import case as c
from optimizer.inputs.assemble import assemble
from optimizer.inputs.axis_choice import on_typical_days
from optimizer.inputs.load import load
from optimizer.plan.cash import CAPITAL, CashLine, cash_lines
from optimizer.plan.cash_flow import by_timing, cash_flow, present_value, remaining_value
from optimizer.plan.verify import VerifyReport
from tests import plants as p
from tests.model.solving import solved
from tests.model.test_capacity import heat_pump, plant
from tests.plan.rich_plant import SCHEDULE, write_rich_workspace
from tests.plan.solved import solved as solved_plan

BOTH = (2026, 2027)


def lines_of(case: c.Case) -> dict[tuple[str, str], CashLine]:
    return {(line.cash_class, line.item): line for line in cash_lines(case, solved(case))}


def present(flow: xr.Dataset, side: str) -> float:
    return float(present_value(flow, side).sum()) + remaining_value(flow, side)


@pytest.mark.parametrize("end", ["extended", "within_horizon", "salvage"])
def test_cash_discounts_to_the_objective(end: str, tmp_path: Path) -> None:
    """Proves that money paid overnight, less what the remaining lives are worth, is the objective
    to 1e-9 at every end of the horizon, with forced and optional renewal, grants, a price trend
    and units whose life ends in the tail."""
    bundle = load(write_rich_workspace(tmp_path, end, segments=5))
    case, _ = on_typical_days(assemble(bundle), 1, 5)
    plan = solved_plan(case, SCHEDULE)
    flow = cash_flow(plan, plan)
    cost = float(plan.attrs["net_present_cost"])
    assert -present(flow, "plan") == pytest.approx(cost, rel=1e-9)
    assert float(np.abs(flow["difference"]).max()) == 0


def test_the_difference_of_each_line_is_life_beyond_the_horizon() -> None:
    """Proves the reconciliation of one heat pump: 200,000 paid at the start of 2026, life 10 at
    8 %, counted to 2028: annual form 29,805.90 in three years; seven years are left, worth
    29,805.90 x (1 - 1.08^-7) / 0.08 = 155,180.53 at the end of 2028."""
    option = heat_pump(upper=1.0, lower=1.0, rate=0.08, life=10)
    case = plant(option, money=p.money(BOTH, 0.08, 2028))
    line = lines_of(case)["overnight", "hp"]
    assert line.timing == "year_start"
    assert line.amount.tolist() == [pytest.approx(-200e3), 0, 0]
    assert line.remaining == pytest.approx(155_180.53, abs=0.01)
    annual = 29_805.8977 * sum(1.08**-t for t in (1, 2, 3))
    assert 200e3 - line.remaining * 1.08**-3 == pytest.approx(annual, abs=0.01)


@pytest.mark.parametrize(
    ("life", "to", "years"),
    [(3, 2032, [2029, 2032]), (2, 2030, [2028, 2030]), (20, 2035, []), (10, 2036, [2036])],
)
def test_units_are_renewed_in_the_tail(life: int, to: int, years: list[int]) -> None:
    """Proves that what stands in 2027 is bought again whenever it has lived: a life of 3 from 2026
    ends with 2028, so 50,000 are paid in 2029 and 2032. A tail without renewals would be free."""
    option = heat_pump(upper=1.0, lower=1.0, slope=50e3, rate=0.0, life=life)
    case = plant(option, money=p.money(BOTH, 0.0, to))
    found = lines_of(case)
    assert found["overnight", "hp"].amount[0] == pytest.approx(-50e3)
    paid = found["renewal", "hp"].amount if ("renewal", "hp") in found else np.zeros(to - 2025)
    assert [2026 + i for i in np.flatnonzero(paid)] == years
    assert paid.sum() == pytest.approx(-50e3 * len(years))


def test_a_renewed_asset_pays_again_after_its_life() -> None:
    """Proves that the boiler renewed in 2026 for 90,000, life 2, is bought again in 2028 and 2030:
    as the objective has it, whose annual cost never ends."""
    boiler = p.asset(
        "boiler", BOTH, 2.0, last_old=-1, renewed_unit="boiler.renewed", renewal_capex=90e3,
        renewal_capital_recovery=0.5, renewal_lifetime=2.0, free=False,
    )  # fmt: skip
    base = p.boiler_plant(BOTH, money=p.money(BOTH, 0.0, 2031))
    renewed = replace(base.units[0], id="boiler.renewed")
    case = replace(base, assets=(boiler,), units=(*base.units, renewed))
    found = lines_of(case)
    assert found["renewal", "boiler"].amount.tolist() == [-90e3, 0, -90e3, 0, -90e3, 0]
    assert found["energy", "gas"].amount.tolist() == [pytest.approx(-109_500)] * 6


def test_grants_come_once_and_capital_lines_never() -> None:
    """Proves that a grant of 12,500 comes in at the start of 2026 and not again in the tail, and
    that neither annual capital cost nor what a grant is worth in it is taken for money."""
    option = heat_pump(upper=1.0, lower=1.0, slope=50e3, rate=0.1, life=2)
    grant = c.GrantOption("g", p.name("g"), ("hp",), 0.25, 1e6, (True, True))
    found = lines_of(plant(option, money=p.money(BOTH, 0.1, 2029), grants=(grant,)))
    assert found["grants", "hp"].amount.tolist() == [pytest.approx(12.5e3), 0, 0, 0]
    assert found["renewal", "hp"].amount.tolist() == [0, 0, pytest.approx(-50e3), 0]
    assert not {kind for kind, _ in found} & {"capital", "salvage"}
    assert "grants" in CAPITAL


def test_difference_is_what_the_plan_earns(parts_data: tuple[xr.Dataset, xr.Dataset]) -> None:
    """Proves plan - baseline, line by line, also where one side lacks a line. 2026 of the tiny run:
    power 4380 x (1500 - 766.5) and 480,000 x (2.2 - 1.15) less, 657,000 of grant, 4,618,333 paid
    for LED and battery, their O&M 65,700 + 5,000 + 20 x 0.045 x 4380."""
    plan, baseline = parts_data
    flow = cash_flow(plan, baseline)
    start, end = by_timing(flow)
    assert start[0] == pytest.approx(657e3 - 3.285e6 - 8e5 - 1.6e6 / 3)
    saved = 4380 * 733.5 + 480e3 * 1.05
    assert end[0] == pytest.approx(saved - 65_700 - 5_000 - 20 * 0.045 * 4380)
    assert end[1] == end[2]
    assert flow.attrs["last"] == 2027
    assert flow["year"].values.tolist() == [2026, 2027, 2028]


@pytest.fixture
def parts_data() -> tuple[xr.Dataset, xr.Dataset]:
    """Plan and baseline of the hand-worked run."""
    from tests.plan import tiny_run as tiny

    plan = tiny.dataset(tiny.plan_values(), tiny.plan_costs())
    return plan, tiny.dataset(tiny.baseline_values(), tiny.baseline_costs())


@pytest.mark.parametrize("place", [(5, 0), (6, 2), (-1, 0)])
def test_a_ten_thousandth_of_cash_is_seen(
    verify_changed: Callable[..., VerifyReport], place: tuple[int, int]
) -> None:
    """Proves that one amount of cash times 1.0001 fails its own row and the sum's."""

    def change(data: xr.Dataset) -> None:
        data["cash"].values[place] *= 1.0001

    failed = {row.name for row in verify_changed(change).failed}
    assert failed == {"cash_follows_plan", "cash_discounts_to_cost"}


def test_a_ten_thousandth_of_a_remaining_value_is_seen(
    verify_changed: Callable[..., VerifyReport],
) -> None:
    """Proves the same of what is left of the PV, 18 of 20 years."""

    def change(data: xr.Dataset) -> None:
        data["remaining_value"].values[-3] *= 1.0001

    failed = {row.name for row in verify_changed(change).failed}
    assert failed == {"remaining_value", "cash_discounts_to_cost"}


def test_what_is_only_valued_is_no_cash() -> None:
    """Proves that an internal carbon price of 100 on 2,190 t makes the objective 219,000 a year
    dearer and moves no money: the gas bill of 109,500 is all that is paid."""
    base = p.boiler_plant(BOTH)
    case = replace(base, internal_carbon_price=np.array([100.0, 100.0]))
    lines = cash_lines(case, solved(case))
    assert [line.cash_class for line in lines] == ["energy"]
    assert solved(case).decision_cost() == pytest.approx(2 * (109_500 + 219_000))
