"""Use of a loan's proceeds and what they achieve, worked out again (docs/loan_rules.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.cash import cash_years
from optimizer.plan.verify.loan_cover import same
from optimizer.plan.verify.loan_debt import Owing, Use
from optimizer.plan.verify.report import EXACT, MONEY, YEAR, Rows

PROCEEDS, IMPACT = "loan_proceeds_add_up", "loan_impact_follows_plan"
MILLION = 1e6


def check_proceeds(use: Use, debt: Owing | None, told: list[Mapping[str, Any]], rows: Rows) -> None:
    """`loan_proceeds_add_up`: price, grants, other money, loan and own part of each measure, by
    tranche too; all parts of the loan together are the loan."""
    names = [row["measure"] for row in told]
    rows.equal(PROCEEDS, [float(names == list(use.price))], [1.0], [["proceeds"]], EXACT)
    eligible = use.eligible()
    for row in told:
        name = row["measure"]
        lent = _lent(debt, name)
        price, grants = sum(use.price[name].values()), sum(use.grants[name].values())
        loan, other = sum(lent.values()), use.other[name]
        known = {
            "price": price, "grants": grants, "other_money": other, "loan": loan,
            "own": price - grants - other - loan,
            "eligible": sum(money for (m, _), money in eligible.items() if m == name),
        }  # fmt: skip
        for key, value in known.items():
            label = [[f"proceeds.{name}.{key}"]]
            rows.equal(PROCEEDS, [row[key]], [value], label, MONEY, price)
        same_days = {day: float(money) for day, money in row["tranches"].items()}
        days = sorted({*same_days, *lent})
        shown, paid = ([each.get(day, 0.0) for day in days] for each in (same_days, lent))
        rows.equal(PROCEEDS, shown, paid, [[f"proceeds.{name}.{day}" for day in days]], MONEY)
    if debt is not None:
        total = sum(row["loan"] for row in told)
        rows.equal(PROCEEDS, [total], [debt.amount], [["proceeds.loan"]], MONEY)


def check_parts(
    plan: Book, told: list[Mapping[str, Any]], shares: Mapping[str, Any] | None, rows: Rows
) -> None:
    """`loan_proceeds_add_up`: each measure's part of the plan's tonnes and saving, as shared."""
    found = {item["id"]: item for item in (shares or {"items": ()})["items"]}
    count = len(cash_years(plan))
    for row in told:
        name, part = row["measure"], found.get(row["measure"])
        reduction = None if part is None else part["tonnes"] / count
        same(rows, PROCEEDS, f"proceeds.{name}.reduction", row["reduction"], reduction)
        saving = None if part is None else part.get("saving")
        same(rows, PROCEEDS, f"proceeds.{name}.saving", row["saving"], saving)


def _lent(debt: Owing | None, measure: str) -> dict[str, float]:
    """What each tranche, by its day, pays of a measure."""
    found: dict[str, float] = {}
    if debt is None:
        return found
    for day, share, parts in debt.tranches:
        own = sum(part for (name, _), part in parts.items() if name == measure)
        found[day.isoformat()] = found.get(day.isoformat(), 0.0) + debt.amount * share * own
    return found


def achieved(plan: Book, baseline: Book) -> dict[str, float]:
    """Tonnes [t/a] and energy bought [MWh/a] less than in the baseline, mean of the planning years:
    on the base year's grid, on the grid as projected, and MWh."""
    names = list(plan.given.scenario.carriers)
    bought = [book.stored.get("purchased", names) for book in (baseline, plan)]
    burnt = _less(plan, baseline, "scope1")
    return {
        "reduction_constant_grid": burnt + _constant(plan, baseline),
        "reduction_projected_grid": burnt + _less(plan, baseline, "scope2_location"),
        "energy_saving": float((bought[0] - bought[1]).sum(axis=0).mean()),
    }


def check_impact(
    plan: Book, baseline: Book, use: Use, debt: Owing | None, told: Mapping[str, Any], rows: Rows
) -> None:
    """`loan_impact_follows_plan`: tonnes and MWh a year less than the baseline, and the loan's
    part by its share of the price."""
    found = achieved(plan, baseline)
    known: dict[str, float | None] = dict(found)
    names = ("attribution", "reduction_per_million", "saving_per_million")
    known |= dict.fromkeys(names)
    if debt is not None:
        price = sum(sum(paid.values()) for paid in use.price.values())
        known["attribution"] = debt.amount / price
        known["reduction_per_million"] = found["reduction_constant_grid"] * MILLION / price
        known["saving_per_million"] = found["energy_saving"] * MILLION / price
    for name, value in known.items():
        shown, label = told[name], f"impact.{name}"
        if shown is None or value is None or name == "attribution":
            same(rows, IMPACT, label, shown, value)
        else:
            rows.equal(IMPACT, [shown], [value], [[label]], YEAR)


def _less(plan: Book, baseline: Book, name: str) -> float:
    """The baseline's less the plan's, mean of the planning years."""
    return float((baseline.stored.get(name) - plan.stored.get(name)).mean())


def _constant(plan: Book, baseline: Book) -> float:
    """Scope 2 at the factors of the base year."""
    scenario, total = plan.given.scenario, 0.0
    for name, carrier in scenario.carriers.items():
        if carrier.scope == 2 and carrier.factor is not None:
            factor = scenario.base_year.factors.get(name)
            if factor is None:
                factor = plan.numbers_in(carrier.factor, scenario.horizon.base_year, 0.0)
            bought = [book.stored.get("purchased", [name])[0] for book in (baseline, plan)]
            total += factor * float((bought[0] - bought[1]).mean())
    return total
