"""Pictures of money: yearly cost beside the baseline by class, cash against the budget."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import plotly.graph_objects as go
import xarray as xr
from numpy.typing import NDArray

from optimizer.reports import palette
from optimizer.reports.blocks import Chart, Table, numbers_from
from optimizer.reports.borrowed import budgets
from optimizer.reports.chart import picture, safe
from optimizer.reports.valued import paid
from optimizer.reports.view import View

Numbers = NDArray[np.float64]
BAR = 0.36  # width of one of the two bars of a year
ONCE = (  # for equipment, falling in one year
    "overnight", "salvage", "grants", "after_term", "interest_saved",
)  # fmt: skip


def by_class(ds: xr.Dataset) -> dict[str, Numbers]:
    """Undiscounted cost that is paid, by class (Y,), in one order everywhere."""
    ds = paid(ds)
    classes = [str(c) for c in ds["cost_class"].values]
    values = ds["cost"].transpose("line", "year").values
    found: dict[str, Numbers] = {}
    for name, row in zip(classes, values, strict=True):
        found[name] = found[name] + row if name in found else row.astype(float)
    return {name: found[name] for name in _ordered(found) if np.abs(found[name]).max() > 0}


def _ordered(classes: Iterable[str]) -> list[str]:
    """Cost classes in the palette's order, those that it doesn't know at the end."""
    given = list(dict.fromkeys(classes))
    return [*(c for c in palette.CLASS_COLOURS if c in given),
            *(c for c in given if c not in palette.CLASS_COLOURS)]  # fmt: skip


def yearly_cost(view: View, identifier: str, wide: bool = False) -> Chart:
    """Two bars a year, baseline left and plan right, stacked by class."""
    money, traces = view.yearly_money, []
    for side, ds, shift in (("baseline", view.baseline, -BAR / 2), ("plan", view.plan, BAR / 2)):
        for name, row in by_class(ds).items():
            colour = palette.class_colour(name)
            shown = palette.pale(colour) if side == "baseline" else colour
            traces.append(
                go.Bar(x=[y + shift for y in view.years], y=row / money.divisor, width=BAR * 0.94,
                       name=safe(view.term("cost", name)), legendgroup=name,
                       marker={"color": shown},
                       showlegend=side == "plan", hovertemplate="%{y:.3g} %{fullData.name}")
            )  # fmt: skip
    title = f"{money.label} ({view.say('axis.price_year', year=view.summary['price_year'])})"
    figure = picture(traces, title, 340, view.years)
    figure.update_layout(barmode="relative", margin={"t": 62})
    plan, base = (_total(by_class(ds), len(view.years)) for ds in (view.plan, view.baseline))
    less = float(base[-1] - plan[-1])
    key = "finding.cost_lower" if less >= 0 else "finding.cost_higher"
    finding = view.say(key, last=view.last, less=money.shown(abs(less), view.yearly_uncertainty))
    return Chart(identifier, finding, view.say("note.yearly_cost"), figure, cost_table(view), wide)


def cost_table(view: View) -> Table:
    """A row a year and side (baseline, plan), a column a class, and their sum."""
    money = view.yearly_money
    sides = {"baseline": by_class(view.baseline), "plan": by_class(view.plan)}
    classes = _ordered([*sides["baseline"], *sides["plan"]])
    head = [view.say("word.year"), "", *(view.term("cost", name) for name in classes),
            view.say("word.total")]  # fmt: skip
    rows = []
    for i, year in enumerate(view.years):
        for side, costs in sides.items():
            values = [float(costs[name][i]) if name in costs else 0.0 for name in classes]
            cells = map(money.number, [*values, sum(values)])
            rows.append([str(year), view.say(f"word.{side}"), *cells])
    prices = view.say("axis.price_year", year=view.summary["price_year"])
    unit = f"{money.label}{view.say('list.separator')}{prices}"
    caption = view.say("headed.unit", heading=view.say("table.costs"), unit=unit)
    return Table(caption, head, rows, numbers_from(len(head), 2))


def cash(view: View) -> Chart:
    """Capex of each year against its budget, and operating cost against the baseline's."""
    money = view.yearly_money
    capex, budget = view.yearly("capex"), budgets(view)
    traces: list[object] = [
        go.Bar(x=view.years, y=capex / money.divisor, width=0.5, name=view.say("word.capex"),
               marker={"color": palette.CLASS_COLOURS["capital"]})
    ]  # fmt: skip
    if np.isfinite(budget).any():
        traces.append(
            go.Scatter(x=view.years, y=budget / money.divisor, mode="markers",
                       name=view.say("word.budget"), marker={
                           "symbol": "line-ew", "size": 44,
                           "line": {"width": 3, "color": palette.CAP}})
        )  # fmt: skip
    title = f"{money.label} ({view.say('axis.price_year', year=view.summary['price_year'])})"
    figure = picture(traces, title, 300, view.years)
    figure.update_yaxes(rangemode="tozero")
    top = int(np.argmax(capex))
    finding = view.say(
        "finding.cash", total=money.shown(float(capex.sum())), year=view.years[top],
        most=money.shown(float(capex[top])),
    )  # fmt: skip
    granted = sum(float(row.get("grants") or 0.0) for row in view.summary["years"])
    note = view.say("note.cash_grants" if granted > 0 else "note.cash", grants=money.shown(granted))
    return Chart("cash", finding, note, figure, cash_table(view))


def cash_table(view: View) -> Table:
    """Capex, budget, operating cost and what operating saves against the baseline, by year."""
    money = view.yearly_money
    operating = [_operating(ds, len(view.years)) for ds in (view.baseline, view.plan)]
    columns = [view.yearly("capex"), budgets(view), *operating]
    keys = ("capex", "budget", "operating_baseline", "operating_plan", "operating_saved")
    head = [view.say("word.year"), *(f"{view.say(f'word.{k}')} [{money.label}]" for k in keys)]
    columns.append(operating[0] - operating[1])
    rows = [
        [str(year), *(money.number(float(c[i])) for c in columns)]
        for i, year in enumerate(view.years)
    ]
    return Table(view.say("table.cash"), head, rows, numbers_from(len(head)))


def _operating(ds: xr.Dataset, years: int) -> Numbers:
    """All cost that isn't paid for equipment, (Y,)."""
    kept = {name: row for name, row in by_class(ds).items() if name not in ("capital", *ONCE)}
    return _total(kept, years)


def _total(costs: dict[str, Numbers], years: int) -> Numbers:
    """Sum over classes, (Y,); zeros where there are none."""
    return sum(costs.values(), start=np.zeros(years))
