"""The shipped libraries: complete, sourced, and the arithmetic of their fuels."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.inputs.factor_files import read_all
from optimizer.inputs.factor_listing import figures
from optimizer.inputs.load import load

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = read_all(ROOT)
KG_PER_GJ = {
    # NCV apart: t C/TJ x oxidation x 44/12
    "natural_gas": 55.54, "lng": 54.98, "lpg": 61.81, "diesel": 72.59, "gasoline": 67.91,
    "fuel_oil": 75.82, "bituminous_coal": 89.00, "lignite": 98.56, "coke": 100.595,
    "petroleum_coke": 98.82, "blast_furnace_gas": 257.0, "coke_oven_gas": 49.30,
    "purchased_heat": 110.0,
}  # fmt: skip


def listed(library: str) -> list[dict[str, object]]:
    """All figures of a shipped library."""
    return figures(LIBRARIES[library].library)


def test_thirty_provinces_have_three_years_each() -> None:
    """Proves completeness: 30 provinces x 3 years, 7 regions less a gap, the nation's 3 + 2 + 1."""
    found = listed("cn_grid")
    levels = [each["level"] for each in found]
    assert [levels.count(level) for level in ("province", "region", "nation")] == [90, 20, 6]
    assert len({each["id"] for each in found if each["level"] == "province"}) == 30


def test_the_residual_factor_rose_and_provinces_do_too() -> None:
    """Proves the columns: 0.5856 to 0.6096 unclaimed, Sichuan 0.1404 to 0.1564."""
    found = {(e["id"], e["purpose"], e["year"]): e["kg_per_kwh"] for e in listed("cn_grid")}
    assert found["china", "residual", 2022] == 0.5856
    assert found["china", "residual", 2023] == 0.6096
    assert found["china", "fossil", 2023] == 0.8273
    assert [found["sichuan", "location", year] for year in (2022, 2023)] == [0.1404, 0.1564]
    assert [found[each, "location", 2023] for each in ("shanxi", "shaanxi")] == [0.6634, 0.6335]


def test_what_nobody_confirmed_says_so() -> None:
    """Proves trust: the nation's 2021, IPCC's table, and gases with a potential from memory."""
    unsure = [e for e in listed("cn_grid") if e["trust"] == "unconfirmed"]
    assert [(e["id"], e["year"]) for e in unsure] == [("china", 2021)]
    assert {e["trust"] for e in listed("ipcc_2006_fuels")} == {"unconfirmed"}
    unsure_gases = {e["id"] for e in listed("gwp") if e["trust"] == "unconfirmed"}
    assert unsure_gases == {
        "ch4_fossil", "ch4_non_fossil", "sf6", "nf3", "cf4", "c2f6", "hfc_134a", "hfc_125", "r_410a"
    }  # fmt: skip


def test_the_fuels_of_china_follow_from_their_carbon() -> None:
    """Proves each product, kg/GJ: diesel 20.2 x 0.98 x 44/12 = 72.59. Bituminous coal is 89.00, not
    the 90.2 of a published product column that contradicts its own inputs.
    """
    found = {str(e["id"]): e["kg_per_gj"] for e in listed("cn_fuels")}
    assert found == pytest.approx(KG_PER_GJ, abs=0.006)


def test_a_cubic_metre_of_gas_emits_what_its_heat_does() -> None:
    """Proves the heating value: 38.931 MJ/m3 x 55.539 kg/GJ = 2.162 kg/m3; coal by mass 1.742."""
    found = {str(e["id"]): e for e in listed("cn_fuels")}
    assert found["natural_gas"]["kg_per_m3"] == pytest.approx(2.162, abs=5e-4)
    assert found["bituminous_coal"]["kg_per_kg"] == pytest.approx(1.742, abs=5e-4)
    assert found["natural_gas"]["kg_per_kg"] is None


def test_a_blend_is_the_mean_of_its_halves() -> None:
    """Proves R-410A: (675 + 3500)/2 = 2087.5, (677 + 3170)/2 = 1923.5 and (771 + 3740)/2 = 2255.5,
    rounded up."""
    found = {(e["id"], e["set"]): e["gwp"] for e in listed("gwp")}
    for name in ("ar4", "ar5", "ar6"):
        mean = (found["hfc_32", name] + found["hfc_125", name]) / 2  # type: ignore[operator]
        assert abs(found["r_410a", name] - mean) <= 0.5


@pytest.mark.parametrize(
    ("scenario", "factor", "residual"),
    [("auto_parts_jiangsu", 0.5827, 0.6096), ("dairy_denmark", 0.233, None)],
)
def test_shipped_scenarios_take_the_figures_they_had(
    scenario: str, factor: float, residual: float | None
) -> None:
    """Proves that naming the library changed no digit of the grid factors."""
    path = ROOT / "scenarios" / scenario / "scenario.yaml"
    carrier = load(path).scenario.carriers["electricity"]
    assert carrier.factor is not None
    assert carrier.factor.constant == factor
    assert (carrier.residual.constant if carrier.residual else None) == residual
