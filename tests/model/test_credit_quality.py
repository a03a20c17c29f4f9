"""Credits that rules on their quality shut out, and what each rule on credits is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from optimizer.inputs import case as c
from optimizer.inputs.exclusions import Exclusion
from tests import plants as p
from tests.model.solving import close, cost, has_no_plan, solved
from tests.model.test_credits import GAS_YEAR, NONE, credit, offsetting

FUEL = 3 * GAS_YEAR
"""Three years of gas, which every plan buys; 1,190 t are to be saved or offset in 2027 and 2028."""


def excluded(years: Sequence[bool], **fields: Any) -> c.CreditOption:
    """The credit at 40, shut out in some of the three years."""
    out = Exclusion("pack/R-1", ("Rule", "规则"), "max_age", tuple(years))
    return credit(exclusions=(out,), **fields)


def test_an_excluded_credit_isnt_used_in_its_years() -> None:
    """Proves the bound 0: out in 2028 alone, 2027 costs 1,190 x 40 and 2028 1,190 x 70.

    Without the rule 2 x 47,600; dropping it saves 1,190 x 30 = 35,700.
    """
    case = offsetting(excluded((False, False, True)))
    assert cost(case) == close(FUEL + 47_600 + 83_300)
    assert cost(offsetting(credit())) == close(FUEL + 2 * 47_600)


def test_of_two_credits_the_one_that_may_be_used_is() -> None:
    """Proves that a rule acts on one credit and not on all: 1,190 x 50 where the cheaper is out."""
    case = offsetting(excluded((True,) * 3), credit("better", 50.0))
    assert cost(case) == close(FUEL + 2 * 1_190 * 50)


def test_any_of_several_rules_excludes() -> None:
    """Proves that rules add up: one is out in 2027, the other in 2028: 83,300 a year."""
    flags = ((False, True, False), (False, False, True))
    rules = tuple(Exclusion(f"pack/R-{n}", None, "types", each) for n, each in enumerate(flags))
    assert cost(offsetting(credit(exclusions=rules))) == close(FUEL + 2 * 83_300)


def test_without_a_credit_that_counts_there_is_no_plan() -> None:
    """Proves that the rule is no price: a target of 1,000 t at a plant that can only burn gas."""
    case = offsetting(excluded((True,) * 3))
    gas_only = tuple(each for each in case.carriers if each.id != "heat")
    assert not has_no_plan(case)
    assert has_no_plan(_with(case, gas_only))


def _with(case: c.Case, carriers: tuple[c.CarrierOption, ...]) -> c.Case:
    """The plant with these carriers; the heat can't be bought."""
    heat = p.carrier("heat", case.years, kind="heat")
    return replace(case, carriers=(*carriers, heat))


def test_each_rule_of_the_trajectory_is_worth_what_it_costs() -> None:
    """Proves a, b, c, d and f on one plant, each with what dropping it saves.

    Reduction costs 70 a tonne, avoidance 40, removals 60; the net target of 1,000 t asks 1,190 t
    less in 2027 and in 2028. b alone: 2 x 1,190 x 40 = 95,200. Besides b:
    a, gross at most 1,500 t in 2028: 690 t reduced, + 690 x 30 = 20,700.
    c, credits at most 219 t, a tenth of 2,190: 971 t reduced a year, + 2 x 971 x 30 = 58,260.
    d, first credit in 2028: + 1,190 x 30 = 35,700.
    f, a fifth of 1,190 t removed: + 2 x 238 x 20 = 9,520.
    Dropping b leaves nothing to do.
    """
    least = FUEL + 95_200
    rules: dict[str, tuple[dict[str, Any], float]] = {
        "none": ({}, least),
        "a": ({"gross_cap": (None, None, 1500.0)}, least + 20_700),
        "b": ({"net_target": NONE}, FUEL),
        "c": ({"offset_share": (None, 0.1, 0.1), "offset_basis": "base_year"}, least + 58_260),
        "d": ({"first_credit_year": 2028}, least + 35_700),
        "f": ({"removal_share": (None, 0.2, 0.2)}, least + 9_520),
    }
    for name, (policy, total) in rules.items():
        case = offsetting(credit(), credit("r", 60.0, type="removal"), **policy)
        assert cost(case) == close(total), name


def test_what_isnt_used_in_a_year_is_lost() -> None:
    """Proves that no year hands credits on: 1,190 t are on the market in 2027, none in 2028.

    2027 offsets all, 2028 reduces all: 47,600 + 83,300. The target of 2027 alone at 1,595 t uses
    595 t of them: 23,800, and 2028 again 83,300; were the other 595 t banked, 2028 would cost
    595 x 40 + 595 x 70 = 65,450, that is 17,850 less.
    """
    market = (0.0, 1_190.0, 0.0)
    assert cost(offsetting(credit(available=market))) == close(FUEL + 47_600 + 83_300)
    half = offsetting(credit(available=market), net_target=(None, 1595.0, 1000.0))
    assert cost(half) == close(FUEL + 23_800 + 83_300)


def test_credits_beyond_own_emissions_earn_nothing() -> None:
    """Proves no farming: credits that pay 10 a tonne are bought up to own gross, 2,190 t, no more.

    3 x (109,500 - 21,900); without the limit the cost would fall for ever.
    """
    solution = solved(offsetting(credit(price=-10.0), net_target=NONE))
    assert list(solution.yearly("credits").values()) == [close(2190)] * 3
    assert solution.net_present_cost() == close(FUEL - 3 * 21_900)
