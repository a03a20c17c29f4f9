"""The loan under stress: cover by case and year, and where each case breaks the covenant."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from optimizer.loans.stress import Stress, Stressed
from optimizer.loans.stress_cases import DISPATCHED
from optimizer.reports import palette
from optimizer.reports.blocks import Chart
from optimizer.reports.chart import picture, safe
from optimizer.reports.loan_file.grid import Block, Cell, Column, Grid, Num, Prose
from optimizer.reports.loan_file.view import LoanView
from optimizer.reports.loan_stress_words import (
    breaking,
    case_name,
    figure_or_why,
    finding,
    of_baseline,
)

BAR, OTHER = 30, 120
"""Points of height of a bar, and of what stands around all bars."""


def found(view: LoanView, stress: Stress) -> str:
    """How many cases keep the covenant, and the worst."""
    return finding(stress.as_dict(), view.lang)


def page_blocks(view: LoanView, stress: Stress) -> list[Block]:
    """For the page: the picture, every case in one table, how it was made."""
    told = {case["case"]: case for case in stress.as_dict()["cases"]}
    rows: dict[str, list[Cell]] = {}
    for one in stress.cases:
        case = told[one.case]
        rows[one.case] = [
            case_name(case, view.lang), *(Num(ratio) for ratio in one.ratios),
            figure_or_why(case["dscr"], view.lang), figure_or_why(case["llcr"], view.lang),
            breaking(case, view.lang),
        ]  # fmt: skip
    columns = [Column("case", view.told("stress.case"))]
    columns += [Column(f"y{year}", str(year), "ratio") for year in stress.years]
    columns += [
        Column(key, view.view.say(f"loan.stress.column.{key}"), "ratio")
        for key in ("least", "llcr", "breaks")
    ]
    grid = Grid("stress_page", view.told("stress.table"), columns, rows, only="page")
    said = [view.told("stress.covenant", covenant=f"{stress.covenant:.2f}"), _how(view, stress)]
    broken = [case_name(told[one.case], view.lang) for one in stress.cases if not one.keeps_rules]
    if broken:
        cases = view.view.say("list.separator").join(broken)
        said.append(view.view.say("loan.stress.rules_broken", cases=cases))
    said += of_baseline(stress.baseline_excess, view.lang)
    return [_picture(view, stress), grid, Prose(view.told("stress.heading"), said, only="page")]


def _how(view: LoanView, stress: Stress) -> str:
    if stress.periods is None:
        return view.told("stress.arithmetic")
    return view.view.say("loan.stress.how", periods=stress.periods)


def _picture(view: LoanView, stress: Stress) -> Chart:
    """Least DSCR of each case beside the covenant."""
    told = {case["case"]: case for case in stress.as_dict()["cases"]}
    known = [(one, one.dscr.value) for one in stress.cases if one.dscr.value is not None]
    names = [safe(case_name(told[one.case], view.lang)) for one, _ in known]
    colours = [palette.VERMILION if value < stress.covenant else palette.BLUE for _, value in known]
    bars = go.Bar(
        x=[value for _, value in known], y=names, orientation="h", marker={"color": colours},
        text=[f"{value:.2f}" for _, value in known], textposition="outside", cliponaxis=False,
    )  # fmt: skip
    figure = picture([bars], "", OTHER + BAR * len(known))
    figure.update_layout(showlegend=False)
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(title_text=view.told("stress.axis"), rangemode="tozero")
    figure.add_vline(x=stress.covenant, line={"color": palette.CAP, "width": 2, "dash": "dash"})
    return Chart("stress_cases", found(view, stress), view.told("stress.note"), figure, None)


def cases_of(stress: Stress, *, dispatched: bool) -> list[Stressed]:
    """Those that are arithmetic, as planned first; or those in which the plant runs otherwise."""
    return [one for one in stress.cases if (one.case in DISPATCHED) == dispatched]


def book_grids(view: LoanView, stress: Stress, *, dispatched: bool) -> list[Block]:
    """For the workbook: cash and service of each case, and the ratios as formulas."""
    cases = [one for one in cases_of(stress, dispatched=dispatched) if one.cash is not None]
    end = "_dispatched" if dispatched else ""
    cash = {one.case: [] if one.cash is None else one.cash.tolist() for one in cases}
    service = {one.case: one.service.tolist() for one in cases}
    return [
        _amounts(view, stress, f"stress_cash{end}", "cover.cash", cash),
        _amounts(view, stress, f"stress_service{end}", "cover.service", service),
        _ratios(view, stress, cases, end),
    ]


def _names(view: LoanView, stress: Stress) -> dict[str, str]:
    return {case["case"]: case_name(case, view.lang) for case in stress.as_dict()["cases"]}


def _amounts(
    view: LoanView, stress: Stress, key: str, caption: str, values: dict[str, list[float]]
) -> Grid:
    names = _names(view, stress)
    rows: dict[str, list[Cell]] = {
        case: [names[case], *map(Num, money)] for case, money in values.items()
    }
    columns = [Column("case", view.told("stress.case"))]
    columns += [Column(f"y{year}", str(year), "money") for year in stress.years]
    return Grid(key, view.money(caption), columns, rows, only="book")


def _ratios(view: LoanView, stress: Stress, cases: Sequence[Stressed], end: str) -> Grid:
    """DSCR by year and its least; empty in years without debt service."""
    names = _names(view, stress)
    rows: dict[str, list[Cell]] = {}
    for one in cases:
        cells: list[Cell] = []
        known = one.dscr.value is not None
        for year, ratio in zip(stress.years, one.ratios, strict=True):
            cash, due = (f"[stress_{k}{end}.{one.case}.y{year}]" for k in ("cash", "service"))
            cells.append(Num(ratio, f'IF({due}>0,{cash}/{due},"")' if known else ""))
        years = ",".join(f"[stress{end}.{one.case}.y{year}]" for year in stress.years)
        least = f"MIN({years})" if known else ""
        rows[one.case] = [
            names[one.case], *cells, Num(one.dscr.value, least), Num(one.llcr.value),
        ]  # fmt: skip
    columns = [Column("case", view.told("stress.case"))]
    columns += [Column(f"y{year}", str(year), "ratio") for year in stress.years]
    columns.append(Column("least", view.view.say("loan.stress.column.least"), "ratio"))
    columns.append(Column("llcr", view.view.say("loan.stress.column.llcr"), "ratio"))
    return Grid(f"stress{end}", view.told("stress.table"), columns, rows, only="book")
