"""Scope 3 before the gate: materials, energy upstream, transport, and greener supplies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optimizer.inputs import case as c
from optimizer.inputs import value_chain as v
from optimizer.plan.extract import extract
from tests import plants as p
from tests.model.solving import close, cost, proves, solved

YEARS = (2026, 2027)
GAS_COST = 109_500.0
"""10,950 MWh of gas at 10 a year; 2,190 t of scope 1."""
UNITS = (1000.0, 1100.0)
NONE = (None, None)


def supply(id: str = "green", price: float = 300.0, **fields: Any) -> v.MaterialContractOption:
    """Steel of 0.5 t/t at a premium."""
    base: dict[str, Any] = {"available": NONE, "earliest": 0} | fields
    factor = p.by_year(base.pop("factor", 0.5), YEARS)
    return v.MaterialContractOption(
        id, p.name(id), "steel", p.by_year(price, YEARS), factor, base["available"],
        base["earliest"],
    )  # fmt: skip


def making(*supplies: v.MaterialContractOption) -> c.Case:
    """The boiler plant makes 1,000 and 1,100 units of 2 t of steel at 2.0 and 1.8 t/t, brought at
    0.05 t/t; gas has 0.03 t/MWh upstream."""
    base = p.boiler_plant(YEARS)
    gas = replace(base.carriers[0], upstream=p.by_year(0.03, YEARS))
    made = p.by_year(UNITS, YEARS)
    steel = v.MaterialOption(
        "steel", p.name("steel"), 2 * made, p.by_year((2.0, 1.8), YEARS), p.by_year(0.05, YEARS)
    )
    return replace(
        base, carriers=(gas, base.carriers[1]), materials=(steel,), material_contracts=supplies,
        product=v.ProductOption(p.name("part"), made),
    )  # fmt: skip


def test_each_category_is_counted_and_divided_by_what_is_made() -> None:
    """Proves 2,000 t x 2.0 and 2,200 t x 1.8 of steel, 0.05 a tonne for its way, 10,950 MWh x 0.03.

    Footprint (2,190 + 4,000 + 328.5 + 100) / 1,000 = 6,618.5 kg, then (2,190 + 3,960 + 328.5 +
    110) / 1,100. Without the upstream part it would be 6,290 kg.
    """
    plan = extract(solved(making()))
    assert plan["scope3"].sel(category="scope3_1").values == pytest.approx([4000, 3960])
    assert plan["scope3"].sel(category="scope3_3").values == pytest.approx([328.5, 328.5])
    assert plan["scope3"].sel(category="scope3_4").values == pytest.approx([100, 110])
    assert plan["footprint"].values == pytest.approx([6618.5, 6588.5 / 1.1])
    assert plan["gross"].values == pytest.approx([2190, 2190])


def test_scope_3_is_no_part_of_gross_emissions() -> None:
    """Proves that a cap on gross emissions stays one on scopes 1 and 2: 2,190 t, at no cost."""
    case = making(supply())
    capped = replace(case, policy=p.no_policy(YEARS, gross_cap=(2190.0, 2190.0)))
    assert cost(capped) == close(2 * GAS_COST)


@proves("procured_within_need")
def test_no_more_is_procured_than_is_used() -> None:
    """Proves sum procured <= need, over both suppliers: who is paid 10 and 5 a tonne to buy green
    buys 2,000 and 2,200 t of the first, no more. 4,200 x 10 = 42,000 earned."""
    case = making(supply(price=-10.0), supply("other", price=-5.0))
    solution = solved(case)
    assert solution.net_present_cost() == close(2 * GAS_COST - 42_000)
    assert solution.yearly("procured")["green", 2027] == close(2200)
    assert solution.yearly("procured")["other", 2027] == close(0)


def test_a_supply_has_its_own_amount_first_year_and_factor() -> None:
    """Proves its bounds and its part: 300 t from 2027 on, paid 10 a tonne, 1.3 t/t less than 1.8.

    2027: 3,960 - 300 x 1.3 = 3,570 t; 2026 all of today's, 4,000 t.
    """
    case = making(supply(price=-10.0, available=(300.0, 300.0), earliest=1))
    plan = extract(solved(case))
    assert plan["procured"].values[0] == pytest.approx([0, 300])
    assert plan["scope3"].sel(category="scope3_1").values == pytest.approx([4000, 3570])
    line = plan["cost"].sel(line="contracts:green").values
    assert line == pytest.approx([0, -3000])


def test_nothing_is_procured_without_a_reason() -> None:
    """Proves that a premium is paid only where a rule asks for it: the plan costs as without."""
    assert cost(making(supply())) == close(2 * GAS_COST)
