"""What the plan hangs on when all drivers move: elementary effects."""

from __future__ import annotations

from typing import Final

import plotly.graph_objects as go

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart, Table, numbers_from
from optimizer.reports.chart import picture, safe
from optimizer.reports.sensitivity_words import driver_name
from optimizer.reports.study_view import StudyView, titled
from optimizer.studies.morris import Effect
from optimizer.studies.sensitivity import Sensitivity
from optimizer.words import inside

NAMED: Final = 0.05
"""Of the largest effect: the dots of smaller ones aren't named."""
HEIGHT: Final = 420  # pixels
LEFT: Final = 0.02
"""Of the largest effect, that the axis has left of 0, so that no dot is cut."""


def effects_chart(view: StudyView, found: Sensitivity) -> Chart | None:
    """Mean absolute effect of each driver against its deviation; None where none is known."""
    drawn = [each for each in found.morris if each.mu_star is not None]
    if not drawn:
        return None
    unit, first = view.money.label, drawn[0]
    figure = picture([_dots(view, found, drawn)], view.say("sensitivity.sigma", unit=unit), HEIGHT)
    most = (first.mu_star or 0.0) / view.money.divisor
    axis = titled(view.say("sensitivity.mu_star", unit=unit))
    figure.update_xaxes(title=axis, showgrid=True, rangemode="nonnegative", tickformat=",~r",
                        range=[-LEFT * most, 1.15 * most or 1.0])  # fmt: skip
    figure.update_layout(margin={"t": 30, "b": 50})
    every = len(drawn) == len(found.morris)
    finding = view.say("sensitivity.finding_morris" if every else "sensitivity.finding_morris_some",
                       driver=inside(driver_name(view, found, first.path)), known=len(drawn),
                       all=len(found.morris),
                       amount=view.money.shown(first.mu_star or 0.0))  # fmt: skip
    missing = len(found.points) - found.tested
    note = view.say("sensitivity.note_morris", count=found.trajectories, missing=missing)
    return Chart("morris", finding, note, figure, effects_table(view, found))


def _dots(view: StudyView, found: Sensitivity, drawn: list[Effect]) -> go.Scatter:
    """A dot a driver, named where it matters; its line is what the gaps leave."""
    scale = view.money.divisor
    names = [safe(driver_name(view, found, each.path)) for each in drawn]
    least = NAMED * (drawn[0].mu_star or 0.0)
    labels = [name if (each.mu_star or 0.0) >= least else ""
              for name, each in zip(names, drawn, strict=True)]  # fmt: skip
    return go.Scatter(
        x=[(each.mu_star or 0.0) / scale for each in drawn],
        y=[(each.sigma or 0.0) / scale for each in drawn],
        mode="markers+text", text=labels, hovertext=names, textposition="top center",
        marker={"size": 11, "color": palette.BLUE},
        error_x={"array": [(each.noise or 0.0) / scale for each in drawn],
                 "color": palette.MUTED, "thickness": 1, "width": 3},
        showlegend=False, hovertemplate="%{hovertext}: μ* %{x:.3g}, σ %{y:.3g}<extra></extra>",
    )  # fmt: skip


def effects_table(view: StudyView, found: Sensitivity) -> Table:
    """A row a driver: steps with both ends, mean, mean of absolute effects and how sure it is,
    deviation, noise; dashes where too few steps are known."""
    head = [view.say("sensitivity.driver"), view.say("sensitivity.steps"), "μ", "μ*",
            view.say("sensitivity.confidence"), "σ", view.say("sensitivity.noise")]  # fmt: skip
    rows = [
        [driver_name(view, found, each.path), str(each.known),
         *(numbers.NOTHING if amount is None else view.interval(amount, amount)
           for amount in (each.mu, each.mu_star, each.mu_star_conf, each.sigma, each.noise))]
        for each in found.morris
    ]  # fmt: skip
    caption = view.say("sensitivity.effects", unit=view.money.label)
    return Table(caption, head, rows, numbers_from(len(head)))
