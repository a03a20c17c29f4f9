"""A cut holds for every plan and all its dispatches, whatever prices and plan it comes from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.solve.closing import Search
from optimizer.solve.cuts import Cut
from optimizer.solve.decomposed import run
from optimizer.solve.direct import solve_direct
from optimizer.solve.engine import Engine
from optimizer.solve.highs import Solver
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.stamp import stamp
from tests import plants as p
from tests.model.solving import close
from tests.solve.random_cases import full_case

YEARS = (2026, 2027)


def pump_plant() -> c.Case:
    """1 MW of heat all year, 1.2 MW in 2027; gas at 40 through a boiler of 80 %, or power at 30
    through a heat pump of up to 2 MW that makes 2 of 1."""
    base = p.boiler_plant(YEARS)
    gas = p.carrier("gas", YEARS, price=40.0, kind="fuel", scope=1, factor=0.2)
    power = p.carrier("electricity", YEARS, price=30.0, kind="electricity", scope=2)
    heat = p.carrier("heat", YEARS, kind="heat")
    pump = c.ConverterUnit("hp", "heat", (c.Flow("electricity", 0.5),), (c.Flow("heat", 1.0),))
    return replace(
        base,
        carriers=(gas, power, heat),
        units=(*base.units, pump),
        services=(p.service("process", "heat", "load", YEARS, [1.0, 1.2]),),
        measures=(p.measure("hp", YEARS, kind="converter", upper=2.0, lower=0.0, slope=1e5),),
    )


def named(matrix: Matrix) -> dict[str, int]:
    return {v.name: k for k, v in enumerate(matrix.yearly_variables)}


def terms(engine: Engine, cut: Cut) -> dict[str, float]:
    """Coefficient of each yearly column in a cut, by name; zeros left out."""
    year = engine.years[cut.year]
    columns = [*year.totals, *year.links]
    values = [*cut.prices, *-cut.slope]
    names = [v.name for v in engine.matrix.yearly_variables]
    return {names[j]: v for j, v in zip(columns, values, strict=True) if v}


def test_a_cut_is_demand_times_tariff_over_efficiency() -> None:
    """Proves the numbers of a cut, on paper, and that another year's demand moves its limit only.

    A MWh of heat costs 40 x 1.25 = 50 by gas and 30 x 0.5 = 15 by power. With 0.4 MW of pump:
    40 gas + 30 power >= 8760 x (50 - 35 x installed), and 8760 x (60 - 35 x installed) in 2027.
    """
    engine = Engine(stamp(pump_plant()))
    x = np.zeros(engine.yearly.count)
    at = named(engine.matrix)
    for year in YEARS:
        x[at[f"installed[boiler,{year}]"]] = 2.0
        x[at[f"installed[hp,{year}]"]] = 0.4
    prices = np.array([{"gas": 40.0, "electricity": 30.0}[n[1]] for n in engine.matrix.total_rows])
    first = len(engine.outer.cuts)
    engine.visit(x, [prices, 0.0 * prices])
    cuts = {cut.year: cut for cut in engine.outer.cuts[first:] if cut.prices.any()}
    for k, (year, demand) in enumerate(zip(YEARS, (1.0, 1.2), strict=True)):
        assert cuts[k].least == close(8760 * 50 * demand)
        assert terms(engine, cuts[k]) == {
            f"total[import,gas,{year}]": close(40.0),
            f"total[import,electricity,{year}]": close(30.0),
            f"installed[hp,{year}]": close(8760 * 35.0),
        }


def test_a_plan_too_small_is_cut_off_by_what_it_lacks() -> None:
    """Proves the cut without prices: 8760 MWh a year of 1.2 MW need 1.2 MW of whatever makes heat.

    With 0.5 + 0.4 MW, 0.3 MW are missing: installed boiler + pump >= 1.2, times the hours.
    """
    engine = Engine(stamp(pump_plant()))
    x, at = np.zeros(engine.yearly.count), named(engine.matrix)
    for year in YEARS:
        x[at[f"installed[boiler,{year}]"]], x[at[f"installed[hp,{year}]"]] = 0.5, 0.4
    assert not engine.meet(x)
    cut = next(cut for cut in engine.outer.cuts if not cut.priced and cut.year == 1)
    assert cut.slack(engine.years[1], x) == close(-0.3 * 8760)
    assert terms(engine, cut) == {
        "installed[boiler,2027]": close(8760.0),
        "installed[hp,2027]": close(8760.0),
    }
    for year in YEARS:
        x[at[f"installed[boiler,{year}]"]] = 0.8
    assert engine.meet(x)


def some_plans(matrix: Matrix, rng: np.random.Generator, count: int) -> list[Array]:
    """Yearly columns of plans that hold, found by the direct matrix at costs drawn at random."""
    plans = []
    for _ in range(count):
        cost = matrix.cost * rng.uniform(0.0, 2.0, len(matrix.cost))
        found = Solver(replace(matrix, cost=cost), relaxed=True).run()
        assert found.x is not None
        plans.append(found.x[: len(matrix.yearly_columns)])
    return plans


@pytest.mark.parametrize("number", [1, 4, 8, 13])
def test_no_plan_that_holds_is_cut_off(number: int) -> None:
    """Proves every cut, from plans and prices drawn at random, on plans that the cuts never saw.

    The plans are vertices of the stamped matrix in one piece; the cuts come from its days. Plans
    drawn below what is needed, the first with nothing at all, bring cuts without prices; years of
    one family share theirs. A wrong sign, a limit of the wrong year or a peak left out would cut
    some of them off.
    """
    rng = np.random.default_rng(number)
    matrix = stamp(full_case(number))
    engine = Engine(matrix)
    for k in range(12):
        wide = np.where(np.isfinite(engine.yearly.upper), engine.yearly.upper, 20.0)
        prices = [cost * rng.uniform(-0.2, 3.0, len(cost)) for cost in engine.costs]
        drawn = wide * rng.uniform(0.0, 1.0, len(wide)) * (k > 0)
        engine.visit(drawn, [np.abs(q) for q in prices])
    assert {cut.priced for cut in engine.outer.cuts} == {True, False}
    assert {cut.year for cut in engine.outer.cuts} == {0, 1, 2}
    for x in some_plans(matrix, rng, 8):
        for cut in engine.outer.cuts:
            year = engine.years[cut.year]
            size = np.abs(cut.prices) @ np.abs(x[year.totals]) + np.abs(cut.slope @ x[year.links])
            assert cut.slack(year, x) >= -1e-6 * max(1.0, size, abs(cut.least))


def test_a_bill_of_any_size_keeps_a_cut_whose_price_is_lost() -> None:
    """Proves that a coefficient too small to be kept is replaced by what a total in money can come
    to, not by what one in MWh can.

    bill + 1e13 x installed >= 14e6 holds for a bill of 14 million. Beside 1e13 the bill's own 1 is
    lost; taken to stay below 1e4 x 1024 it would leave 1e13 x installed >= 3.8e6, which no plan
    without that unit keeps.
    """
    engine = Engine(stamp(full_case(0)))
    year = engine.years[0]
    bill = int(np.argmax(year.largest))
    assert year.largest[bill] > 10
    slope = np.where(np.arange(len(year.links)) == 0, -1e13, 0.0)
    prices = np.where(np.arange(len(year.totals)) == bill, 1.0, 0.0)
    first = len(engine.outer.cuts)
    engine.outer.add([Cut(0, prices, slope, 14e6, None, slice(0, len(year.lower)))])
    x = np.zeros(engine.yearly.count)
    x[year.totals[bill]] = 14e6
    assert engine.outer.cuts[first].slack(year, x) == 0.0
    assert engine.outer.slacks(x)[first] >= 0.0


@pytest.mark.parametrize("fall", [0.2, 0.5])
def test_cuts_outlive_a_fall_of_the_price_of_gas(fall: float) -> None:
    """Proves that cuts price totals and hold no price of energy themselves.

    All cuts of a search are kept while gas gets cheaper, beside one at the new prices, without
    which nothing bounds what is sold. Their bound is below the new optimum. A cut with the old
    bill on its right-hand side would still say the old bound, 4 % and more above it: a false proof.
    """
    case = full_case(0)
    search = Search(Engine(stamp(case)), 1e-3)
    old = run(search)
    now = stamp(cheaper(case, "gas", 1 - fall))
    optimum = solve_direct(now, gap=1e-6).objective
    kept = Engine(now).outer
    kept.add(search.engine.outer.cuts)
    bounded = kept.relaxed()
    assert bounded is not None
    assert bounded.bound <= optimum
    found = kept.search(range(len(kept.cuts)), gap=1e-4, start=None, seconds=60.0)
    assert 0.9 * optimum < found.bound <= optimum * (1 + 1e-6)
    assert old.bound > 1.04 * optimum


def cheaper(case: c.Case, carrier: str, factor: float) -> c.Case:
    """The case with a carrier at another price."""

    def priced(option: c.CarrierOption) -> c.CarrierOption:
        if option.id != carrier or option.purchase is None:
            return option
        return replace(
            option, purchase=replace(option.purchase, level=option.purchase.level * factor)
        )

    return replace(case, carriers=tuple(priced(option) for option in case.carriers))
