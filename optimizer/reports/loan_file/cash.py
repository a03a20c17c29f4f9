"""Cash for debt service by year and cost class, what is left out of it, and its picture."""

from __future__ import annotations

import plotly.graph_objects as go

from optimizer.loans.cash_parts import cash_parts
from optimizer.loans.cover import Cover
from optimizer.reports import palette
from optimizer.reports.blocks import Chart
from optimizer.reports.chart import picture
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Num
from optimizer.reports.loan_file.view import LoanView


def cash(view: LoanView) -> Grid:
    """A row a year: what the plan saves in each class [real money], their sum, the level of
    prices, and the nominal cash."""
    parts = cash_parts(view.subject)
    classes = list(parts.saved)
    rows: dict[str, list[Cell]] = {}
    for i, year in enumerate(parts.years.astype(int).tolist()):
        at = f"cash.{year}"
        counted = f"SUM({','.join(f'[{at}.{name}]' for name in (*classes, 'carbon'))})"
        rows[str(year)] = [
            year,
            *(Num(float(parts.saved[name][i])) for name in classes),
            Num(float(parts.carbon[i])),
            Num(float(parts.tax[i])),
            Num(float(parts.real[i]), f"{counted}-[{at}.tax]"),
            Num(float(parts.level[i])),
            Num(float(parts.real[i] * parts.level[i]), f"[{at}.real]*[{at}.level]"),
        ]
    columns = [Column("year", view.view.say("word.year"), "year")]
    columns += [Column(name, _head(view, name), "money") for name in classes]
    columns += [
        Column("carbon", view.money("cash.carbon"), "money"),
        Column("tax", view.money("cash.tax"), "money"),
        Column("real", view.money("cash.real"), "money"),
        Column("level", view.told("cash.level"), "number"),
        Column("nominal", view.money("cash.nominal"), "money"),
    ]
    return Grid("cash", view.told("cash.counted"), columns, rows)


def left_out(view: LoanView) -> Grid:
    """A row a year of what is no cash for debt service: the investment, grants, carbon."""
    parts = cash_parts(view.subject)
    rows: dict[str, list[Cell]] = {
        str(year): [year, *(Num(float(values[i])) for values in parts.left_out.values())]
        for i, year in enumerate(parts.years.astype(int).tolist())
    }
    columns = [Column("year", view.view.say("word.year"), "year")]
    columns += [Column(name, _head(view, name), "money") for name in parts.left_out]
    return Grid("left_out", view.told("cash.left_out"), columns, rows)


def _head(view: LoanView, cost_class: str) -> str:
    return f"{view.view.term('cost', cost_class)} [{view.currency}]"


def covered(view: LoanView, cover: Cover) -> Chart:
    """Bars of cash and of debt service by year."""
    years, scale = list(cover.years), view.view.yearly_money
    traces: list[object] = [
        go.Bar(x=years, y=values / scale.divisor, name=view.told(f"cover.{key}"),
               marker={"color": colour})
        for key, values, colour in (
            ("cash", cover.cash, palette.BLUE), ("service", cover.service, palette.VERMILION),
        )
    ]  # fmt: skip
    figure = picture(traces, scale.label, 300, years)
    figure.update_layout(barmode="group", bargap=0.35)
    least = "–" if cover.dscr.value is None else f"{cover.dscr.value:.2f}"
    return Chart(
        "dscr", view.told("cover.finding", dscr=least), view.told("cover.note"), figure, None
    )
