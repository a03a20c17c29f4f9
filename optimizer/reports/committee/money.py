"""Money asked by tranche, how well it is known, what the plan earns, and its cash by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from optimizer.plan.cash_flow import by_timing, cash_flow, present_value
from optimizer.reports import numbers
from optimizer.reports.committee.view import CommitteeView
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Num, Prose
from optimizer.studies.projects import Tranche

SUM = "sum"


def tranches(view: CommitteeView) -> Grid:
    """A row a project, a column a year in which money is asked, and in all; grants below 0."""
    asked = view.sheet.tranches
    rows: dict[str, Sequence[Cell]] = {}
    for one in view.sheet.decisions:
        if one.project is not None and one.project.capex:
            amounts = [each.projects.get(one.id, 0.0) for each in asked]
            rows[one.id] = _row(view, one.id, view.name(one.id), amounts)
    if any(_matters(each.other, each) for each in asked):
        other = [each.other for each in asked]
        rows["other"] = _row(view, "other", view.told("tranche.other"), other)
    if any(each.grants for each in asked):
        grants = [-each.grants for each in asked]
        rows["grants"] = _row(view, "grants", view.told("tranche.grants"), grants)
    rows["net"] = _total(view, asked, list(rows))
    if any(each.budget is not None for each in asked):
        limits = [None if b.budget is None else view.scaled(b.budget) for b in asked]
        rows["budget"] = [view.told("tranche.budget"), *limits, None]
    columns = [Column("name", view.told("project"))]
    columns += [Column(f"y{each.year}", str(each.year), "number") for each in asked]
    columns.append(Column(SUM, view.told("tranche.sum"), "number"))
    caption = view.told("table.tranches", unit=view.money.label, price_year=view.price_year)
    return Grid("tranches", caption, columns, rows, total="net")


def _matters(amount: float, tranche: Tranche) -> bool:
    return abs(amount) > 1e-6 * max(1.0, abs(tranche.net))


def _row(view: CommitteeView, key: str, name: str, amounts: Sequence[float]) -> list[Cell]:
    """A row of money by year with its sum, a formula."""
    years = [each.year for each in view.sheet.tranches]
    total = view.scaled(sum(amounts), _over(key, years))
    return [name, *(view.scaled(amount) for amount in amounts), total]


def _over(key: str, years: Sequence[int]) -> str:
    """The sum over the years of a row."""
    return f"SUM({','.join(f'[tranches.{key}.y{year}]' for year in years)})" if years else ""


def _total(view: CommitteeView, asked: Sequence[Tranche], above: Sequence[str]) -> list[Cell]:
    """What is asked in each year after grants: the sum of the rows above, which is the capex of the
    plan's summary."""
    cells: list[Cell] = [view.told("tranche.net")]
    rows = f"{above[0]}:{above[-1]}" if above else ""
    for each in asked:
        cells.append(view.scaled(each.net, f"SUM([tranches.{rows}.y{each.year}])" if rows else ""))
    total = sum(each.net for each in asked)
    return [*cells, view.scaled(total, _over("net", [each.year for each in asked]))]


def estimates(view: CommitteeView) -> Grid:
    """How well each project's capex is known: who stands behind the price, and what is stated of
    its accuracy and contingency."""
    rows: dict[str, Sequence[Cell]] = {}
    for one in view.sheet.decisions:
        if one.project is not None and one.project.capex:
            source = one.project.source
            told = view.view.term("trust", source) if source else view.told("estimate.none")
            told = view.told("estimate.scenario") if source == "scenario" else told
            absent = view.told("estimate.unstated")
            rows[one.id] = [view.name(one.id), told, absent, absent]
    columns = (
        Column("name", view.told("project")),
        Column("source", view.told("estimate.source")),
        Column("accuracy", view.told("estimate.accuracy")),
        Column("contingency", view.told("estimate.contingency")),
    )
    return Grid("estimates", view.told("table.estimates"), columns, rows)


def returns(view: CommitteeView) -> Grid:
    """Present value, rate of return and payback before and after tax, and what a tonne costs, each
    with what it counts."""
    rows = {str(number): row for number, row in enumerate(_returns(view))}
    columns = (
        Column("figure", view.view.say("worth.figure")),
        Column("value", view.view.say("worth.value"), "number"),
        Column("unit", view.view.say("worth.unit")),
    )
    return Grid("returns", view.told("table.returns"), columns, rows)


def _returns(view: CommitteeView) -> Iterator[list[Cell]]:
    worth, say = view.view.summary["worth"], view.view.say
    money = view.told("unit.present", unit=view.money.label, base=view.base,
                      price_year=view.price_year)  # fmt: skip
    yield [say("npv.saving"), view.scaled(view.view.summary["npv"]["saving"]), money]
    yield [say("npv.unsure"), view.scaled(view.sheet.unsure.total), money]
    yield [say("worth.npv_cash"), view.scaled(worth["npv"]["cash"]), money]
    yield _rate(view, say("worth.irr"), worth["irr"])
    yield _years(view, say("worth.payback"), worth["payback"])
    yield _years(view, say("worth.payback_discounted"), worth["payback_discounted"])
    taxed = worth["after_tax"]
    if taxed is not None:
        yield [say("tax.npv"), view.scaled(taxed["npv"]["cash"]), money]
        yield _rate(view, say("tax.irr"), taxed["irr"])
        yield _years(view, say("tax.payback"), taxed["payback"])
    else:
        yield [view.told("tax.none"), numbers.NOTHING, view.told("tax.why")]
    yield from _tonnes(view, worth["abatement"])


def _tonnes(view: CommitteeView, abatement: dict[str, Any]) -> Iterator[list[Cell]]:
    """Tonnes avoided, and money per tonne in its two kinds."""
    to, say = view.view.summary["horizon"]["evaluate_to"], view.view.say
    yield [say("worth.tonnes", to=to), Num(abatement["tonnes"]), f"t {view.view.gases}"]
    for key in ("per_tonne", "per_discounted_tonne"):
        unit = view.told(f"unit.{key}", currency=view.view.currency, price_year=view.price_year,
                         base=view.base, to=to)  # fmt: skip
        told, amount = view.told(f"returns.{key}"), abatement[key]
        if amount is None:
            yield [told, numbers.NOTHING, say("worth.reason.no_reduction")]
        else:
            yield [told, Num(amount), unit]


def _rate(view: CommitteeView, told: str, figure: dict[str, Any]) -> list[Cell]:
    if figure["value"] is None:
        return [told, numbers.NOTHING, view.view.say(f"worth.reason.{figure['reason']}")]
    return [told, Num(figure["value"], kind="share"), view.told("unit.rate")]


def _years(view: CommitteeView, told: str, figure: dict[str, Any]) -> list[Cell]:
    if figure["value"] is None:
        return [told, numbers.NOTHING, view.view.say(f"worth.reason.{figure['reason']}")]
    return [told, Num(figure["value"]), view.view.say("worth.years")]


def cash(view: CommitteeView) -> Grid:
    """A row a year: equipment, all else, their sum, the sum so far, and that discounted."""
    flow = cash_flow(view.view.plan, view.view.baseline)
    start, end = by_timing(flow)
    worth = np.cumsum(present_value(flow))
    years = [int(year) for year in flow["year"].values]
    rows: dict[str, Sequence[Cell]] = {}
    for i, year in enumerate(years):
        at = f"cash.{year}"
        before = f"[cash.{years[i - 1]}.so_far]+" if i else ""
        rows[str(year)] = [
            year, view.scaled(float(start[i])), view.scaled(float(end[i])),
            view.scaled(float(start[i] + end[i]), f"[{at}.equipment]+[{at}.operating]"),
            view.scaled(float((start + end)[: i + 1].sum()), f"{before}[{at}.net]"),
            view.scaled(float(worth[i])),
        ]  # fmt: skip
    keys = ("equipment", "operating", "net", "so_far", "so_far_discounted")
    columns = [Column("year", view.view.say("word.year"), "year")]
    columns += [Column(key, view.in_money(view.view.say(f"cash.{key}")), "number") for key in keys]
    caption = view.told("table.cash", base=view.base, price_year=view.price_year)
    return Grid("cash", caption, columns, rows)


def said(view: CommitteeView) -> Prose:
    """What the money is: real, whose prices, discounted or not, and what is left out."""
    told = [view.told("money.said", base=view.base, price_year=view.price_year)]
    return Prose(view.told("money.heading"), told)
