"""The verifier's own formulas against hand arithmetic and each other."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.plan.verify.given import merge, read_given
from optimizer.plan.verify.money import (
    CostOfSize,
    capital_recovery,
    in_scenario_money,
    in_year,
    weights,
    whole_life,
    worth_of_years,
)
from optimizer.plan.verify.report import COUNT, EXACT, Rows
from optimizer.schema.capex import Capex
from optimizer.schema.fields import Yearly
from optimizer.schema.scenario import Economics, Horizon, Scenario
from optimizer.units import Quantity, parse


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The scenario of the hand-worked run."""
    from tests.plan.tiny_run import write_run

    return read_given(write_run(tmp_path_factory.mktemp("r") / "tiny") / "inputs").scenario


def _value(amount: Quantity | None) -> float:
    return 0.0 if amount is None else amount.value


def test_capital_recovery_is_the_inverse_of_the_worth_of_its_payments() -> None:
    """Proves CRF(10 %, 10) = 0.1627454 and CRF x worth = 1; at no interest 1/n and n."""
    assert capital_recovery(0.1, 10) == pytest.approx(0.16274539, rel=1e-7)
    for rate in (0.0, 0.03, 0.1):
        assert capital_recovery(rate, 7) * worth_of_years(rate, 7) == pytest.approx(1, rel=1e-12)
    assert capital_recovery(0.0, 5) == 0.2
    assert worth_of_years(0.1, 0) == 0


def test_money_is_brought_to_year_then_currency(scenario: Scenario) -> None:
    """Proves 100 EUR2020 = 100 x 125 / 100 EUR2025 = 125 x 8 CNY = 1,000 CNY; inverting the index
    would give 640. 100 CNY without a year is 100 CNY of the scenario's year."""
    index = {"EUR": {2020: 100.0, 2025: 125.0}}
    rich = scenario.model_copy(
        update={"economics": Economics(discount_rate=0.1, exchange={"EUR": 8.0}, deflator=index)}
    )
    assert in_scenario_money(rich, parse("100 EUR2020", "money")) == pytest.approx(1000)
    assert in_scenario_money(rich, parse("100 CNY", "money")) == 100
    assert in_scenario_money(rich, None) == 0


def test_a_table_holds_between_years_only_if_it_says_so() -> None:
    """Proves linear 2026: 10, 2030: 30 gives 15 in 2027; step gives 10, and 30 after 2030; a bare
    table gives nothing in between; nothing reaches before the first year."""
    points = {2026: 10.0, 2030: 30.0}
    linear = Yearly[float](values=points, interpolate="linear")
    step = Yearly[float](values=points, interpolate="step")
    assert in_year(linear, 2027, float) == 15
    assert in_year(linear, 2031, float) is None
    assert (in_year(step, 2029, float), in_year(step, 2031, float)) == (10, 30)
    assert in_year(Yearly[float](values=points), 2027, float) is None
    assert in_year(step, 2025, float) is None


def test_cost_follows_its_points() -> None:
    """Proves CHP of 100, 300, 1140 kW at 2300, 1800, 1500 USD/kW: 555.5 kW cost 540,000 +
    (1,710,000 - 540,000) x 255.5 / 840 = 895,875 USD; 50 kW cost 2300 a kW, 2 MW cost 1500 a kW."""
    points = [
        {"at": f"{size} kW", "price": f"{price} USD/kW"}
        for size, price in ((100, 2300), (300, 1800), (1140, 1500))
    ]
    cost = CostOfSize(Capex.model_validate({"points": points}), _value)
    assert cost(0.5555) == pytest.approx(895_875)
    assert cost(0.05) == pytest.approx(115_000)
    assert cost(2.0) == pytest.approx(3_000_000)


def test_several_units_cost_inside_what_their_splits_can() -> None:
    """Proves for points 1 MW: 10 and 3 MW: 18 that two units of 1 to 3 MW, 4 MW together, cost 28
    however split (1 + 3: 10 + 18; 2 + 2: 14 + 14). From 0 MW on, 2 MW together cost from 12 (along
    the line from 0 to 3 MW, 6 a MW) to 20 (1 + 1). Straight prices: 3 x 2 + 4 x 5 = 26."""
    points = [{"at": "1 MW", "total": "10 EUR"}, {"at": "3 MW", "total": "18 EUR"}]
    cost = CostOfSize(Capex.model_validate({"points": points}), _value)
    low, high = cost.several(4.0, 2, 1.0, 3.0)
    assert (low, high) == pytest.approx((28, 28))
    low, high = cost.several(2.0, 2, 0.0, 3.0)
    assert (low, high) == pytest.approx((12, 20))
    straight = CostOfSize(Capex.model_validate({"price": "5 EUR/MW", "fixed": "2 EUR"}), _value)
    assert straight.several(4.0, 3, 0.0, 3.0) == (26, 26)


def test_weights_hold_the_tail(scenario: Scenario) -> None:
    """Proves W of 2026 and 2027 at 10 % from 2025: 1/1.1 and 1/1.21 + 1/1.331; without a tail
    1/1.21; at the start of the year 10 % more."""
    found = weights(scenario)
    np.testing.assert_allclose(found["recurring"], [1 / 1.1, 1.1**-2 + 1.1**-3], rtol=1e-14)
    np.testing.assert_allclose(found["year_start"], [1, 1 / 1.1], rtol=1e-14)
    short = Horizon(base_year=2025, first=2026, last=2027, evaluate_to=2040, end="within_horizon")
    plain = weights(scenario.model_copy(update={"horizon": short}))
    np.testing.assert_allclose(plain["recurring"], plain["one_off"], rtol=0)


def test_lives_are_whole_years() -> None:
    """Proves 12.5 a -> 12, 0.4 a -> 1, and that 3 a is not 2 by rounding."""
    assert [whole_life(x) for x in (12.5, 0.4, 3.0, 2.9999999999)] == [12, 1, 3, 3]


def test_overrides_reach_into_mappings_and_replace_the_rest() -> None:
    """Proves {a: {b: 1, c: [1, 2]}} under {a: {c: [3]}} keeps b and replaces the list; b: null
    takes b away; a table by year is replaced whole, so that no old year stays in it."""
    below = {"a": {"b": 1, "c": [1, 2]}, "d": 4}
    assert merge(below, {"a": {"c": [3]}}) == {"a": {"b": 1, "c": [3]}, "d": 4}
    assert merge(below, {"a": {"b": None}}) == {"a": {"c": [1, 2]}, "d": 4}
    assert merge({"t": {2026: 1, 2030: 2}}, {"t": {2028: 3}}) == {"t": {2028: 3}}


def test_rows_keep_the_worst_place_and_count_all() -> None:
    """Proves that two calls of one name are one check of 4 rows with 2 failures, the worst at y."""
    rows = Rows()
    rows.equal("same", [1.0, 2.0], [1.0, 2.5], [["a", "x"]], COUNT)
    rows.equal("same", [1.0, 2.0], [1.0, 3.0], [["b", "y"]], COUNT)
    check = rows.checks["same"]
    assert (check.count, check.failed, check.where) == (4, 2, "y")
    assert check.deviation == 1


def test_what_is_no_number_never_passes() -> None:
    """Proves that nan on either side of a row fails; as `nan <= tolerance` is false."""
    rows = Rows()
    rows.equal("a", [np.nan], [1.0], [["x"]], EXACT)
    rows.at_most("b", [1.0], [np.nan], [["x"]], EXACT)
    rows.at_most("c", [5.0], [np.inf], [["x"]], EXACT)
    assert [rows.checks[name].ok for name in "abc"] == [False, False, True]
