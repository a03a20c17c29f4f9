"""A case on typical days: what keeps its total, what is picked, what is normalised again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from optimizer.inputs.axis_choice import on_typical_days, with_days
from optimizer.inputs.axis_roles import METERED_PEAK, followed
from optimizer.inputs.case import Case, DemandCharge
from optimizer.inputs.typical_periods import TypicalDays
from tests.inputs.assembling import NAME, case_of, changed, measure
from tests.workspace import small_measures

OWN = {"file": "profiles/own.csv", "step": "15 min"}
RNG = np.random.default_rng(7)
QUARTERS = {
    "power": (1 + RNG.random(35_040)).round(6).tolist(),
    "grid": (300 + 200 * RNG.random(35_040)).round(3).tolist(),
}
PEAK_QUARTER = 20_003
"""A quarter hour of day 208 (20,003 // 96) with the year's highest metered power, 9 MW."""
QUARTERS["power"][PEAK_QUARTER] = 9.0


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The small plant with metered quarter hours, an hourly factor and a solar contract."""
    scenario = changed(
        data__electricity_demand={**OWN, "column": "power", "unit": "MW"},
        data__grid={**OWN, "column": "grid", "unit": "g/kWh"},
        carriers__electricity__factor_series="grid",
    )
    contract = {
        "id": "sun",
        "name": NAME,
        "kind": "contract",
        "carrier": "electricity",
        "form": "energy",
        "capacity": {"max": "5 GWh/a"},
        "price": "0.45 CNY/kWh",
        "shape": "pv_roof",
        "traceable": True,
    }
    scenario["measures"]["offer"].append("sun")
    folder = tmp_path_factory.mktemp("full")
    return case_of(folder, scenario, [*small_measures(), contract], columns=QUARTERS)


@pytest.fixture(scope="module")
def typical(full: Case) -> tuple[Case, TypicalDays]:
    return on_typical_days(full, 3)


def yearly(case: Case, key: str) -> float:
    """Weighted sum over the year, Σ w·Δ·value."""
    return float((case.axis.weight[:, None] * case.series[key]).sum()) * case.axis.dt


@pytest.mark.parametrize("key", ["electricity_demand", "heat_demand", "pv_roof", "motors.excess"])
def test_totals_of_the_year_are_kept(
    full: Case, typical: tuple[Case, TypicalDays], key: str
) -> None:
    """Proves MWh of each demand, full-load hours of the roof and the excess are the year's; picked
    days alone would miss them by per cents."""
    assert yearly(typical[0], key) == pytest.approx(yearly(full, key), rel=1e-9)


@pytest.mark.parametrize("key", ["power_price", "heat_pump.electricity.ratio"])
def test_prices_and_ratios_are_those_of_real_days(
    full: Case, typical: tuple[Case, TypicalDays], key: str
) -> None:
    """Proves neither is scaled: a scaled ratio would change a heat pump's COP."""
    case = typical[0]
    np.testing.assert_array_equal(case.series[key], full.series[key][case.axis.day_of_period])


def test_forms_are_normalised_on_the_new_axis(typical: tuple[Case, TypicalDays]) -> None:
    """Proves the factor's weighted mean is 1 (its sum over 8760 h is 8760) and the contract still
    delivers 1 MWh per MWh/a, though three days' sun isn't the year's."""
    case = typical[0]
    assert yearly(case, "electricity.factor") == pytest.approx(8760, rel=1e-12)
    assert yearly(case, "sun.shape") == pytest.approx(1, rel=1e-12)


def test_every_series_is_on_the_new_axis(typical: tuple[Case, TypicalDays]) -> None:
    """Proves keys and roles are unchanged, shapes are (P, 24), arrays read-only, weights sum to
    365."""
    case, days = typical
    assert case.series.keys() == case.roles.keys()
    assert {values.shape for values in case.series.values()} == {(len(case.axis.weight), 24)}
    assert not any(values.flags.writeable for values in case.series.values())
    assert case.axis is days.axis
    assert case.axis.weight.sum() == pytest.approx(365)


def test_the_day_of_the_metered_peak_stands_for_itself(
    full: Case, typical: tuple[Case, TypicalDays]
) -> None:
    """Proves the 9 MW quarter puts day 208 on top with its own values, mean and excess, though
    other hours have higher means: 9 − mean of its hour."""
    case = typical[0]
    period = int(case.axis.period_of_day[208])
    assert case.axis.extreme[period]
    metered = case.series["electricity_demand"][period] + case.series["motors.excess"][period]
    assert metered.max() == pytest.approx(9.0)


def test_added_days_stand_for_themselves(full: Case, typical: tuple[Case, TypicalDays]) -> None:
    """Proves two days that fell short join the axis with the year's totals kept."""
    ordinary = np.flatnonzero(~typical[0].axis.extreme[typical[0].axis.period_of_day])
    wanted = [int(day) for day in ordinary[:2]]
    case, days = with_days(full, typical[1], wanted)
    assert all(case.axis.extreme[case.axis.period_of_day[day]] for day in wanted)
    assert len(case.axis.weight) == len(typical[0].axis.weight) + 2
    assert days.axis is case.axis
    for key in ("electricity_demand", "motors.excess"):
        assert yearly(case, key) == pytest.approx(yearly(full, key), rel=1e-9)


def test_the_full_year_is_asked_for(typical: tuple[Case, TypicalDays]) -> None:
    """Proves typical days can't be made of typical days."""
    with pytest.raises(ValueError, match="full year"):
        on_typical_days(typical[0], 2)


def test_what_chooses_the_days(full: Case) -> None:
    """Proves demands, sun, price, forms, the metered peak and the heat pump's COP are followed, and
    that heat may be served by that pump: its load on the coldest days counts."""
    series, roles = followed(full)
    assert roles.electricity == ("electricity_demand",)
    assert roles.heat == {"heat_demand": "heat_pump COP"}
    assert roles.peak == (METERED_PEAK,)
    assert (roles.pv, roles.price) == (("pv_roof",), ("power_price",))
    np.testing.assert_allclose(
        series["heat_pump COP"] * full.series["heat_pump.electricity.ratio"], 1.0, rtol=1e-14
    )
    assert series[METERED_PEAK].max() == pytest.approx(9.0)


def test_peaks_are_followed_as_often_as_the_tariff_charges_them(full: Case) -> None:
    """Proves a demand charge per month asks for each month's highest day, one per year or none for
    the year's: without it the axis would carry a dozen days that change no bill."""
    charges = {"month": DemandCharge(np.ones(1), "month"), "year": DemandCharge(np.ones(1), "year")}
    for charge, billing in ((charges["month"], "month"), (charges["year"], "year"), (None, "year")):
        carriers = tuple(
            replace(c, purchase=replace(c.purchase, demand_charge=charge))
            if c.kind == "electricity" and c.purchase is not None
            else c
            for c in full.carriers
        )
        assert followed(replace(full, carriers=carriers))[1].billing == billing


def test_pumps_on_one_temperature_count_once(tmp_path: Path) -> None:
    """Proves a second pump on the same air is not a second vote for cold days, the better one
    stands for both, and a boiler at 99 % isn't preferred to a pump."""
    cop = {"sink": "90 degC", "source_series": "ambient", "quality": 0.5}
    better = measure(id="better", inputs={"electricity": {"cop": cop}})
    boiler = measure(id="boiler", inputs={"electricity": {"efficiency": 0.99}})
    scenario = changed()
    scenario["measures"]["offer"] += ["better", "boiler"]
    case = case_of(tmp_path, scenario, [*small_measures(), better, boiler])
    _, roles = followed(case)
    assert roles.cop == ("better COP",)
    assert roles.heat == {"heat_demand": "better COP"}
    assert roles.peak == ()
