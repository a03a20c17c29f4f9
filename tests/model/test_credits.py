"""Credits: share, first year, gate, own emissions, removals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from optimizer.inputs import case as c
from tests import plants as p
from tests.model.solving import close, cost, has_no_plan, proves, solved

YEARS = (2026, 2027, 2028)
GAS_YEAR, TONNES = 109_500.0, 2_190.0
NONE = (None, None, None)


def credit(id: str = "q", price: float = 40.0, **fields: Any) -> c.CreditOption:
    base: dict[str, Any] = {"type": "avoidance", "available": NONE, "earliest": 0}
    return c.CreditOption(id=id, name=p.name(id), price=p.by_year(price, YEARS), **(base | fields))


def offsetting(*credits: c.CreditOption, activity: Any = 1.0, **policy: Any) -> c.Case:
    """The boiler plant under a net target of 1000 t from 2027; heat to buy saves at 70 a tonne."""
    base = p.boiler_plant(YEARS)
    heat = p.carrier("heat", YEARS, kind="heat", price=30.0)
    rules = {"net_target": (None, 1000.0, 1000.0), "base_emissions": TONNES} | policy
    return replace(
        base, carriers=(base.carriers[0], heat), policy=p.no_policy(YEARS, **rules),
        services=(p.service("process", "heat", "load", YEARS, activity),), credits=credits,
    )  # fmt: skip


def test_credits_are_used_where_they_are_cheaper() -> None:
    """Proves the trade: 1,190 t at 40 rather than 70 in two years: 328,500 + 2 x 47,600."""
    assert cost(offsetting(credit())) == close(3 * GAS_YEAR + 2 * 47_600)


def test_availability_and_first_years_bound_credits() -> None:
    """Proves the bounds: 190 t on the market; none before its own or the policy's first year.

    190 x 40 + 1000 x 70 a year; from 2028 on, 2027 is 1,190 x 70.
    """
    some = offsetting(credit(available=(190.0,) * 3))
    assert cost(some) == close(3 * GAS_YEAR + 2 * (190 * 40 + 70_000))
    later = 3 * GAS_YEAR + 1_190 * (70 + 40)
    assert cost(offsetting(credit(earliest=2))) == close(later)
    assert cost(offsetting(credit(), first_credit_year=2028)) == close(later)


@proves("credits_within_share")
def test_only_a_share_of_the_base_year_may_be_offset() -> None:
    """Proves credits <= share x 2,190: 0.1 and 0.05 are 219 and 109.5 t.

    971 x 70 + 219 x 40, then 1,080.5 x 70 + 109.5 x 40; without the share 1,190 x 40 each.
    """
    case = offsetting(credit(), offset_share=(0.1, 0.1, 0.05), offset_basis="base_year")
    solution = solved(case)
    assert list(solution.yearly("credits").values()) == [close(0), close(219), close(109.5)]
    extra = 971 * 70 + 219 * 40 + 1_080.5 * 70 + 109.5 * 40
    assert solution.net_present_cost() == close(3 * GAS_YEAR + extra)


@proves("credits_within_share")
def test_a_share_of_what_is_left_or_of_what_was_reduced() -> None:
    """Proves the other bases at 0.25, where gross - credits = 1000.

    Of gross: credits = 0.25 x gross, gross = 1333.33. Of the reduction: 0.25 x (2190 - gross),
    gross = (1000 + 547.5) / 1.25 = 1238.
    """
    for basis, gross in (("gross", 1000 / 0.75), ("reduction", 1547.5 / 1.25)):
        case = offsetting(credit(), offset_share=(None, 0.25, 0.25), offset_basis=basis)
        assert solved(case).yearly("gross")[2028] == close(gross)


@proves("credits_none_without_basis")
def test_growth_above_the_base_year_allows_no_credits() -> None:
    """Proves that a negative basis gives nothing: a target of 3,000 t is met by reduction alone.

    Output 1.5: gross 3,285 t. 285 t x 70 a year, though credits cost 40. A reduction beyond the
    base year (1,095 t) to earn credits would cost more.
    """
    target = (3000.0,) * 3
    rules = {"offset_share": (0.25,) * 3, "offset_basis": "reduction", "net_target": target}
    case = offsetting(credit(), activity=1.5, **rules)
    assert cost(case) == close(3 * (1.5 * GAS_YEAR + 285 * 70))


def test_growth_above_the_base_year_leaves_no_credits_but_a_plan() -> None:
    """Proves max(0, base - gross): at 1.5 times the output gross is 3,285 t, above the base year.

    No target, a share of 0.25 of the reduction: simply no credit. Read as credits <= 0.25 x
    (2190 - 3285) the rule would itself cut gross to 2,190 t, 76,650 a year.
    """
    rules = {"offset_share": (0.25,) * 3, "offset_basis": "reduction", "net_target": NONE}
    assert cost(offsetting(credit(), activity=1.5, **rules)) == close(3 * 1.5 * GAS_YEAR)


@proves("removals_within_credits")
def test_removals_are_a_share_of_credits() -> None:
    """Proves removal credits >= 0.2 x credits: 238 t at 60, 952 t at 40; all at 40 without it."""
    case = offsetting(credit(), credit("r", 60.0, type="removal"), removal_share=(None, 0.2, 0.2))
    assert cost(case) == close(3 * GAS_YEAR + 2 * (238 * 60 + 952 * 40))


@proves("gate_before_credits", "credits_need_gate")
def test_credits_wait_for_last_years_reduction() -> None:
    """Proves gross[y-1] <= 0.8 x 2,190 = 1,752 t before credits, the base year before the first.

    Opened for 2027, it costs 438 x 70 in 2026, and again in 2027, where 752 t are offset: 91,400.
    Less is to meet 2027 by reduction, 1,190 x 70, which opens it for 2028: 1,190 x 40. Without
    the gate 2 x 47,600.
    """
    solution = solved(offsetting(credit(), gate_reduction=0.2))
    assert list(solution.yearly("gross").values()) == [close(2190), close(1000), close(2190)]
    assert solution.net_present_cost() == close(3 * GAS_YEAR + 83_300 + 47_600)


def test_the_gate_leaves_room_for_all_that_can_be_emitted() -> None:
    """Proves that a closed gate caps nothing: steam bought for a cooler heat emits 2,628 t a year.

    The base year is as high, a fifth less would open the gate, nothing asks for it: 8760 x 30. A
    largest gross that forgets what the steam serves would leave no plan.
    """
    steam = p.carrier(
        "steam", YEARS, kind="heat", scope=2, price=30.0, factor=0.3, serves=("warm",)
    )
    case = p.case(
        YEARS, {"load": 1.0}, carriers=(steam, p.carrier("warm", YEARS, kind="heat")),
        services=(p.service("washing", "warm", "load", YEARS),), credits=(credit(),),
        policy=p.no_policy(YEARS, gate_reduction=0.2, base_emissions=2628.0),
    )  # fmt: skip
    assert cost(case) == close(3 * 8760 * 30)


def test_no_credit_in_the_first_year_under_a_gate() -> None:
    """Proves that the base year stands before the first: 2026 is reduced to its target."""
    case = offsetting(credit(), gate_reduction=0.1, net_target=(1000.0, 1000.0, 1000.0))
    assert solved(case).yearly("credits")["q", 2026] == close(0)
    assert solved(case).yearly("gross")[2026] == close(1000)


@proves("gate_stays_open")
def test_the_gate_once_open_stays_open() -> None:
    """Proves open[y] >= open[y-1]: credits in 2027 keep gross of 2027 at 1,752 t, for 2028's gate.

    A target in 2027 only. Credits: 30,660 in 2026, and gross of 2027 at 1,752 t: 30,660 + 30,080 =
    91,400 beside 83,300 by reduction. A gate that closes again would cost 30,660 + 47,600 = 78,260.
    """
    case = offsetting(credit(), gate_reduction=0.2, net_target=(None, 1000.0, None))
    assert cost(case) == close(3 * GAS_YEAR + 83_300)


@proves("credits_within_own")
def test_credits_do_not_exceed_own_emissions() -> None:
    """Proves credits <= gross: a net target below zero has no plan, however cheap credits are."""
    case = offsetting(credit(price=1.0), net_target=(None, None, -1.0))
    assert has_no_plan(case)


def removing(target: float, *, gross_cap: float | None = None, price: float = 1.0) -> c.Case:
    """2190 t fossil beside 4380 t biogenic at the boiler; capture of 1 t/h at 10 a tonne."""
    base = offsetting(credit(price=price), net_target=(None, None, target))
    gas = replace(base.carriers[0], biogenic=0.4)
    power = p.carrier("electricity", YEARS, kind="electricity", price=20.0)
    unit = c.CaptureUnit("ccs", ("boiler",), (), 1.0, (c.Flow("electricity", 0.5),), 1.0)
    return replace(
        base, carriers=(gas, base.carriers[1], power), units=(*base.units, unit),
        measures=(p.measure("ccs", YEARS, kind="process", upper=1.0, lower=1.0),),
        policy=replace(base.policy, gross_cap=(None, None, gross_cap)),
    )  # fmt: skip


@proves("credits_none_when_negative")
def test_no_credits_are_bought_below_zero() -> None:
    """Proves that credits end where removals exceed gross: 1,000 t below zero by capture alone.

    3,190 t captured at 10 a tonne. Credits at 1 for the last tonnes would cost less.
    """
    solution = solved(removing(-1000.0))
    assert solution.yearly("credits")["q", 2028] == close(0)
    assert solution.net_present_cost() == close(3 * GAS_YEAR + 31_900)


def test_removals_may_exceed_what_the_cap_leaves_of_gross() -> None:
    """Proves that the limit on credits isn't one on removals: gross capped at 100 t, net -1,000.

    2,090 t fossil and 1,100 t biogenic captured at 10. A slack of no more than the cap would stop
    removals at 200 t: no plan.
    """
    assert cost(removing(-1000.0, gross_cap=100.0)) == close(3 * GAS_YEAR + 31_900)


def test_exports_may_turn_gross_negative_where_credits_are_on_offer() -> None:
    """Proves that credits on offer forbid nothing: 1 MW sold at a factor of 0.5 is -4,380 t."""
    sale = c.Sale(None, p.by_year(0.0, YEARS), p.by_year(0.0, YEARS), None, False)
    power = p.carrier(
        "electricity", YEARS, kind="electricity", scope=2, price=10.0, factor=0.5, sale=sale
    )
    case = p.case(
        YEARS, {"load": 1.0}, carriers=(power,), credits=(credit(),),
        services=(p.service("s", "electricity", "load", YEARS),),
        units=(c.GeneratorUnit("pv", "electricity", 1.0),),
        measures=(p.measure("pv", YEARS, kind="generator", upper=2.0, lower=2.0),),
        policy=p.no_policy(YEARS, export_treatment="grid_factor", gross_cap=(-4380.0,) * 3),
    )  # fmt: skip
    assert solved(case).yearly("gross")[2026] == close(-4380)
