"""Contents of carriers, and what hydrogen and heat are judged by, with the arithmetic."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs.factor_files import FOLDER, read_library
from optimizer.inputs.loan_files import FOLDER as PACKS
from optimizer.inputs.loan_files import read_pack
from optimizer.loans.assess import assess
from optimizer.loans.contents import solved
from optimizer.loans.of_measure import hydrogen_intensity, system_reduction, system_saving
from optimizer.loans.subject import Subject
from optimizer.schema.emission_factors import GridLibrary
from tests.loans.plant import ROOT, carriers, found, subject
from tests.packs import rule

HYDROGEN = rule("limit", quantity="hydrogen_intensity", comparison="at_most", limit="3 t/t")
CASH = {("overnight", "electrolyser"): {2026: -5e6}}


def provinces() -> list[tuple[str, float]]:
    """China's provinces with their latest factor."""
    file = ROOT / FOLDER / "cn_grid.yaml"
    library = read_library(file, "cn_grid.yaml").library
    assert isinstance(library, GridLibrary)
    return [
        (name, region.location[max(region.location)].factor)
        for name, region in library.regions.items()
        if region.level == "province"
    ]


def electrolyser(grid: float = 0.5, traceable: float = 0.0) -> Subject:
    """The plant with an electrolyser on grid power of a factor, part of it by a direct line."""
    return subject(
        flows={"electrolyser": 5.2}, bought={"electricity": 5.2 - traceable}, cash=CASH,
        delivered=traceable, changes={"carriers": carriers(grid)},
    )  # fmt: skip


def test_contents_of_the_plan_by_hand() -> None:
    """Proves that heat of the pump holds 1/3 MWh and 0.5/3 t, that of the boiler 1/0.9 MWh and
    0.2/0.9 t; what isn't used has none."""
    plan, baseline = subject().contents
    assert plan.energy["heat_90c"] == pytest.approx([1 / 3] * 2)
    assert plan.emissions["heat_90c"] == pytest.approx([0.5 / 3] * 2)
    assert baseline.energy["heat_90c"] == pytest.approx([1 / 0.9] * 2)
    assert baseline.emissions["heat_90c"] == pytest.approx([0.2 / 0.9] * 2)
    assert (plan.energy["coal"] != plan.energy["coal"]).all()


def test_the_affected_system_is_what_the_pump_delivers() -> None:
    """Proves 1 - (1/3)/(1/0.9) = 0.7 of the energy and 1 - (0.5/3)/(0.2/0.9) = 0.25 of the
    emissions; the whole plant's tonnes, or the pump's own, would say something else."""
    plant = subject()
    (pump,) = plant.measures
    assert system_saving(plant, pump).value == pytest.approx(0.7)
    assert system_reduction(plant, pump).value == pytest.approx(0.25)


def test_heat_of_two_units_holds_their_mean() -> None:
    """Proves 1 MW of the pump and 2 MW of the boiler: (1/3 + 2/0.9)/3 = 0.85185 MWh."""
    plant = subject(flows={"heat_pump": 1.0, "boiler": 2.0},
                    bought={"electricity": 1 / 3, "natural_gas": 2 / 0.9})  # fmt: skip
    assert plant.contents[0].energy["heat_90c"] == pytest.approx([(1 / 3 + 2 / 0.9) / 3] * 2)


def test_a_carrier_that_goes_round_has_no_content() -> None:
    """Proves that heat which a store charges and discharges and nobody makes is no crash: its
    balance 0 x = 0 has no answer, so contents of that year are unknown rather than made up; with
    1 of 2 MWh from elsewhere at 3 in all it holds 3."""
    supply, links = np.array([[1.0], [2.0]]), np.zeros((2, 2, 1))
    links[1, 1] = 2.0
    assert np.isnan(solved(supply, links, np.array([[1.0], [0.0]]))).all()
    links[1, 1] = 1.0
    assert solved(supply, links, np.array([[1.0], [3.0]]))[:, 0] == pytest.approx([1.0, 3.0])


def test_grid_hydrogen_by_hand() -> None:
    """Proves 0.5 t/MWh x 52 MWh/t = 26 t for a tonne, and that it fails 3."""
    plant = electrolyser()
    (unit,) = plant.measures
    assert hydrogen_intensity(plant, unit).value == pytest.approx(26.0)
    assert found(plant, HYDROGEN, "electrolyser").verdict == "fails"


@pytest.mark.parametrize(("province", "factor"), provinces())
def test_grid_hydrogen_fails_in_every_province(province: str, factor: float) -> None:
    """Proves the rule where the grid is cleanest too: Yunnan's or Qinghai's 0.13 x 52 is 7 t."""
    verdict = found(electrolyser(factor), HYDROGEN, "electrolyser")
    assert verdict.verdict == "fails", province
    assert verdict.value == pytest.approx(factor * 52)


def test_hydrogen_passes_with_traceable_power() -> None:
    """Proves that 94 % over a direct line leaves 0.06 x 0.5 x 52 = 1.56 t, and 88 % leaves 3.12,
    which fails: a market-based factor of 0 for all of it would pass both."""
    assert found(electrolyser(0.5, 0.94 * 5.2), HYDROGEN, "electrolyser").verdict == (
        "meets_secondary"
    )
    short = found(electrolyser(0.5, 0.88 * 5.2), HYDROGEN, "electrolyser")
    assert short.verdict == "fails"
    assert short.value == pytest.approx(3.12)
    assert short.turn is not None
    assert short.turn.key == "loan.turn.leave_out"


def test_traceable_power_counts_at_its_own_factor() -> None:
    """Proves that a direct line of 0.05 t/MWh for all of it leaves 0.05 x 52 = 2.6 t, no less."""
    plant = electrolyser(0.5, 5.2)
    line = plant.given.measures["ppa"].model_copy(update={"factor": 0.05})
    offered = {**plant.given.measures, "ppa": line}
    plant = replace(plant, given=replace(plant.given, measures=offered))
    (unit,) = plant.measures
    assert hydrogen_intensity(plant, unit).value == pytest.approx(2.6)


def test_a_rule_on_hydrogen_leaves_other_measures_alone() -> None:
    """Proves not applicable, never a pass, for a pump that makes none."""
    assert found(subject(), HYDROGEN, "heat_pump").verdict == "not_applicable"


def test_hydrogen_is_judged_by_what_is_made_not_by_a_tag() -> None:
    """Proves that the shipped rule needs no tag: an electrolyser whose owner forgot it, or left it
    out, made 26 t of CO2e with each tonne and was not applicable."""
    loaded = read_pack(ROOT / PACKS / "eu_taxonomy.yaml", "eu_taxonomy")
    plant = electrolyser()
    untagged = {
        name: each.model_copy(update={"tags": ()}) for name, each in plant.given.measures.items()
    }
    plant = replace(plant, given=replace(plant.given, measures=untagged))
    (one,) = (
        each
        for each in assess(plant, {"eu_taxonomy": loaded}, ()).findings
        if each.rule.id == "X-04"
    )
    assert (one.measure, one.verdict) == ("electrolyser", "fails")
