"""The case's series: units, steps, what is measured finer, ratios, shapes, factors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer import units
from optimizer.inputs.economics import Exchange
from optimizer.inputs.series_values import Meaning, unit_conversion
from optimizer.schema.scenario import Economics
from tests.inputs.assembling import NAME, case_of, changed, measure, offering
from tests.workspace import small_measures

OWN = {"file": "profiles/own.csv", "step": "60 min"}
EXCHANGE = Exchange(
    "CNY", 2025, Economics.model_validate({"discount_rate": 0, "exchange": {"EUR": 7.8}})
)


@pytest.mark.parametrize(
    ("unit", "meaning", "minutes", "base"),
    [
        ("kW", "power", 15, 0.1),
        ("MW", "power", 60, 100),
        ("kWh", "power", 15, 0.4),
        ("kWh per step", "power", 30, 0.2),
        ("GJ", "power", 60, 27.7777777778),
        ("%", "share", 60, 1),
        ("1", "share", 60, 100),
        ("kW/kWp", "share", 60, 100),
        ("kW/m2", "yield", 60, 0.1),
        ("EUR/kWh", "price", 60, 780_000),
        ("CNY/MWh", "price", 60, 100),
        ("degC", "temperature", 60, 100),
        ("K", "temperature", 60, -173.15),
        ("anything", "form", 60, 100),
    ],
)
def test_a_column_of_100_in_base_units(
    unit: str, meaning: Meaning, minutes: int, base: float
) -> None:
    """Proves each unit: 100 kW is 0.1 MW; 100 kWh in a quarter hour are 0.1/0.25 = 0.4 MW (read as
    kW they'd be 0.1), in half an hour 0.2; 100 GJ in an hour are 100/3.6 = 27.78 MW; 100 EUR/kWh
    are 100 × 7.8 × 1000 CNY/MWh; 100 K are −173.15 degC."""
    convert = unit_conversion(unit, meaning, minutes, EXCHANGE)
    assert convert(np.array([100.0]))[0] == pytest.approx(base)


@pytest.mark.parametrize(
    ("unit", "meaning"),
    [("kW", "share"), ("1", "power"), ("kW", "temperature"), ("EUR/kW", "price"), ("1", "yield")],
)
def test_a_column_of_the_wrong_kind_is_refused(unit: str, meaning: Meaning) -> None:
    """Proves a power can't stand for a share, nor a share for a yield per m2."""
    with pytest.raises(units.UnitError):
        unit_conversion(unit, meaning, 60, EXCHANGE)


def own_series(**series: dict[str, Any]) -> dict[str, Any]:
    """The small scenario with further or other series."""
    return changed(**{f"data__{key}": value for key, value in series.items()})


def test_quarter_hours_give_mean_and_excess(tmp_path: Path) -> None:
    """Proves 1, 2, 3, 6 MW in the quarters of each hour give a mean of 3 and an excess of 6 − 3 =
    3 MW under `motors.excess`; a peak billed on the means would be 3 MW low."""
    quarter = {**OWN, "step": "15 min", "column": "power", "unit": "MW"}
    scenario = own_series(electricity_demand=quarter)
    case = case_of(tmp_path, scenario, columns={"power": [1.0, 2.0, 3.0, 6.0] * 8760})
    assert case.services[0].excess == "motors.excess"
    assert np.unique(case.series["electricity_demand"]).tolist() == [3]
    assert np.unique(case.series["motors.excess"]).tolist() == [3]
    assert case.roles["motors.excess"] == "excess"
    assert case.services[1].excess is None


def test_a_finer_model_step_leaves_no_excess(tmp_path: Path) -> None:
    """Proves hours on a quarter-hour axis are held, 96 steps a day, with no excess to know of."""
    case = case_of(tmp_path, changed(time__step="15 min"))
    demand = case.series["electricity_demand"]
    assert (demand.shape, case.axis.dt) == ((365, 96), 0.25)
    assert demand[0, :4].tolist() == [demand[0, 0]] * 4
    assert case.services[0].excess is None
    assert float(demand.sum()) * 0.25 == pytest.approx(0.99975 * 8760)


def test_a_tariff_by_the_hour(tmp_path: Path) -> None:
    """Proves 0.4 CNY/kWh at night is 400 a MWh and 0.9 by day 900, under the tariff's own name,
    and that it is marked derived while metered columns aren't."""
    case = case_of(tmp_path)
    assert case.series["power_price"][0, [0, 8]].tolist() == [400, 900]
    assert case.roles["power_price"] == "price"
    assert case.derived == ("power_price",)


def test_a_heat_pump_draws_one_over_cop(tmp_path: Path) -> None:
    """Proves the drive is 1/COP = (90 − T)/(0.45 × 363.15) at the file's temperature T, and the
    heat taken from the source 1 − 1/COP: their sum is 1 in every step."""
    inputs = {
        "electricity": {"cop": {"sink": "90 degC", "source_series": "ambient", "quality": 0.45}},
        "waste_heat_40c": {
            "cop_source": {"sink": "90 degC", "source_series": "ambient", "quality": 0.45}
        },
    }
    carriers = {"waste_heat_40c": {"name": NAME, "kind": "heat"}}
    scenario, given = offering(measure(inputs=inputs))
    scenario["carriers"] |= carriers
    scenario["tariffs"]["waste_heat_40c"] = {"price": "0 CNY/kWh"}
    case = case_of(tmp_path, scenario, given)
    drive = case.series["made.electricity.ratio"]
    source = case.series["made.waste_heat_40c.ratio"]
    np.testing.assert_allclose(drive + source, 1.0, rtol=1e-14)
    text = (tmp_path / "scenarios" / "small" / "profiles" / "demand.csv").read_text()
    first = float(text.splitlines()[1].split(",")[3])
    assert drive[0, 0] == pytest.approx((90 - first) / (0.45 * 363.15))
    assert case.roles["made.electricity.ratio"] == "ratio"


def test_a_constant_source_gives_a_number(tmp_path: Path) -> None:
    """Proves sink 90, source 40 degC, quality 0.5: COP = 0.5 × 363.15/50 = 3.6315, so the drive is
    0.275368 and no series is kept for it."""
    cop = {"sink": "90 degC", "source": "40 degC", "quality": 0.5}
    given = offering(measure(inputs={"electricity": {"cop": cop}}))
    case = case_of(tmp_path, *given)
    (unit,) = [unit for unit in case.units if unit.id == "made"]
    assert unit.inputs[0].ratio == pytest.approx(1 / 3.6315)  # type: ignore[union-attr]
    assert "made.electricity.ratio" not in case.series


def test_factor_shapes_have_the_mean_one(tmp_path: Path) -> None:
    """Proves a column of 300 and 500 g in turn becomes 0.75 and 1.25: only its form counts, the
    yearly factor stays what the carrier says."""
    scenario = own_series(grid={**OWN, "column": "g", "unit": "g/kWh"})
    scenario["carriers"]["electricity"]["factor_series"] = "grid"
    case = case_of(tmp_path, scenario, columns={"g": [300.0, 500.0] * 4380})
    assert case.carriers[0].factor_series == "electricity.factor"
    assert case.series["electricity.factor"][0, :2].tolist() == [0.75, 1.25]
    assert case.roles["electricity.factor"] == "factor"


def contract(**fields: Any) -> dict[str, Any]:
    return {
        "id": "wind",
        "name": NAME,
        "kind": "contract",
        "carrier": "electricity",
        "form": "energy",
        "capacity": {"min": "1 GWh/a", "max": "5 GWh/a"},
        "price": "0.45 CNY/kWh",
        "traceable": True,
        "tenor": "10 a",
        **fields,
    }


def test_contract_shapes_sum_to_one(tmp_path: Path) -> None:
    """Proves Σ shape·Δ = 1 over the year for a shape (the roof's sun) and for a flat one, which is
    1/8760 in each hour: 5000 MWh/a deliver 5000 MWh. 5 GWh/a is 5000 MWh/a, 0.45/kWh is 450."""
    given = offering(contract(), contract(id="sun", shape="pv_roof"))
    case = case_of(tmp_path, *given)
    wind, sun = case.contracts
    assert (wind.lower, wind.upper, wind.price[0], wind.tenor) == (1000, 5000, 450, 10)
    assert (wind.shape, sun.shape) == ("wind.shape", "sun.shape")
    assert case.series["wind.shape"][7, 3] == pytest.approx(1 / 8760)
    for key in (wind.shape, sun.shape):
        assert float(case.series[key].sum()) * case.axis.dt == pytest.approx(1)
        assert case.roles[key] == "shape"


def test_contracts_in_force_and_credits(tmp_path: Path) -> None:
    """Proves a contract in force is marked, a credit of 60 CNY/t has its limit by year, and one
    without a limit has none; a first year of 2028 is index 2."""
    credit = {"name": NAME, "kind": "credit", "type": "removal", "price": "60 CNY/t"}
    given = offering(
        contract(),
        {**credit, "id": "some", "available": "2 kt", "first_year": 2028},
        {**credit, "id": "many"},
        contracts_in_force=["wind"],
    )
    case = case_of(tmp_path, *given)
    some, many = case.credits
    assert case.contracts[0].in_force
    assert (some.available, many.available) == ((2000.0,) * 5, (None,) * 5)
    assert (some.price[0], some.earliest, many.earliest) == (60, 2, 0)


def test_solar_heat_is_a_yield_per_area(tmp_path: Path) -> None:
    """Proves a collector field in m2 takes MW/m2: 0.5 kW/m2 is 0.0005, and 300 CNY/m2 is 300."""
    collector = {
        **small_measures()[0],
        "id": "collector",
        "output": "heat_90c",
        "availability": "solar_heat",
        "capacity": {"max": "2000 m2"},
        "capex": {"cn": {"price": "300 CNY/m2"}},
        "area": {"roof": "1.2 m2/m2"},
    }
    solar = {**OWN, "column": "sun", "unit": "kW/m2"}
    scenario, given = offering(collector, data__solar_heat=solar)
    case = case_of(tmp_path, scenario, given, columns={"sun": [0.0, 0.5] * 4380})
    assert case.series["solar_heat"].max() == pytest.approx(0.0005)
    option = case.measures[0]
    assert (option.unit, option.segments[0].slope, option.area["roof"]) == ("m2", 300, 1.2)


def test_storage_in_steps(tmp_path: Path) -> None:
    """Proves a 4 h battery has 0.25 MW a MWh, a depth of 0.9 leaves 0.1, and 1 % an hour lost on
    half-hour steps is 1 − 0.99^0.5 = 0.0050126 a step."""
    battery = {
        **small_measures()[0],
        "id": "battery",
        "kind": "storage",
        "carrier": "electricity",
        "duration": "4 h",
        "efficiency_charge": 0.95,
        "efficiency_discharge": "96 %",
        "self_discharge": "1 %/h",
        "depth": 0.9,
        "cycle": "year",
        "capacity": {"max": "8 MWh"},
        "capex": {"cn": {"price": "1100 CNY/kWh"}},
        "area": {},
    }
    del battery["output"], battery["availability"]
    scenario, given = offering(battery, time__step="30 min")
    case = case_of(tmp_path, scenario, given)
    store = case.units[-1]
    assert store.id == "battery"
    assert store.power_ratio == 0.25  # type: ignore[union-attr]
    assert store.cycle == "year"  # type: ignore[union-attr]
    assert store.lowest_level == pytest.approx(0.1)  # type: ignore[union-attr]
    assert store.loss == pytest.approx(0.0050125629)  # type: ignore[union-attr]
    assert case.measures[0].segments[0].slope == 1.1e6
