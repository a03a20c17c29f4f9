"""The picture of what is built when, with what retires or is renewed."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from optimizer import names
from optimizer.inputs.case.options import OWN
from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart, Table
from optimizer.reports.chart import picture, safe
from optimizer.reports.view import View

STANDING = 1e-6  # capacity above which a measure stands
BAR = 0.62
ROW_HEIGHT, TALLEST = 27, 440  # pixels; page one has room for no more


@dataclass(frozen=True)
class Spell:
    """Something stands from the start of `first` to the end of `last`."""

    row: str
    first: int
    last: int
    colour: str
    label: str
    state: str


def spells(view: View) -> list[Spell]:
    """Measures and contracts in the order of their first year, then existing assets."""
    built = [*_measures(view), *_contracts(view)]
    return sorted(built, key=lambda s: (s.first, s.row)) + _assets(view)


def _measures(view: View) -> list[Spell]:
    found = []
    for measure in view.ids("measure"):
        sizes = view.plan["installed"].sel(measure=measure).values
        unit = str(view.plan["capacity_unit"].sel(measure=measure).values)
        for first, last, size in _runs(view, sizes):
            label = _size(view, size, unit)
            colour = view.colours.things[measure]
            found.append(Spell(view.name("measure", measure), first, last, colour, label, "built"))
    return found


def _size(view: View, size: float, unit: str) -> str:
    """A capacity with its unit; one thing that is built or not is "whole"."""
    if unit == names.COUNT and size <= 1:
        return view.say("build.whole")
    return numbers.size(size, view.unit(unit))


def _contracts(view: View) -> list[Spell]:
    found = []
    for contract in view.ids("contract"):
        sizes = view.plan["contracted"].sel(contract=contract).values
        for first, last, size in _runs(view, sizes):
            label = numbers.size(size / 1e3, "GWh/a")
            colour = view.colours.things[contract]
            name = view.name("contract", contract)
            found.append(Spell(name, first, last, colour, label, "contracted"))
    return found


def _assets(view: View) -> list[Spell]:
    found = []
    greys = {"old": palette.RULE, "renewed": palette.MUTED}
    for asset in view.ids("asset"):
        for state, colour in greys.items():
            values = view.plan[f"asset_{state}"].sel(asset=asset).values
            for first, last, _ in _runs(view, values.round()):
                label = view.say(f"asset.{state}")
                found.append(Spell(view.name("asset", asset), first, last, colour, label, state))
    return found


def _runs(view: View, sizes: object) -> list[tuple[int, int, float]]:
    """Runs of years with the same size above zero: (first, last, size)."""
    found: list[tuple[int, int, float]] = []
    for year, size in zip(view.years, sizes, strict=True):  # type: ignore[call-overload]
        if size <= STANDING:
            continue
        if found and found[-1][1] == year - 1 and abs(found[-1][2] - size) <= 1e-4 * size:
            found[-1] = (found[-1][0], year, found[-1][2])
        else:
            found.append((year, year, float(size)))
    return found


def schedule(view: View, identifier: str) -> Chart:
    """Bars from the first to the last year that each stands; sizes are written on them."""
    bars = spells(view)
    rows = list(dict.fromkeys(s.row for s in bars))
    trace = go.Bar(
        orientation="h",
        y=[safe(s.row) for s in bars],
        base=[s.first - 0.5 for s in bars],
        x=[s.last - s.first + 1 for s in bars],
        width=BAR,
        marker={"color": [s.colour for s in bars], "line": {"color": palette.PAPER, "width": 1}},
        text=[safe(s.label) for s in bars],
        textposition="inside",
        insidetextanchor="start",
        textfont={"color": [_ink_on(s.colour) for s in bars], "size": 11},
        constraintext="none",
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    figure = picture([trace], "", 60 + min(ROW_HEIGHT * max(len(rows), 3), TALLEST), view.years)
    figure.update_layout(barmode="overlay", showlegend=False, margin={"t": 8})
    figure.update_yaxes(
        categoryorder="array", categoryarray=[safe(r) for r in rows], autorange="reversed"
    )
    figure.update_xaxes(range=[view.years[0] - 0.5, view.last + 0.5], showgrid=False)
    return Chart(identifier, _finding(view), view.say("note.schedule"), figure, build_table(view))


def _ink_on(colour: str) -> str:
    """Dark or white text, whichever is read more easily (relative luminance, ITU-R BT.709)."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return palette.INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.45 else palette.PAPER


def _finding(view: View) -> str:
    build = view.summary["build"]
    if not build:
        return view.say("finding.schedule_none")
    largest = max(build, key=lambda row: row["capex"])
    count = len({row["measure"] for row in build})
    return view.say(
        "finding.schedule" if count > 1 else "finding.schedule_one", count=count,
        measure=view.name("measure", largest["measure"]), year=largest["year"],
    )  # fmt: skip


def build_table(view: View) -> Table:
    """Year, measure, capacity and overnight cost of each build; its financing if others own any."""
    money = view.yearly_money
    head = [view.say("word.year"), view.say("word.measure"), view.say("word.capacity"),
            f"{view.say('word.capex')} [{money.label}]"]  # fmt: skip
    build = sorted(view.summary["build"], key=lambda b: (b["year"], b["measure"]))
    rows = [
        [str(b["year"]), view.name("measure", b["measure"]),
         _size(view, b["capacity"], b["unit"]), money.number(b["capex"])]
        for b in build
    ]  # fmt: skip
    modes = [str(view.plan["financing"].sel(measure=b["measure"]).values) for b in build]
    if set(modes) - {OWN}:
        head.append(view.say("word.financing"))
        rows = [[*row, view.term("financing", m)] for row, m in zip(rows, modes, strict=True)]
    return Table(view.say("table.build"), head, rows, frozenset({2, 3}))
