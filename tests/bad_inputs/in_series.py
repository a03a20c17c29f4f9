"""Mistakes in series: files, columns, units, cells, lengths; and in shapes made from figures."""

from __future__ import annotations

from typing import Any

from tests.bad_inputs.bad import SERIES, Bad
from tests.bad_inputs.in_scenario import one

HEAT = "data.heat_demand"
PV = {
    "shape": "pv", "latitude": 31.0, "longitude": 121.0, "utc_offset": 8, "tilt": 15,
    "yearly_yield": "1050 kWh/kWp",
}  # fmt: skip
SHIFTS = {
    "shape": "shifts", "shifts_per_day": 2, "first_shift": "06:00", "shift_length": "8 h",
    "weekend_share": 0.3, "holiday_share": 0.1, "base_share": 0.2, "annual": "8000 MWh/a",
}  # fmt: skip
TOO_LONG = "electricity,heat,pv,temperature\n" + "1,1,0.1,1\n" * 8784


def cell(name: str, column: str, text: str, says: str, hour: int = 41) -> Bad:
    """One cell of the metered series reads `text`."""
    return Bad(name, says, f"{text}" if text else "", column, SERIES, cells=[(hour, column, text)])


def shape(name: str, key: str, base: dict[str, Any], change: dict[str, Any], says: str,
          at: str = "", field: str = "") -> Bad:  # fmt: skip
    """A series made from figures, with one of them wrong."""
    (changed,) = change
    return Bad(name, says, at or changed, field or f"data.{key}.{changed}",
               scenario={f"data.{key}": {**base, **change}})  # fmt: skip


FILES = (
    one("a series file that isn't there", f"{HEAT}.file", "profiles/demnd.csv",
        "file that exists", "demnd.csv"),
    one("a folder as series file", f"{HEAT}.file", "profiles", "file that exists"),
    one("a series file by its full path", f"{HEAT}.file", "/etc/passwd", "is absolute"),
    one("a series file above the folder", f"{HEAT}.file", "../../../etc/passwd", "leads upwards"),
    one("a series file with backslashes", f"{HEAT}.file", "profiles\\demand.csv", "backslash"),
    one("a series file without name", f"{HEAT}.file", "", "not empty", 'file: ""'),
    Bad("a series behind a link that leads out", "leads out of its folder", "file:",
        "data.electricity_demand.file", links={SERIES: "/etc/hostname"}),
    Bad("links that run in a circle", "a circle", "file:", "data.electricity_demand.file",
        links={SERIES: "demand.csv"}),
    one("a series of --data without --data", f"{HEAT}.source", "data", "--data DIR", "file:",
        f"{HEAT}.file"),
    Bad("a series that the folder of --data lacks", "doesn't hold it", "file:", f"{HEAT}.file",
        scenario={f"{HEAT}.source": "data"}, options=("--data", "{folder}/scenarios")),
    Bad("a folder of --data that isn't there", "doesn't hold it", "file:", f"{HEAT}.file",
        scenario={f"{HEAT}.source": "data"}, options=("--data", "{folder}/nowhere")),
    one("a column that isn't there", f"{HEAT}.column", "heet", 'Did you mean "heat"?'),
    one("a series in an unknown unit", f"{HEAT}.unit", "bananas", "bananas"),
    one("a demand in degrees", f"{HEAT}.unit", "degC", "power or energy", '"heat_demand"',
        "services[1].demand"),
    one("a series at another step", f"{HEAT}.step", "15 min", "8760 values are a year at 60 min",
        "file:", "data.heat_demand"),
    one("a step of ten minutes", f"{HEAT}.step", "10 min", "15 min", "10 min"),
)  # fmt: skip

CELLS = (
    cell("an empty cell", "heat", "", "Fill the gap"),
    cell("a word for a number", "heat", "n/a", "a finite number"),
    cell("a cell that is nan", "heat", "nan", "a finite number"),
    cell("a cell that is infinite", "heat", "inf", "a finite number"),
    cell("a cell beyond all numbers", "heat", "1e999", "a finite number"),
    cell("a formula in a cell", "heat", "=9**9**9", "a finite number"),
    Bad("a demand below nothing", "below 0", ",-5,", "heat", SERIES, cells=[(41, "heat", "-5")]),
    Bad("an availability above one", "at most 1 in every step", "availability", "availability",
        "technology_catalog/family.yaml", cells=[(41, "pv", "1.5")]),
    Bad("a row with a cell too many", "4 cells as in the header", ",9,", "", SERIES,
        cells=[(41, "heat", "9,9")]),
    Bad("a decimal comma in a table of commas", "4 cells as in the header", "12,5", "", SERIES,
        cells=[(41, "heat", "12,5")]),
    Bad("a quote that never closes", "quotes close", '"12', "", SERIES,
        cells=[(41, "heat", '"12')]),
    Bad("a day too few", "8736", "", "data", hours=8736),
    Bad("an hour lost to daylight saving", "8759", "", "data", hours=8759),
    Bad("an hour won from daylight saving", "8761", "", "data", hours=8761),
    Bad("a leap year's rows", "29 February", "", "data", files={SERIES: TOO_LONG}),
    Bad("a series of no rows", "a header and at least one row", "", "", SERIES,
        files={SERIES: "electricity,heat,pv,temperature\n"}),
    Bad("an empty series file", "an empty file", "", "", SERIES, files={SERIES: ""}),
    Bad("a header given twice", "occurs once", "heat,heat", "heat", SERIES,
        swap=[(SERIES, "electricity,heat", "heat,heat")]),
    Bad("a header left out", "a column name", "666.5", "", SERIES,
        swap=[(SERIES, "electricity,heat,pv,temperature\n", "")]),
    Bad("semicolons in the header", "1 cells as in the header", "666.5", "", SERIES,
        swap=[(SERIES, "electricity,heat,pv,temperature", "electricity;heat;pv;temperature")]),
    Bad("a series in another encoding", "UTF-8", "", "", SERIES,
        swap=[(SERIES, "electricity,heat", "electricit\udce9,heat")]),
)  # fmt: skip

SHAPES = (
    one("a day of one hour", "data.power_price.hours", ["peak"], "24 entries", '- "peak"'),
    one("a band without price", "data.power_price.bands", {"peak": "1 CNY/kWh"}, "valley",
        "shape", "data.power_price"),
    one("a thirteenth month", "data.power_price.months", {2013: ["peak"] * 24}, "1 to 12",
        "shape", "data.power_price"),
    one("an unknown shape", "data.power_price.shape", "time_of_us", 'Did you mean "time_of_use"?'),
    shape("a roof at the pole", "pv_roof", PV, {"latitude": 90}, "at most 66"),
    shape("a roof that hangs over", "pv_roof", PV, {"tilt": 120}, "at most 90"),
    shape("a yield without unit", "pv_roof", PV, {"yearly_yield": "1050"}, "1050"),
    shape("a yield that no sun gives", "pv_roof", PV, {"yearly_yield": "20000 kWh/kWp"},
          "between 1 and 8760", "shape", "data.pv_roof"),
    shape("four shifts a day", "heat_demand", SHIFTS, {"shifts_per_day": 4}, "at most 3"),
    shape("a shift at 25 o'clock", "heat_demand", SHIFTS, {"first_shift": "25:00"}, "25:00"),
    shape("shifts longer than the day", "heat_demand", SHIFTS, {"shift_length": "14 h"},
          "28.0 hours", "shape", "data.heat_demand"),
    shape("bills and a yearly sum", "heat_demand", SHIFTS, {"monthly": ["1 MWh"] * 12}, "either",
          "shape", "data.heat_demand"),
    shape("eleven bills", "heat_demand", {**SHIFTS, "annual": None}, {"monthly": ["1 MWh"] * 11},
          "12 entries", '- "1 MWh"'),
    shape("a holiday on 31 February", "heat_demand", SHIFTS, {"holidays": ["02-31"]}, "02-31",
          "shape", "data.heat_demand"),
)  # fmt: skip

ROWS = FILES + CELLS + SHAPES
