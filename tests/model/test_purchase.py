"""Contracts and billed peaks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.inputs import case as c
from tests import plants as p
from tests.model.solving import close, cost, has_no_plan, proves, solved

HOURS = 8760
BOTH = (2026, 2027)


def contract(years: tuple[int, ...], **fields: Any) -> c.ContractOption:
    base: dict[str, Any] = {
        "id": "deal", "name": p.name("deal"), "carrier": "electricity", "form": "energy",
        "lower": 0.0, "upper": 8760.0, "pay": "delivered", "shape": "flat", "factor": 0.0,
        "traceable": True, "tenor": 1, "earliest": 0, "in_force": False,
    }  # fmt: skip
    price = p.by_year(fields.pop("price", 8.0), years)
    return c.ContractOption(price=price, **(base | fields))


def buyer(
    deal: c.ContractOption, years: tuple[int, ...] = (2026,), activity: Any = 1.0, **changes: Any
) -> c.Case:
    """1 MW of power all year at 10 a MWh and 0.5 t, in the market ledger; a contract on offer."""
    power = p.carrier("electricity", years, kind="electricity", price=10.0, scope=2, factor=0.5)
    case = p.case(
        years, {"load": 1.0, "flat": 1 / HOURS}, carriers=(power,), contracts=(deal,),
        services=(p.service("s", "electricity", "load", years, activity),),
        policy=p.no_policy(years, ledger="market"),
    )  # fmt: skip
    return replace(case, **changes)


@proves("delivered_within_contract")
def test_a_contract_delivers_along_its_profile() -> None:
    """Proves delivered <= contracted x shape: 4380 MWh a year by day only, 1 MW for 12 h.

    By day at 8, by night at 10: 8760 x 9. Without the row all at 8.
    """
    base = buyer(contract((2026,), upper=4380.0), axis=p.axis(steps=2))
    ones = base.series["load"].repeat(2, axis=1)
    case = replace(base, series={"load": ones, "flat": ones * [[2 / HOURS, 0.0]]})
    solution = solved(case)
    assert solution.step("delivered", "deal").ravel().tolist() == [close(1), close(0)]
    assert solution.net_present_cost() == close(HOURS * 9)


@proves("contracted_is_signed")
def test_a_contract_runs_for_its_tenor() -> None:
    """Proves contracted = signed in the last two years: paid in 2027, though nothing is used then.

    At 4 a MWh contracted it saves 6 in 2026 and costs 4 in 2027: 2 x 4 x 8760. Without the row 2027
    is free.
    """
    deal = contract(BOTH, tenor=2, pay="contracted", price=4.0)
    solution = solved(buyer(deal, BOTH, [1.0, 0.0]))
    assert list(solution.yearly("contracted").values()) == [close(HOURS)] * 2
    assert solution.net_present_cost() == close(HOURS * 8)


def test_a_contract_may_be_signed_again() -> None:
    """Proves that the volume ends with the tenor: 4380 MWh at most, each year by a new signature.

    8760 x (4 + 10) / 2 a year. Signatures that never end would add up to 8760 MWh in 2027.
    """
    deal = contract(BOTH, tenor=1, pay="contracted", price=4.0, upper=4380.0)
    assert cost(buyer(deal, BOTH)) == close(2 * HOURS * 7)


@proves("contract_above_smallest", "contract_none_without")
def test_a_contract_has_a_smallest_volume() -> None:
    """Proves lower x in force <= contracted <= upper x in force: 6000 MWh for 4380 of use.

    6000 x 5 = 30,000 is less than 43,800 at 10; a volume that fits would cost 21,900. At 8 the
    smallest volume costs 48,000, and nothing is signed.
    """
    deal = contract((2026,), lower=6000.0, pay="contracted", price=5.0)
    assert cost(buyer(deal, activity=0.5)) == close(30_000)
    dear = contract((2026,), lower=6000.0, pay="contracted", price=8.0)
    assert cost(buyer(dear, activity=0.5)) == close(43_800)


@proves("contracted_is_signed")
def test_a_contract_in_force_stays() -> None:
    """Proves contracted >= lower: 1000 MWh at 12 are paid, the rest at 10: 87,600 + 2,000."""
    deal = contract((2026,), lower=1000.0, price=12.0, pay="contracted", in_force=True)
    assert cost(buyer(deal)) == close(HOURS * 10 + 2_000)


def test_what_is_in_force_ends_and_may_be_signed_again() -> None:
    """Proves the last year: 1,000 MWh at 12 in 2026 alone, 89,600 + 87,600. At 9, the 1,000 MWh in
    force to 2026 and another 1,000 (the most) from 2027 on save 1 each: 2 x 87,600 - 2,000."""
    deal = contract(
        BOTH, lower=1000.0, upper=1000.0, price=12.0, pay="contracted", in_force=True,
        last_in_force=0, tenor=2,
    )  # fmt: skip
    assert cost(buyer(deal, BOTH)) == close(2 * HOURS * 10 + 2_000)
    solution = solved(buyer(replace(deal, price=p.by_year(9.0, BOTH)), BOTH))
    assert list(solution.yearly("contracted").values()) == [close(1000)] * 2
    assert list(solution.yearly("signed").values()) == [close(0), close(1000)]
    assert solution.net_present_cost() == close(2 * HOURS * 10 - 2_000)


@proves("claims_within_contract")
def test_only_what_is_contracted_can_be_claimed() -> None:
    """Proves claimed <= contracted: a cap of 2190 of 4380 t takes 4380 MWh of certificates at 8.

    87,600 + 35,040; claims from nothing would cost 87,600. The location ledger stays at 4380 t.
    """
    deal = contract((2026,), form="attributes", pay="contracted")
    policy = p.no_policy((2026,), ledger="market", gross_cap=(2190.0,))
    solution = solved(buyer(deal, policy=policy))
    assert solution.yearly("claimed")["deal", 2026] == close(4380)
    assert solution.emissions()["scope2_location", "electricity"][0] == close(4380)
    assert solution.net_present_cost() == close(HOURS * 10 + 35_040)


def test_delivered_energy_carries_its_claim() -> None:
    """Proves claimed <= delivered: of 2190 MWh delivered at 11, no more than 2190 are claimed.

    A cap of 3285 t takes all of it: 87,600 + 2190 x 1.
    """
    deal = contract((2026,), upper=2190.0, price=11.0)
    policy = p.no_policy((2026,), ledger="market", gross_cap=(3285.0,))
    assert cost(buyer(deal, policy=policy)) == close(HOURS * 10 + 2190)


@proves("claims_within_imports")
def test_certificates_beyond_what_is_bought_are_worth_nothing() -> None:
    """Proves sum claimed <= purchased: 100 t of a kiln under a cap of 50 aren't claimed away.

    All 8760 MWh are claimed at 8, and half the kiln is changed for 5,000 a year. Without the row
    100 MWh more of certificates would do: 800.
    """
    deal = contract((2026,), form="attributes", pay="contracted", upper=20e3)
    case = buyer(
        deal, policy=p.no_policy((2026,), ledger="market", gross_cap=(50.0,)),
        process_sources=(c.ProcessSource("kiln", p.name("kiln"), p.by_year(100.0, (2026,))),),
        measures=(p.measure("lean", (2026,), cost=100e3),),
        savings=(c.SavingEffect("lean", "kiln", 0.5, ()),),
    )  # fmt: skip
    assert cost(case) == close(HOURS * 18 + 5_000)


@proves("claims_within_imports")
def test_certificates_cover_what_physical_contracts_leave() -> None:
    """Proves sum claimed <= purchased beside a line of one's own: 4,380 of 8,760 MWh are delivered
    at the grid's price and claimed; 8,760 certificates at 1 are on offer, and a cap of 0 t takes
    4,380 of them. A kiln of 1 t isn't claimed away: a cap of 0.5 t has no plan."""
    line = contract((2026,), id="line", upper=4380.0, price=10.0)
    paper = contract((2026,), id="paper", form="attributes", pay="contracted", price=1.0)
    case = replace(
        buyer(line), contracts=(line, paper),
        policy=p.no_policy((2026,), ledger="market", gross_cap=(0.0,)),
    )  # fmt: skip
    assert cost(case) == close(HOURS * 10 + 4380)
    kiln = c.ProcessSource("kiln", p.name("kiln"), p.by_year(1.0, (2026,)))
    policy = p.no_policy((2026,), ledger="market", gross_cap=(0.5,))
    assert has_no_plan(replace(case, process_sources=(kiln,), policy=policy))


def test_a_contract_has_its_own_factor() -> None:
    """Proves market-based = residual x unclaimed + factor x claimed: 4380 x 0.5 + 4380 x 0.1 t."""
    deal = contract((2026,), form="attributes", pay="contracted", upper=4380.0, factor=0.1, price=0)
    policy = p.no_policy((2026,), ledger="market", gross_cap=(2628.0,))
    assert solved(buyer(deal, policy=policy)).yearly("gross")[2026] == close(2628)


def peaky(per: str, excess: np.ndarray | None = None) -> c.Case:
    """1 MW for 200 days from January, 2 MW for 165; 1,200 a MW and year of billed peak."""
    charge = c.DemandCharge(p.by_year(1200.0, (2026,)), per)  # type: ignore[arg-type]
    power = p.carrier("electricity", (2026,), kind="electricity", price=0.0, demand_charge=charge)
    series = {"load": [[1.0], [2.0]], "excess": [[0.0], [0.0]] if excess is None else excess}
    return p.case(
        (2026,), series, axis=p.axis((200, 165)), carriers=(power,),
        services=(p.service("s", "electricity", "load", (2026,), excess="excess"),),
    )  # fmt: skip


@proves("peak_covers_day", "peak_within_day")
def test_each_month_is_billed_by_the_highest_day_it_holds() -> None:
    """Proves peaks by month: day 200 is 20 July, so January to June bill 1 MW, July to December 2.

    100 x (6 x 1 + 6 x 2) = 1,800. July by its first period alone would give 1,700, a year's peak
    2,400, none 0.
    """
    solution = solved(peaky("month"))
    peaks = [round(v, 6) for v in solution.yearly("peak").values()]
    assert peaks == [1.0] * 6 + [2.0] * 6
    assert solution.net_present_cost() == close(1_800)


@proves("peak_covers_day", "peak_within_day")
def test_a_year_is_billed_by_its_highest_day() -> None:
    """Proves per year: 1,200 x 2 MW."""
    assert cost(peaky("year")) == close(2_400)


@proves("peak_within_day")
def test_the_billed_peak_holds_what_the_mean_hides() -> None:
    """Proves import + excess <= peak: 0.3 MW above the mean of the first period's step.

    100 x (6 x 1.3 + 6 x 2) = 1,980; the mean alone gives 1,800.
    """
    assert cost(peaky("month", np.array([[0.3], [0.0]]))) == close(1_980)


def test_savings_shrink_the_excess_alike() -> None:
    """Proves excess x remaining: a saving of a half bills 0.65 and 1 MW: 990."""
    base = peaky("month", np.array([[0.3], [0.0]]))
    case = replace(
        base, measures=(p.measure("led", (2026,)),), savings=(c.SavingEffect("led", "s", 0.5, ()),)
    )
    assert cost(case) == close(990)
