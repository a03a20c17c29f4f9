"""The case's series as a file that the verifier reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from optimizer.files.csv_series import read_column
from optimizer.inputs.axis_choice import on_typical_days
from optimizer.inputs.series_export import series_unit, write_series_csv
from tests.inputs.assembling import case_of, changed, offering
from tests.workspace import small_measures


def test_the_file_gives_back_the_same_numbers(tmp_path: Path) -> None:
    """Proves 8760 rows, a column a key, and floats that survive text to the last bit."""
    case = case_of(tmp_path)
    path = tmp_path / "series.csv"
    write_series_csv(case, path)
    header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    assert header == [
        "electricity_demand [MW]",
        "heat_demand [MW]",
        "heat_pump.electricity.ratio [MWh/MWh]",
        "power_price [CNY2025/MWh]",
        "pv_roof [1]",
    ]
    for name in header:
        values = read_column(path, name, shown_as="series.csv")
        np.testing.assert_array_equal(values, case.series[name.split(" ")[0]].reshape(-1))


def test_a_yield_per_area_says_so(tmp_path: Path) -> None:
    """Proves the availability of a field in m2 is headed MW/m2, not 1."""
    solar = {"file": "profiles/demand.csv", "column": "pv", "step": "60 min", "unit": "kW/m2"}
    field = {
        **small_measures()[0],
        "id": "field",
        "output": "heat_90c",
        "availability": "sun",
        "capacity": {"max": "100 m2"},
        "capex": {"cn": {"price": "300 CNY/m2"}},
        "area": {},
    }
    case = case_of(tmp_path, *offering(field, data__sun=solar))
    assert series_unit(case, "sun") == "MW/m2"


def test_finer_steps_have_more_rows(tmp_path: Path) -> None:
    """Proves 365 × 48 = 17,520 rows and a header on half-hour steps."""
    case = case_of(tmp_path, changed(time__step="30 min"))
    write_series_csv(case, tmp_path / "series.csv")
    assert len((tmp_path / "series.csv").read_text().splitlines()) == 17_521


def test_only_the_full_year_is_written(tmp_path: Path) -> None:
    """Proves typical days, whose values are scaled, can't pass for the year."""
    days, _ = on_typical_days(case_of(tmp_path), 1)
    with pytest.raises(ValueError, match="full year"):
        write_series_csv(days, tmp_path / "series.csv")
