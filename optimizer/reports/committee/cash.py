"""What the plan earns against its baseline: its worth, and its cash by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.plan.cash_flow import by_timing, cash_flow, present_value
from optimizer.reports import charts_cash, numbers
from optimizer.reports.committee.view import CommitteeView
from optimizer.reports.loan_file.grid import Block, Cell, Column, Grid, Num, Prose


def earned(view: CommitteeView) -> list[Block]:
    """Worth, the picture of the cash and its table, and which money that is."""
    picture = replace(charts_cash.earned(view.view), table=None)
    return [returns(view), picture, cash(view), said(view)]


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
    yield [say("npv.unsure"), view.scaled(view.known(view.sheet.unsure.total)), money]
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
    """A row a year: equipment, all else, their sum, the sum so far, and that discounted; with a tax
    the tax, and the sum so far after it."""
    flow = cash_flow(view.view.plan, view.view.baseline)
    start, end = by_timing(flow)
    worth, taxed = np.cumsum(present_value(flow)), view.view.summary["worth"]["after_tax"]
    years = [int(year) for year in flow["year"].values]
    rows: dict[str, Sequence[Cell]] = {}
    for i, year in enumerate(years):
        at = f"cash.{year}"
        before = f"[cash.{years[i - 1]}.so_far]+" if i else ""
        so_far = float((start + end)[: i + 1].sum())
        rows[str(year)] = [
            year, view.scaled(float(start[i])), view.scaled(float(end[i])),
            view.scaled(float(start[i] + end[i]), f"[{at}.equipment]+[{at}.operating]"),
            view.scaled(so_far, f"{before}[{at}.net]"), view.scaled(float(worth[i])),
            *([] if taxed is None else _taxed(view, taxed["years"], i, so_far)),
        ]  # fmt: skip
    caption = view.told("table.cash", base=view.base, price_year=view.price_year)
    return Grid("cash", caption, _columns(view, taxed is not None), rows)


def _taxed(
    view: CommitteeView, years: Sequence[dict[str, Any]], i: int, so_far: float
) -> list[Num]:
    """Tax of a year, and the sum so far after all tax."""
    year, paid = int(years[i]["year"]), sum(float(each["tax"]) for each in years[: i + 1])
    sums = f"[cash.{year}.so_far]-SUM([cash.{int(years[0]['year'])}:{year}.tax])"
    return [view.scaled(float(years[i]["tax"])), view.scaled(so_far - paid, sums)]


def _columns(view: CommitteeView, taxed: bool) -> list[Column]:
    keys = {key: f"cash.{key}" for key in ("equipment", "operating", "net", "so_far",
                                           "so_far_discounted")}  # fmt: skip
    if taxed:
        keys |= {"tax": "tax.tax", "after_tax": "committee.cash.after_tax"}
    money = [
        Column(key, view.in_money(view.view.say(word)), "number") for key, word in keys.items()
    ]
    return [Column("year", view.view.say("word.year"), "year"), *money]


def said(view: CommitteeView) -> Prose:
    """What the money is: real, whose prices, discounted or not, and what is left out."""
    told = [view.told("money.said", base=view.base, price_year=view.price_year)]
    return Prose(view.told("money.heading"), told)
