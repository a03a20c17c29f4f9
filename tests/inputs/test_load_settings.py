"""`--set` and policy packs: what is laid over a scenario, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.errors import InputErrors, Problem
from optimizer.inputs.load import load
from tests.packs import pack, rule
from tests.workspace import put, small_scenario, write_workspace

TARGET = pack(
    "target",
    rule("gross_cap", limit={2026: "20 kt", 2030: "5 kt", "interpolate": "linear"}),
    rule("offset_share", "R-2", limit=0.1, denominator="gross"),
)


def refused(path: Path, *sets: str) -> tuple[Problem, ...]:
    """What loading with these settings raises."""
    with pytest.raises(InputErrors) as caught:
        load(path, sets=sets)
    return caught.value.problems


def test_settings_change_fields_by_path_and_by_id(tmp_path: Path) -> None:
    """Proves four ways in: a plain field, a list item by id, a new year, a new optional field."""
    path = write_workspace(tmp_path)
    sets = (
        "site.connection=7 MW",
        "services.motors.fixed_share=0.4",
        "carriers.electricity.factor.2028=0.5 kg/kWh",
        "budget.capex.2030=2 MCNY",
    )
    bundle = load(path, sets=sets)
    scenario = bundle.scenario
    assert scenario.site.connection == 7.0
    assert scenario.services[0].fixed_share == 0.4
    assert scenario.carriers["electricity"].factor is not None
    assert scenario.carriers["electricity"].factor.values[2028] == 0.5
    assert scenario.budget.capex is not None
    assert scenario.budget.capex.values[2030].value == 2e6
    assert bundle.locate("site.connection").file == "--set site.connection=7 MW"
    assert bundle.scenario_document.data["site"]["connection"] == "7 MW"


@pytest.mark.parametrize(
    ("setting", "guess"),
    [
        ("horizon.lst=2029", "last"),
        ("horizon.evaluat_to=2029", "evaluate_to"),
        ("carriers.electricty.scope=1", "electricity"),
        ("policy.gros_cap=3 kt", "gross_cap"),
        ("measurs.offer.0=x", "measures"),
    ],
)
def test_an_unknown_path_gets_the_nearest(tmp_path: Path, setting: str, guess: str) -> None:
    """Proves that a misspelt path is refused, also where the file leaves the real field out."""
    (problem,) = refused(write_workspace(tmp_path), setting)
    assert problem.file == f"--set {setting}"
    assert f'"{guess}"' in problem.hint


@pytest.mark.parametrize("setting", ["horizon.last", "=3", "", "site.connection=[1, 2]"])
def test_a_malformed_setting_is_refused(tmp_path: Path, setting: str) -> None:
    """Proves that there is a path, an equals sign and one plain value."""
    assert len(refused(write_workspace(tmp_path), setting)) == 1


def test_a_wrong_value_is_told_with_its_option(tmp_path: Path) -> None:
    """Proves that the place of a set value is its option, not a line of the file."""
    (problem,) = refused(write_workspace(tmp_path), "services.motors.fixed_share=2")
    assert (problem.file, problem.line) == ("--set services.motors.fixed_share=2", 0)
    assert problem.allowed == "at most 1"


def test_an_override_set_from_outside_has_its_reason(tmp_path: Path) -> None:
    """Proves that a what-if needs no second option for `why`."""
    bundle = load(write_workspace(tmp_path), sets=("measures.override.pv_roof.lifetime=20 a",))
    assert bundle.measures[0].lifetime == 20.0  # type: ignore[union-attr]
    assert bundle.measures[0].why == "set on the command line: 20 a"


def test_a_pack_gives_what_the_scenario_leaves_out(tmp_path: Path) -> None:
    """Proves that the scenario's field wins and its neighbours in the pack stay.

    Share 0.1 and the cap come from the pack, the first year 2028 and the share 0.05 don't.
    """
    policy = {"use": ["target"], "offset": {"first_year": 2028, "share": 0.05}}
    path = write_workspace(
        tmp_path, put(small_scenario(), "policy", policy), policies={"target": TARGET}
    )
    bundle = load(path)
    offset, cap = bundle.scenario.policy.offset, bundle.scenario.policy.gross_cap
    assert offset is not None
    assert cap is not None
    assert (offset.share.constant, offset.basis, offset.first_year) == (0.05, "gross", 2028)
    assert cap.values == {2026: 20000.0, 2030: 5000.0}
    target = "scenarios/library/policies/target.yaml"
    assert bundle.locate("policy.gross_cap.2030").file == target
    assert bundle.locate("policy.offset.share").file == "scenarios/small/scenario.yaml"
    assert target in [file.shown_as for file in bundle.files]
    assert "gross_cap" not in bundle.scenario_document.data["policy"]


def test_a_table_by_year_replaces_the_packs_table_whole(tmp_path: Path) -> None:
    """Proves that years of two tables never mix: 2026 from the pack would make the cap 12.5 kt."""
    policy = {"use": ["target"], "gross_cap": {2030: "6 kt"}}
    path = write_workspace(
        tmp_path, put(small_scenario(), "policy", policy), policies={"target": TARGET}
    )
    cap = load(path).scenario.policy.gross_cap
    assert cap is not None
    assert cap.values == {2030: 6000.0}


def test_a_pack_is_named_right_once_and_as_its_file(tmp_path: Path) -> None:
    """Proves three faults of `use`: unknown, doubled, and an id that isn't the file's name."""
    scenario = put(small_scenario(), "policy", {"use": ["targt", "target", "target", "renamed"]})
    packs = {"target": TARGET, "renamed": pack("target")}
    found = refused(write_workspace(tmp_path, scenario, policies=packs))
    assert {(problem.field, problem.found) for problem in found} == {
        ("policy.use[0]", "targt"),
        ("policy.use[2]", "target"),
        ("id", "target"),
    }


def test_a_fault_inside_a_pack_stands_in_the_pack(tmp_path: Path) -> None:
    """Proves file, line and field of a pack's own fault."""
    scenario = put(small_scenario(), "policy", {"use": ["target"]})
    wrong = put(TARGET, "rules.0.limit.2030", "5 kW")
    path = write_workspace(tmp_path, scenario, policies={"target": wrong})
    (problem,) = refused(path)
    assert problem.file == "scenarios/library/policies/target.yaml"
    assert problem.field == "rules[0].limit.2030"
    lines = (tmp_path / problem.file).read_text(encoding="utf-8").splitlines()
    assert "5 kW" in lines[problem.line - 1]
