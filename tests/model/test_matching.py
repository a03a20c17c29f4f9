"""Certificates matched hour by hour: only what is bought in an hour is claimed in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from optimizer.inputs import case as c
from tests import plants as p
from tests.model.solving import close, cost, has_no_plan, proves, solved

HALF, YEARS = 4380, (2026,)
DAY, NIGHT = [2 / 8760, 0.0], [0.0, 2 / 8760]
"""All of a year's certificates by day, or by night."""


def green(id: str, shape: str, premium: float, upper: float, hourly: bool = True) -> Any:
    return c.ContractOption(
        id, p.name(id), "electricity", "attributes", 0.0, upper, p.by_year(premium, YEARS),
        "contracted", shape, 0.0, False, 1, 0, False, hourly,
    )  # fmt: skip


def buyer(*deals: c.ContractOption, cap: float | None = None, load: Any = 1.0) -> c.Case:
    """1 MW of power all year at 10 a MWh and 0.5 t/MWh: 8,760 MWh, 4,380 t by market; 12 h by day,
    12 h by night."""
    power = p.carrier("electricity", YEARS, kind="electricity", price=10.0, scope=2, factor=0.5)
    return p.case(
        YEARS, {"load": load, "day": DAY, "night": NIGHT}, axis=p.axis(steps=2),
        carriers=(power,), contracts=deals,
        services=(p.service("s", "electricity", "load", YEARS),),
        policy=p.no_policy(YEARS, ledger="market", gross_cap=(cap,)),
    )  # fmt: skip


@proves("matched_within_contract")
def test_certificates_of_the_day_cover_no_night() -> None:
    """Proves matched <= contracted x shape: 8,760 certificates a year, all by day at up to 2 MW,
    cover 1 MW for 12 h: 2,190 t stay. A cap of 2,189 t has no plan; matched by the year, 4,378
    certificates keep it."""
    deal = green("sun", "day", 1.0, 8760.0)
    assert cost(buyer(deal, cap=2190.0)) == close(87_600 + HALF)
    assert has_no_plan(buyer(deal, cap=2189.0))
    annual = replace(deal, hourly=False)
    assert cost(buyer(annual, cap=2189.0)) == close(87_600 + HALF + 2)


@proves("matched_within_import")
def test_an_hour_claims_no_more_than_it_imports() -> None:
    """Proves sum matched <= import: two contracts by day cover the 4,380 MWh of the day once. With
    one by night at 5 all 8,760 MWh are claimed: 87,600 + 4,380 x 1 + 4,380 x 5."""
    sun, roof = green("sun", "day", 1.0, HALF), green("roof", "day", 1.0, HALF)
    assert has_no_plan(buyer(sun, roof, cap=2189.0))
    night = green("wind", "night", 5.0, HALF)
    solution = solved(buyer(sun, roof, night, cap=0.0))
    assert solution.net_present_cost() == close(87_600 + HALF + 5 * HALF)
    matched = [solution.step("matched", g).ravel().tolist() for g in ("sun", "roof", "wind")]
    assert [a + b for a, b in zip(matched[0], matched[1], strict=True)] == [close(1), close(0)]
    assert matched[2] == [close(0), close(1)]


@proves("claims_within_contract")
def test_only_what_is_matched_is_claimed() -> None:
    """Proves claimed <= matched: where 1.5 MW are used by day and 0.5 MW by night, 2 MW of the
    night's certificates are worth 0.5 MW: 2,190 MWh, 1,095 t. 3,285 t stay, and no plan has less,
    though 8,760 certificates are on offer."""
    case = buyer(green("wind", "night", 1.0, 8760.0), cap=3285.0, load=[1.5, 0.5])
    assert solved(case).yearly("claimed")["wind", 2026] == close(2190)
    assert cost(case) == close(87_600 + 2190)
    short = replace(case, policy=p.no_policy(YEARS, ledger="market", gross_cap=(3284.0,)))
    assert has_no_plan(short)


def test_power_that_a_contract_delivers_is_not_matched_again() -> None:
    """Proves `import` without what is delivered: 1 MW delivered by day, at 10 as the grid's, leaves
    the day's certificates nothing to match. All of it claimed, 2,190 t stay."""
    line = replace(
        green("line", "day", 10.0, HALF, hourly=False), form="energy", pay="delivered", lower=HALF,
        in_force=True,
    )  # fmt: skip
    sun = green("sun", "day", 1.0, HALF)
    assert has_no_plan(buyer(line, sun, cap=2189.0))
    assert cost(buyer(line, sun, cap=2190.0)) == close(87_600)


@pytest.mark.parametrize("cap", [2190.0, 3000.0])
def test_what_is_used_moves_to_the_hours_of_certificates(cap: float) -> None:
    """Proves that hourly matching pays a battery where certificates by the year don't: with a free
    store of 12 MWh the night is served from the day's imports, matched by day: 0 t can be had."""
    store = c.StorageUnit("store", "electricity", 1 / 12, 1.0, 1.0, 0.0, 0.0)
    option = p.measure("store", YEARS, kind="storage", upper=12.0, lower=12.0)
    case = buyer(green("sun", "day", 1.0, 8760.0), cap=cap / 10)
    stored = replace(case, units=(store,), measures=(option,))
    assert cost(stored) == close(87_600 + 8760 - cap / 10 / 0.5)
    assert has_no_plan(case)
