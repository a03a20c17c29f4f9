"""From modes of financing as written to the case: which are offered, as what, at which rates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.inputs import case as c
from optimizer.inputs.assemble import assemble
from optimizer.inputs.catalog_figures import figures
from optimizer.inputs.catalog_files import read_catalog
from optimizer.inputs.load import load
from tests.plan.financed_plant import BOUGHT, FEE, LEASED, LET, SHARED, THIRD, financed_workspace


def case_of(folder: Path, *offer: str, **changes: Any) -> c.Case:
    return assemble(load(financed_workspace(folder / "plant", *offer, **changes)))


def test_a_mode_is_offered_by_its_id(tmp_path: Path) -> None:
    """Proves that a scenario has the modes that it names and no other: the measure alone is owned;
    a mode has its technology, sizes and roof, no price, and the measure's group of one."""
    owned = case_of(tmp_path / "owned", "pv_roof")
    assert [o.mode for o in owned.measures] == ["own"]
    both = case_of(tmp_path / "both", "pv_roof", THIRD)
    own, third = both.measures
    assert (third.id, third.mode, third.measure) == (THIRD, "third_party", "pv_roof")
    assert own.one_of == third.one_of is not None
    assert (third.upper, third.area) == (own.upper, own.area)
    assert third.price_trend.tolist() == [0.0] * 5
    alone = case_of(tmp_path / "alone", THIRD)
    assert [o.id for o in alone.measures] == [THIRD]


def test_rates_are_those_of_the_contract(tmp_path: Path) -> None:
    """Proves terms, payments and who keeps it up: 12 % of the price, which falls by 4 points a year
    from 2025 on, for 3 of 20 years, then 900,000
    a MW, the site keeping it up at 40,000; 300,000 a MW for 2 years, upkeep included; 0.7 x 600,000
    for 4 years, then 9,000 of upkeep up to year 12; 350,000 for 5 beside upkeep, then 20,000."""
    found = {o.id: o for o in case_of(tmp_path, LEASED, LET, SHARED, FEE).measures}
    leased, let, shared, fee = (found[name] for name in (LEASED, LET, SHARED, FEE))
    assert [o.life_years for o in (leased, let, shared, fee)] == [20, 2, 12, 12]
    terms = [o.financed for o in (leased, let, shared, fee)]
    assert all(each is not None for each in terms)
    a, b, s, f = (each.payments for each in terms if each is not None)
    assert (a[2], a[3]) == (c.Rates(priced=0.12), c.Rates())
    trends = [each.price_trend for each in terms if each is not None]
    assert trends[0] == pytest.approx([0.96, 0.92, 0.88, 0.84, 0.8])
    assert b == (c.Rates(300e3), c.Rates(300e3))
    assert s[3].per_build == pytest.approx(420e3)
    assert s[4:] == (c.Rates(per_build=9e3),) * 8
    assert f == (c.Rates(per_build=350e3),) * 5 + (c.Rates(),) * 7
    backs = [each.buy_back for each in terms if each is not None]
    assert backs == [c.Rates(900e3), c.Rates(), c.Rates(), c.Rates(per_build=20e3)]
    assert [o.fixed_om + o.fixed_om_lump for o in (leased, let, shared, fee)] == [40e3, 0, 0, 9e3]


def test_what_is_bought_of_a_third_party_is_charged_after_its_term(tmp_path: Path) -> None:
    """Proves 25 years of life, six of which cost nothing but output; then, in each of 19 years, 1.5
    % of upkeep, and 30 % of the price in equal parts at 6 %: 0.3 x 0.06 / (1 - 1.06^-19) =
    0.0268863 of it."""
    option = next(o for o in case_of(tmp_path, BOUGHT).measures)
    terms = option.financed
    assert terms is not None
    assert (option.life_years, terms.term, len(terms.charges)) == (25, 6, 25)
    assert terms.charges[:6] == (c.Rates(),) * 6
    assert terms.charges[6:] == (terms.charges[6],) * 19
    assert terms.charges[6].priced == pytest.approx(0.0268863, abs=1e-7)
    assert terms.charges[6].share == pytest.approx(0.015)
    assert (option.fixed_om, option.fixed_om_share) == (0.0, 0.0)


def test_what_is_sold_back_is_built_in_one_go(tmp_path: Path) -> None:
    """Proves that of a roof that may be filled in two campaigns a third party's that is bought back
    is one, for its payments end together; without a buy-back it may be two."""
    override = {"pv_roof": {"max_builds": 2, "why": "two campaigns"}}
    offer = {"offer": ["pv_roof", THIRD, BOUGHT], "override": override}
    options = case_of(tmp_path, measures=offer).measures
    assert [o.max_builds for o in options] == [2, 2, 1]


def test_a_discount_is_off_the_whole_energy_price(tmp_path: Path) -> None:
    """Proves 0.85 x (level x series + adder), as the site pays it: 50 CNY/MWh of adder leave 42.5;
    where the tariff includes 13 % of tax, 42.5 / 1.13, for what the site gets back is no price."""
    plain = case_of(tmp_path / "plain", THIRD)
    paid = next(u.paid for u in plain.units if isinstance(u, c.GeneratorUnit))
    assert paid is not None
    assert (paid.series, paid.level.tolist()) == ("power_price", [0.85] * 5)
    assert paid.adder == pytest.approx([42.5] * 5)
    path = financed_workspace(tmp_path / "taxed", THIRD)
    sets = ["tariffs.electricity.vat=included", "economics.vat=0.13"]
    taxed = assemble(load(path, sets=sets))
    paid = next(u.paid for u in taxed.units if isinstance(u, c.GeneratorUnit))
    assert paid is not None
    assert paid.adder == pytest.approx([42.5 / 1.13] * 5)


def test_the_override_of_a_measure_is_its_modes_too(tmp_path: Path) -> None:
    """Proves that a smaller roof is smaller for every owner, that the list of modes may be the
    scenario's own, and that the override is no mistake where only a mode is on offer."""
    mode = {"id": "pv_ours", "name": {"en": "x", "zh": "x"}, "mode": "third_party", "term": "10 a",
            "price": "500 CNY/MWh", "certificates": "site"}  # fmt: skip
    override = {"pv_roof": {"capacity": {"max": "1 MW"}, "financing": [mode], "why": "an offer"}}
    measures = {"offer": ["pv_ours"], "override": override}
    case = case_of(tmp_path, "pv_ours", measures=measures)
    unit = next(u for u in case.units if isinstance(u, c.GeneratorUnit))
    assert unit.paid is not None
    assert (case.measures[0].upper, unit.paid.level.tolist()) == (1.0, [500.0] * 5)
    assert unit.sold_certificates is None


def test_a_lessee_depreciates_by_the_measure_what_it_buys_back(tmp_path: Path) -> None:
    """Proves that years of depreciation are found under the measure's id for its modes."""
    tax = {"rate": 0.25, "losses": "carried", "depreciation": {"heat_pump": "7 a", "any": "10 a"}}
    case = case_of(tmp_path, LEASED, SHARED, tax=tax)
    assert case.tax is not None
    assert (case.tax.years[LEASED], case.tax.years[SHARED]) == (7, 10)


def test_each_mode_is_a_figure_that_needs_a_source(tmp_path: Path) -> None:
    """Proves that `decarb catalog check` asks where a mode's figures come from."""
    financed_workspace(tmp_path / "plant", "pv_roof")
    entries = read_catalog(tmp_path / "plant").entries
    asked = [figure.field for figure in figures(entries["heat_pump"].measure)]
    assert {f"financing.{LEASED}", f"financing.{LET}"} <= set(asked)
