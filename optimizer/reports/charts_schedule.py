"""The schedule beside a cost curve: what is built and signed in which year."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from optimizer.reports.blocks import Chart, Table
from optimizer.reports.chart import picture, safe
from optimizer.reports.study_view import StudyView
from optimizer.studies.cost_curve import CostCurve
from optimizer.studies.decided import Decided

BAR, ROW = 0.62, 27  # of a row, pixels of a row


def schedule(view: StudyView, curve: CostCurve) -> Chart:
    """What the plan builds and signs in which year: the order to build in, which no curve is.

    Where no plan of the scenario's own rules is known, that of the way's cheapest end.
    """
    own = curve.plan is not None
    plan = curve.plan.plan if curve.plan is not None else curve.front.points[0].plan
    chosen, spells = plan.chosen(), {**plan.standing, **plan.contracted}
    order = sorted(spells, key=lambda id: (min(spells[id]), view.name(id)))
    figure = _bars(view, plan, order)
    rows = [
        [str(min(spells[id])), view.name(id), view.size(id, chosen[id])] for id in order
    ]  # fmt: skip
    head = [view.say("word.year"), view.say("word.measure"), view.say("word.capacity")]
    table = Table(view.say("table.build"), head, rows, frozenset({2}))
    key = "curve.schedule" if own else "curve.schedule_open"
    said = view.say(key, count=len(order))
    return Chart("schedule", said, view.say(f"{key}_note"), figure, table)


def _bars(view: StudyView, plan: Decided, order: Sequence[str]) -> go.Figure:
    """A bar from the first year of each to its last."""
    chosen, spells = plan.chosen(), {**plan.standing, **plan.contracted}
    years = view.subject.years
    bars = go.Bar(
        orientation="h", y=[safe(view.name(id)) for id in order], width=BAR,
        base=[min(spells[id]) - 0.5 for id in order],
        x=[max(spells[id]) - min(spells[id]) + 1 for id in order],
        marker={"color": [view.colours[id] for id in order]},
        text=[view.size(id, chosen[id]) for id in order], insidetextanchor="start",
        hovertemplate="%{y}: %{text}<extra></extra>",
    )  # fmt: skip
    figure = picture([bars], "", 60 + ROW * max(len(order), 2), years)
    figure.update_yaxes(autorange="reversed")
    figure.update_xaxes(range=[years[0] - 0.5, years[-1] + 0.5])
    figure.update_layout(margin={"t": 8})
    return figure
