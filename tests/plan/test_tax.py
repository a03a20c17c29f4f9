"""Tax on what a plan earns: on paper, and held by the verifier."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import xarray as xr

from optimizer.inputs import case as c
from optimizer.inputs.tax_rule import TaxRule
from optimizer.plan.extract import extract
from optimizer.plan.tax import after_tax, book_value, spread, tax_paid
from optimizer.plan.verify.harmless import CHANGE
from optimizer.plan.verify.run import Parts, recompute
from optimizer.plan.worth import worth
from optimizer.schema.tax import Tax
from tests import plants as p
from tests.model.solving import solved
from tests.model.test_capacity import heat_pump, plant
from tests.plan import tiny_run as tiny

BOTH = (2026, 2027)


def rule(losses: Any = "carried", inflation: float | None = None, **years: int) -> TaxRule:
    return TaxRule(0.25, losses, years, inflation)


def test_depreciation_is_a_straight_line_from_the_year_it_is_paid_in() -> None:
    """Proves 90 over 3 years from 2027, and 60 over 3 from 2029: 30, 30, 30 + 20, 20."""
    paid = np.array([0.0, 90, 0, 60, 0])
    assert spread(paid, 3, 1.0).tolist() == [0, 30, 30, 50, 20]


def test_inflation_eats_depreciation() -> None:
    """Proves that 30 a year, fixed in 2026, are worth 30, 30 / 1.02, 30 / 1.02^2 of today's money;
    real depreciation of 30 throughout would overstate it."""
    found = spread(np.array([90.0, 0, 0, 0]), 3, 1.02)
    assert found.tolist() == pytest.approx([30, 30 / 1.02, 30 / 1.0404, 0])


@pytest.mark.parametrize(
    ("losses", "tax"),
    [("carried", [0, 0, 5, 10]), ("refused", [0, 20, 10, 10]), ("relieved", [-25, 20, 10, 10])],
)
def test_what_becomes_of_losses(losses: str, tax: list[float]) -> None:
    """Proves a quarter of -100, 80, 40, 40: carried, 100 take 80 of 2027 and 20 of 2028's 40."""
    assert tax_paid(np.array([-100.0, 80, 40, 40]), rule(losses)).tolist() == pytest.approx(tax)


def test_a_carried_loss_loses_to_inflation() -> None:
    """Proves that a loss of 100 takes 100 / 1.25 = 80 of next year's income of 100: tax of 5."""
    assert tax_paid(np.array([-100.0, 100]), rule("carried", 0.25)).tolist() == pytest.approx(
        [0, 5]
    )


@pytest.mark.parametrize(
    ("old", "parts"),
    [
        ([1, 1], [20, 20, 20, 20, 20, 0]),
        ([1, 0], [20, 80, 0, 0, 0, 0]),
        ([0, 0], [100, 0, 0, 0, 0, 0]),
    ],
)
def test_book_value_goes_with_the_asset(old: list[float], parts: list[float]) -> None:
    """Proves 100 to the end of 2030 in five parts, 80 of them at once where the boiler goes in
    2027: what is sunk in the objective still lowers tax."""
    boiler = p.asset("boiler", BOTH, 2.0, book_value=100.0, end_of_life=2030)
    case = p.boiler_plant(BOTH, money=p.money(BOTH, 0.0, 2031))
    assert book_value(case, boiler, np.array(old), 6, 1.0).tolist() == pytest.approx(parts)


def test_cash_after_tax_of_a_heat_pump() -> None:
    """Proves the whole on paper at a rate of 0: 200,000 paid, 65,700 a year earned to 2029, written
    off in four years: 50,000. Tax 0.25 x 15,700 = 3,925 a year: 4 x 61,775 - 200,000 = 47,100.
    Tax on 65,700 would leave a loss."""
    option = heat_pump(upper=1.0, lower=1.0)
    case = replace(plant(option, money=p.money(BOTH, 0.0, 2029)), tax=rule(hp=4))
    plan, baseline = extract(solved(case)), extract(solved(p.boiler_plant(BOTH, money=case.money)))
    found = after_tax(case, plan, baseline)
    assert found is not None
    assert [row["tax"] for row in found["years"]] == pytest.approx([3_925] * 4)
    assert found["npv"]["cash"] == pytest.approx(47_100)
    assert found["payback"]["value"] == pytest.approx(200e3 / 61_775)


def test_a_grant_is_not_written_off() -> None:
    """Proves that 200,000 with a grant of 50,000 are written off as 150,000 over two years."""
    option = heat_pump(upper=1.0, lower=1.0)
    grant = c.GrantOption("g", p.name("g"), ("hp",), 0.25, 1e6, (True, True))
    base = plant(option, money=p.money(BOTH, 0.0, 2029), grants=(grant,))
    case = replace(base, tax=rule(hp=2))
    plan, baseline = extract(solved(case)), extract(solved(p.boiler_plant(BOTH, money=case.money)))
    found = after_tax(case, plan, baseline)
    assert found is not None
    assert [row["depreciation"] for row in found["years"]] == pytest.approx([75e3, 75e3, 0, 0])


def test_without_a_tax_there_is_none() -> None:
    """Proves None, so that no figure after tax can be read where no rate is given."""
    case = p.boiler_plant(BOTH)
    plan = extract(solved(case))
    assert after_tax(case, plan, plan) is None


TAX = {"rate": 0.25, "depreciation": {"any": "10 a", "generator": "20 a", "led": "3 a"}}


def taxed(parts: Parts, losses: str, inflation: float | None) -> Parts:
    """The tiny run with a tax in its inputs, and a book value of 500,000 on the boiler."""
    scenario = parts.given.scenario
    (boiler,) = scenario.assets
    money = type(boiler).model_validate({**tiny_boiler(), "book_value": "500000 CNY"})
    economics = scenario.economics.model_copy(update={"inflation": inflation})
    changes = {"tax": Tax.model_validate({**TAX, "losses": losses}), "economics": economics}
    given = replace(
        parts.given, scenario=scenario.model_copy(update={**changes, "assets": (money,)})
    )
    return replace(parts, given=given)


def tiny_boiler() -> dict[str, Any]:
    from ruamel.yaml import YAML

    found: dict[str, Any] = YAML(typ="safe").load(tiny.SCENARIO)["assets"][0]
    return found


def tiny_case(losses: str, inflation: float | None) -> c.Case:
    """What `after_tax` reads of a case: its tax, years and assets."""
    base = p.boiler_plant(BOTH, money=p.money(BOTH, 0.1, 2028))
    boiler = p.asset("boiler", BOTH, 5.0, book_value=5e5, end_of_life=2039)
    years = {"led": 3, "pv": 20, "battery": 10, "boiler": 10}
    return replace(base, assets=(boiler,), tax=rule(losses, inflation, **years))


def both() -> tuple[xr.Dataset, xr.Dataset]:
    plan = tiny.dataset(tiny.plan_values(), tiny.plan_costs())
    return plan, tiny.dataset(tiny.baseline_values(), tiny.baseline_costs())


@pytest.mark.parametrize("inflation", [None, 0.03])
@pytest.mark.parametrize("losses", ["carried", "refused", "relieved"])
def test_each_figure_after_tax_is_held(parts: Parts, losses: str, inflation: float | None) -> None:
    """Proves that the verifier finds depreciation, tax and worth after it by itself, and that a
    ten-thousandth of any of them fails."""
    known = taxed(parts, losses, inflation)
    sound = after_tax(tiny_case(losses, inflation), *both())
    assert sound is not None
    before = worth(*both()) | {"levelised": []}

    def failed(figures: dict[str, Any]) -> set[str]:
        summary = dict(parts.summary) | {"worth": before | {"after_tax": figures}}
        rows = recompute(replace(known, summary=summary)).failed
        return {f"{row.name} {row.where}" for row in rows if row.name == "tax_follows_cash"}

    assert failed(sound) == set()
    for path in ("npv.cash", "npv.to_last", "npv.after", "irr.value", "years.0.depreciation",
                 "years.1.taxable", "years.2.tax", "rate"):  # fmt: skip
        worse: Any = copy.deepcopy(sound)
        *above, last = (int(key) if key.isdigit() else key for key in path.split("."))
        node = worse
        for key in above:
            node = node[key]
        node[last] *= 1 + CHANGE
        assert failed(worse), path
