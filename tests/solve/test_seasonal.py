"""Stores over the year in the decomposed method, in what survives a change, and in dispatch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs.case import Case
from optimizer.inputs.time_axis import full_axis
from optimizer.model.seasons import SEASON_ROWS
from optimizer.solve.block_making import make_blocks
from optimizer.solve.direct import solve_direct
from optimizer.solve.full_year import dispatch_full_year
from optimizer.solve.seasonal import season_columns
from optimizer.solve.stamp import stamp
from optimizer.solve.survival import survival
from optimizer.solve.yearly import yearly_of
from tests import plants as p
from tests.everything import everything
from tests.seasons import CHEAP, DEAR, everything_over_the_year, over_the_year, two_seasons
from tests.solve.agreeing import decomposed, holds_to
from tests.solve.random_cases import full_case

WITHOUT = 24 * (10 * CHEAP + 50 * DEAR)


def seasonal(number: int) -> Case:
    """A random case with its stores over the year and its calendar days shuffled."""
    stores = ("tank", "h2_tank", "battery")
    return over_the_year(full_case(number), *stores, order=np.random.default_rng(number))


@pytest.mark.parametrize("number", [4, 9, 12])
def test_both_methods_agree_with_stores_over_the_year(number: int) -> None:
    """Proves bound <= optimum <= cost of a plan that holds, and the gap asked for, on plants with
    every component. A level left free in a cut would lift the bound above the optimum."""
    holds_to(seasonal(number))


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1, 2, 5, 6, 8, 10, 13, 14, 16, 17, 18])
def test_both_methods_agree_on_more_of_them(number: int) -> None:
    """Proves the same on twelve more."""
    holds_to(seasonal(number))


@pytest.mark.parametrize(("axis", "loss"), [(None, 0.0), (p.axis((CHEAP, DEAR)), 0.001)])
def test_the_decomposed_method_knows_both_seasons(axis: None, loss: float) -> None:
    """Proves both ends of the decomposed method against the arithmetic of tests/model/
    test_seasons.py, and, with losses, against the direct method: 246,000 less what is moved."""
    matrix = stamp(two_seasons(1000.0, axis=axis, loss=loss))
    found, exact = decomposed(matrix, gap=1e-7), solve_direct(matrix, gap=1e-9).objective
    assert found.objective == pytest.approx(exact, rel=1e-6)
    assert found.bound == pytest.approx(exact, rel=1e-6)
    assert exact == pytest.approx(WITHOUT - 40_000) if loss == 0 else exact > WITHOUT - 40_000


def test_prices_of_a_series_make_demand_dear_enough() -> None:
    """Proves that demand is met where the only price is a series of 10 and 50 money at a level of
    1: unmet at ten times that level, 10 money a MWh, nothing would be bought on dear days and no
    plan found."""
    case = two_seasons(1000.0)
    power = case.carriers[0]
    assert power.purchase is not None
    level = replace(power.purchase, level=power.purchase.level / 10)
    series = {**case.series, "price": case.series["price"] * 10}
    case = replace(case, carriers=(replace(power, purchase=level),), series=series)
    found = decomposed(stamp(case), gap=1e-7)
    assert found.objective == pytest.approx(WITHOUT - 40_000)
    assert found.bound == pytest.approx(WITHOUT - 40_000)


def test_the_decomposed_method_knows_the_full_year() -> None:
    """Proves the chain of 365 days of their own, begun on typical days that know other levels:
    1000 MWh at 10 in place of 50."""
    found = decomposed(stamp(two_seasons(1000.0, axis=full_axis(1440))), gap=1e-6)
    assert found.objective == pytest.approx(WITHOUT - 40_000, rel=1e-6)
    assert found.bound == pytest.approx(WITHOUT - 40_000, rel=1e-6)


def test_masters_see_no_level() -> None:
    """Proves that no cut and no row of the masters has a column of the levels, and that a year is
    one block with all of them; 365 of each two rows and the days' ends are in it."""
    matrix = stamp(everything_over_the_year())
    blocks, levels = make_blocks(matrix), season_columns(matrix)
    rows = yearly_of(matrix, blocks.years).rows
    for year, columns, block in zip(blocks.years, levels, blocks.blocks, strict=True):
        assert np.intersect1d(year.links, columns).size == 0
        assert rows[:, columns].nnz == 0
        assert len(block) == 1
    stores, days = len(matrix.end_rows), 2
    chained = stores * (2 * 365 + days)
    assert len(blocks.years[0].lower) == len(matrix.step_rows) * days * 3 + chained
    assert len(matrix.rows_named(*SEASON_ROWS)) == 3 * stores * 2 * 365
    assert rows.shape[0] == len(matrix.yearly_rows) - 3 * stores * 2 * 365


def test_a_case_without_such_stores_keeps_its_days_apart() -> None:
    """Proves that nothing changes where every store closes each day: two blocks a year, the same
    for all years, and no row or column of levels."""
    matrix = stamp(everything())
    blocks = make_blocks(matrix)
    assert [len(b) for b in blocks.blocks] == [2, 2, 2]
    assert all(b is blocks.blocks[0] for b in blocks.blocks)
    assert sum(len(c) for c in season_columns(matrix)) == 0


def test_cuts_survive_a_price_but_not_another_order_of_days() -> None:
    """Proves that the order of the calendar days counts: with the seasons mixed the same store
    moves less, so a bound from before would be false. A cap changes nothing."""
    case = everything_over_the_year()
    other = over_the_year(case, order=np.random.default_rng(4))
    capped = replace(case, policy=replace(case.policy, gross_cap=(None,) * 3))
    assert survival(stamp(case), stamp(capped)).everything
    kept = survival(stamp(case), stamp(other))
    assert not kept.everything
    assert kept.differs == ("order of the days",)
    within = survival(stamp(case), stamp(everything()))
    assert not within.everything


def test_a_plan_is_dispatched_over_all_days_of_the_year() -> None:
    """Proves the full-year dispatch of a plan found on two typical days: sizes are kept, levels
    chosen anew. 1000 MWh at 10 in place of 50."""
    source = stamp(two_seasons(1000.0))
    target = stamp(two_seasons(1000.0, axis=full_axis(720)))
    x = solve_direct(source, gap=1e-9).x
    assert x is not None
    found = dispatch_full_year(source, x, target)
    assert found.complete
    assert found.cost == pytest.approx(WITHOUT - 40_000, rel=1e-6)
