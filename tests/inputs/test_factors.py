"""Emission factors named in a scenario: the number that comes out, or what is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.errors import InputErrors, Problem
from optimizer.inputs.assemble import assemble
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.load import load
from optimizer.inputs.yearly import value_at
from tests.factor_libraries import fuels, grid, libraries, power, projection
from tests.workspace import HOURS, put, small_scenario, write_workspace

FACTOR = "carriers.electricity.factor"
RESIDUAL = "carriers.electricity.residual"
GAS = "carriers.natural_gas.factor"


def loaded(folder: Path, path: str, value: Any, hours: int = 24) -> Bundle:
    """The small plant with one field changed, beside the libraries of the tests."""
    scenario = put(small_scenario(), path, value)
    return load(write_workspace(folder, scenario, factors=libraries(), hours=hours))


def told(folder: Path, path: str, value: Any, **files: Any) -> tuple[Problem, ...]:
    """What loading raises."""
    scenario = put(small_scenario(), path, value)
    with pytest.raises(InputErrors) as caught:
        load(write_workspace(folder, scenario, factors={**libraries(), **files}, hours=24))
    return caught.value.problems


def test_a_region_gives_its_figure_in_all_years(tmp_path: Path) -> None:
    """Proves the look-up: Jiangsu 2023 is 0.5 kg/kWh = 0.5 t/MWh, held; 2022 would give 0.6."""
    bundle = loaded(tmp_path, FACTOR, power())
    factor = bundle.scenario.carriers["electricity"].factor
    assert factor is not None
    assert [value_at(factor, year) for year in (2025, 2026, 2030)] == [0.5, 0.5, 0.5]
    assert [each.role for each in bundle.files].count("factors") == 1


def test_a_fuel_is_carbon_times_oxidation_times_44_over_12(tmp_path: Path) -> None:
    """Proves 15.3 kg C/GJ x 0.99 x 44/12 = 55.539 kg/GJ, x 3.6 GJ/MWh = 0.19994 t/MWh.

    Without the oxidation it would be 0.20196, with carbon taken for CO2 0.0545.
    """
    bundle = loaded(tmp_path, GAS, {"library": "fuels", "fuel": "natural_gas"})
    factor = bundle.scenario.carriers["natural_gas"].factor
    assert factor is not None
    assert factor.constant == pytest.approx(15.3 * 0.99 * 44 / 12 * 3.6 / 1000, rel=1e-12)
    assert bundle.factors[0].trust == "derived"


def test_a_factor_given_as_co2_is_taken_as_it_is(tmp_path: Path) -> None:
    """Proves 110 kg/GJ x 3.6 = 0.396 t/MWh, with its library's trust."""
    bundle = loaded(tmp_path, GAS, {"library": "fuels", "fuel": "steam"})
    assert bundle.factors[0].value == pytest.approx(0.396, rel=1e-12)
    assert bundle.factors[0].trust == "secondary"


@pytest.mark.parametrize(("change", "rate"), [("-10 %/a", -0.1), ("4 %/a", 0.04)])
def test_a_projection_goes_on_by_year_and_may_rise(
    tmp_path: Path, change: str, rate: float
) -> None:
    """Proves 0.5 x (1 + rate)^(year - 2023): at -10 % 0.405 in 2025, 0.3645 in 2026; at +4 % it is
    0.6580 in 2030. Counted from the base year, 2026 would be 0.45. The case holds the numbers.
    """
    bundle = loaded(tmp_path, FACTOR, power(projection=projection(change)), HOURS)
    factor = bundle.scenario.carriers["electricity"].factor
    assert factor is not None
    assert value_at(factor, 2025) == pytest.approx(0.5 * (1 + rate) ** 2)
    case = assemble(bundle)
    electricity = next(each for each in case.carriers if each.id == "electricity")
    wanted = [0.5 * (1 + rate) ** (year - 2023) for year in case.years]
    assert list(electricity.factor) == pytest.approx(wanted, rel=1e-12)


def test_the_base_year_takes_the_projected_factor(tmp_path: Path) -> None:
    """Proves base_year.factors: 0.5 x 0.9^2 = 0.405 in 2025; held it is 0.5."""
    reference = power(projection=projection("-10 %/a"))
    bundle = loaded(tmp_path, "base_year.factors.electricity", reference)
    assert bundle.scenario.base_year.factors["electricity"] == pytest.approx(0.405)
    bundle = loaded(tmp_path, "base_year.factors.electricity", power())
    assert bundle.scenario.base_year.factors["electricity"] == 0.5


def test_a_residual_factor_has_its_own_purpose(tmp_path: Path) -> None:
    """Proves that the nation's 0.7 for unclaimed power reaches `residual`; so does fossil 0.8."""
    for purpose, value in (("residual", 0.7), ("fossil", 0.8)):
        bundle = loaded(tmp_path, RESIDUAL, power("nation", purpose=purpose))
        residual = bundle.scenario.carriers["electricity"].residual
        assert residual is not None
        assert residual.constant == value


def test_the_worse_trust_of_figure_and_projection_counts(tmp_path: Path) -> None:
    """Proves trust: 2023 is primary, 2022 secondary, one figure is unconfirmed by itself; a
    projection that nobody confirmed makes the whole unconfirmed.
    """
    for reference, trust in (
        (power(), "primary"),
        (power(year=2022), "secondary"),
        (power("sichuan"), "unconfirmed"),
        (power(projection=projection("1 %/a", "unconfirmed")), "unconfirmed"),
        (power(projection=projection("1 %/a", "derived")), "derived"),
    ):
        assert loaded(tmp_path, FACTOR, reference).factors[0].trust == trust
    assert loaded(tmp_path, FACTOR, power("sichuan")).factors[0].source.name == "A guess"


CASES = [
    # path, reference, field that is named, found, part of what is allowed or hinted
    (FACTOR, power(library="gird"), ".library", "gird", 'Did you mean "grid"?'),
    (FACTOR, {**power(library=None), "libary": "grid"}, ".libary", "libary", '"library"'),
    (FACTOR, power("jiangsuu"), ".region", "jiangsuu", 'Did you mean "jiangsu"?'),
    (FACTOR, power("江苏省"), ".region", "江苏省", 'Did you mean "jiangsu"?'),
    (FACTOR, power("Jiangsu"), ".region", "Jiangsu", 'Did you mean "jiangsu"?'),
    (FACTOR, power("Nowhere"), ".region", "Nowhere", "There are: jiangsu, sichuan, nation"),
    (FACTOR, power(purpose="locations"), ".purpose", "locations", '"location"'),
    (FACTOR, power(purpose="residual"), ".purpose", "residual", "location or fossil"),
    (RESIDUAL, power(), ".purpose", "location", "residual or fossil"),
    (RESIDUAL, power(purpose="residual"), ".purpose", "residual", "published for: nation"),
    (FACTOR, power(year=2024), ".year", "2024", "one of 2022, 2023 for jiangsu"),
    (FACTOR, power(year=2024), ".year", "2024", "The nearest is 2023"),
    (FACTOR, power(year=None), ".year", "", "given for a factor of grid"),
    (FACTOR, power(fuel="natural_gas"), ".fuel", "fuel", "left out"),
    (GAS, {"library": "fuels", "fuel": "natural_gass"}, ".fuel", "natural_gass", '"natural_gas"'),
    (GAS, {"library": "fuels", "fuel": "天然气"}, ".fuel", "天然气", '"natural_gas"'),
    (GAS, {"library": "fuels"}, ".fuel", "", "given for a factor of fuels"),
    (GAS, {"library": "fuels", "fuel": "steam", "year": 2023}, ".year", "year", "left out"),
    (GAS, {"library": "warming", "fuel": "hfc_32"}, ".library", "warming", "grid factors or fuels"),
    (FACTOR, power(projection={"change": "1 %/a", "trust": "derived"}), ".projection.source", "",
     "given"),
    (FACTOR, power(projection=projection("-1.5 %")), ".projection.change", "-1.5 %", "per time"),
    (FACTOR, power(projection=projection("-100 %/a")), ".projection.change", "-100 %/a", "above"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "reference", "field", "found", "says"), CASES)
def test_a_wrong_reference_is_told_at_its_field(
    tmp_path: Path, path: str, reference: Any, field: str, found: str, says: str
) -> None:
    """Proves that file, line, field, what stands there and the nearest spelling are named."""
    problem = next(p for p in told(tmp_path, path, reference) if p.field == path + field)
    assert problem.file == "scenarios/small/scenario.yaml"
    assert problem.found == found
    assert says in str(problem)
    key = field.rsplit(".", 1)[-1]
    line = (tmp_path / problem.file).read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert (key if found else path.rsplit(".", 1)[-1]) in line or not found


def test_a_projection_never_goes_back(tmp_path: Path) -> None:
    """Proves that the base year 2021 can't take a factor of 2023 that is projected."""
    scenario = put(small_scenario(), "horizon.base_year", 2021)
    reference = power(projection=projection("-1 %/a"))
    scenario = put(scenario, "base_year.factors.electricity", reference)
    with pytest.raises(InputErrors, match="at most the base year, 2021"):
        load(write_workspace(tmp_path, scenario, factors=libraries(), hours=24))


def test_a_wrong_library_is_told_once_with_its_line(tmp_path: Path) -> None:
    """Proves that a fault of the library names the library's file, once for two references."""
    wrong = put(fuels(), "fuels.natural_gas.oxidation", 1.2)
    scenario = put(small_scenario(), GAS, {"library": "fuels", "fuel": "natural_gas"})
    reference = {"library": "fuels", "fuel": "steam"}
    scenario = put(scenario, "base_year.factors.natural_gas", reference)
    with pytest.raises(InputErrors) as caught:
        load(write_workspace(tmp_path, scenario, factors={"fuels": wrong}, hours=24))
    (problem,) = caught.value.problems
    assert problem.file == "scenarios/library/emission_factors/fuels.yaml"
    assert problem.field == "fuels.natural_gas.oxidation"
    assert problem.line > 1


def test_a_setting_changes_one_field_of_a_reference(tmp_path: Path) -> None:
    """Proves --set on a reference: another year gives 0.6, and a wrong one names the option."""
    scenario = put(small_scenario(), FACTOR, power())
    path = write_workspace(tmp_path, scenario, factors={"grid": grid()}, hours=24)
    bundle = load(path, sets=[f"{FACTOR}.year=2022"])
    assert bundle.factors[0].value == 0.6
    with pytest.raises(InputErrors, match=f"--set {FACTOR}.region"):
        load(path, sets=[f"{FACTOR}.region=jiangsuu"])


def test_settings_add_a_projection(tmp_path: Path) -> None:
    """Proves that a projection can be set from outside, 0.5 x 1.02^7 = 0.5743 in 2030; one without
    a source is told at the factor that it belongs to.
    """
    scenario = put(small_scenario(), FACTOR, power())
    path = write_workspace(tmp_path, scenario, factors={"grid": grid()}, hours=24)
    said = projection("2 %/a")
    sets = [f"{FACTOR}.projection.{key}={value}" for key, value in said.items()]
    factor = load(path, sets=sets).scenario.carriers["electricity"].factor
    assert factor is not None
    assert value_at(factor, 2030) == pytest.approx(0.5743, abs=1e-4)
    with pytest.raises(InputErrors) as caught:
        load(path, sets=sets[:1])
    lines = path.read_text(encoding="utf-8").splitlines()
    problem = caught.value.problems[0]
    assert problem.field == f"{FACTOR}.projection.source"
    assert lines[problem.line - 1].strip() == "factor:"
