"""The case's yearly side: money, sizes, lives, units, rules."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import numpy as np
import pytest

from optimizer.finance import capital_recovery_factor
from optimizer.inputs.assemble import never_in_time
from optimizer.inputs.case import Case
from tests.inputs.assembling import case_of, changed, measure, offering
from tests.workspace import small_measures


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return case_of(tmp_path_factory.mktemp("small"))


def test_weights_hold_the_tail(small: Case) -> None:
    """Proves D_2026 = 1/1.08 (base year 2025), and that 2030 weighs the sum of 1.08^-5 … 1.08^-15
    (2030 … 2040): (1.08^-4 − 1.08^-15)/0.08 = (0.7350299 − 0.3152417)/0.08 = 5.2473519."""
    assert small.money.discount[0] == pytest.approx(1 / 1.08)
    assert small.money.weight[-1] == pytest.approx((1.08**-4 - 1.08**-15) / 0.08)
    assert small.money.weight[:-1].tolist() == small.money.discount[:-1].tolist()


def test_a_horizon_without_tail_weighs_each_year_alone(tmp_path: Path) -> None:
    """Proves `within_horizon` ignores evaluate_to: W = D, also in the last year."""
    money = case_of(tmp_path, changed(horizon__end="within_horizon")).money
    assert money.weight.tolist() == money.discount.tolist()
    assert money.evaluate_to == 2030


def test_prices_reach_base_units(small: Case) -> None:
    """Proves 3200 CNY/kW is 3.2e6 a MW, 40 CNY/kW/a is 40,000 a MW and year, 5 m2/kW is 5000 m2 a
    MW, 0.35 CNY/kWh is 350 a MWh, 40 CNY/kW/month is 40 × 1000 × 12 = 480,000 a MW and year."""
    pv, pump, _ = small.measures
    assert (pv.segments[0].slope, pv.area["roof"]) == (3.2e6, 5000)
    assert (pump.fixed_om, pump.fixed_om_lump, pump.fixed_om_share) == (40_000, 0, 0)
    assert (pv.fixed_om, pv.fixed_om_share) == (0, 0.015)
    power, gas, _ = small.carriers
    assert gas.purchase is not None
    assert power.purchase is not None
    assert power.purchase.demand_charge is not None
    assert (gas.purchase.series, gas.purchase.level[0]) == (None, 350)
    assert power.purchase.demand_charge.price.tolist() == [480_000] * 5


def test_lives_are_whole_years_rounded_down(tmp_path: Path) -> None:
    """Proves a life of 12.9 a stands 12 years and is paid back in 12, and one of 6 months stands 1
    year: 0.08/(1 − 1.08^-12) = 0.132695."""
    given = offering(measure(id="long", lifetime="12.9 a"), measure(id="short", lifetime="6 month"))
    long, short = case_of(tmp_path, *given).measures
    assert (long.life_years, short.life_years) == (12, 1)
    assert long.capital_recovery == pytest.approx(0.13269501692)
    assert short.capital_recovery == pytest.approx(1.08)


def test_lead_times_are_rounded_up(tmp_path: Path) -> None:
    """Proves 18 months from 2026 means 2028 (index 2), a later first year wins (2029: 3), an
    earlier one doesn't, and what comes after 2030 is told by name."""
    given = offering(
        measure(id="slow", lead_time="18 month"),
        measure(id="late", lead_time="1 a", first_year=2029),
        measure(id="early", lead_time="2 a", first_year=2020),
        measure(id="never", lead_time="5 a"),
        measure(id="now", lead_time="0 a"),
    )
    case = case_of(tmp_path, *given)
    assert [option.earliest for option in case.measures] == [2, 3, 2, 5, 0]
    assert never_in_time(case) == ("never",)


def test_fixed_cost_points_and_markets(tmp_path: Path) -> None:
    """Proves the market's own price wins over `any`; points are totals or prices × size: 500 kW at
    2000/kW is 1e6, then 3 MW in total 3e6: 0.8e6 a MW on 2.5 MW between."""
    points = [{"at": "500 kW", "price": "2000 CNY/kW"}, {"at": "3 MW", "total": "3 MCNY"}]
    given = offering(
        measure(id="pieces", capex={"any": {"price": "9 CNY/kW"}, "cn": {"points": points}}),
        measure(id="plain", capex={"any": {"fixed": "50 kCNY", "price": "2 CNY/W"}}),
    )
    pieces, plain = case_of(tmp_path, *given).measures
    slopes = [(piece.lower, piece.upper, piece.slope) for piece in pieces.segments]
    assert slopes == [
        (0.5, 3.0, pytest.approx(0.8e6)),
        (3.0, 4.0, pytest.approx(1e6)),
    ]
    assert (plain.segments[0].intercept, plain.segments[0].slope) == (50_000, 2e6)


def test_contingency_on_top_is_capex(tmp_path: Path) -> None:
    """Proves 20 % on top of 50,000 + 2e6 a MW is 60,000 + 2.4e6 a MW in the model, for a lump as
    for a size; 20 % that the price includes leaves it."""
    price = {"fixed": "50 kCNY", "price": "2 CNY/W"}
    given = offering(
        measure(id="top", capex={"any": {**price, "contingency": {"on_top": "20 %"}}}),
        measure(id="inside", capex={"any": {**price, "contingency": {"included": 0.2}}}),
    )
    found = [option.segments[0] for option in case_of(tmp_path, *given).measures]
    assert [(piece.intercept, piece.slope) for piece in found] == [
        (pytest.approx(60_000), pytest.approx(2.4e6)),
        (50_000, 2e6),
    ]


def test_foreign_prices_of_other_years(tmp_path: Path) -> None:
    """Proves a catalog price of 780 EUR2020/kW reaches the option as 7,605,000 CNY2025/MW
    (× 125/100 × 7.8), and a lump sum of O&M of 1 kEUR2020/a as 9750 CNY2025."""
    economics = {
        "discount_rate": 0.08,
        "exchange": {"EUR": 7.8},
        "deflator": {"EUR": {2020: 100, 2025: 125}},
    }
    given = offering(
        measure(
            capex={"any": {"price": "780 EUR2020/kW"}},
            fixed_om={"any": {"price": "1 kEUR2020/a"}},
        ),
        economics=economics,
    )
    (option,) = case_of(tmp_path, *given).measures
    assert option.segments[0].slope == pytest.approx(7_605_000)
    assert (option.fixed_om_lump, option.fixed_om) == (pytest.approx(9750), 0)


def test_a_saving_is_priced_by_what_it_acts_on(tmp_path: Path) -> None:
    """Proves 10 % of the motors' year (profile mean 0.99975 MW × 8760 h = 8757.81 MWh) at
    1 CNY/kWh a year costs 875,781 with 1 MCNY fixed; `peak` takes the highest hour, 1.333 MW, at
    200 CNY/kW = 266,600, whatever the share."""
    saving = small_measures()[2]
    annual = {"fixed": "1 MCNY", "price": "1 CNY/kWh", "basis": "annual_saving"}
    peak = {"price": "200 CNY/kW", "basis": "peak"}
    given = offering(
        {**saving, "id": "annual", "capex": {"any": annual}},
        {**saving, "id": "peak", "capex": {"any": peak}},
    )
    by_year, by_peak = case_of(tmp_path, *given).measures
    assert by_year.segments[0].intercept == pytest.approx(1_875_781)
    assert by_peak.segments[0].intercept == pytest.approx(266_600)
    assert (by_peak.unit, by_peak.lower, by_peak.upper) == ("unit", 1.0, 1.0)


def test_an_asset_ends_with_its_life(small: Case, tmp_path: Path) -> None:
    """Proves built 2010 with 19 a may stand through 2028 (index 2), as a build of 2010 would; an
    asset whose life ended in 2020 has -1; one that outlives the plan has its last index, 4."""
    (boiler,) = small.assets
    assert (boiler.end_of_life, boiler.last_old, boiler.renewed_unit) == (
        2028,
        2,
        "gas_boiler.renewed",
    )
    assert boiler.renewal_capital_recovery == capital_recovery_factor(0.08, 20)
    for end, index in ((2020, -1), (2035, 4)):
        folder = tmp_path / str(end)
        scenario = changed(assets__0__end_of_life=end)
        assert case_of(folder, scenario).assets[0].last_old == index


def test_asset_money_is_of_the_whole_asset(tmp_path: Path) -> None:
    """Proves 4 MW at 25 CNY/kW/a cost 100,000 a year, the renewed one's own 0.2 MCNY/a as given;
    without its own, the renewed one costs as much as the old."""
    scenario = changed(assets__0__fixed_om="25 CNY/kW/a", assets__0__dismantling="30 kCNY")
    asset = case_of(tmp_path / "same", scenario).assets[0]
    assert (asset.fixed_om, asset.renewal_fixed_om) == (100_000, 100_000)
    assert (asset.dismantling, asset.renewal_capex) == (30_000, 1.2e6)
    scenario = changed(assets__0__fixed_om="25 CNY/kW/a", assets__0__renewal__fixed_om="0.2 MCNY/a")
    assert case_of(tmp_path / "own", scenario).assets[0].renewal_fixed_om == 200_000


def test_a_renewed_asset_has_its_own_efficiency(tmp_path: Path) -> None:
    """Proves the old boiler burns 1/0.9 MWh a MWh of heat and the renewed one 1/0.95; without
    `renewal.inputs` both burn the same."""
    renewal = {
        "capex": "1 MCNY",
        "lifetime": "20 a",
        "inputs": {"natural_gas": {"efficiency": 0.95}},
    }
    units = case_of(tmp_path, changed(assets__0__renewal=renewal)).units
    ratios = {unit.id: unit.inputs[0].ratio for unit in units[:2]}  # type: ignore[union-attr]
    assert ratios == {"gas_boiler": 1 / 0.9, "gas_boiler.renewed": 1 / 0.95}


def test_activity_keeps_its_fixed_share(tmp_path: Path) -> None:
    """Proves output 1.5 with a fifth of the motors fixed is 0.2 + 0.8 × 1.5 = 1.4; process heat,
    all of which follows output, is 1.5."""
    motors, heat = case_of(tmp_path, changed(output=1.5)).services
    assert motors.activity.tolist() == pytest.approx([1.4] * 5)
    assert heat.activity.tolist() == [1.5] * 5


def test_base_year_emissions_by_hand(small: Case) -> None:
    """Proves 8760 MWh × 0.55 (the base year's own factor; the table starts at 0.53 in 2026) = 4818
    t and 19,467 MWh × 0.202 = 3932.334 t: 8750.334 t in the policy's ledger."""
    assert small.base.scope2_location == pytest.approx(4818)
    assert small.base.scope1 == pytest.approx(3932.334)
    assert small.policy.base_emissions == pytest.approx(8750.334)


def test_the_market_ledger_counts_residual_power(tmp_path: Path) -> None:
    """Proves the market ledger takes the residual factor: 8760 × 0.8 = 7008 t with 3932.334 t of
    gas; a carrier without one takes its location factor."""
    scenario = changed(carriers__electricity__residual="0.8 kg/kWh", policy={"ledger": "market"})
    case = case_of(tmp_path, scenario)
    assert case.policy.base_emissions == pytest.approx(10_940.334)
    assert case.base.scope2_location == pytest.approx(4818)
    assert case.carriers[0].residual.tolist() == [0.8] * 5


def test_rules_and_money_by_year(tmp_path: Path) -> None:
    """Proves a cap on 2028 alone leaves other years free, a budget of 2 MCNY a year is 2e6, a grant
    of 2027 … 2028 pays in these years alone, and carbon at 80 CNY/t is 80 with no free tonnes."""
    grant = {
        "id": "g",
        "name": {"en": "g", "zh": "g"},
        "measures": ["pv_roof"],
        "share": 0.3,
        "cap": "1 MCNY",
        "first": 2027,
        "last": 2028,
    }
    scenario = changed(
        policy={"gross_cap": {2028: "6 kt"}},
        budget={"capex": {2026: "2 MCNY", 2027: "2 MCNY"}},
        grants=[grant],
        carbon={"price": "80 CNY/t"},
    )
    case = case_of(tmp_path, scenario)
    assert case.policy.gross_cap == (None, None, 6000.0, None, None)
    assert case.budget.capex == (2e6, 2e6, None, None, None)
    assert case.grants[0].years == (False, True, True, False, False)
    assert case.carbon is not None
    assert case.carbon.price.tolist() == [80] * 5
    assert case.carbon.free_allocation.tolist() == [0] * 5


def test_the_case_is_frozen(small: Case) -> None:
    """Proves nothing downstream can edit a field, a series or the table of series."""
    with pytest.raises(FrozenInstanceError):
        small.connection = 9.0  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        small.series["pv_roof"][0, 0] = 1
    with pytest.raises(TypeError):
        small.series["pv_roof"] = np.zeros(1)  # type: ignore[index]
