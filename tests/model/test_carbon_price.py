"""Free allocation, what a surplus is worth, covered parts, and CBAM: cost and decision on paper.

The plant burns 10,950 MWh of gas at 10 a year, 2190 t. A saving of 30 % at 40,000 a year
(whole, CRF 1/20 of 800,000) leaves 1533 t and saves 0.3 x 109,500 = 32,850 of gas a year: 7,150 a
year short of paying, that is 10.88 for each of its 657 t. A carbon price of 20 on them pays
13,140.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optimizer.inputs import case as c
from optimizer.plan.extract import extract
from optimizer.solve.solution import Solution
from tests import plants as p
from tests.model.solving import close, cost, proves, solved
from tests.solve.agreeing import holds_to

YEARS = (2026, 2027)
GAS_YEAR = 109_500.0
BEFORE, AFTER = 2190.0, 1533.0
SAVING_YEAR = 0.7 * GAS_YEAR + 40_000.0


def priced(free: float | list[float] | None, price: float = 20.0, **fields: Any) -> c.CarbonRule:
    """A price on scope 1 with that allocation; None hands out what is emitted."""
    given = None if free is None else p.by_year(free, YEARS)
    return c.CarbonRule(p.by_year(price, YEARS), given, **fields)


def plant(carbon: c.CarbonRule | None, **fields: Any) -> c.Case:
    """The plant of the first lines under a carbon price."""
    insulation = p.measure("insulation", YEARS, cost=800e3)
    return replace(
        p.boiler_plant(YEARS),
        measures=(insulation,),
        savings=(c.SavingEffect("insulation", "process", 0.3, ()),),
        carbon=carbon,
        **fields,
    )


def bought(solution: Solution) -> list[float]:
    """Allowances in the stored plan [t]."""
    return extract(solution)["allowances_bought"].values.tolist()


def builds(solution: Solution) -> bool:
    return solution.yearly("on")["insulation", 2026] > 0.5


@pytest.mark.parametrize("free", [0.0, 1000.0, 1800.0, 3000.0])
def test_allocation_whose_surplus_is_sold_leaves_the_margin_alone(free: float) -> None:
    """Proves that any fixed amount gives the decision of the full price, less price x amount.

    20 x 657 = 13,140 pays the 7,150 that the saving is short of. At 1800 free, 267 t are sold. If
    the amount dulled the price, the saving would stay out and 1800 t would cost 20 x 390 more.
    """
    solution = solved(plant(priced(free)))
    assert builds(solution)
    assert bought(solution) == [close(AFTER - free)] * 2
    assert solution.net_present_cost() == close(2 * (SAVING_YEAR + 20 * (AFTER - free)))


@proves("allowances_cover_emissions")
def test_a_worthless_surplus_takes_the_margin_away_below_the_allocation() -> None:
    """Proves cost = price x max(0, covered - free).

    At 1800 free only 390 of the 657 t are worth 20: 7,800 > 7,150, so it is built and 267 t lapse:
    78,000 + 38,650 a year. At 1900 free 290 t are worth 5,800 < 7,150: not built, 290 t are bought.
    Sold, both would be built; without the row nothing would ever be bought.
    """
    lapsing = solved(plant(priced(1800.0, surplus="worthless")))
    assert builds(lapsing)
    assert bought(lapsing) == [close(0.0)] * 2
    assert lapsing.net_present_cost() == close(2 * SAVING_YEAR)
    dull = solved(plant(priced(1900.0, surplus="worthless")))
    assert not builds(dull)
    assert bought(dull) == [close(BEFORE - 1900)] * 2
    assert dull.net_present_cost() == close(2 * (GAS_YEAR + 20 * 290))


def test_allocation_equal_to_verified_emissions_has_no_cost_and_no_margin() -> None:
    """Proves that at 1000 a tonne nothing is built and nothing paid: each tonne is handed out.

    As a fixed amount of as many tonnes, sold, the saving would earn 657,000 a year.
    """
    solution = solved(plant(priced(None, price=1000.0)))
    assert not builds(solution)
    assert solution.net_present_cost() == close(2 * GAS_YEAR)
    stored = extract(solution)
    assert stored["carbon_allocated"].values.tolist() == [close(BEFORE)] * 2
    assert stored["allowances_bought"].values.tolist() == [0.0, 0.0]
    lines = {line.cost_class: by.tolist() for line, by in solution.costs().items()}
    assert lines["carbon"] == [0.0, 0.0]


def test_what_is_stored_as_bought_is_what_is_owed_where_allowances_are_free() -> None:
    """Proves 2190 - 500 = 1690 t at a price of 0, where the solver could buy any amount."""
    assert bought(solved(plant(priced(500.0, 0.0, surplus="worthless")))) == [close(1690)] * 2


@pytest.mark.parametrize(
    ("covers", "tonnes"),
    [({"fuel"}, 2190.0 - 600.0), ({"process"}, 400.0), ({"fuel", "process"}, 1990.0)],
)
def test_only_covered_parts_of_scope_one_are_priced(covers: set[Any], tonnes: float) -> None:
    """Proves fuel 2190 t, process 400 t, and 600 t captured from the boiler taken off fuel alone.

    The plant captures 600 of 8760 t/h at no cost; where fuel isn't covered its tonnes don't count.
    """
    size = 600.0 / 8760.0
    base = p.boiler_plant(YEARS)
    case = replace(
        base,
        units=(*base.units, c.CaptureUnit("capture", ("boiler",), (), 0.9, (), 1.0)),
        measures=(p.measure("capture", YEARS, kind="process", upper=size, lower=size),),
        process_sources=(c.ProcessSource("kiln", p.name("kiln"), p.by_year(400.0, YEARS)),),
        policy=p.no_policy(YEARS, gross_cap=(1990.0, 1990.0)),
        carbon=priced(0.0, covers=frozenset(covers)),
    )
    assert cost(case) == close(2 * (GAS_YEAR + 20 * tonnes))


def exports(free: float, price: float = 50.0, **fields: Any) -> c.CbamRule:
    """A fifth of what is made goes abroad; `free` tonnes of all that is made need nothing."""
    base: dict[str, Any] = {"covers": frozenset({"fuel", "process"})}
    return c.CbamRule(
        p.by_year(price, YEARS), p.by_year(0.2, YEARS), p.by_year(free, YEARS), **(base | fields)
    )


@proves("certificates_cover_exports")
def test_exports_owe_what_they_embed_beyond_the_benchmark() -> None:
    """Proves 0.2 x (2190 - 1500) = 138 t at 50: 6,900 a year, a line of its own.

    The saving would leave 0.2 x 33 = 6.6 t and save 6,570 < 7,150: not built. All of the output
    taken for exported would pay for it; without the row nothing would be owed.
    """
    solution = solved(plant(None, cbam=exports(1500.0)))
    assert not builds(solution)
    assert extract(solution)["cbam_certificates"].values.tolist() == [close(138.0)] * 2
    assert solution.net_present_cost() == close(2 * (GAS_YEAR + 6_900))
    lines = {line.cost_class: by.tolist() for line, by in solution.costs().items()}
    assert lines["cbam"] == [close(6_900)] * 2
    assert "carbon" not in lines


def test_goods_below_the_benchmark_earn_nothing() -> None:
    """Proves that 2500 t free owe 0, not -62 t: no certificate is handed back."""
    solution = solved(plant(None, cbam=exports(2500.0, 80.0)))
    assert extract(solution)["cbam_certificates"].values.tolist() == [0.0, 0.0]
    assert solution.net_present_cost() == close(2 * GAS_YEAR)


def test_allowances_and_certificates_are_two_lines_that_add_up() -> None:
    """Proves 20 x (1533 - 1000) = 10,660 and 50 x 0.2 x (1533 - 1500) = 330 a year, apart."""
    solution = solved(plant(priced(1000.0), cbam=exports(1500.0)))
    lines = {line.cost_class: by.tolist() for line, by in solution.costs().items()}
    assert builds(solution)
    assert lines["carbon"] == [close(10_660)] * 2
    assert lines["cbam"] == [close(330)] * 2


def test_both_methods_agree_on_allowances_and_certificates() -> None:
    """Proves that the decomposed search knows the two rows: they are of the yearly layer alone."""
    holds_to(plant(priced(1800.0, surplus="worthless"), cbam=exports(1500.0)))
