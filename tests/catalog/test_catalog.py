"""The shipped catalog is complete, sourced, and says what its sources say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from optimizer.inputs.capex import cost_of, through_points
from optimizer.inputs.catalog_files import Entry, read_catalog
from optimizer.schema.measure import Converter, Investment, Sized
from optimizer.units import parse

ROOT = Path(__file__).resolve().parents[2]
KELVIN = 273.15
KINDS = {"converter", "generator", "storage", "saving", "contract", "process", "credit"}
WORDS = {
    "kind", "id", "name", "tags", "sources", "reference", "output", "carrier", "availability",
    "service", "captures", "one_of", "form", "pay", "traceable", "type", "region", "cycle",
    "programme", "storage", "material",
}  # fmt: skip
"""Fields that are no figures; every other one needs a source."""
STRENGTH = {"primary": 0, "secondary": 1, "derived": 1, "unconfirmed": 2}
HICP = {2015: 1.3358, 2019: 1.2661, 2020: 1.2573}
"""EUR of 2025 for one of the year: consumer prices as used by PyPSA's technology-data."""

CATALOG = read_catalog(ROOT)
IDS = sorted(CATALOG.entries)


def raw(name: str) -> dict[str, Any]:
    entry: Entry = CATALOG.entries[name]
    fields: dict[str, Any] = entry.document.data["measures"][entry.index]
    return fields


def figures(fields: dict[str, Any]) -> Iterator[str]:
    """Dotted names of the figures of a measure; prices are told apart by market."""
    for key, value in fields.items():
        if key in ("capex", "fixed_om"):
            yield from (f"{key}.{market}" for market in value)
        elif key not in WORDS:
            yield key


def test_every_file_is_valid_and_no_id_occurs_twice() -> None:
    """Proves that reading finds nothing to complain about; a doubled id would be a problem."""
    assert [str(problem) for problem in CATALOG.problems] == []


def test_there_are_measures_of_all_seven_kinds() -> None:
    """Proves the breadth: at least 45 measures, none of the seven kinds missing."""
    assert len(CATALOG.entries) >= 45
    assert {entry.measure.kind for entry in CATALOG.entries.values()} == KINDS


def test_no_family_stands_in_a_file_of_another_name() -> None:
    """Proves that a family is found in the file that bears its name."""
    for document in CATALOG.documents:
        assert document.data["family"] == document.path.stem


@pytest.mark.parametrize("name", IDS)
def test_every_figure_has_exactly_the_sources_it_needs(name: str) -> None:
    """Proves that each figure has one source, and no source is for a figure that isn't there."""
    fields = raw(name)
    sourced = [field for note in fields["sources"] for field in note["fields"]]
    assert sorted(sourced) == sorted(figures(fields))


@pytest.mark.parametrize("name", IDS)
def test_no_note_is_trusted_more_than_its_reference(name: str) -> None:
    """Proves that a seller's claim or an estimate can't turn into a confirmed figure.

    With a broken rule, a price that rests on `planning_estimate` could be marked secondary.
    """
    for note in CATALOG.entries[name].measure.sources:
        assert note.ref in CATALOG.references
        assert STRENGTH[note.trust] >= STRENGTH[CATALOG.references[note.ref].trust]
        if note.trust in ("derived", "unconfirmed"):
            assert note.note, f"{note.fields}: arithmetic or range is missing"


def test_every_reference_is_used() -> None:
    """Proves that references.yaml holds no leftovers."""
    used = {note.ref for entry in CATALOG.entries.values() for note in entry.measure.sources}
    assert used == set(CATALOG.references)


@pytest.mark.parametrize("name", IDS)
def test_names_are_in_both_languages(name: str) -> None:
    """Proves that the Chinese name has Chinese letters and the English one has none."""
    text = CATALOG.entries[name].measure.name
    assert re.search(r"[一-鿿]", text.zh)
    assert not re.search(r"[一-鿿]", text.en)


@pytest.mark.parametrize("name", [n for n in IDS if "price_trend" in raw(n)])
def test_price_trend_starts_at_one_and_reaches_2050(name: str) -> None:
    """Proves that prices of 2025 are those written, fall to 2030 and are then held flat."""
    table = raw(name)["price_trend"]
    assert table["interpolate"] == "linear"
    assert table[2025] == 1
    assert 0.5 < table[2030] <= 1
    assert table[2050] == table[2030]


@pytest.mark.parametrize(
    ("name", "sink", "source", "published"),
    [
        ("heat_pump_60c", 60, 25, 5.36),  # mean of 5.28 (2020) and 5.44 (2030)
        ("heat_pump_90c", 80, 25, 3.885),  # described at 80 degC
        ("heat_pump_air_60c", 60, 7, 3.50),
        ("heat_pump_120c", 125, 25, 2.625),
        ("heat_pump_150c", 150, 65, 3.0),
        ("heat_pump_steam_booster", 150, 25, 1.96),
    ],
)
def test_heat_pump_has_the_published_cop(
    name: str, sink: float, source: float, published: float
) -> None:
    """Proves quality x T_sink / (T_sink - T_source) = published COP, within 2 %.

    Heat pump to 60 degC: 0.5631 x 333.15 / 35 = 5.36. In degC instead of K it would be 0.97.
    """
    pump = CATALOG.entries[name].measure
    assert isinstance(pump, Converter)
    cop = pump.inputs["electricity"].cop
    assert cop is not None
    assert cop.quality * (sink + KELVIN) / (sink - source) == pytest.approx(published, rel=0.02)


@pytest.mark.parametrize("name", [n for n in IDS if n.startswith(("heat_pump", "vapour"))])
def test_heat_pump_gives_off_what_it_takes_in(name: str) -> None:
    """Proves drive + waste heat = 1 for each unit of heat: 1/COP + (1 - 1/COP).

    The absorption pump: 1/1.685 + 0.4065 = 1.0000. Air is free and not a carrier.
    """
    pump = CATALOG.entries[name].measure
    assert isinstance(pump, Converter)
    flows = list(pump.inputs.values())
    if flows[0].cop is not None:
        assert [flow.cop_source for flow in flows[1:]] in ([], [flows[0].cop])
    else:
        taken = sum(flow.ratio or 1 / (flow.efficiency or 1) for flow in flows)
        assert taken == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("name", IDS)
def test_total_at_each_point_is_price_times_size(name: str) -> None:
    """Proves that the curve the model sees passes through the sourced points.

    Rooftop solar at 2 MW: 904.1 EUR/kW x 2000 kW = 1 808 200 EUR. Points outside the sizes on
    offer, or a total that falls as size rises, would leave pieces that can't be built.
    """
    measure = CATALOG.entries[name].measure
    if not isinstance(measure, Sized) or measure.capex.eu is None or not measure.capex.eu.points:
        return
    pairs = [(p.at.value, p.price.value) for p in measure.capex.eu.points if p.price is not None]
    assert len(pairs) == len(measure.capex.eu.points)
    largest = measure.capacity.max.value
    smallest = measure.capacity.min.value if measure.capacity.min else 0.0
    pieces = through_points([(size, size * price) for size, price in pairs], smallest, largest)
    for size, price in pairs:
        assert cost_of(pieces, size) == pytest.approx(size * price, rel=1e-9)
    assert [price for _, price in pairs] == sorted((price for _, price in pairs), reverse=True)


@pytest.mark.parametrize("name", IDS)
def test_prices_stand_in_the_column_of_their_market(name: str) -> None:
    """Proves that `cn` holds CNY and `eu` doesn't, and that prices fit the unit of the size."""
    measure = CATALOG.entries[name].measure
    if not isinstance(measure, Investment):
        return
    for market in ("cn", "eu", "any"):
        capex = getattr(measure.capex, market)
        if capex is None:
            continue
        prices = [p for p in (capex.price, capex.fixed, *(q.price for q in capex.points)) if p]
        for price in prices:
            assert (price.currency == "CNY") == (market == "cn")
            if isinstance(measure, Sized):
                assert price.unit == f"money/{measure.capacity.max.unit}"


@pytest.mark.parametrize(
    ("name", "found", "original", "year"),
    [
        # mean of 2020 and 2030 in the source's own money; indirect investment included
        ("heat_pump_60c", "1048.3 EUR2025/kW", (730 + 146 + 650 + 130) / 2, 2019),
        ("heat_pump_90c", "1048.3 EUR2025/kW", (730 + 146 + 650 + 130) / 2, 2019),
        ("heat_pump_120c", "1253.5 EUR2025/kW", (871 + 174 + 779 + 156) / 2, 2019),
        ("heat_pump_150c", "1504.2 EUR2025/kW", (1045 + 209 + 935 + 187) / 2, 2019),
        ("heat_pump_steam_booster", "2244.8 EUR2025/kW", (1632 + 326 + 1323 + 265) / 2, 2019),
        ("vapour_recompression", "430.5 EUR2025/kW", (350 + 330) / 2, 2019),
        ("eboiler_steam", "95.0 EUR2025/kW", (80 + 70) / 2, 2019),
        ("gas_boiler_steam", "63.3 EUR2025/kW", (54.5 + 45.5) / 2, 2019),
        ("biomass_boiler_steam", "765.4 EUR2025/kW", (618 + 591) / 2, 2019),
        ("direct_electric_heat", "76.0 EUR2025/kW", 60, 2019),
        ("infrared_heat", "436.8 EUR2025/kW", (350 + 340) / 2, 2019),
        ("eboiler_low_voltage", "200.4 EUR2025/kW", 150, 2015),
        ("chp_gas_engine", "1235.6 EUR2025/kW", (950 + 900) / 2, 2015),
        ("chp_gas_turbine", "955.1 EUR2025/kW", (730 + 700) / 2, 2015),
        ("solar_thermal", "247.1 EUR2025/m2", 185, 2015),
        ("electrolyser_alkaline", "1760.2 EUR2025/kW", 1400, 2020),
        ("electrolyser_pem", "1791.7 EUR2025/kW", 1425, 2020),
        ("hydrogen_tank", "68.1 EUR2025/kWh", (60.6 + 47.8) / 2, 2020),
        ("hot_water_tank_large", "3.8 EUR2025/kWh", 3.0, 2020),
        ("pit_heat_store", "0.794 EUR2025/kWh", 0.5947, 2015),
        ("rock_heat_store", "35.3 EUR2025/kWh", 13.1 + (120 + 30) / 10, 2020),
        ("capture_flue_gas", "3.772 MEUR2025/tph", 3.0e6, 2020),
    ],
)
def test_price_is_the_source_s_in_money_of_2025(
    name: str, found: str, original: float, year: int
) -> None:
    """Proves price = original x consumer price index, to the digits shown (0.8 %).

    Electrode boiler: 75 EUR2019/kW x 1.2661 = 94.96, written 95.0. With the index of 2015 it would
    be 100.2. The price stands in the catalog as a flat price or as one of its points.
    """
    capex = raw(name)["capex"]["eu"]
    offered = [capex[key] for key in ("price",) if key in capex]
    offered += [point["price"] for point in capex.get("points", [])]
    assert found in offered
    amount, unit = found.split(" ")
    scale = 1e6 if unit.startswith("M") else 1
    assert float(amount) * scale == pytest.approx(original * HICP[year], rel=0.008)
    assert parse(found, f"money/{_size(unit)}").price_year == 2025


def _size(unit: str) -> str:
    return {"kW": "MW", "kWh": "MWh", "m2": "m2", "tph": "tph"}[unit.split("/")[1]]


def test_lithium_battery_is_cells_plus_converter() -> None:
    """Proves 250.0 + 287.5 / h: 393.75 for two hours, 321.875 for four, in EUR2025/kWh."""
    for name, hours in (("battery_2h", 2), ("battery_4h", 4)):
        price = parse(raw(name)["capex"]["eu"]["price"], "money/MWh")
        assert price.value == pytest.approx((250.0 + 287.5 / hours) * 1000)
