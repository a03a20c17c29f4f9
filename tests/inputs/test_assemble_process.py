"""Process emissions, what changes or captures them, and recovered heat."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.inputs.case import CaptureUnit, ConverterUnit, Flow, Recovery
from tests.inputs.assembling import NAME, case_of, measure, offering

KILN = {"id": "kiln", "name": NAME, "amount": "876 t"}


def process(**fields: Any) -> dict[str, Any]:
    return {"id": "clinker", "name": NAME, "kind": "process", "lifetime": "20 a", **fields}


def test_process_emissions_follow_output(tmp_path: Path) -> None:
    """Proves 876 t at output 1 are 1051.2 t at output 1.2, and stay 876 t where they don't follow;
    the base year counts both at output 1: 3932.334 t of gas + 1752 t."""
    fixed = {**KILN, "id": "fixed", "follows_output": False}
    scenario, given = offering(measure(), process_emissions=[KILN, fixed], output=1.2)
    case = case_of(tmp_path, scenario, given)
    kiln, still = case.process_sources
    assert kiln.amount[0] == pytest.approx(1051.2)
    assert still.amount[0] == 876
    assert case.base.process == 1752
    assert case.base.scope1 == pytest.approx(5684.334)


def test_a_change_costs_its_fixed_price(tmp_path: Path) -> None:
    """Proves 26 kCNY is 26,000 once; it takes 30 % off the kiln and needs 0.05 MWh a t."""
    change = process(
        source="kiln",
        share=0.3,
        capex={"any": {"fixed": "26 kCNY"}},
        inputs={"electricity": "50 kWh/t"},
        variable_om="3 CNY/t",
    )
    case = case_of(tmp_path, *offering(change, process_emissions=[KILN]))
    (option,), (effect,) = case.measures, case.savings
    assert (option.segments[0].intercept, option.segments[0].slope) == (26_000, 0)
    assert (effect.use, effect.share, effect.variable_om) == ("kiln", 0.3, 3)
    assert effect.adds == (Flow("electricity", 0.05),)


def test_capture_names_both_states_of_an_asset(tmp_path: Path) -> None:
    """Proves capture from the boiler holds after its renewal, and from the kiln as a process; a
    plant of 2 t/h at 3 MCNY per t/h has its price per capacity."""
    plant = process(
        id="capture",
        captures=["gas_boiler", "kiln"],
        rate=0.9,
        capacity={"max": "2 tph"},
        capex={"any": {"price": "3 MCNY/tph"}},
        inputs={"electricity": "0.1 MWh/t"},
        durability=0.95,
        variable_om="200 CNY/t",
    )
    scenario, given = offering(plant, process_emissions=[KILN])
    case = case_of(tmp_path, scenario, given)
    unit = case.units[-1]
    assert isinstance(unit, CaptureUnit)
    assert unit.units == ("gas_boiler", "gas_boiler.renewed")
    assert unit.process_sources == ("kiln",)
    assert (unit.rate, unit.durability, unit.variable_om) == (0.9, 0.95, 200)
    assert unit.inputs == (Flow("electricity", 0.1),)
    assert case.measures[0].segments[0].slope == 3e6
    assert (case.measures[0].unit, case.measures[0].upper) == ("tph", 2)
    assert not case.savings


@pytest.mark.parametrize(("source", "is_service"), [("motors", True), ("gas_boiler", False)])
def test_recovery_knows_services_from_units(tmp_path: Path, source: str, is_service: bool) -> None:
    """Proves recovery from a demand and from a unit's flow are told apart."""
    recovers = {"source": source, "share": 0.2}
    scenario, given = offering(measure(recovers=recovers))
    case = case_of(tmp_path, scenario, given)
    unit = case.units[-1]
    assert isinstance(unit, ConverterUnit)
    assert unit.recovery == Recovery(source, is_service, 0.2)
