"""What a scenario says of tax, alone and beside what is offered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.errors import InputErrors
from optimizer.inputs.assemble import assemble
from optimizer.inputs.load import load
from tests.inputs.test_crosscheck import problems
from tests.workspace import put, small_scenario, write_workspace

TAX: dict[str, Any] = {"rate": 0.25, "depreciation": {"any": "10 a"}, "losses": "carried"}


def said(folder: Path, **fields: Any) -> list[tuple[str, str]]:
    """Place and text of each problem of a scenario with such a tax."""
    given = {key: value for key, value in {**TAX, **fields}.items() if value is not None}
    return [(p.field, str(p)) for p in problems(folder, put(small_scenario(), "tax", given))]


@pytest.mark.parametrize(
    ("fields", "place", "text"),
    [
        ({"depreciation": {"any": "9 a", "pv_rof": "20 a"}}, "tax.depreciation.pv_rof", "pv_roof"),
        ({"depreciation": {"any": "9 a", "green_tariff": "2 a"}}, "tax.depreciation", "a kind"),
        ({"depreciation": {}}, "tax.depreciation", "1 entries or more"),
        ({"losses": "offset"}, "tax.losses", "carried"),
        ({"losses": None}, "tax.losses", "must be given"),
        ({"rate": 25}, "tax.rate", "at most 1"),
    ],
)
def test_a_tax_that_can_not_be(
    tmp_path: Path, fields: dict[str, Any], place: str, text: str
) -> None:
    """Proves an error at its place for years of what isn't there, for none, and for a word of
    losses that is left open: what becomes of them is never assumed."""
    found = said(tmp_path, **fields)
    assert len(found) == 1, found
    assert found[0][0].startswith(place)
    assert text in found[0][1]


def test_years_are_those_of_the_id_then_of_the_kind_then_of_any(tmp_path: Path) -> None:
    """Proves the order: the PV's own 15 years before the generators' 20, 7.5 years as 7 whole ones
    for the saving, 10 for what nothing else is said of, assets included."""
    years = {"any": "10 a", "generator": "20 a", "pv_roof": "15 a", "saving": "7.5 a"}
    scenario = put(small_scenario(), "tax", {**TAX, "depreciation": years})
    rule = assemble(load(write_workspace(tmp_path, scenario))).tax
    assert rule is not None
    assert rule.years["pv_roof"] == 15
    assert rule.years["motor_saving"] == 7
    assert rule.years["heat_pump"] == rule.years["gas_boiler"] == 10
    assert rule.inflation is None


def test_what_has_no_years_is_named(tmp_path: Path) -> None:
    """Proves that a tax without `any` names each measure or asset whose years it doesn't give."""
    scenario = put(small_scenario(), "tax", {**TAX, "depreciation": {"generator": "20 a"}})
    with pytest.raises(InputErrors, match="for heat_pump, for its kind converter, or for any"):
        assemble(load(write_workspace(tmp_path, scenario)))
