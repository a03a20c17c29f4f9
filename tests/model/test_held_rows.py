"""Gates of packs against the year before and the base year."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from optimizer.inputs import case as c
from optimizer.inputs.held_rules import HeldRule
from tests import held
from tests import plants as p
from tests.model.solving import close, cost, has_no_plan, proves, solved

YEARS = (2026, 2027)
GAS_YEAR, TONNES = 109_500.0, 2_190.0


def growing(*rules: HeldRule, heat: float = 30.0, activity: Any = (1.0, 1.5)) -> c.Case:
    """The boiler plant whose output grows by half, and heat to buy at `heat`, free of carbon.

    2,190 t in 2026 and 3,285 t in 2027 at 109,500 and 164,250; a tonne less costs 70.
    """
    base = p.boiler_plant(YEARS)
    bought = p.carrier("heat", YEARS, kind="heat", price=heat)
    return replace(
        base, carriers=(base.carriers[0], bought), policy=p.no_policy(YEARS, held=rules),
        services=(p.service("process", "heat", "load", YEARS, activity),),
    )  # fmt: skip


def two_scopes(*rules: HeldRule) -> c.Case:
    """The boiler plant with steam to buy at 30: 0.1 t/MWh by location, 0.3 by market, scope 2.

    From gas an hour's heat is 0.25 t of scope 1; a tonne of scope 1 less costs 70.
    """
    base = p.boiler_plant(YEARS)
    steam = p.carrier("heat", YEARS, kind="heat", price=30.0, scope=2, factor=0.1, residual=0.3)
    return replace(base, carriers=(base.carriers[0], steam), policy=p.no_policy(YEARS, held=rules))


@proves("gross_never_rises")
def test_gross_never_rises_above_the_year_before() -> None:
    """Proves gross[2027] <= gross[2026]: 3,285 - 2,190 = 1,095 t avoided at 70, 76,650.

    The base year, 2,500 t, is above 2026 and leaves it alone. Without the rule 273,750.
    """
    solution = solved(growing(held.never_rises((1.0, 1.0), 2_500.0)))
    assert list(solution.yearly("gross").values()) == [close(TONNES)] * 2
    assert solution.net_present_cost() == close(2.5 * GAS_YEAR + 1_095 * 70)


@proves("gross_never_rises")
def test_the_first_year_is_set_against_the_base_year() -> None:
    """Proves gross[2026] <= 2,000: 190 t at 70 in 2026, and 2027 follows from there, 1,285 t."""
    assert cost(growing(held.never_rises((1.0, 1.0), 2_000.0))) == close(
        2.5 * GAS_YEAR + (190 + 1_285) * 70
    )


def test_growth_excuses_a_rise_by_as_much() -> None:
    """Proves growth x gross[y-1]: with 1.5 nothing is avoided, with 1.2 it is 3,285 - 2,628 t.

    A year without a limit asks nothing.
    """
    assert cost(growing(held.never_rises((1.0, 1.5), TONNES))) == close(2.5 * GAS_YEAR)
    assert cost(growing(held.never_rises((1.0, 1.2), TONNES))) == close(2.5 * GAS_YEAR + 657 * 70)
    assert cost(growing(held.never_rises((1.0, None), TONNES))) == close(2.5 * GAS_YEAR)


@proves("scopes_within_reduction")
def test_scope_1_falls_whatever_scope_2_does() -> None:
    """Proves scope 1 <= 0.5 x 2,190: 1,095 t of gas less at 70, though steam emits 438 t instead.

    0.5 of the heat is steam: 4,380 x 17.5 = 76,650 in 2027.
    """
    assert cost(two_scopes(held.reduction((None, 0.5), TONNES, 1))) == close(
        2 * GAS_YEAR + 1_095 * 70
    )


@proves("scopes_within_reduction")
def test_scopes_together_count_in_the_rules_own_ledger() -> None:
    """Proves the ledger: by location half of 2,190 t needs 0.25 - 0.15 s = 0.125, s = 5/6 of the
    heat as steam, 8,760 x 5/6 x 17.5 = 127,750; by market steam is dirtier than gas: no plan.

    Scope 2 alone may be nothing: all gas, no extra cost.
    """
    assert cost(two_scopes(held.reduction((None, 0.5), TONNES, 1, 2))) == close(
        2 * GAS_YEAR + 127_750
    )
    assert has_no_plan(two_scopes(held.reduction((None, 0.5), TONNES, 1, 2, ledger="market")))
    assert cost(two_scopes(held.reduction((0.0, 0.0), 500.0, 2))) == close(2 * GAS_YEAR)


def test_a_rule_is_kept_by_its_spare() -> None:
    """Proves the spare: 100 t more than asked are avoided, 7,000."""
    rule = held.reduction((None, 0.5), TONNES, 1, spare=(0.0, 100.0))
    assert cost(two_scopes(rule)) == close(2 * GAS_YEAR + 1_195 * 70)
