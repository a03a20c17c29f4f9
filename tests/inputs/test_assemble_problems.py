"""What only the values show is a Problem at its place; all problems come at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from optimizer.errors import Problem
from tests.inputs.assembling import changed, measure, offering, problems_of
from tests.workspace import put, small_measures

OWN = {"file": "profiles/own.csv", "column": "own", "unit": "MW", "step": "60 min"}


@pytest.fixture(autouse=True)
def _assemble_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cross-checks of loading refuse some of these first; here `assemble` is on its own."""
    monkeypatch.setattr("optimizer.inputs.load.SCENARIO_CHECKS", ())
    monkeypatch.setattr("optimizer.inputs.load.CASE_CHECKS", ())


def told(problems: Sequence[Problem]) -> str:
    return "\n".join(map(str, problems))


def series_problems(folder: Path, values: Sequence[float], **fields: Any) -> str:
    scenario = changed(data__electricity_demand={**OWN, **fields})
    return told(problems_of(folder, scenario, columns={"own": values}))


def test_a_negative_demand_names_file_line_and_column(tmp_path: Path) -> None:
    """Proves row 3 of the values is line 4 of the file (its header is line 1); it isn't mended."""
    text = series_problems(tmp_path, [1.0, 1.0, -2.0] + [1.0] * 8757)
    assert "scenarios/small/profiles/own.csv:4:" in text
    assert "1 values below 0" in text


def test_a_demand_of_zero_is_refused(tmp_path: Path) -> None:
    """Proves a column that is 0 all year, a demand that touches nothing, is told."""
    assert "every value is 0" in series_problems(tmp_path, [0.0] * 8760)


def test_a_leap_year_says_which_rows_to_delete(tmp_path: Path) -> None:
    """Proves 8784 hours name 29 February's rows, 59 × 24 + 1 = 1417 to 1440."""
    assert "rows 1417 to 1440" in series_problems(tmp_path, [1.0] * 8784)


def test_a_length_of_another_step_is_told(tmp_path: Path) -> None:
    """Proves quarter-hour rows under `step: 60 min` are named as what they are."""
    assert "a year at 15 min" in series_problems(tmp_path, [1.0] * 35040)


def test_a_share_above_one_is_refused(tmp_path: Path) -> None:
    """Proves an availability of 1.2 can't turn 1 MW of panels into 1.2 MW."""
    scenario = changed(data__pv_roof={**OWN, "unit": "1"})
    problems = problems_of(tmp_path, scenario, columns={"own": [0.0, 1.2] * 4380})
    assert "at most 1 in every step" in told(problems)


def test_the_wrong_unit_is_named_at_the_series(tmp_path: Path) -> None:
    """Proves a demand in CNY/kWh is refused with its place in the scenario."""
    text = series_problems(tmp_path, [1.0] * 8760, unit="CNY/kWh")
    assert "data.electricity_demand" in text


def test_missing_economics_is_told_at_each_price(tmp_path: Path) -> None:
    """Proves a euro price without a rate and one without an index are both told, at their lines in
    the catalog, in one go."""
    pump = put(measure(), "capex.cn.price", "300 EUR/kW")
    pump = put(pump, "fixed_om.cn.price", "40 CNY2019/kW/a")
    problems = problems_of(tmp_path, *offering(pump))
    assert "no rate for EUR; add EUR: <CNY per 1 EUR>." in told(problems)
    assert "no index for 2019" in told(problems)
    assert {problem.file for problem in problems} == {"technology_catalog/family.yaml"}
    assert all(problem.line > 1 for problem in problems)


def test_a_missing_year_is_named(tmp_path: Path) -> None:
    """Proves a gas price for 2026 and 2030 without `interpolate` names 2027 … 2029."""
    price = {2026: "0.3 CNY/kWh", 2030: "0.4 CNY/kWh"}
    text = told(problems_of(tmp_path, changed(tariffs__natural_gas={"price": price})))
    assert "2027" in text
    assert "interpolate" in text


def test_the_base_year_needs_a_factor(tmp_path: Path) -> None:
    """Proves a table that starts in 2026 gives no factor for 2025: it isn't taken backwards."""
    problems = problems_of(tmp_path, changed(base_year__factors={}))
    assert "the emission factor of electricity in 2025" in told(problems)


def test_a_base_year_factor_must_touch_something(tmp_path: Path) -> None:
    """Proves a factor of a carrier that isn't metered is told rather than dropped."""
    factors = {"electricity": "0.55 kg/kWh", "heat_90c": "0.3 kg/kWh"}
    problems = problems_of(tmp_path, changed(base_year__factors=factors))
    assert "a carrier that is metered" in told(problems)


def test_the_market_ledger_needs_its_base_year(tmp_path: Path) -> None:
    """Proves a residual table that starts in 2026 stops a market-based policy, whose base year
    would be set against another kind of factor; the location ledger doesn't mind."""
    residual = {2026: "0.8 kg/kWh", "interpolate": "step"}
    scenario = changed(carriers__electricity__residual=residual, policy={"ledger": "market"})
    assert "base year" in told(problems_of(tmp_path / "market", scenario))
    scenario = changed(carriers__electricity__residual=residual)
    assert problems_of(tmp_path / "location", scenario) == ()


def test_electricity_is_limited_by_its_connection_alone(tmp_path: Path) -> None:
    """Proves a second limit on power is refused rather than ignored."""
    text = told(problems_of(tmp_path, changed(tariffs__electricity__limit="3 MW")))
    assert "site.connection" in text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("capex.cn.price", "9 CNY/kWh", "money/MW"),
        ("fixed_om.cn.price", "9 CNY/unit/a", "money/MW/a"),
        ("area", {"roof": "5 m2/kWh"}, "roof"),
        ("connection", "1 kW/kWh", "connection"),
        ("variable_om", "3 CNY/t", "money/MWh"),
        ("capex.cn.basis", "peak", "capacity"),
        ("capex.cn", {"points": [{"at": "1 MWh", "total": "1 MCNY"}]}, "a size in MW"),
        (
            "capex.cn",
            {"points": [{"at": "1 MW", "total": "2 MCNY"}, {"at": "2 MW", "total": "1 MCNY"}]},
            "falls",
        ),
        ("capex", {"eu": {"price": "9 CNY/kW"}}, "cn"),
    ],
)
def test_units_of_a_measure_must_fit_its_capacity(
    tmp_path: Path, field: str, value: Any, said: str
) -> None:
    """Proves each figure per MWh, unit or tonne of a measure in MW is refused, never divided."""
    problems = problems_of(tmp_path, *offering(put(measure(), field, value)))
    assert said in told(problems)


@pytest.mark.parametrize(
    "capex",
    [
        {"price": "1 CNY/kWh"},
        {"price": "1 CNY/kW", "basis": "annual_saving"},
        {"points": [{"at": "1 MWh", "total": "1 MCNY"}], "basis": "annual_saving"},
    ],
)
def test_a_saving_says_what_its_price_multiplies(tmp_path: Path, capex: Any) -> None:
    """Proves a price without a basis, or in the unit of another basis, is refused."""
    saving = put(small_measures()[2], "capex.any", capex)
    assert problems_of(tmp_path, *offering(saving))


def test_a_cop_below_one_is_refused(tmp_path: Path) -> None:
    """Proves a quality of 0.1 from 0 to 90 degC, 0.1 × 363.15/90 = 0.4035, is told: a heat pump
    that took more power than it gives heat would draw a negative amount from its source."""
    cop = {"sink": "90 degC", "source": "0 degC", "quality": 0.1}
    given = offering(measure(inputs={"electricity": {"cop": cop}}))
    assert "COP of 0.404" in told(problems_of(tmp_path, *given))
