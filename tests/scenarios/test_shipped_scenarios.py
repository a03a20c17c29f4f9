"""The shipped factories: valid, sourced line by line, and as their pages add them up."""

from __future__ import annotations

import itertools
import math
import os
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from optimizer.errors import InputErrors
from optimizer.inputs.assemble import assemble
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.case import Case, ConverterUnit
from optimizer.inputs.load import load
from optimizer.schema.measure import Saving

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
DATA = Path(os.environ.get("DECARB_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
YEARS = (2026, 2027, 2028, 2029, 2030)
MADE = ("auto_parts_jiangsu", "dairy_denmark", "laundry_denmark")
ALL = (*MADE, "iron_works")
QUARTERS = 35_040
needs_data = pytest.mark.skipif(
    not (DATA / "iron_works_15min.csv").exists(), reason="no folder of measured data"
)


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the iron works' columns: a sine by day in place of what was measured."""
    folder = tmp_path_factory.mktemp("data")
    rows = ["step,iron_elec_kw,iron_heat_kw,elec_price_eur_per_kwh"]
    for step in range(QUARTERS):
        wave = math.sin(step * 2 * math.pi / 96)
        rows.append(f"{step + 1},{5267 + 3000 * wave:.1f},{2432 + 2000 * wave:.1f},0.09")
    (folder / "iron_works_15min.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def _bundle(name: str, data: Path) -> Bundle:
    return load(SCENARIOS / name / "scenario.yaml", data=data)


@cache
def _case(name: str, data: Path | None = None) -> Case:
    return assemble(load(SCENARIOS / name / "scenario.yaml", data=data))


def _demand(case: Case, *carriers: str) -> NDArray[np.float64]:
    """Demand at output 1 of all services on these carriers, MW, shape (365, 24)."""
    zero = np.zeros((365, case.axis.steps))
    served = [s.demand for s in case.services if s.carrier in carriers]
    total: NDArray[np.float64] = np.add.reduce([zero, *(case.series[key] for key in served)])
    return total


@pytest.mark.parametrize("name", ALL)
def test_every_year_has_a_cap_a_net_target_and_an_offset_share(name: str, stand_in: Path) -> None:
    """Proves that no year is left without its three limits (a missing one would be None), and that
    the net target never lies above the gross cap, else it would be idle by construction."""
    policy = assemble(_bundle(name, stand_in)).policy
    caps, targets, shares = policy.gross_cap, policy.net_target, policy.offset_share
    assert None not in (*caps, *targets, *shares)
    for cap, target in zip(caps, targets, strict=True):
        assert cap is not None
        assert target is not None
        assert target <= cap
    assert list(caps) == sorted(caps, key=lambda cap: -(cap or 0.0))


@pytest.mark.parametrize(
    ("name", "tonnes"),
    [
        # 17,200 x 0.6096 + 11,500 x 0.19994 + 1,166.7 x 0.26132 = 10,485.1 + 2,299.3 + 304.9
        ("auto_parts_jiangsu", 13_089.3),
        # 13,300 x 0.233 + 52,222.2 x 0.20268 = 3,098.9 + 10,584.4
        ("dairy_denmark", 13_683.3),
        # 1,650 x 0.233 + 15,217.39 x 0.20268 = 384.5 + 3,084.3
        ("laundry_denmark", 3_468.7),
        # 46,138.2 x 0.6096 + 23,159.6 x 0.20268 = 28,125.8 + 4,694.0
        ("iron_works", 32_819.8),
    ],
)
def test_base_year_is_what_the_readme_adds_up(name: str, tonnes: float, stand_in: Path) -> None:
    """Proves the base year of each README, to a tenth of a tonne, in the policy's own ledger."""
    case = assemble(_bundle(name, stand_in))
    assert case.policy.base_emissions == pytest.approx(tonnes, abs=0.1)
    assert f"{round(tonnes):,}" in (SCENARIOS / name / "README.md").read_text(encoding="utf-8")


def test_auto_parts_meters_agree_with_demands() -> None:
    """Proves that the metered base year is what the demands need from today's equipment:
    13,700 of power + 2,400 of air + 4,400 / 4.0 of cold = 17,200 MWh, and 4,500 / 0.90 +
    5,200 / 0.80 = 11,500 MWh of gas. A demand without its meter would shift the whole baseline."""
    case = _case("auto_parts_jiangsu")
    power = (
        _demand(case, "electricity", "compressed_air").sum() + _demand(case, "cooling").sum() / 4
    )
    gas = _demand(case, "heat_90c", "heat_60c").sum() / 0.9 + _demand(case, "heat_180c").sum() / 0.8
    assert power == pytest.approx(case.base.metered["electricity"], abs=0.1)
    assert gas == pytest.approx(case.base.metered["natural_gas"], abs=0.1)


def test_dairy_meters_agree_with_demands() -> None:
    """Proves the same for the dairy: 9,300 + 14,000 / 3.5 = 13,300 MWh; 47,000 / 0.90 = 52,222."""
    case = _case("dairy_denmark")
    power = _demand(case, "electricity").sum() + _demand(case, "cooling").sum() / 3.5
    heat = _demand(case, "steam", "heat_120c", "heat_60c").sum()
    assert power == pytest.approx(case.base.metered["electricity"], abs=0.1)
    assert heat / 0.9 == pytest.approx(case.base.metered["natural_gas"], abs=0.1)


def test_auto_parts_pays_the_typical_price_with_the_sourced_spread() -> None:
    """Proves the tariff: the load pays 0.82 CNY/kWh within 1 %, and the highest band less the
    lowest is 0.5753 CNY/kWh. Other hours or bands would miss one of the two."""
    case = _case("auto_parts_jiangsu")
    price = case.series["grid_price"]
    load_mw = _demand(case, "electricity", "compressed_air") + _demand(case, "cooling") / 4
    assert float((price * load_mw).sum() / load_mw.sum()) == pytest.approx(820, rel=0.01)
    assert float(price.max() - price.min()) == pytest.approx(575.3, abs=1e-6)


@pytest.mark.parametrize("name", MADE)
def test_todays_equipment_serves_the_highest_demand(name: str) -> None:
    """Proves that a baseline exists by size alone: each existing producer of a carrier is at least
    as large as that carrier's highest demand at the last year's output."""
    case = _case(name)
    activity = {s.id: float(s.activity.max()) for s in case.services}
    units = {u.id: u for u in case.units if isinstance(u, ConverterUnit)}
    size = {units[a.old_unit].reference: a.capacity for a in case.assets if a.old_unit in units}
    for service in case.services:
        if service.carrier in size:
            highest = activity[service.id] * case.series[service.demand].max()
            assert highest <= size[service.carrier], service.id
    assert _demand(case, "electricity").max() < case.connection


def test_iron_works_offers_all_seven_kinds(stand_in: Path) -> None:
    """Proves that 12 to 18 measures are on offer and each kind is among them."""
    measures = _bundle("iron_works", stand_in).measures
    assert 12 <= len(measures) <= 18
    assert len({measure.kind for measure in measures}) == 7


def test_auto_parts_shows_overlap_exclusion_prerequisite_and_grant() -> None:
    """Proves that the demo has something of each: three savings on one service, a pair that
    excludes each other, one that needs another, a grant, credits of both types."""
    bundle = load(SCENARIOS / "auto_parts_jiangsu" / "scenario.yaml")
    savings = [m.service for m in bundle.measures if isinstance(m, Saving)]
    assert 18 <= len(bundle.measures) <= 24
    assert savings.count("motors") >= 3
    assert any(measure.excludes for measure in bundle.measures)
    assert any(measure.requires for measure in bundle.measures)
    assert bundle.scenario.grants
    assert {m.type for m in bundle.measures if m.kind == "credit"} == {"avoidance", "removal"}


def test_iron_works_without_data_says_what_is_missing() -> None:
    """Proves that a missing data folder gives one line: the file, its origin, how to give it."""
    with pytest.raises(InputErrors) as caught:
        load(SCENARIOS / "iron_works" / "scenario.yaml")
    assert len(caught.value.problems) == 1
    text = str(caught.value)
    assert all(part in text for part in ("iron_works_15min.csv", "Atabay", "--data DIR"))


@needs_data
def test_real_iron_works_meters_agree_with_the_measurement() -> None:
    """Proves that base year and columns fit: 46,138.2 MWh of power; 21,306.9 MWh of heat / 0.92 =
    23,159.6 MWh of gas; the boiler of 9 MW and the connection of 15 MW carry the peaks."""
    case = _case("iron_works", DATA)
    power, heat = case.series["iron_electricity"], case.series["iron_heat"]
    assert power.sum() == pytest.approx(case.base.metered["electricity"], abs=0.1)
    assert heat.sum() / 0.92 == pytest.approx(case.base.metered["natural_gas"], abs=0.1)
    assert heat.max() < 9
    assert power.max() < case.connection


@pytest.mark.parametrize("name", ALL)
def test_every_quantity_says_where_it_comes_from(name: str) -> None:
    """Proves that a figure with a unit, outside `data`, has a comment on its line or just above."""
    text = (SCENARIOS / name / "scenario.yaml").read_text(encoding="utf-8")
    lines = text[: text.index("\ndata:")].splitlines()
    bare = [
        line
        for before, line in itertools.pairwise(lines)
        if re.search(r"\d [A-Za-z%]", line)
        and not re.search(r"#", line + before)
        and not re.match(r"\s*(name|en|zh|why|step):", line)
    ]
    assert bare == []
