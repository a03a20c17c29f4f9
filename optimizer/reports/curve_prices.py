"""How far down the way internal carbon prices lead, as a table and as lines in its picture."""

from __future__ import annotations

import plotly.graph_objects as go

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Plain, Table, numbers_from
from optimizer.reports.study_view import StudyView
from optimizer.studies.cost_curve import CostCurve
from optimizer.studies.internal_price import AtPrice

COLUMNS = ("price", "point", "avoided", "least", "most", "left", "cost")


def at_prices(view: StudyView, curve: CostCurve) -> Plain | None:
    """A row a price: the plan that it leads to; None without prices."""
    if not curve.at_prices:
        return None
    head = [
        view.say(f"at_price.{key}_column", unit=view.money.label, per=view.per_tonne_unit)
        for key in COLUMNS
    ]
    rows = [_row(view, curve, one) for one in curve.at_prices]
    table = Table(view.say("at_price.heading"), head, rows, numbers_from(len(head)))
    return Plain(view.say("at_price.heading"), [view.say("at_price.note")], table)


def _row(view: StudyView, curve: CostCurve, one: AtPrice) -> list[str]:
    points, base = curve.front.points, curve.front.baseline.tonnes
    plan = points[one.point].plan
    avoided = (base - points[at].plan.tonnes for at in (one.point, one.first, one.last))
    return [
        numbers.span([one.price], 4), str(one.point + 1), *map(numbers.grouped, avoided),
        numbers.grouped(plan.tonnes), view.money.number(plan.cost - points[0].plan.cost),
    ]  # fmt: skip


def price_lines(view: StudyView, curve: CostCurve, figure: go.Figure) -> None:
    """A line at each price, and the band between the lowest and the highest, as far as they lie
    within the picture; those above are named at its upper edge."""
    top, prices = figure.layout.yaxis.range[1], [one.price for one in curve.at_prices]
    shown = [price for price in prices if top is None or price < top]
    for price in shown:
        text = view.say("at_price.line", price=numbers.span([price], 4))
        figure.add_hline(
            y=price, line={"color": palette.INK, "dash": "dot", "width": 1},
            annotation={"text": text, "font": {"size": 10}, "bgcolor": palette.PAPER},
            annotation_position="top right",
        )  # fmt: skip
    above = [numbers.span([price], 4) for price in prices if price not in shown]
    if above:
        text = view.say("at_price.line", price=view.say("list.separator").join(above))
        figure.add_annotation(
            text=f"↑ {text}", showarrow=False, font={"size": 10}, xref="paper", x=1, y=top,
            xanchor="right", yanchor="top", bgcolor=palette.PAPER,
        )  # fmt: skip
    if len(prices) > 1 and shown:
        figure.add_hrect(
            y0=prices[0], y1=min(prices[-1], top or prices[-1]), line_width=0, layer="below",
            fillcolor=palette.tint(palette.INK, 0.06),
        )  # fmt: skip
