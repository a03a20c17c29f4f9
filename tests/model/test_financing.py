"""What others own: who pays when, what it does to the budget, and whose the certificates are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.inputs import case as c
from optimizer.inputs.financing import charged, in_equal_parts
from tests import held
from tests import plants as p
from tests.model.brute_force import cheapest
from tests.model.energy_plant import HOURS, energy_plant
from tests.model.energy_plant import YEARS as YEAR
from tests.model.financing_plant import RATE, financed, owned, works_for_hire
from tests.model.solving import close, cost, has_no_plan, proves, solved
from tests.model.test_capacity import GAS_YEAR, SAVED, YEARS, heat_pump, plant

few = settings(max_examples=6, deadline=None, derandomize=True, database=None)


def leasing(budget: c.Rule, *modes: c.MeasureOption, **changes: Any) -> c.Case:
    """The boiler plant with a heat pump to own and modes of financing it, under a budget."""
    base = plant(heat_pump(), **changes)
    pump, unit = base.measures[0], base.units[-1]
    return replace(
        base, measures=(owned(pump), *modes), budget=c.BudgetRule(budget, False, False),
        units=(*base.units, *(replace(unit, id=mode.id) for mode in modes)),
    )  # fmt: skip


def test_equal_parts_are_worth_what_is_paid() -> None:
    """Proves CRF x present worth: 100 after one and two years and 50 after two, at 10 % over four:
    100/1.1 + 150/1.21 = 214.876; x 0.1 / (1 - 1.1^-4) = 0.315471 gives 67.787."""
    paid = (c.Rates(100.0), c.Rates(100.0), c.Rates(), c.Rates())
    part = in_equal_parts(paid, c.Rates(50.0), 2, 0.1)
    assert part.per_capacity == pytest.approx(67.7872, abs=1e-4)
    worth = sum(part.per_capacity * 1.1**-n for n in (1, 2, 3, 4))
    assert worth == pytest.approx(214.876, abs=1e-3)


@proves("capex_within_budget")
def test_a_tight_budget_makes_the_plan_lease() -> None:
    """Proves that a lease takes no budget: owning 1 MW costs 10,000 a year and 200,000 at once,
    leasing it 15,000 a year. With 50,000 a year to spend the plan leases: 43,800 + 15,000 a year;
    a quarter owned would save 0.25 x 55,700 only. Without the budget it owns: 43,800 + 10,000."""
    lease = financed(heat_pump(), "hp_leased", 20, c.Rates(15e3))
    tight = solved(leasing((50e3, 50e3), lease))
    assert tight.yearly("added")["hp_leased", 2026] == close(1.0)
    assert tight.net_present_cost() == close(2 * (GAS_YEAR - SAVED + 15e3))
    loose = solved(leasing((None, None), lease))
    assert loose.yearly("on")["hp_leased", 2026] == close(0.0)
    assert loose.net_present_cost() == close(2 * (GAS_YEAR - SAVED + 10e3))


@proves("capex_within_budget")
def test_a_buy_back_takes_the_budget_of_its_year() -> None:
    """Proves that what is leased in 2026 for a year and then bought at 120,000 a MW is paid from
    the money of 2027: 60,000 buy half of it. Charge 120,000 / 20 = 6,000 a MW and year, so a year
    costs 109,500 - 0.5 x (65,700 - 6,000); without the row all of it."""
    lease = financed(heat_pump(), "hp_leased", 1, c.Rates(), c.Rates(120e3))
    found = solved(leasing((0.0, 60e3), lease))
    assert found.yearly("added")["hp_leased", 2026] == close(0.5)
    assert found.net_present_cost() == close(2 * (GAS_YEAR - 0.5 * (SAVED - 6e3)))


def test_a_share_is_one_of_the_price_in_the_year_of_the_build() -> None:
    """Proves that a lease of 7.5 % of a pump of 200,000, whose price has halved by the second year,
    costs 15,000 a year begun in the first and 7,500 begun in the second, which waiting is worth:
    one year of gas, then 43,800 and 7,500."""
    pump = heat_pump()
    halved = np.array([1.0, 0.5])
    lease = financed(pump, "hp_leased", 20, c.Rates(priced=0.075), trend=halved)
    late = replace(lease, earliest=1)
    both = solved(leasing((0.0, 0.0), lease))
    assert both.net_present_cost() == close(2 * (GAS_YEAR - SAVED + 15e3))
    waited = solved(leasing((0.0, 0.0), late))
    assert waited.net_present_cost() == close(2 * GAS_YEAR - SAVED + 7.5e3)


@proves("one_of_group")
def test_a_measure_stands_in_one_mode() -> None:
    """Proves that half owned and half leased is no plan where one build is allowed: with 100,000
    to spend half a MW may be owned, (65,700 - 10,000) / 2 = 27,850 a year, or 1 MW leased at
    20,000, 45,700; both together would save 27,850 + 22,850."""
    lease = financed(heat_pump(), "hp_leased", 20, c.Rates(20e3))
    found = solved(leasing((100e3, 0.0), lease))
    assert found.net_present_cost() == close(2 * (GAS_YEAR - SAVED + 20e3))


@proves("requires_standing")
def test_any_mode_is_what_others_require() -> None:
    """Proves that insulation which requires the heat pump is content with a leased one: it saves a
    tenth of 43,800 and of the lease for 2,000 a year. Without any pump on offer it can't stand."""
    lease = financed(heat_pump(), "hp_leased", 20, c.Rates(15e3))
    base = leasing((0.0, 0.0), lease)
    cover = p.measure("cover", YEARS, requires=("hp",), fixed_om_lump=2e3)
    saving = c.SavingEffect("cover", "process", 0.1, ())
    with_it = replace(base, measures=(*base.measures, cover), savings=(saving,))
    assert cost(with_it) == close(2 * (0.9 * (GAS_YEAR - SAVED) + 0.9 * 15e3 + 2e3))
    without = replace(with_it, measures=(cover,), units=base.units[:1])
    assert cost(without) == close(2 * GAS_YEAR)


def third_party(
    rules: tuple[Any, ...], level: float = 8.0, certificates: bool = False, **terms: Any
) -> c.Case:
    """The plant of energy rules, whose PV (at 15 a MWh of one's own) a third party offers too, at a
    price a MWh; its certificates are the owner's."""
    base = energy_plant(rules)
    mode = financed(base.measures[0], "pv_third", 20, c.Rates())
    paid = c.OnSitePower(terms.get("series"), p.by_year(level, YEAR), p.by_year(0.0, YEAR))
    gone = None if certificates else p.by_year(0.0, YEAR)
    unit = c.GeneratorUnit("pv_third", "electricity", 1.0, 0.0, gone, paid)
    return replace(
        base, measures=(owned(base.measures[0]), mode), units=(*base.units, unit),
        series={**base.series, "price": np.ones_like(base.series["power"])},
    )  # fmt: skip


@pytest.mark.parametrize("series", [None, "price"])
def test_power_of_a_third_party_is_paid_as_it_is_made(series: str | None) -> None:
    """Proves 8 a MWh in place of the grid's 10, 8,760 MWh, by a flat price and by a series; and
    that a dearer one isn't taken."""
    assert cost(third_party((), series=series)) == close(HOURS * 8.0)
    assert cost(third_party((), level=11.0, series=series)) == close(HOURS * 10.0)


@proves("export_within_own")
def test_power_of_a_third_party_is_not_sold_on() -> None:
    """Proves that a site whose need is 1 MW sells none of a roof of 2 MW at 12 that it buys at 8:
    8,760 x 8; where the tariff allows what isn't made here, 4 MW of the grid at 10 and both of the
    roof leave 5 MW to sell."""
    base = third_party(())
    sale = c.Sale(None, p.by_year(12.0, YEAR), p.by_year(0.0, YEAR), None, False)
    selling = tuple(
        replace(each, sale=sale) if each.id == "electricity" else each for each in base.carriers
    )
    wide = tuple(replace(each, upper=2.0) for each in base.measures)
    assert cost(replace(base, carriers=selling, measures=wide)) == close(HOURS * 8.0)
    allowed = replace(sale, beyond_own_generation=True)
    free = tuple(replace(each, sale=allowed) if each.sale else each for each in selling)
    assert cost(replace(base, carriers=free, measures=wide)) == close(
        HOURS * (4 * 10.0 + 2 * 8.0 - 5 * 12.0)
    )


@proves("traceable_above_share")
def test_what_its_owner_may_claim_the_site_may_not() -> None:
    """Proves that power of a third party counts for no traceable share: with 35 % asked, 3,066 MWh
    of own PV at 15 stand in its place, and the group leaves no room for both: 3,066 x 15 + 5,694 x
    10. Where the contract leaves the certificates to the site, all of its power at 8 counts."""
    rule = held.traceable((0.35,))
    assert cost(third_party((rule,))) == close(3_066 * 15.0 + 5_694 * 10.0)
    assert cost(third_party((rule,), certificates=True)) == close(HOURS * 8.0)


def test_without_a_plant_of_its_own_the_site_has_nothing_to_claim() -> None:
    """Proves that the gate can't be kept by a third party's plant alone."""
    case = third_party((held.traceable((0.35,)),))
    assert has_no_plan(replace(case, measures=case.measures[1:], units=(
        *(u for u in case.units if u.id != "pv"),)))  # fmt: skip


def test_the_optimum_is_the_cheapest_of_all_plans_in_all_modes() -> None:
    """Proves, plan by plan, the choice of mode, year, prerequisite and buy-back under a budget; and
    that both a leased and an owned measure are in the best plan, so that the choice is one."""
    case = works_for_hire()
    found = solved(case)
    assert found.net_present_cost() == pytest.approx(cheapest(case), rel=1e-6)
    chosen = {k for (k, _), count in found.yearly("build").items() if count > 0.5}
    financed_ids = {o.id for o in case.measures if o.financed is not None}
    assert chosen & financed_ids


@few
@given(
    st.integers(0, 4), st.floats(0.2, 2.0), st.floats(0.0, 400e3),
    st.sampled_from(["hp_leased", "hp_let", "cover_shared"]),
)  # fmt: skip
def test_a_mode_more_never_costs_more(year: int, price: float, money: float, name: str) -> None:
    """Proves that another way to finance binds nobody, at any price and budget."""
    base = works_for_hire()
    budget = tuple(money if i == year else b for i, b in enumerate(base.budget.capex))
    measures = []
    for option in base.measures:
        terms = option.financed
        if terms is not None:
            paid = tuple(each * price for each in terms.payments)
            charges = charged(paid, terms.buy_back, terms.term, 0, RATE)
            option = replace(option, financed=replace(terms, payments=paid, charges=charges))
        measures.append(option)
    case = replace(base, measures=tuple(measures), budget=replace(base.budget, capex=budget))
    fewer = replace(
        case, measures=tuple(m for m in measures if m.id != name),
        units=tuple(u for u in case.units if u.id != name),
        savings=tuple(s for s in case.savings if s.measure != name),
    )  # fmt: skip
    assert cost(case) <= cost(fewer) * (1 + 1e-8)


@proves("traceable_above_share")
def test_a_pack_may_count_no_plant_of_a_third_party() -> None:
    """Proves that where only one's own counts, its certificates help nothing: 35 % of 8,760 MWh
    from own PV at 15 in place of all of it from the third party at 8."""
    rule = replace(held.traceable((0.35,)), third_parties=False)
    found = third_party((rule,), certificates=True)
    assert cost(found) == close(3_066 * 15.0 + 5_694 * 10.0)


@proves("built_once")
def test_what_comes_once_comes_once_from_whomever() -> None:
    """Proves that a measure which is never renewed doesn't come again under another owner: a year
    of it, owned for 10,000 or let for 10,000 a year, saves 65,700 in one of two years."""
    once = heat_pump(slope=10e3, life=1, renewal="none", upper=1.0)
    let = financed(once, "hp_let", 1, c.Rates(10e3))
    base = leasing((None, None), let)
    case = replace(base, measures=(owned(once), let))
    assert cost(case) == close(2 * GAS_YEAR - SAVED + 10e3)
    again = tuple(replace(m, renewal="optional") for m in case.measures)
    assert cost(replace(case, measures=again)) == close(2 * (GAS_YEAR - SAVED + 10e3))
