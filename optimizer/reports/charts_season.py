"""A picture of what seasonal stores hold, day by day through a year."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from optimizer.reports import energy, numbers, palette
from optimizer.reports.blocks import Chart, Table, numbers_from
from optimizer.reports.chart import picture, safe
from optimizer.reports.view import View

Numbers = NDArray[np.float64]
NEW_YEAR = date(2001, 1, 1)
"""Of a year of 365 days, as every profile year has; its number isn't shown."""
MONTH = "%m-%d"


def season_levels(view: View) -> dict[str, Numbers]:
    """MWh at the begin of each day of the last planning year, (365,), by store that holds any."""
    levels = {
        store: np.asarray(view.plan["level_by_day"].sel(season_store=store, year=view.last).values)
        for store in view.ids("season_store")
    }
    return {store: level for store, level in levels.items() if level.max() > energy.SMALL}


def seasons(view: View, levels: dict[str, Numbers]) -> Chart:
    """A line a store; the finding is of the one that holds most."""
    days = [NEW_YEAR + timedelta(days=day) for day in range(365)]
    traces = [
        go.Scatter(x=days, y=level, mode="lines", name=safe(view.name_of_unit(store)),
                   line={"color": _colour(view, store), "width": 2})
        for store, level in levels.items()
    ]  # fmt: skip
    figure = picture(traces, "MWh", 280)
    figure.update_layout(showlegend=True)
    figure.update_xaxes(tickformat=MONTH, dtick="M2")
    figure.update_yaxes(rangemode="tozero")
    top = max(levels, key=lambda store: float(levels[store].max()))
    fullest, emptiest = int(levels[top].argmax()), int(levels[top].argmin())
    finding = view.say(
        "finding.seasons", store=view.name_of_unit(top), last=view.last,
        most=numbers.with_unit(float(levels[top][fullest]), "MWh"),
        least=numbers.with_unit(float(levels[top][emptiest]), "MWh"),
        fullest=f"{days[fullest]:{MONTH}}", emptiest=f"{days[emptiest]:{MONTH}}",
    )  # fmt: skip
    return Chart("seasons", finding, view.say("note.seasons"), figure, _table(view, levels))


def _colour(view: View, store: str) -> str:
    """The colour of the measure, or of the asset that it is a unit of."""
    owner = view.inputs.asset_of_unit(store) or store
    return view.colours.things.get(owner, palette.MUTED)


def _table(view: View, levels: dict[str, Numbers]) -> Table:
    """The level at the begin of each month."""
    firsts = [(date(NEW_YEAR.year, month, 1) - NEW_YEAR).days for month in range(1, 13)]
    head = [view.say("word.day"), *(f"{view.name_of_unit(store)} [MWh]" for store in levels)]
    rows = [
        [f"{NEW_YEAR + timedelta(days=day):{MONTH}}",
         *(numbers.significant(float(level[day])) for level in levels.values())]
        for day in firsts
    ]  # fmt: skip
    return Table(view.say("table.seasons"), head, rows, numbers_from(len(head)))
