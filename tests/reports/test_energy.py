"""The energy balance of a plan, from reference flows and the run's own inputs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from optimizer.reports import energy
from optimizer.reports.inputs_copy import InputsCopy, UnknownUnit, in_year
from tests.reports.fake_run import BOILER_EFFICIENCY, COP, WEIGHT, dataset, dispatch

PLAN = dataset(planned=True)


@pytest.fixture
def inputs(run_folder: Path) -> InputsCopy:
    return InputsCopy(run_folder / "inputs")


def yearly(found: list[energy.Flow], start: energy.End, end: energy.End) -> float:
    """MWh a year of one flow."""
    flow = next(f for f in found if (f.start, f.end) == (start, end))
    return energy.yearly_energy(PLAN, flow.power)


def test_a_boiler_takes_its_fuel(inputs: InputsCopy) -> None:
    """Proves ratio 1/efficiency: steam / 0.9 is burnt; ratio 0.9 would burn less than it makes."""
    steam = float(np.einsum("ph,p->", dispatch(True)["boiler_a"][-1], WEIGHT))
    found = energy.flows(PLAN, inputs, 2030)
    burnt = yearly(found, ("carrier", "natural_gas"), ("unit", "boiler_a"))
    assert burnt == pytest.approx(steam / BOILER_EFFICIENCY)


def test_a_heat_pump_takes_what_its_series_says(inputs: InputsCopy) -> None:
    """Proves that 1/COP comes from series.csv on the representative days: heat / 2.6."""
    heat = float(np.einsum("ph,p->", dispatch(True)["heat_pump"][-1], WEIGHT))
    found = energy.flows(PLAN, inputs, 2030)
    drawn = yearly(found, ("carrier", "electricity"), ("unit", "heat_pump"))
    assert drawn == pytest.approx(heat / COP)


def test_a_renewed_asset_has_its_renewals_efficiency(inputs: InputsCopy) -> None:
    """Proves that boiler_b.renewed burns at 0.9, not at the old 0.85 (6 % more)."""
    assert inputs.technology("boiler_b.renewed")["inputs"]["natural_gas"]["efficiency"] == 0.9
    assert inputs.technology("boiler_b")["inputs"]["natural_gas"]["efficiency"] == 0.85


def test_what_is_left_is_what_services_take(inputs: InputsCopy) -> None:
    """Proves the balance: supply less units equals motors and (half the) lighting to 1e-6."""
    found = energy.flows(PLAN, inputs, 2030)
    left = energy.yearly_energy(PLAN, energy.net_supply(found, "electricity"))
    uses = energy.end_uses(PLAN, inputs, 2030, "electricity")
    assert left == pytest.approx(sum(uses.values()), rel=1e-6)


def test_a_unit_that_inputs_do_not_describe_is_an_error(inputs: InputsCopy) -> None:
    """Proves that no flow is dropped in silence: boiler_abc is not boiler_a renewed."""
    with pytest.raises(UnknownUnit, match="boiler_abc"):
        inputs.technology("boiler_abc")


@pytest.mark.parametrize(
    ("table", "year", "value"),
    [(1.2, 2030, 1.2), ({2026: 1, 2030: 2, "interpolate": "linear"}, 2028, 1.5),
     ({2026: 1, 2030: 2, "interpolate": "step"}, 2029, 1.0),
     ({2026: 1, "interpolate": "step"}, 2040, 1.0), ({2026: "50 %"}, 2026, 0.5)],
)  # fmt: skip
def test_yearly_tables_hold_as_the_schema_says(table: object, year: int, value: float) -> None:
    """Proves the rule of Yearly: halfway between 1 and 2 is 1.5; a step holds its last value."""
    assert in_year(table, year, "1") == pytest.approx(value)


def test_a_year_outside_a_table_is_an_error() -> None:
    """Proves that a table without `interpolate` says nothing of other years."""
    with pytest.raises(ValueError, match="2027"):
        in_year({2026: 1.0}, 2027, "1")
