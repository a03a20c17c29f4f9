"""Pictures of emissions: the path under its caps, by source, and the way down in the last year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from optimizer.reports import carbon, numbers, palette, unabated
from optimizer.reports.blocks import Chart, Table, numbers_from
from optimizer.reports.chart import picture, safe
from optimizer.reports.charts_steps import KILO, Step, staircase
from optimizer.reports.view import View

Numbers = NDArray[np.float64]


def source_name(view: View, source: carbon.Source) -> str:
    """Name of what emits; scope 2 and contracts say so, for a carrier may stand in all three."""
    dims = ("carrier", "use", "measure")
    dim = next((d for d in dims if source.item in view.ids(d)), "use")
    return view.say(f"source.{source.kind}", name=view.name(dim, source.item))


def source_colour(view: View, source: carbon.Source) -> str:
    """A carrier has its own colour everywhere, a capture plant its measure's."""
    if source.kind == "contracts":
        return palette.GREEN
    found = view.colours.carriers.get(source.item) or view.colours.things.get(source.item)
    return found or palette.PROCESS


def emissions_path(view: View, identifier: str, wide: bool = False) -> Chart:
    """Baseline, gross and net by year with both caps; what lies between is reduced or offset."""
    years = view.years
    kilo = {
        k: view.yearly(k) / KILO for k in ("baseline", "gross", "net", "gross_cap", "net_target")
    }
    line = {"x": years, "mode": "lines+markers"}
    traces: list[go.Scatter] = [
        go.Scatter(**line, y=kilo["baseline"], name=view.say("word.baseline"),
                   line={"color": palette.BASELINE, "dash": "dash"}, marker={"size": 4}),
        go.Scatter(**line, y=kilo["gross"], name=view.say("word.gross"), fill="tonexty",
                   fillcolor=palette.tint(palette.GREEN, 0.16),
                   line={"color": palette.GROSS, "width": 3}, marker={"size": 6}),
        go.Scatter(**line, y=kilo["net"], name=view.say("word.net"), fill="tonexty",
                   fillcolor=palette.tint(palette.CREDITS, 0.35),
                   line={"color": palette.NET, "width": 2}, marker={"size": 5}),
    ]  # fmt: skip
    for key, size, colour in (("gross_cap", 30, palette.CAP), ("net_target", 18, palette.SKY)):
        if np.isfinite(kilo[key]).any():
            mark = {"symbol": "line-ew", "size": size, "line": {"width": 3, "color": colour}}
            traces.append(
                go.Scatter(x=years, y=kilo[key], name=view.say(f"word.{key}"), mode="markers",
                           marker={**mark, "color": colour})
            )  # fmt: skip
    figure = picture([*unabated.bars(view), *traces], view.say("axis.emissions"), 340, years)
    figure.update_layout(margin={"t": 62})
    figure.update_yaxes(range=_from_zero([trace.y for trace in traces]))
    finding = view.say("finding.path", **_path_values(view))
    note = unabated.noted(view, view.say("note.path"))
    return Chart(identifier, finding, note, figure, path_table(view), wide)


def _from_zero(columns: Sequence[Numbers]) -> list[float]:
    """Axis range that holds 0 and all values, with a little room above."""
    values = np.concatenate([np.asarray(c, dtype=float) for c in columns])
    return [min(0.0, 1.05 * float(np.nanmin(values))), 1.1 * max(float(np.nanmax(values)), 1e-3)]


def _path_values(view: View) -> dict[str, str]:
    gross, base = view.yearly("gross"), view.yearly("baseline")
    return {
        "last": str(view.last),
        "gross": numbers.with_unit(gross[-1] / KILO, view.kilotonnes),
        "baseline": numbers.with_unit(base[-1] / KILO, view.kilotonnes),
    }


def path_table(view: View) -> Table:
    """Every figure of the path, t a year."""
    keys = ("baseline", "gross", "credits", "net", "gross_cap", "net_target")
    head = [view.say("word.year"), *(f"{view.say(f'word.{k}')} [t]" for k in keys)]
    columns = [view.yearly(k) for k in keys]
    for key, tonnes in unabated.split(view).items():
        head.append(f"{view.say(f'word.{key}')} [t]")
        columns.append(tonnes)
    rows = [[str(y), *(numbers.grouped(c[i]) for c in columns)] for i, y in enumerate(view.years)]
    return Table(view.say("table.path"), head, rows, numbers_from(len(head)))


def remaining_by_source(view: View, ledger: str) -> Chart:
    """What is still emitted, stacked by source, under the gross cap."""
    sources = carbon.gross_by_source(view.plan, ledger)
    traces: list[object] = [
        go.Bar(x=view.years, y=s.tonnes / KILO, name=safe(source_name(view, s)),
               marker={"color": source_colour(view, s)})
        for s in sources
    ]  # fmt: skip
    traces.append(
        go.Scatter(x=view.years, y=view.yearly("gross_cap") / KILO, mode="markers",
                   name=view.say("word.gross_cap"), marker={
                       "symbol": "line-ew", "size": 40,
                       "line": {"width": 3, "color": palette.CAP}})
    )  # fmt: skip
    figure = picture(traces, view.say("axis.emissions"), 340, view.years)
    figure.update_layout(barmode="relative", bargap=0.45)
    finding = _largest_left(view, sources)
    table = _source_table(view, sources, view.say("table.remaining"), view.say("word.gross"))
    note = view.say("note.remaining", ledger=view.say(f"ledger.{ledger}"))
    return Chart("remaining", finding, note, figure, table)


def _largest_left(view: View, sources: list[carbon.Source]) -> str:
    """The source that emits most in the last year; that none does, where none does."""
    largest = max(sources, key=lambda s: s.tonnes[-1], default=None)
    gross = float(view.yearly("gross")[-1])
    if largest is None or largest.tonnes[-1] <= 0 or gross <= 0:
        return view.say("finding.remaining_none", last=view.last)
    share = numbers.percent(float(largest.tonnes[-1]) / gross)
    source = source_name(view, largest)
    return view.say("finding.remaining", last=view.last, source=source, share=share)


def way_down(view: View, ledger: str) -> Chart:
    """From the base year to the net emissions of the last year, one step a cause."""
    sources = carbon.reductions(view.plan, view.baseline, ledger)
    moved = [s for s in sources if abs(s.tonnes[-1]) > 0.5]
    figure = staircase(view, _steps(view, moved))
    largest = max(moved, key=lambda s: s.tonnes[-1], default=None)
    finding = view.say("finding.way_down_none", last=view.last)
    if largest is not None and largest.tonnes[-1] > 0:
        tonnes = numbers.with_unit(float(largest.tonnes[-1]) / KILO, view.kilotonnes)
        source = source_name(view, largest)
        finding = view.say("finding.way_down", last=view.last, source=source, tonnes=tonnes)
    table = _source_table(view, sources, view.say("table.reductions"), view.say("word.reduced"))
    return Chart("way_down", finding, view.say("note.way_down"), figure, table)


def _steps(view: View, moved: list[carbon.Source]) -> list[Step]:
    base, level = view.summary["base_year"], 0.0
    found: list[Step] = []

    def change(label: str, tonnes: float, colour: str) -> None:
        nonlocal level
        found.append(Step(label, level, level + tonnes, colour))
        level += tonnes

    change(view.say("word.base_year", year=base["year"]), base["metered_emissions"], palette.INK)
    for effect in ("output_effect", "grid_effect"):
        change(view.say(f"word.{effect}"), base[effect][-1], palette.PROCESS)
    found.append(Step(view.say("word.baseline"), 0.0, level, palette.INK))
    for source in moved:
        name, colour = source_name(view, source), source_colour(view, source)
        change(name, -float(source.tonnes[-1]), colour)
    found.append(Step(view.say("word.gross"), 0.0, level, palette.INK))
    change(view.say("word.credits_and_removal"), _offset(view), palette.CREDITS)
    found.append(Step(view.say("word.net"), 0.0, level, palette.INK))
    return found


def _offset(view: View) -> float:
    """Credits and removals of the last year, negative."""
    return float(view.yearly("net")[-1] - view.yearly("gross")[-1])


def _source_table(view: View, sources: list[carbon.Source], caption: str, total: str) -> Table:
    """A row a year, a column a source, and their sum, t."""
    head = [view.say("word.year"), *(f"{source_name(view, s)} [t]" for s in sources),
            f"{total} [t]"]  # fmt: skip
    columns = [*(s.tonnes for s in sources)]
    columns.append(sum(columns, start=np.zeros(len(view.years))))
    rows = [
        [str(y), *(numbers.grouped(float(c[i])) for c in columns)] for i, y in enumerate(view.years)
    ]
    return Table(caption, head, rows, numbers_from(len(head)))
