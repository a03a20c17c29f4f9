"""Carbon price, free allocation and CBAM as limits and prices by planning year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.inputs.case import CarbonRule
from tests.inputs.assembling import NAME, case_of, changed, measure, offering, problems_of

LINEAR = {2026: 0, 2030: 0.2, "interpolate": "linear"}


def carbon(folder: Path, **fields: Any) -> CarbonRule:
    """The small plant's carbon rule at 80 CNY/t, output rising by 10 % in 2027."""
    output = {2026: 1.0, 2027: 1.1, "interpolate": "step"}
    made = {"name": NAME, "amount": "4000 unit/a"}
    given = {"carbon": {"price": "80 CNY/t", **fields}, "output": output, "production": made}
    rule = case_of(folder, changed(**given)).carbon
    assert rule is not None
    return rule


def free(rule: CarbonRule) -> list[float]:
    assert rule.free_allocation is not None
    return rule.free_allocation.tolist()


def test_prices_and_amounts_follow_their_paths(tmp_path: Path) -> None:
    """Proves linear 80 ... 120 CNY/t is 80, 90, 100, 110, 120, and 4 kt ... 2 kt falls by 500 t a
    year; a surplus is sold where nothing else is said, and all of scope 1 is covered."""
    price = {2026: "80 CNY/t", 2030: "120 CNY/t", "interpolate": "linear"}
    amount = {2026: "4 kt", 2030: "2 kt", "interpolate": "linear"}
    rule = carbon(tmp_path, price=price, allocation={"type": "fixed", "amount": amount})
    assert rule.price.tolist() == pytest.approx([80, 90, 100, 110, 120])
    assert free(rule) == pytest.approx([4000, 3500, 3000, 2500, 2000])
    assert (rule.surplus, rule.covers) == ("sold", {"fuel", "process"})


def test_allocation_by_output_is_benchmark_times_output_less_decline(tmp_path: Path) -> None:
    """Proves 0.5 t x 4000 x (1, 1.1, 1.1 ...) x (1, 0.95, 0.9, 0.85, 0.8), and no more than 2000 t
    where nothing declines and output is 1. An output left out would give 1900 t in 2027."""
    rule = carbon(tmp_path, allocation={
        "type": "output_based", "benchmark": "500 kg/unit",
        "decline": LINEAR, "surplus": "worthless",
    })  # fmt: skip
    assert free(rule) == pytest.approx([2000, 2090, 1980, 1870, 1760])
    assert rule.surplus == "worthless"


def test_verified_emissions_leave_no_amount_in_the_case(tmp_path: Path) -> None:
    """Proves that the amount isn't known before the plan: None, never 0 tonnes."""
    assert carbon(tmp_path, allocation={"type": "equals_verified"}).free_allocation is None


def test_cbam_in_the_scenarios_money_and_share_borne(tmp_path: Path) -> None:
    """Proves 75 EUR/t at 7.8 CNY, 40 % borne, is 234 CNY/t, and 0.3 x 5000 x factor is free: 1462.5
    t at 97.5 %, 1425 t at 95 %."""
    factor = {2026: "97.5 %", 2027: "95 %", "interpolate": "step"}
    scenario = changed(
        economics__exchange={"EUR": 7.8},
        production={"name": NAME, "amount": "5000 unit/a"},
        cbam={
            "price": "75 EUR/t", "exported": 0.3,
            "benchmark": "0.3 t/unit", "factor": factor, "covers": ["fuel", "scope2"],
            "borne": "40 %",
        },
    )  # fmt: skip
    rule = case_of(tmp_path, scenario).cbam
    assert rule is not None
    assert rule.borne_price.tolist() == pytest.approx([234] * 5)
    assert rule.free.tolist() == pytest.approx([1462.5, 1425, 1425, 1425, 1425])
    assert rule.exported.tolist() == [0.3] * 5
    assert rule.covers == {"fuel", "scope2"}


@pytest.mark.parametrize("taken", [["gas_boiler", "kiln"], ["gas_boiler"]])
def test_captures_from_covered_and_uncovered_at_once_are_refused(
    tmp_path: Path, taken: list[str]
) -> None:
    """Proves that a plant on boiler and kiln can't stand where fuel alone is covered, for nobody
    can say whose tonnes it takes; one on the boiler can."""
    plant = {
        "id": "capture", "name": NAME, "kind": "process", "lifetime": "20 a", "captures": taken,
        "rate": 0.9, "capacity": {"max": "2 tph"}, "capex": {"any": {"price": "3 MCNY/tph"}},
    }  # fmt: skip
    scenario, given = offering(
        measure(),
        plant,
        process_emissions=[{"id": "kiln", "name": NAME, "amount": "876 t"}],
        carbon={"price": "80 CNY/t", "covers": ["fuel"]},
    )
    told = [problem.field for problem in problems_of(tmp_path, scenario, given)]
    assert told == (["carbon.covers"] if "kiln" in taken else [])
