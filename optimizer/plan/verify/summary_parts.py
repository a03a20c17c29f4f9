"""The parts of summary.json that are worked out of a plan: money by year, events, what binds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.names import VALUATION
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.borrowed import beside_budget
from optimizer.plan.verify.budget import spending
from optimizer.plan.verify.capital import granted, overnight, renewals
from optimizer.plan.verify.carbon import ledgers
from optimizer.plan.verify.costs import stored_lines
from optimizer.plan.verify.financing import bought_back
from optimizer.plan.verify.held import held_sides
from optimizer.plan.verify.logic import area_used
from optimizer.plan.verify.report import COUNT, EXACT, MONEY, SHARE, YEAR, Rows

Array = NDArray[np.float64]
GAP = "gap_follows_bound"
ROW = "summary_follows_plan"
TIGHT, CLEARLY = 1e-4, 0.99
"""A rule binds if at most this share of its limit is left; clearly, if at most so much of that."""

ROUNDING = 1e-3
"""Two costs that nearly cancel are each exact to 1e-9: that share of MONEY's 1e-6."""


def check_parts(book: Book, summary: Mapping[str, Any], rows: Rows) -> None:
    """`summary_follows_plan` for capex and opex by year, assets, credits, binding rules and the
    check on the full year, as far as the summary states them."""
    _check_money(book, summary, rows)
    _check_assets(book, summary, rows)
    _check_credits(book, summary, rows)
    _check_binding(book, summary, rows)
    _check_full_year(book, summary, rows)
    _check_gap(book, summary, rows)
    _check_resolution(book, summary, rows)


def _check_gap(book: Book, summary: Mapping[str, Any], rows: Rows) -> None:
    """`gap_follows_bound`: gap_money = decision_cost - bound >= 0, gap its share of the cost, and
    'optimal' only where the gap that was asked for is reached. The bound is the solver's word."""
    bound, cost = summary.get("bound"), summary.get("decision_cost")
    if bound is None or cost is None:
        return
    left, scale = cost - bound, abs(cost)
    rows.at_most(GAP, [bound], [cost], [["bound"]], MONEY, scale)
    rows.equal(GAP, [float(summary["gap_money"])], [left], [["gap_money"]], MONEY, scale)
    rows.equal(GAP, [float(summary["gap"])], [left / scale], [["gap"]], SHARE)
    asked = summary.get("gap_asked"), summary.get("gap_money_asked")
    if summary.get("status") == "optimal" and asked != (None, None):
        most = asked[1] if asked[1] is not None else asked[0] * scale
        rows.at_most(GAP, [left], [most], [["status"]], MONEY, scale)


def _check_resolution(book: Book, summary: Mapping[str, Any], rows: Rows) -> None:
    """Of the resolutions tried, the one that is marked as chosen has the plan's cost."""
    found = summary.get("resolution")
    if not found:
        return
    chosen = [one["full_year_cost"] for one in found["tried"] if one["chosen"]]
    cost, label = float(book.stored.attrs.get("decision_cost", np.nan)), "resolution.tried"
    rows.equal(ROW, [float(len(chosen))], [1.0], [[label]], EXACT)
    rows.equal(ROW, [chosen[0]], [cost], [[label]], MONEY, abs(cost))


def _check_money(book: Book, summary: Mapping[str, Any], rows: Rows) -> None:
    """Overnight and renewals less grants; all that recurs but capital; grants; the budget."""
    zero = np.zeros(len(book.years))
    grants = sum((granted(book, name) for name in book.built), zero)
    assets = [asset.id for asset in book.given.scenario.assets]
    capex = sum((overnight(book, name) for name in book.built), zero) - grants
    capex = sum((renewals(book, name) for name in assets), capex) + bought_back(book)
    recurring = [
        cost for (kind, _, timing), cost in stored_lines(book).items()
        if timing == "recurring" and kind not in ("capital", VALUATION)
    ]  # fmt: skip
    budget = book.prices(book.given.scenario.budget.capex, np.nan)
    known = {"capex": capex, "opex": sum(recurring, zero), "grants": grants, "budget": budget}
    place = {year: number for number, year in enumerate(book.years)}
    for entry in summary.get("years", ()):
        for key, values in known.items():
            value = values[place[int(entry["year"])]]
            if key in entry and not (entry[key] is None and np.isnan(value)):
                shown = np.nan if entry[key] is None else float(entry[key])
                rows.equal(ROW, [shown], [value], [[f"years.{entry['year']}.{key}"]], MONEY)
    for entry in summary.get("build", ()):
        if "capex" in entry and entry["measure"] in book.built:
            paid = overnight(book, entry["measure"])[place[int(entry["year"])]]
            label = [[f"build.{entry['measure']}.{entry['year']}.capex"]]
            rows.equal(ROW, [float(entry["capex"])], [paid], label, MONEY)


def _check_assets(book: Book, summary: Mapping[str, Any], rows: Rows) -> None:
    """Every renewal and retirement in its year, and no other."""
    if "assets" not in summary:
        return
    shown = [(str(e["asset"]), int(e["year"]), str(e["event"])) for e in summary["assets"]]
    found = {
        (asset.id, year, event)
        for asset in book.given.scenario.assets
        for event in ("renewed", "retired")
        for year, change in zip(
            book.years, np.diff(book.state(asset.id, event), prepend=0.0), strict=True
        )
        if change > 0
    }
    for event in sorted(found | set(shown)):
        label = [[f"assets.{'.'.join(map(str, event))}"]]
        rows.equal(ROW, [float(shown.count(event))], [float(event in found)], label, EXACT)


def _check_credits(book: Book, summary: Mapping[str, Any], rows: Rows) -> None:
    """Tonnes and cost of each credit in each year; none left out."""
    if "credits" not in summary:
        return
    shown = {(str(e["credit"]), int(e["year"])): e for e in summary["credits"]}
    amounts = book.stored.get("credits", list(book.credits))
    for tonnes, (name, credit) in zip(amounts, book.credits.items(), strict=True):
        price = book.prices(credit.price, np.nan)
        for year, amount, each in zip(book.years, tonnes, price, strict=True):
            entry = shown.pop((name, year), {"tonnes": 0.0, "cost": 0.0})
            label = f"credits.{name}.{year}"
            cost = amount * each if amount else 0.0
            rows.equal(ROW, [float(entry["tonnes"])], [amount], [[f"{label}.tonnes"]], YEAR)
            rows.equal(ROW, [float(entry["cost"])], [cost], [[f"{label}.cost"]], MONEY)
    for (name, year), entry in shown.items():
        label = f"credits.{name}.{year}"
        rows.equal(ROW, [float(entry["tonnes"])], [0.0], [[label]], YEAR)


def _rules(book: Book) -> Iterator[tuple[str, Array, Array]]:
    """(rule, limit, value) by year; NaN where no rule sets a limit, or nothing is offset."""
    get = book.stored.get
    yield "gross_cap", get("gross_cap"), get("gross")
    yield "net_target", get("net_target"), get("net")
    used = get("credits", list(book.credits)).sum(axis=0)
    bound = np.where(used == 0, np.nan, get("offset_share_bound"))
    yield "offset_share", bound, get("offset_share")
    spent = spending(book) - beside_budget(book)
    limit = book.prices(book.given.scenario.budget.capex, np.nan)
    if book.given.scenario.budget.carry_over:
        allowed = np.nan_to_num(limit)
        spent = np.cumsum(spent) - np.cumsum(allowed) + allowed
    yield "budget", limit, spent
    used_by_kind = area_used(book)
    for kind, area in book.given.scenario.site.area.items():
        most = np.full(len(book.years), area)
        yield f"area:{kind}", most, used_by_kind.get(kind, np.zeros(len(most)))


def _limits(book: Book) -> Iterator[tuple[str, float, Array, Array]]:
    """(rule, sign, limit, value): the rules above, and the gates of packs as the ratios that they
    state; the sign is -1 where the limit is a least."""
    for rule, limits, values in _rules(book):
        yield rule, 1.0, limits, values
    for side in held_sides(book, ledgers(book)):
        known = np.isfinite(side.limit) & (side.per > 0)
        ratio = np.divide(side.value, side.per, out=np.zeros(len(known)), where=known)
        yield side.name, side.sign, np.where(known, side.limit, np.nan), ratio


def _check_binding(book: Book, summary: Mapping[str, Any], rows: Rows) -> None:
    """What is listed has that limit and value and is at its limit; what clearly is, is listed."""
    if "binding" not in summary:
        return
    shown = {(str(e["rule"]), int(e["year"])): e for e in summary["binding"]}
    for rule, sign, limits, values in _limits(book):
        for year, limit, value in zip(book.years, limits, values, strict=True):
            label = f"binding.{rule}.{year}"
            entry, left = shown.pop((rule, year), None), sign * (limit - value)
            if entry is None:
                missing = float(left <= CLEARLY * TIGHT * abs(limit))
                rows.equal(ROW, [0.0], [missing], [[label]], EXACT)
                continue
            for key, known in (("limit", limit), ("value", value)):
                rows.equal(ROW, [float(entry[key])], [known], [[f"{label}.{key}"]], COUNT)
            most = TIGHT * abs(limit)
            rows.at_most(ROW, [left], [most], [[label]], COUNT, abs(limit))
    for rule, year in shown:
        rows.equal(ROW, [1.0], [0.0], [[f"binding.{rule}.{year}"]], EXACT)


def _check_full_year(book: Book, summary: Mapping[str, Any], rows: Rows) -> None:
    """The plan's cost less that of the search, its share of it, and the demand left unmet."""
    check, searched = summary.get("full_year"), summary.get("decision_cost")
    if check is None or searched is None:
        return
    cost = float(book.stored.attrs.get("decision_cost", np.nan))
    rounding = ROUNDING * abs(cost)
    shown, label = float(check["cost_difference"]), "full_year.cost_difference"
    rows.equal(ROW, [shown], [cost - searched], [[label]], MONEY, rounding)
    shown, share = float(check["cost_difference_share"]), (cost - searched) / abs(searched)
    rows.equal(ROW, [shown], [share], [[f"{label}_share"]], SHARE)
    stored = "unmet" in book.stored.arrays
    unmet = book.carrier_variable("unmet") if stored else {}
    for carrier, energy in check["unmet"].items():
        known = float(unmet[carrier].sum()) if stored else 0.0
        rows.equal(ROW, [float(energy)], [known], [[f"full_year.unmet.{carrier}"]], YEAR)
