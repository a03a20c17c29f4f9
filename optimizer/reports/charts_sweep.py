"""Pictures and tables of a sweep: what its points cost and emit, and what their plans have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart, Table, numbers_from
from optimizer.reports.chart import picture, safe
from optimizer.reports.study_view import KILO, StudyView, titled
from optimizer.studies.sweep_points import Axis
from optimizer.studies.swept import Swept

ROW, PANEL, COLUMNS = 26, 250, 2  # pixels of a bar's row and of a panel; panels in a row
MOST_AXES, MOST_COLOURS = 6, 6
"""Things varied that are drawn, each in a panel of its own; values of the first told apart."""
_LEADING: Final = re.compile(r"\s*([0-9.]+(?:e[+-]?[0-9]+)?)\s*(.*)")


def view_of(found: Swept, lang: str) -> StudyView:
    """The sweep in one language, money in the scale of its dearest plan."""
    costs = [abs(found.records[n]["cost"]) for n in found.planned]
    return StudyView(found.subject, lang, max(costs, default=0.0))


def headline(view: StudyView, found: Swept) -> str:
    """How many points have a plan, between which costs."""
    name, count = view.subject.name[view.lang], len(found.records)
    costs = [found.records[n]["cost"] for n in found.planned]
    if not costs:
        return view.say("sweep.headline_none", name=name, count=count)
    low, high = view.money.shown(min(costs)), view.money.shown(max(costs))
    return view.say(
        "sweep.headline", name=name, count=count, found=len(costs), low=low, high=high
    )  # fmt: skip


def without_plan(view: StudyView, found: Swept) -> list[str]:
    """A line for each way in which points ended without a plan, with one reason."""
    left = [r for r in found.records if r.get("cost") is None]
    said = []
    for ending, count in sorted(Counter(r["ending"] for r in left).items()):
        why = next((r["why"] for r in left if r["ending"] == ending and "why" in r), None)
        key, told = "sweep.without" if why else "sweep.without_why", f"sweep.ending_{ending}"
        said.append(view.say(key, count=count, ending=view.say(told), why=why))
    return said


def axis_name(view: StudyView, found: Swept, axis: Axis) -> str:
    """What an axis varies, as people say it; its path where it has no name."""
    if axis.operator == "-=":
        return view.say("sweep.left_out")
    name = found.names.get(axis.path, {}).get(view.lang, axis.path)
    return f"{name} ×" if axis.operator == "*=" else name


def operand(view: StudyView, axis: Axis, written: str) -> str:
    """A value as people read it: names of what is left out."""
    return view.name(written) if axis.operator == "-=" else written


def costs_and_emissions(view: StudyView, found: Swept) -> Chart | None:
    """A dot a plan: gross emissions of the last planning year against net present cost."""
    if not found.planned:
        return None
    groups = _by_first_axis(view, found)
    dots = [
        _dots(view, found, points, name, colour)
        for (name, points), colour in zip(groups.items(), palette.CARRIER_COLOURS, strict=False)
    ]
    figure = picture(dots, view.say("sweep.axis_cost", unit=view.money.label), 400)
    x = [_last_gross(found, n) / KILO for n in found.planned]
    axis = view.say("sweep.axis_gross", year=view.subject.last)
    figure.update_xaxes(title=titled(axis), showgrid=True)
    figure.update_layout(margin={"t": 46, "b": 50}, showlegend=len(dots) > 1)
    least, most = (numbers.with_unit(amount, "kt") for amount in (min(x), max(x)))
    said = view.say("sweep.finding", year=view.subject.last, least=least, most=most)
    return Chart("points", said, view.say("sweep.points_note"), figure, points_table(view, found))


def _by_first_axis(view: StudyView, found: Swept) -> dict[str, list[int]]:
    """Points that have a plan by what they say of the first thing that is varied; all together,
    where it takes more values than can be told apart."""
    axis, groups = found.points.axes[0], dict[str, list[int]]()
    for n in found.planned:
        said = f"{axis_name(view, found, axis)} {operand(view, axis, found.points.rows[n][0])}"
        groups.setdefault(said, []).append(n)
    return groups if len(groups) <= MOST_COLOURS else {"": found.planned}


def _dots(view: StudyView, found: Swept, points: list[int], name: str, colour: str) -> go.Scatter:
    """A dot a plan, in one colour."""
    return go.Scatter(
        x=[_last_gross(found, n) / KILO for n in points],
        y=[found.records[n]["cost"] / view.money.divisor for n in points],
        mode="markers", marker={"size": 9, "color": colour, "opacity": 0.8}, name=safe(name),
        text=[safe(_point_said(view, found, n)) for n in points],
        hovertemplate="%{text}<br>%{x:.3g} kt, %{y:.4g}<extra></extra>",
    )  # fmt: skip


def _last_gross(found: Swept, point: int) -> float:
    """Gross emissions of the last planning year of a point that has a plan [t]."""
    return float(found.records[point]["emissions"][str(found.subject.last)])


def _point_said(view: StudyView, found: Swept, point: int) -> str:
    """What a point changes."""
    pairs = zip(found.points.axes, found.points.rows[point], strict=True)
    said = (f"{axis_name(view, found, axis)} {operand(view, axis, x)}" for axis, x in pairs)
    return view.say("list.separator").join(said)


def points_table(view: StudyView, found: Swept) -> Table:
    """A row a point: what it changes, how it ended, cost, gross emissions of the last year."""
    axes = found.points.axes
    head = [view.say("sweep.point"), *(axis_name(view, found, axis) for axis in axes)]
    head += [view.say("sweep.ending"), view.say("sweep.axis_cost", unit=view.money.label)]
    head += [view.say("myopic.last", year=view.subject.last)]
    rows = []
    for n, (record, operands) in enumerate(zip(found.records, found.points.rows, strict=True)):
        cells = [operand(view, axis, x) for axis, x in zip(axes, operands, strict=True)]
        cost, gross = numbers.NOTHING, numbers.NOTHING
        if record.get("cost") is not None:
            cost = numbers.significant(record["cost"] / view.money.divisor, 4)
            gross = numbers.grouped(_last_gross(found, n))
        rows.append([str(n + 1), *cells, ending(view, record), cost, gross])
    return Table(view.say("sweep.points"), head, rows, numbers_from(len(head), 2 + len(axes)))


def ending(view: StudyView, record: dict[str, Any]) -> str:
    """How a point ended: with a plan, proven or not, or without one."""
    if record.get("cost") is not None and record["ending"] != "optimal":
        return view.say("sweep.ending_unproven")
    return view.say(f"sweep.ending_{record['ending']}")


def along_axes(view: StudyView, found: Swept) -> Chart | None:
    """Cost against each figure that is varied, a panel each; None where none is a figure."""
    axes = [(k, axis) for k, axis in enumerate(found.points.axes) if _figures(found, k)]
    axes = axes[:MOST_AXES]
    if not axes or not found.planned:
        return None
    rows = -(-len(axes) // COLUMNS)
    figure = make_subplots(rows, COLUMNS, horizontal_spacing=0.12, vertical_spacing=0.3 / rows)
    look = picture([], "", 60 + PANEL * rows).layout
    figure.update_layout(template=look.template, font=look.font, height=look.height,
                         separators=look.separators, hoverlabel=look.hoverlabel)  # fmt: skip
    cost = [found.records[n]["cost"] / view.money.divisor for n in found.planned]
    for place, (k, axis) in enumerate(axes):
        at = {"row": place // COLUMNS + 1, "col": place % COLUMNS + 1}
        read = [_LEADING.fullmatch(found.points.rows[n][k]) for n in found.planned]
        dots = go.Scatter(
            x=[float(x[1]) for x in read if x], y=cost, mode="markers", showlegend=False,
            marker={"size": 7, "color": palette.BLUE, "opacity": 0.7},
            hovertemplate="%{x:.4g}: %{y:.4g}<extra></extra>",
        )  # fmt: skip
        figure.add_trace(dots, **at)
        unit = next((f" [{x[2]}]" for x in read if x and x[2]), "")
        title = titled(safe(axis_name(view, found, axis)) + unit)
        figure.update_xaxes(title=title, gridcolor=palette.RULE, **at)
    figure.update_yaxes(gridcolor=palette.RULE, automargin=True)
    figure.update_yaxes(title=titled(view.money.label), col=1)
    figure.update_layout(margin={"l": 10, "r": 10, "t": 20, "b": 50})
    return Chart("axes", view.say("sweep.along"), view.say("sweep.along_note"), figure, None)


def _figures(found: Swept, k: int) -> bool:
    """Whether an axis holds figures, more than one among the points that have a plan."""
    written = {found.points.rows[n][k] for n in found.planned}
    return len(written) > 1 and all(_LEADING.fullmatch(x) for x in written)


def measures_table(view: StudyView, found: Swept) -> Table:
    """A row a measure that some plan has: its share of plans, least and largest size."""
    head = [view.say("word.measure"), *(view.say(f"sweep.{k}") for k in ("share", "least", "most"))]
    rows = [
        [view.name(id), numbers.percent(len(sizes) / len(found.planned), 0),
         *(view.size(id, size) or "1" for size in (min(sizes), max(sizes)))]
        for id, sizes in built(found)
    ]  # fmt: skip
    return Table(view.say("sweep.measures"), head, rows, numbers_from(len(head)))


def built(found: Swept) -> list[tuple[str, Sequence[float]]]:
    """Each measure that some plan has with its sizes in those plans, the most frequent first."""
    sizes: dict[str, list[float]] = {}
    for n in found.planned:
        for id, years in found.records[n]["builds"].items():
            sizes.setdefault(id, []).append(sum(years.values()))
    return sorted(sizes.items(), key=lambda item: (-len(item[1]), item[0]))


def in_plans(view: StudyView, found: Swept) -> Chart | None:
    """A bar a measure: the share of plans that have it."""
    rows = built(found)
    if not rows:
        return None
    shares = [100 * len(sizes) / len(found.planned) for _, sizes in rows]
    bars = go.Bar(
        y=[safe(view.name(id)) for id, _ in rows], x=shares, orientation="h", showlegend=False,
        marker={"color": [view.colours[id] for id, _ in rows]},
        text=[f"{share:.0f}" for share in shares], textposition="outside", cliponaxis=False,
        hovertemplate="%{y}: %{x:.0f} %<extra></extra>",
    )  # fmt: skip
    figure = picture([bars], "", 90 + ROW * max(len(rows), 3))
    figure.update_yaxes(title=None, autorange="reversed", ticks="", showgrid=False)
    figure.update_xaxes(title=titled(view.say("sweep.axis_share")), range=[0, 108], showgrid=True)
    figure.update_layout(margin={"t": 8, "b": 50, "r": 30})
    always = sum(len(sizes) == len(found.planned) for _, sizes in rows)
    said = view.say("sweep.in_plans", always=always, some=len(rows) - always)
    note = view.say("sweep.in_plans_note", count=len(found.planned))
    return Chart("measures", said, note, figure, measures_table(view, found))
