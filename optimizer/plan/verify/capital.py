"""Capital: cost of builds and renewals, yearly payments, grants (model.md 2, 6)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.logic import size_range
from optimizer.plan.verify.money import (
    CostOfSize,
    capital_recovery,
    for_market,
    whole_life,
    worth_of_years,
)
from optimizer.plan.verify.report import MONEY, Rows
from optimizer.schema.measure import Process, Saving
from optimizer.schema.scenario import Grant

Array = NDArray[np.float64]


def _whole_cost(book: Book, measure: Saving | Process) -> float:
    """Cost of a saving or a process change, which is bought whole."""
    capex = for_market(measure.capex, book.given.scenario.market)
    cost = CostOfSize(capex, book.money)
    if capex.basis == "capacity":
        return cost.fixed
    name = measure.service if isinstance(measure, Saving) else measure.source
    service = next(s for s in book.given.scenario.services if s.id == name)
    year = book.column(service.demand)
    if capex.basis == "peak":
        return cost(float(year.max()))
    return cost(float(year.sum()) * book.stored.dt * (measure.share or 0.0))


def cost_range(book: Book, name: str) -> tuple[Array, Array]:
    """Least and most that the builds of each year can cost before the price trend; mostly equal."""
    measure = book.built[name]
    build, added = book.build[name], book.added[name]
    if isinstance(measure, Saving) or (isinstance(measure, Process) and measure.capacity is None):
        exact = _whole_cost(book, measure) * build
        return exact, exact
    capex = for_market(measure.capex, book.given.scenario.market)
    cost = CostOfSize(capex, book.money)
    lower, upper, _ = size_range(measure)
    pairs = [
        cost.several(float(size), round(float(count)), lower, upper) if count > 0.5 else (0.0, 0.0)
        for size, count in zip(added, build, strict=True)
    ]
    low, high = np.array(pairs).T
    return low, high


def cost_of_builds(book: Book, name: str) -> Array:
    """Cost of the builds of each year before the trend: recomputed, and where several units of a
    measure start together at falling prices, what the plan paid inside that range.
    """
    low, high = cost_range(book, name)
    trend = book.numbers(book.built[name].price_trend, np.nan)
    stored = book.stored.get("overnight", [name])[0]
    paid = np.divide(stored, trend, out=np.zeros_like(low), where=trend > 0)
    return np.where(high > low, np.clip(paid, low, high), low)


def first_overnight(book: Book, name: str) -> Array:
    """Overnight cost of the builds of each year: trend x cost."""
    trend = book.numbers(book.built[name].price_trend, np.nan)
    return trend * cost_of_builds(book, name)


def overnight(book: Book, name: str) -> Array:
    """Overnight payments of a measure by year: its builds, and forced renewals every life years."""
    measure = book.built[name]
    cost = cost_of_builds(book, name)
    trend = book.numbers(measure.price_trend, np.nan)
    total = trend * cost
    if measure.renewal == "forced":
        life = whole_life(measure.lifetime)
        for year in range(life, len(total)):
            total[year] += trend[year] * cost[year - life :: -life].sum()
    return total


def granted(book: Book, name: str) -> Array:
    """Money from all grants for a measure, by year."""
    names = [grant.id for grant in book.given.scenario.grants]
    found: Array = book.stored.grants(names, [name])[:, 0].sum(axis=0)
    return found


def renewals(book: Book, asset: str) -> Array:
    """Overnight payment for renewing an asset, in the year in which it becomes renewed."""
    what = next(a for a in book.given.scenario.assets if a.id == asset)
    if what.renewal is None:
        return np.zeros(len(book.years))
    renewed = book.state(asset, "renewed")
    return book.money(what.renewal.capex) * np.diff(renewed, prepend=0.0)


def payments(book: Book) -> dict[str, tuple[Array, int]]:
    """Overnight payments of each measure and asset before grants, with its life in whole years."""
    found = {
        name: (overnight(book, name), whole_life(measure.lifetime))
        for name, measure in book.built.items()
    }
    for asset in book.given.scenario.assets:
        if asset.renewal is not None:
            found[asset.id] = renewals(book, asset.id), whole_life(asset.renewal.lifetime)
    return found


def capital_costs(book: Book) -> dict[tuple[str, str, str], Array]:
    """Lines of class capital, or overnight and salvage, by (class, item, timing).

    What was paid in v costs CRF x payment in each of the life years from v. With `end: salvage` it
    is paid at once, and the worth of the payments after the last year, of what grants left to pay,
    is handed back.
    """
    economics, horizon = book.given.scenario.economics, book.given.scenario.horizon
    rate, years = economics.discount_rate, len(book.years)
    lines: dict[tuple[str, str, str], Array] = {}
    for name, (paid, life) in payments(book).items():
        recovery = capital_recovery(rate, life)
        if horizon.end != "salvage":
            standing = [paid[max(0, y - life + 1) : y + 1].sum() for y in range(years)]
            lines["capital", name, "recurring"] = recovery * np.array(standing)
            continue
        lines["overnight", name, "year_start"] = paid
        own = paid - granted(book, name) if name in book.built else paid
        back = np.zeros(years)
        for year in range(years):
            left = year + life - years
            back[-1] -= recovery * own[year] * worth_of_years(rate, left)
        lines["salvage", name, "one_off"] = back
    return lines


def grant_lines(book: Book) -> dict[tuple[str, str, str], Array]:
    """Lines of class grants: what each grant is worth in the year of the build that it helps.

    The annual payments that it takes over, CRF x grant at the end of each year of the first life
    that is counted, brought to the end of the year of the build; with `end: salvage` the grant
    itself, at the start of that year.
    """
    rate, horizon = book.given.scenario.economics.discount_rate, book.given.scenario.horizon
    end = horizon.last
    if horizon.end == "extended":
        end = horizon.evaluate_to or horizon.last
    lines: dict[tuple[str, str, str], Array] = {}
    for name, measure in book.built.items():
        money, life = granted(book, name), whole_life(measure.lifetime)
        if horizon.end == "salvage":
            lines["grants", name, "year_start"] = -money
            continue
        taken_over = [
            sum((1.0 + rate) ** (year - t) for t in range(year, min(end, year + life - 1) + 1))
            for year in book.years
        ]
        worth = capital_recovery(rate, life) * np.array(taken_over)
        lines["grants", name, "one_off"] = -worth * money
    return lines


def check_overnight(book: Book, rows: Rows) -> None:
    """`segments_cover_added`: capex stored for a year = trend x cost of the sizes built."""
    for name in book.built:
        stored = book.stored.get("overnight", [name])
        rows.equal(
            "segments_cover_added", stored, [overnight(book, name)], [[name], book.years], MONEY
        )


def check_grants(book: Book, rows: Rows) -> None:
    """`grant_within_share` and `grant_within_cap`, and only for its measures in its years."""
    names = list(book.built)
    if book.given.scenario.grants:
        _check_each_grant(book, rows, names)
    together = np.array([granted(book, name) for name in names])
    paid = np.array([first_overnight(book, name) for name in names])
    label = [names, book.years]
    rows.at_most("grant_within_share", together.reshape(paid.shape), paid, label, MONEY)


def _check_each_grant(book: Book, rows: Rows, names: list[str]) -> None:
    for grant in book.given.scenario.grants:
        money = book.stored.grants([grant.id], names)[0]
        label = [[f"{grant.id} for {name}" for name in names], book.years]
        most = [_grant_limit(book, grant, name) for name in names]
        rows.at_most("grant_within_share", money, most, label, MONEY)
        rows.at_most("grant_not_negative", -money, 0.0, label, MONEY)
        cap = book.money(grant.cap)
        rows.at_most("grant_within_cap", [money.sum()], [cap], [[grant.id]], MONEY)
        if book.baseline:
            rows.at_most("baseline_has_no_grants", [money.sum()], 0.0, [[grant.id]], MONEY)


def _grant_limit(book: Book, grant: Grant, name: str) -> Array:
    inside = np.array([grant.first <= year <= grant.last for year in book.years])
    eligible = inside & (name in grant.measures)
    return np.where(eligible, grant.share * first_overnight(book, name), 0.0)
