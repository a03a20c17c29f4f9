"""The annotated files in docs/: complete, valid, and every line with a word of explanation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from optimizer.files.yaml_document import read_yaml
from optimizer.inputs.future_files import read_futures
from optimizer.inputs.load import load
from optimizer.inputs.loan_files import read_pack as read_loan_pack
from optimizer.inputs.policy_files import read_pack
from optimizer.inputs.whatif_files import read_whatifs
from optimizer.schema.fields import Yearly
from optimizer.schema.loan_evidence import EvidenceFile
from optimizer.schema.loan_rules import LoanRule
from optimizer.schema.measure import MeasureFile
from optimizer.schema.policy_rules import Rule
from optimizer.schema.whatifs import FutureFile, WhatIfFile

ROOT = Path(__file__).resolve().parents[2]
SCENARIO = ROOT / "docs" / "annotated_scenario.yaml"
MEASURE = ROOT / "docs" / "annotated_measure.yaml"
POLICY = ROOT / "docs" / "annotated_policy.yaml"
LOANS = ROOT / "docs" / "annotated_loan_rules.yaml"
EVIDENCE = ROOT / "docs" / "annotated_evidence.yaml"
FUTURES = ROOT / "docs" / "annotated_futures.yaml"
WHATIFS = ROOT / "docs" / "annotated_whatifs.yaml"
SHIPPED_WHATIFS = ROOT / "scenarios" / "auto_parts_jiangsu" / "whatifs.yaml"
HOURS = 8760


def _objects(value: Any) -> Iterator[BaseModel]:
    """All schema objects inside `value`, itself included."""
    if isinstance(value, BaseModel):
        yield value
        for field in type(value).model_fields:
            yield from _objects(getattr(value, field))
    elif isinstance(value, dict):
        for each in value.values():
            yield from _objects(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _objects(each)


def _declaring(kind: type[BaseModel], field: str) -> str:
    """The class that brought the field in: assets share ExistingAsset's, measures Option's …"""
    owners = [each for each in kind.__mro__ if field in vars(each).get("__annotations__", {})]
    return owners[-1].__name__


def _missing(*roots: BaseModel) -> dict[str, set[str]]:
    """Fields that no object on the pages was given, by the class that declares them."""
    known: dict[str, set[str]] = defaultdict(set)
    given: dict[str, set[str]] = defaultdict(set)
    for each in (found for root in roots for found in _objects(root)):
        if not isinstance(each, Yearly):
            for field in type(each).model_fields:
                known[_declaring(type(each), field)].add(field)
            for field in each.model_fields_set:
                given[_declaring(type(each), field)].add(field)
    return {kind: lacking for kind, fields in known.items() if (lacking := fields - given[kind])}


def _data_folder(folder: Path) -> Path:
    """The measured columns that the page reads: 2 MW, 0.5 kg/kWh and 0.9, all year."""
    line = "2000,0.5,0.9\n"
    text = "power_kw,grid_factor,availability\n" + line * HOURS
    (folder / "annotated_power.csv").write_text(text, encoding="utf-8")
    return folder


def _family() -> MeasureFile:
    return MeasureFile.model_validate(read_yaml(MEASURE, "annotated_measure.yaml").data)


def test_annotated_scenario_is_valid(tmp_path: Path) -> None:
    """Proves that the page can be copied: it loads with the shipped catalog, no problem."""
    bundle = load(SCENARIO, data=_data_folder(tmp_path))
    assert [measure.id for measure in bundle.measures] == list(bundle.scenario.measures.offer)


def test_annotated_measures_show_all_seven_kinds() -> None:
    """Proves that no kind is left out."""
    assert len({measure.kind for measure in _family().measures}) == 7


def test_the_two_pages_give_every_field_of_the_schema(tmp_path: Path) -> None:
    """Proves that nothing is left out: a field added to the schema and not to a page is named here.
    What all measures or all assets have counts once, whichever of them shows it."""
    scenario = load(SCENARIO, data=_data_folder(tmp_path)).scenario
    assert _missing(scenario, _family()) == {}


def test_the_annotated_policy_gives_every_field_of_a_pack() -> None:
    """Proves that the page can be copied, has each type of rule, and leaves no field out."""
    pack = read_pack(POLICY, "annotated_policy.yaml").pack
    kinds = get_args(get_args(Rule)[0])
    assert {type(rule) for rule in pack.rules} == set(kinds)
    assert _missing(pack) == {}


def test_the_annotated_loan_pack_gives_every_field_of_a_pack() -> None:
    """Proves that the page can be copied, has each type of rule, and leaves no field out."""
    pack = read_loan_pack(LOANS, "annotated_loan_rules.yaml").pack
    kinds = get_args(get_args(LoanRule)[0])
    assert {type(rule) for rule in pack.rules} == set(kinds)
    assert _missing(pack) == {}


def test_the_annotated_evidence_gives_every_field() -> None:
    """Proves that the page can be copied and leaves no field out."""
    data = read_yaml(EVIDENCE, "annotated_evidence.yaml").data
    assert _missing(EvidenceFile.model_validate(data)) == {}


def test_the_annotated_what_ifs_give_every_field() -> None:
    """Proves that the page can be copied and leaves no field out."""
    data = read_yaml(WHATIFS, "annotated_whatifs.yaml").data
    assert _missing(WhatIfFile.model_validate(data)) == {}


def test_the_annotated_futures_give_every_field() -> None:
    """Proves that the page can be copied and leaves no field out."""
    data = read_yaml(FUTURES, "annotated_futures.yaml").data
    assert _missing(FutureFile.model_validate(data)) == {}


def test_the_shipped_futures_load() -> None:
    """Proves that every path of the demo's futures leads somewhere; weights are shares of 1."""
    demo = SHIPPED_WHATIFS.with_name("scenario.yaml")
    read = read_futures(SHIPPED_WHATIFS.with_name("futures.yaml"), demo)
    assert [weight for _, weight, _ in read.futures] == [0.5, 0.25, 0.25]
    own = read.futures[0][2].scenario
    assert all(bundle.scenario != own for _, _, bundle in read.futures[1:])


def test_the_demo_asks_what_planners_ask() -> None:
    """Proves that gas, budget, roof, green power contracts, the boiler's age and a path of carbon
    prices are all asked about."""
    asked = {whatif.id for whatif in read_whatifs(SHIPPED_WHATIFS)}
    assert asked >= {
        "gas_doubles", "budget_halves", "small_roof", "no_ppa", "boiler_fails_early", "carbon_price"
    }  # fmt: skip


def test_each_shipped_what_if_loads() -> None:
    """Proves that every path of the demo's what-ifs leads somewhere, and that each changes it."""
    demo = SHIPPED_WHATIFS.with_name("scenario.yaml")
    own = load(demo)
    for whatif in read_whatifs(SHIPPED_WHATIFS):
        changed = load(demo, sets=whatif.changes)
        assert (changed.scenario, changed.measures) != (own.scenario, own.measures)


@pytest.mark.parametrize(
    "page",
    [SCENARIO, MEASURE, POLICY, LOANS, EVIDENCE, WHATIFS, FUTURES],
    ids=lambda page: page.stem,
)
def test_every_field_of_the_page_is_explained(page: Path) -> None:
    """Proves that each line with a field says what it means on the line itself."""
    lines = page.read_text(encoding="utf-8").splitlines()
    bare = [line for line in lines if re.match(r'\s*(- )?"?\w+"?:', line) and " # " not in line]
    assert bare == []
