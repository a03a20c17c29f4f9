"""Pictures and tables of cost against emissions."""

from __future__ import annotations

import plotly.graph_objects as go

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart, Table, numbers_from
from optimizer.reports.chart import picture, safe
from optimizer.reports.charts_plans import plans_side_by_side
from optimizer.reports.study_view import KILO, StudyView, titled
from optimizer.studies.pareto import Front, Point

DECIMALS = 2  # of present values


def view_of(front: Front, lang: str) -> StudyView:
    """The front as its page sees it: money in the scale of what is beyond the least cost."""
    costs = [p.plan.cost for p in front.points]
    return StudyView(front.subject, lang, max(costs[-1] - costs[0], costs[0] / 100))


def headline(view: StudyView, front: Front) -> str:
    """What the whole front costs, or that there is nothing to trade."""
    first, last = front.points[0].plan, front.points[-1].plan
    if len(front.points) < 2:
        return view.say("pareto.one_point")
    less = (first.tonnes - last.tonnes) / abs(first.tonnes)
    return view.say(
        "pareto.headline", share=numbers.percent(less), name=view.subject.name[view.lang],
        money=view.money.shown(last.cost - first.cost, open_of(front)),
    )  # fmt: skip


def against(view: StudyView, front: Front) -> str:
    """The baseline that all views of a study share, by its id and figures."""
    return view.say(
        "study.baseline", id=front.baseline_id, tonnes=view.tonnes_shown(front.baseline.tonnes),
        cost=view.money.shown(front.baseline.cost),
    )  # fmt: skip


def open_of(front: Front) -> float:
    """By how much money the searches of both ends may be off."""
    ends = front.points[0], front.points[-1]
    return max(one.plan.cost - one.bound for one in ends)


def cost_and_emissions(view: StudyView, front: Front) -> Chart:
    """Each plan at its emissions and cost; whiskers down to what none can cost less than."""
    traces: list[object] = [_line(view, front)]
    for kind, points in _kinds(front).items():
        if points:
            traces.append(_markers(view, kind, points))
    if _near(front):
        traces.append(_baseline(view, front))
    money = f"{view.say('study.present_cost')} [{view.money.label}]"
    figure = picture(traces, money, 420)
    figure.update_xaxes(title=titled(view.say("study.axis_tonnes", tonnes=view.tonnes)),
                        showgrid=True, tickformat=",.4~r")  # fmt: skip
    figure.update_layout(margin={"b": 60})
    note = view.say(
        "pareto.note", tonnes=numbers.grouped(front.baseline.tonnes),
        cost=view.money.shown(front.baseline.cost),
    )  # fmt: skip
    return Chart("front", _finding(view, front), note, figure, points_table(view, front))


def _near(front: Front) -> bool:
    """Whether the baseline lies so near that it doesn't squeeze the front into a corner."""
    first, last, base = front.points[0].plan, front.points[-1].plan, front.baseline
    return (
        base.tonnes - first.tonnes <= first.tonnes - last.tonnes
        and base.cost - first.cost <= last.cost - first.cost
    )


def _kinds(front: Front) -> dict[str, list[Point]]:
    """Points by how they are marked."""
    points = front.points
    return {
        "reached": [p for p in points if p.supported and not p.knee],
        "unreached": [p for p in points if not p.supported and not p.knee],
        "knee": [p for p in points if p.knee],
    }


def _line(view: StudyView, front: Front) -> go.Scatter:
    plans = [p.plan for p in front.points]
    return go.Scatter(
        x=[p.tonnes / KILO for p in plans], y=[p.cost / view.money.divisor for p in plans],
        mode="lines", line={"color": palette.RULE, "width": 2}, hoverinfo="skip",
        showlegend=False,
    )  # fmt: skip


def _markers(view: StudyView, kind: str, points: list[Point]) -> go.Scatter:
    symbols = {"reached": "circle", "unreached": "circle-open", "knee": "diamond"}
    colour = palette.VERMILION if kind == "knee" else palette.BLUE
    below = [(p.plan.cost - p.bound) / view.money.divisor for p in points]
    return go.Scatter(
        x=[p.plan.tonnes / KILO for p in points],
        y=[p.plan.cost / view.money.divisor for p in points],
        error_y={"type": "data", "symmetric": False, "array": [0.0] * len(points),
                 "arrayminus": below, "color": palette.MUTED, "thickness": 1},
        mode="markers", name=view.say(f"pareto.{kind}"),
        marker={"symbol": symbols[kind], "size": 11, "color": colour},
        text=[_hover(view, p) for p in points], hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _baseline(view: StudyView, front: Front) -> go.Scatter:
    plan = front.baseline
    return go.Scatter(
        x=[plan.tonnes / KILO], y=[plan.cost / view.money.divisor], mode="markers",
        name=view.say("word.baseline"), hoverinfo="name",
        marker={"symbol": "x", "size": 10, "color": palette.BASELINE},
    )  # fmt: skip


def _hover(view: StudyView, point: Point) -> str:
    plan = point.plan
    cost = f"{_fine(view, plan.cost)}{numbers.THIN}{view.money.label}"
    said = view.say("pareto.hover", tonnes=numbers.grouped(plan.tonnes), cost=cost)
    return f"<b>{said}</b><br>{safe(view.described(plan)).replace('&lt;br&gt;', '<br>')}"


def _finding(view: StudyView, front: Front) -> str:
    knee = next((p for p in front.points if p.knee), None)
    if knee is None:
        return view.say("pareto.finding_straight")
    first, last = front.points[0].plan, front.points[-1].plan
    reached = (first.tonnes - knee.plan.tonnes) / (first.tonnes - last.tonnes)
    paid = (knee.plan.cost - first.cost) / (last.cost - first.cost)
    return view.say("pareto.finding", reached=numbers.percent(reached), paid=numbers.percent(paid))


def points_table(view: StudyView, front: Front) -> Table:
    """A row a point: emissions, cost and what it may be off by, and what is marked."""
    first, target = front.points[0].plan, view.subject.last
    keys = ("point", "tonnes", "cumulative", "in_year", "cost", "least", "more", "capex", "mark")
    head = [view.say(f"pareto.{key}", unit=view.money.label, year=target) for key in keys]
    rows = []
    for number, point in enumerate(front.points, start=1):
        plan = point.plan
        tonnes = (plan.tonnes, plan.cumulative, plan.gross[target])
        present = [_fine(view, amount) for amount in (plan.cost, point.bound)]
        money = (plan.cost - first.cost, sum(plan.capex.values()))
        rows.append(
            [str(number), *map(numbers.grouped, tonnes), *present,
             *map(view.money.number, money),
             _mark(view, point)]
        )  # fmt: skip
    return Table(view.say("pareto.table"), head, rows, numbers_from(len(head) - 1))


def _fine(view: StudyView, amount: float) -> str:
    """Money with the decimals in which points differ."""
    return numbers.grouped(amount / view.money.divisor, DECIMALS)


def _mark(view: StudyView, point: Point) -> str:
    marks = {"knee": point.knee, "unreached": not point.supported, "stopped": not point.proven}
    said = [view.say(f"pareto.{mark}") for mark, holds in marks.items() if holds]
    return view.say("list.separator").join(said)


def plans_of_points(view: StudyView, front: Front) -> Chart:
    """What each point has, a row a measure: its share of the largest size, and its first year."""
    plans = [p.plan for p in front.points]
    chosen = [plan.chosen() for plan in plans]
    offered = list(dict.fromkeys(i for sizes in chosen for i in sizes))
    always = [i for i in offered if all(i in sizes for sizes in chosen)]
    columns = [str(k) for k in range(1, len(plans) + 1)]
    figure, table = plans_side_by_side(
        view, dict(zip(columns, plans, strict=True)), view.say("pareto.plans_table")
    )
    figure.update_xaxes(title=titled(view.say("pareto.axis_points")))
    said = view.say("pareto.plans", count=len(always), all=len(offered))
    return Chart("plans", said, view.say("pareto.plans_note"), figure, table)
