"""Typical days of a real iron works."""

import os
from pathlib import Path

import numpy as np
import pytest

from optimizer.inputs.profiles.heat_pump import cop
from optimizer.inputs.profiles.resample import to_steps
from optimizer.inputs.typical_periods import Roles, typical_axis

DATA = Path(os.environ.get("DECARB_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))


@pytest.mark.skipif(not (DATA / "iron_works_15min.csv").exists(), reason="no folder of test data")
def test_real_iron_works_keep_energy_and_peak() -> None:
    """46,138 MWh of power and 21,307 MWh of heat from 24 typical days; every monthly peak is at
    least the real one and at most 5 % above; factors stay inside 0.8 to 1.25."""
    rows = np.genfromtxt(DATA / "iron_works_15min.csv", delimiter=",", names=True)
    site = np.genfromtxt(DATA / "pv_cf_temp_hourly.csv", delimiter=",", names=True)
    series = {
        "power": to_steps(rows["iron_elec_kw"] / 1e3, 15, 60)[0],
        "heat": to_steps(rows["iron_heat_kw"] / 1e3, 15, 60)[0],
        "price": to_steps(rows["elec_price_eur_per_kwh"] * 1e3, 15, 60)[0],
        "sun": site["cf_dresden_pvgis_tilt15_utc"],
        "cop": cop(75.0, site["temp_dresden_c"], 0.5, 6.0),
    }
    roles = Roles(
        electricity=("power",), heat={"heat": "cop"}, pv=("sun",), cop=("cop",), price=("price",)
    )
    typical = typical_axis(series, n=24, step_minutes=60, roles=roles)
    weight = typical.axis.weight[:, None]
    total = {key: (weight * values).sum() for key, values in typical.values.items()}
    assert total["power"] == pytest.approx(46138, abs=1)
    assert total["heat"] == pytest.approx(21307, abs=1)
    assert min(typical.report["monthly_peak_error"]) >= 0
    assert max(typical.report["monthly_peak_error"]) < 0.05
    assert all(said["factor_in_bounds"] for said in typical.report["series"].values())
