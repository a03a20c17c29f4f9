"""Changes of a scenario: values, factors and what is left out, one vocabulary for all studies."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.errors import InputErrors, Problem
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.change import Change, parse_change, times
from optimizer.inputs.load import load
from tests.packs import pack, rule
from tests.workspace import put, small_scenario, write_workspace

CAP = pack("capped", rule("gross_cap", limit={2026: "20 kt", 2030: "5 kt"}))


def changed(folder: Path, *sets: str | Change) -> Bundle:
    """The small plant with changes."""
    return load(write_workspace(folder), sets=sets)


def refused(folder: Path, *sets: str | Change) -> Problem:
    """The one problem of changes that don't fit."""
    with pytest.raises(InputErrors) as caught:
        changed(folder, *sets)
    (problem,) = caught.value.problems
    return problem


def test_a_change_reads_as_it_is_written() -> None:
    """Proves that the text of a change is its name: what is read is what is shown."""
    for text in ("site.connection=7 MW", "output*=1.2", "measures.offer-=pv_roof"):
        assert str(parse_change(text)) == text
    assert str(times("output", 0.5)) == "output*=0.5"


def test_a_factor_multiplies_a_figure_a_table_and_a_list(tmp_path: Path) -> None:
    """Proves factor x figure wherever figures stand; a rule that stopped at the first year of a
    table would leave 0.45. Arithmetic: 0.35 x 2 = 0.7 CNY/kWh = 700 CNY/MWh; 0.53 x 0.5 = 0.265 and
    0.45 x 0.5 = 0.225 t/MWh; 0.9 x 3 = 2.7 CNY/kWh."""
    bundle = changed(
        tmp_path,
        "tariffs.natural_gas.price*=2",
        "carriers.electricity.factor*=0.5",
        "data.power_price.bands*=3",
        "tariffs.electricity.demand_charge*=2",
    )
    scenario = bundle.scenario
    gas = scenario.tariffs["natural_gas"].price
    factor = scenario.carriers["electricity"].factor
    charge = scenario.tariffs["electricity"].demand_charge
    assert gas is not None
    assert gas.constant is not None
    assert gas.constant.value == 700.0
    assert factor is not None
    assert factor.values == {2026: 0.265, 2030: 0.225}
    assert factor.interpolate == "linear"
    assert charge is not None
    assert charge.price.constant is not None
    assert charge.price.constant.value == 2 * 40 * 12 * 1000
    assert bundle.scenario_document.data["data"]["power_price"]["bands"]["peak"] == "2.7 CNY/kWh"


def test_a_factor_reaches_what_the_scenario_leaves_to_a_default(tmp_path: Path) -> None:
    """Proves that output, 1 where nothing is said, can be varied: 1 x 1.2 = 1.2."""
    assert changed(tmp_path, "output*=1.2").scenario.output.constant == 1.2


def test_a_factor_reaches_the_catalog_and_leaves_sizes(tmp_path: Path) -> None:
    """Proves that prices of the catalog are varied, for one measure or all, beside what an override
    already says, and only prices. Arithmetic: 3200 x 1.5 = 4800 and 2500 x 1.5 = 3750 CNY/kW."""
    bundle = changed(tmp_path, "measures.override.*.capex*=1.5")
    prices = [m.capex.cn.price for m in bundle.measures if getattr(m.capex, "cn", None)]  # type: ignore[union-attr]
    assert [price.value for price in prices] == [4.8e6, 3.75e6]
    assert bundle.measures[0].why == "set on the command line: 1.5"
    one = changed(
        tmp_path,
        "measures.override.pv_roof.lifetime=20 a",
        "measures.override.pv_roof.capex.cn.price*=2",
    )
    assert one.measures[0].capex.cn.price.value == 6.4e6  # type: ignore[union-attr]
    assert one.measures[0].lifetime == 20.0  # type: ignore[union-attr]


def test_a_factor_reaches_a_policy_pack(tmp_path: Path) -> None:
    """Proves that a cap that only a pack writes is multiplied: 20 kt x 0.9 = 18 kt."""
    scenario = put(small_scenario(), "policy", {"use": ["capped"]})
    path = write_workspace(tmp_path, scenario, policies={"capped": CAP})
    cap = load(path, sets=["policy.gross_cap*=0.9"]).scenario.policy.gross_cap
    assert cap is not None
    assert cap.values == {2026: 18000.0, 2030: 4500.0}


def test_changes_apply_in_their_order(tmp_path: Path) -> None:
    """Proves (4 MW + nothing) x 2 = 8 MW after the value is set, and 4 MW the other way round."""
    first = changed(tmp_path, "site.connection=4 MW", "site.connection*=2")
    last = changed(tmp_path, "site.connection*=2", "site.connection=4 MW")
    assert (first.scenario.site.connection, last.scenario.site.connection) == (8.0, 4.0)


def test_without_an_offer_no_planning_year_has_it(tmp_path: Path) -> None:
    """Proves that what is left out begins after 2030, the last year, and says who did it."""
    bundle = changed(tmp_path, "measures.offer-=heat_pump")
    pump = bundle.measures[1]
    assert (pump.id, pump.first_year) == ("heat_pump", 2031)
    assert pump.why == "set on the command line: heat_pump"


@pytest.mark.parametrize(
    ("setting", "found", "words"),
    [
        ("output*=minus", "minus", "a number from 0 on"),
        ("output*=-1", "-1", "a number from 0 on"),
        ("horizon.lst*=2", "horizon.lst", "last"),
        ("currency*=2", "CNY", "a quantity"),
        ("tariffs.electricity*=2", "series", "level"),
        ("measures.override.*.prize*=2", "measures.override.*.prize", "No measure on offer"),
        ("measures.override.pv_rof.capex*=2", "measures.override.pv_rof.capex", "path"),
        ("measures.offer-=pv_rof", "pv_rof", "pv_roof"),
        ("policy.use-=x", "policy.use", "measures.offer"),
    ],
)
def test_a_change_that_fits_nothing_is_told(
    tmp_path: Path, setting: str, found: str, words: str
) -> None:
    """Proves that each way to be wrong names the setting, what was found and what is allowed."""
    problem = refused(tmp_path, setting)
    assert problem.file == f"--set {setting}"
    assert problem.found == found
    assert words in f"{problem.allowed} {problem.hint}"


def test_a_change_of_a_file_is_told_at_its_place(tmp_path: Path) -> None:
    """Proves that a value the schema refuses is told where it was written."""
    change = Change("site.connection", "=", "-5 MW", "whatifs.yaml:7:9")
    assert str(refused(tmp_path, change)).startswith("whatifs.yaml:7:9  site.connection: ")
