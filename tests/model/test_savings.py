"""What is left of a demand when savings overlap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.inputs import case as c
from tests import plants as p
from tests.model.solving import close, cost, proves, solved

YEARS = (2026,)
GAS_YEAR = 109_500.0


def savings(shares: list[float], costs: list[float], price: float = 10.0, **fields: str) -> c.Case:
    """The boiler plant at a price of gas, with savings on its heat; costs over 20 years."""
    base = p.boiler_plant(YEARS)
    gas = p.carrier("gas", YEARS, price=price, kind="fuel", scope=1, factor=0.2)
    needs = {k: (v,) for k, v in fields.items()}
    return replace(
        base, carriers=(gas, base.carriers[1]),
        measures=tuple(
            p.measure(f"s{i}", YEARS, cost=20 * k, requires=needs.get(f"s{i}", ()))
            for i, k in enumerate(costs)
        ),
        savings=tuple(c.SavingEffect(f"s{i}", "process", s, ()) for i, s in enumerate(shares)),
    )  # fmt: skip


@proves("bundle_is_one", "bundle_matches_standing", "remaining_from_bundle")
def test_two_savings_of_a_fifth_leave_sixty_four_percent() -> None:
    """Proves remaining = product(1 - share): 0.64 x 109,500 + 2 x 1,000.

    Shares added would leave 0.6. A bundle not tied to what stands, or not summing to 1, or a
    remaining not tied to the bundle would leave 0.64 for nothing.
    """
    solution = solved(savings([0.2, 0.2], [1e3, 1e3]))
    assert solution.yearly("remaining")["process", 2026] == close(0.64)
    assert solution.net_present_cost() == close(0.64 * GAS_YEAR + 2e3)


def test_the_second_saving_is_worth_less_than_alone() -> None:
    """Proves that overlap decides: 20 % of 109,500 is 21,900, of what is left 17,520.

    At 20,000 a year for the second, only the first (1,000) is built; added shares would build both.
    """
    solution = solved(savings([0.2, 0.2], [1e3, 20e3]))
    assert list(solution.yearly("on").values()) == [close(1), close(0)]
    assert solution.net_present_cost() == close(0.8 * GAS_YEAR + 1e3)


@proves("chain_remaining", "chain_at_most_before", "chain_only_standing")
def test_seven_savings_are_chained_exactly() -> None:
    """Proves the chain: seven savings of 10 % leave 0.9^7 = 0.4782969 for 7 x 1,000.

    A chain that takes from the whole demand leaves 0.3; one not tied to what stands costs nothing.
    """
    solution = solved(savings([0.1] * 7, [1e3] * 7))
    assert solution.yearly("remaining")["process", 2026] == close(0.9**7)
    assert solution.net_present_cost() == close(0.9**7 * GAS_YEAR + 7e3)


@proves("chain_only_standing")
def test_a_chained_saving_that_does_not_stand_takes_nothing() -> None:
    """Proves taken <= on: of seven, the three that cost 50,000 a year are left out: 0.9^4."""
    assert cost(savings([0.1] * 7, [1e3, 50e3] * 3 + [1e3])) == close(0.9**4 * GAS_YEAR + 4e3)


@proves("chain_at_least_before")
def test_a_chained_saving_that_stands_takes_its_share() -> None:
    """Proves taken >= before - (1 - on), where use is paid for: gas at -10 a MWh.

    s0 costs nothing and is required by `boon`, which ends 90,000 a year. It takes a tenth off the
    109,500 that burning gas earns: -98,550. Without the row -109,500.
    """
    base = savings([0.1] * 7, [0.0] * 7, price=-10.0)
    boon = p.measure("boon", YEARS, requires=("s0",))
    case = replace(
        base, measures=(*base.measures, boon),
        carriers=(replace(base.carriers[0], scope=None), base.carriers[1]),
        process_sources=(c.ProcessSource("kiln", p.name("kiln"), p.by_year(90e3, YEARS)),),
        savings=(*base.savings, c.SavingEffect("boon", "kiln", 1.0, ())),
        carbon=c.CarbonRule(p.by_year(1.0, YEARS), p.by_year(0.0, YEARS)),
    )  # fmt: skip
    assert cost(case) == close(-0.9 * GAS_YEAR)


def test_a_saving_may_need_another_carrier() -> None:
    """Proves extra demand = ratio x share x stand-alone demand x on: 0.5 x 0.2 x 8760 MWh at 20.

    0.8 x 109,500 + 1,000 + 876 x 20; forgotten it would be 17,520 less.
    """
    base = savings([0.2], [1e3])
    power = p.carrier("electricity", YEARS, kind="electricity", price=20.0)
    effect = replace(base.savings[0], adds=(c.Flow("electricity", 0.5),))
    case = replace(base, carriers=(*base.carriers, power), savings=(effect,))
    assert cost(case) == close(0.8 * GAS_YEAR + 1e3 + 17_520)


def test_a_process_change_leaves_tonnes_and_pays_for_those_it_avoids() -> None:
    """Proves 900 t x 0.7 at 50, and 15 for each of 270 t avoided: 31,500 + 4,050 + 1,000.

    Its extra demand is 0.2 MWh a tonne, 54 MWh at 20. Variable O&M on all 900 t would give 13,500.
    """
    effect = c.SavingEffect("lean", "kiln", 0.3, (c.Flow("electricity", 0.2),), 15.0)
    case = p.case(
        YEARS, {}, measures=(p.measure("lean", YEARS, cost=20e3),), savings=(effect,),
        carriers=(p.carrier("electricity", YEARS, kind="electricity", price=20.0),),
        process_sources=(c.ProcessSource("kiln", p.name("kiln"), p.by_year(900.0, YEARS)),),
        carbon=c.CarbonRule(p.by_year(50.0, YEARS), p.by_year(0.0, YEARS)),
    )  # fmt: skip
    solution = solved(case)
    assert solution.yearly("gross")[2026] == close(630)
    assert np.allclose(solution.emissions()["scope1", "kiln"], 630)
    assert solution.net_present_cost() == close(630 * 50 + 4_050 + 1_000 + 54 * 20)
