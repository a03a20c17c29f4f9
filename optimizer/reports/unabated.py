"""What is left in a year, split by the audit: residual, and unabated in a colour of its own."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from optimizer.reports import numbers, palette
from optimizer.reports.charts_steps import KILO
from optimizer.reports.view import View
from optimizer.studies.residual import PARTS

Numbers = NDArray[np.float64]
WIDTH = 0.3


def split(view: View) -> dict[str, Numbers]:
    """Residual and unabated emissions (Y,), t; nothing without an audit."""
    if view.audit is None:
        return {}
    return {key: np.array([entry[key] for entry in view.audit["years"]]) for key in PARTS}


def bars(view: View) -> list[go.Bar]:
    """A bar a year from the residual emissions up to the gross ones."""
    parts = split(view)
    if not parts:
        return []
    return [
        go.Bar(x=view.years, y=parts["unabated"] / KILO, base=parts["residual"] / KILO, width=WIDTH,
               name=view.say("word.unabated"), marker={"color": palette.UNABATED})
    ]  # fmt: skip


def noted(view: View, note: str) -> str:
    """A picture's note with what the split says, or that nobody has split what is left."""
    parts = split(view)
    if not parts:
        return view.say("note.path_unsplit", note=note)
    tonnes = numbers.with_unit(float(parts["unabated"][-1]), "t")
    return view.say("note.path_split", note=note, last=view.last, tonnes=tonnes)
