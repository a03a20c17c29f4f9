"""api.Live: questions about a scenario on disk, asked in its own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.api import Live
from optimizer.errors import InputErrors
from optimizer.inputs.assemble import assemble
from optimizer.inputs.axis_choice import on_typical_days
from optimizer.inputs.load import load
from optimizer.solve.direct import solve_direct
from optimizer.solve.stamp import stamp
from tests.workspace import small_scenario, write_workspace

PERIODS = 1


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_workspace(tmp_path_factory.mktemp("live"), small_scenario())


@pytest.fixture(scope="module")
def live(scenario: Path) -> Live:
    """Solved once; every test asks it."""
    one = Live(scenario, periods=PERIODS)
    assert one.solve(1e-3).ending == "optimal"
    return one


def optimum(scenario: Path, *sets: str) -> float:
    full = assemble(load(scenario, sets=sets))
    return solve_direct(stamp(on_typical_days(full, PERIODS)[0]), gap=1e-6).objective


@pytest.mark.parametrize(
    "setting", ["tariffs.natural_gas.price=0.45 CNY/kWh", "economics.discount_rate=0.05"]
)
def test_a_question_is_answered_as_a_cold_solve(setting: str, live: Live, scenario: Path) -> None:
    """Proves settings reach the model, and that the answer is the direct method's within the gap.

    An answer to the scenario itself would be off by the whole price.
    """
    answer, best = live.what_if(setting, gap=1e-3), optimum(scenario, setting)
    assert answer.kept > 0
    assert answer.gap <= 1e-3
    assert answer.bound <= best * (1 + 1e-6)
    assert answer.cost >= best * (1 - 1e-6)


def test_what_is_not_on_offer_is_not_built(live: Live) -> None:
    """Proves `without` holds a measure at nothing, keeps all cuts, and costs no less."""
    free, without = live.what_if(gap=1e-3), live.what_if(without=["pv_roof"], gap=1e-3)
    assert "pv_roof" in free.builds
    assert "pv_roof" not in without.builds
    assert without.kept > 0
    assert without.cost >= free.bound


def test_a_kept_plan_builds_the_same(live: Live) -> None:
    """Proves `fixed` keeps what is built where dearer gas would build more, so that it costs no
    less than the answer that may build anything."""
    setting = "tariffs.natural_gas.price=0.6 CNY/kWh"
    base = live.solve(1e-3)
    kept, free = live.fixed(setting, gap=1e-3), live.what_if(setting, gap=1e-3)
    assert {m: list(b) for m, b in kept.builds.items()} == {
        m: list(b) for m, b in base.builds.items()
    }
    assert kept.cost >= free.bound
    assert kept.cost > base.cost


def test_emissions_are_those_of_the_ledger(live: Live) -> None:
    """Proves gross emissions come by planning year, and that a cap on them is kept where money so
    dear that nothing pays would emit more: half-way between that and the plan."""
    dear = "economics.discount_rate=0.9"
    free, least = live.what_if(dear), live.what_if()
    cap = (free.emissions[2030] + least.emissions[2030]) / 2
    assert free.emissions[2030] > cap + 1
    capped = live.what_if(dear, f"policy.gross_cap.2030={cap:.0f} t")
    assert list(free.emissions) == [2026, 2027, 2028, 2029, 2030]
    assert capped.emissions[2030] <= cap + 1


def test_a_wrong_path_is_an_input_error(live: Live) -> None:
    """Proves settings are checked as `--set` checks them."""
    with pytest.raises(InputErrors):
        live.what_if("tariffs.natural_gas.prise=1 CNY/kWh")


def test_an_unknown_measure_is_refused(live: Live) -> None:
    """Proves a misspelt measure is told, with its neighbour, and not taken as out of the offer."""
    with pytest.raises(ValueError, match="did you mean pv_roof"):
        live.what_if(without=["pv_rof"])


def test_there_is_nothing_to_keep_before_a_plan(scenario: Path) -> None:
    """Proves `fixed` asks for a plan first."""
    with pytest.raises(ValueError, match="solve"):
        Live(scenario, periods=PERIODS).fixed()


def test_what_is_valued_is_told_from_what_is_paid(live: Live) -> None:
    """Proves both costs of an answer: alike where all is paid; under an internal price of 100 a
    tonne the rest is 100 x gross emissions, each year weighted at 8 % with the tail to 2040.

    An answer without the split would sell valued money as a saving.
    """
    plain = live.what_if(gap=1e-3)
    assert plain.paid == pytest.approx(plain.cost, rel=1e-9)
    valued = live.what_if("internal_carbon_price=100 CNY/t", gap=1e-3)
    weight = {year: 1.08 ** -(year - 2025) for year in range(2026, 2041)}
    weight[2030] = sum(worth for year, worth in weight.items() if year >= 2030)
    tonnes = sum(weight[year] * gross for year, gross in valued.emissions.items())
    assert valued.cost - valued.paid == pytest.approx(100 * tonnes, rel=1e-6)
    assert valued.paid >= plain.bound
