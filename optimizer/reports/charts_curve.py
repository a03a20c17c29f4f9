"""Picture of the way down: its steps, and credits beside them."""

from __future__ import annotations

import textwrap

import plotly.graph_objects as go

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart
from optimizer.reports.chart import picture, safe
from optimizer.reports.curve_prices import price_lines
from optimizer.reports.curve_steps import at_most, changed, interval, number_of, whole
from optimizer.reports.heights import readable
from optimizer.reports.study_view import KILO, StudyView, titled
from optimizer.studies.cost_curve import CostCurve
from optimizer.studies.steps import Step

LONGEST = 22  # letters of a name that stands on end
PLOT, LETTER = 860, 6.2  # pixels: of the whole width, of a letter
NARROW, NARROWEST = 120, 12  # pixels: below, the label stands on end; below, only a number
MOST_LINES = 9  # of a label: as many as HEADROOM leaves above the tallest bar
HEADROOM, BLOCK = 1.9, 0.4  # of the tallest bar; of the steps' width


def view_of(curve: CostCurve, lang: str) -> StudyView:
    """The curve as its page sees it."""
    base, points = curve.front.baseline, curve.front.points
    amounts = [points[-1].plan.cost - points[0].plan.cost, base.cost - points[0].plan.cost]
    return StudyView(curve.front.subject, lang, max(*map(abs, amounts), abs(base.cost) / 1000))


def way_down(view: StudyView, curve: CostCurve) -> Chart:
    """Steps from the cheapest plan to the cleanest, as wide as the tonnes that they avoid."""
    drawn = [one for one in curve.steps if not one.noise]
    traces: list[object] = []
    for key, supported in (("reached", True), ("unreached", False)):
        chosen = [one for one in drawn if one.supported is supported]
        if chosen:
            traces.append(_bars(view, curve, chosen, key))
    traces += _credits(view, curve)
    figure = picture(traces, view.per_tonne_unit, 440)
    figure.update_xaxes(
        title=titled(view.say("curve.axis_avoided", tonnes=view.tonnes)), tickformat=",.4~r"
    )
    figure.update_layout(margin={"b": 60}, bargap=0)
    _frame(view, curve, figure, drawn)
    price_lines(view, curve, figure)
    return Chart("way_down", _finding(view, curve, drawn), view.say("curve.note"), figure, None)


def _frame(view: StudyView, curve: CostCurve, figure: go.Figure, drawn: list[Step]) -> None:
    """Room for the names above the bars; of the first block no more than leaves the steps wide."""
    bars = [(view.per_tonne(one.high, one.tonnes), one.tonnes) for one in drawn]
    bars += [(view.per_tonne(one.cost, one.tonnes), one.tonnes) for one in curve.credits]
    top = HEADROOM * max(0.0, readable(bars))
    least = min([view.per_tonne(one.low, one.tonnes) for one in drawn], default=0.0)
    figure.update_yaxes(range=[min(0.0, 1.1 * least), top or None])
    begin, end = _begin(curve), curve.front.baseline.tonnes - curve.front.points[-1].plan.tonnes
    right = end + sum(one.tonnes for one in curve.credits)
    left = max(0.0, begin - BLOCK * (right - begin))
    left = min(left, begin)
    figure.update_xaxes(range=[left / KILO, right / KILO])
    for one in drawn:
        label = _label(view, curve, one, PLOT * one.tonnes / (right - left))
        figure.add_annotation(_cut(view, one, label, top))
    for one in curve.steps:
        if one.noise:
            figure.add_annotation(_blank(view, curve, one, PLOT * one.tonnes / (right - left)))
    if begin > 0:
        figure.add_vrect(
            x0=left / KILO, x1=begin / KILO, fillcolor=palette.pale(palette.GREEN, 0.25),
            line_width=0, layer="below", annotation_position="top left",
            annotation={"text": _first_block(view, curve), "font": {"size": 11}, "align": "left"},
        )  # fmt: skip


def _begin(curve: CostCurve) -> float:
    """Tonnes that the cheapest plan avoids against the baseline."""
    return curve.front.baseline.tonnes - curve.front.points[0].plan.tonnes


def _first_block(view: StudyView, curve: CostCurve) -> str:
    saved = curve.front.baseline.cost - curve.front.points[0].plan.cost
    return view.say(
        "curve.first_block", money=view.money.shown(saved), tonnes=view.tonnes_shown(_begin(curve))
    )


def _bars(view: StudyView, curve: CostCurve, chosen: list[Step], key: str) -> go.Bar:
    base = curve.front.baseline.tonnes
    right = [base - curve.front.points[one.end].plan.tonnes for one in chosen]
    tonnes = [one.tonnes for one in chosen]
    each = [view.per_tonne(one.cost, one.tonnes) for one in chosen]
    upper = [view.per_tonne(one.high - one.cost, one.tonnes) for one in chosen]
    lower = [view.per_tonne(one.cost - one.low, one.tonnes) for one in chosen]
    shape = {
        "shape": "" if key == "reached" else "/",
        "fillmode": "overlay",
        "fgcolor": palette.PAPER,
    }
    return go.Bar(
        x=[(r - t / 2) / KILO for r, t in zip(right, tonnes, strict=True)], y=each,
        width=[t / KILO for t in tonnes], name=view.say(f"curve.{key}"),
        marker={"color": palette.BLUE, "pattern": shape,
                "line": {"color": palette.PAPER, "width": 1}},
        error_y={"type": "data", "symmetric": False, "array": upper, "arrayminus": lower,
                 "color": palette.MUTED, "thickness": 1, "width": 3},
        hovertext=[_hover(view, curve, one) for one in chosen], hoverinfo="text",
    )  # fmt: skip


def _label(view: StudyView, curve: CostCurve, one: Step, room: float) -> dict[str, object]:
    """Above a step's whisker its number and what enters (+) and leaves (-), in `room` pixels.

    A narrow step has its number and the first name on end; the narrowest, its number.
    """
    signs = [("+", id) for id in one.changes.enters]
    signs += [(numbers.MINUS, id) for id in one.changes.leaves]
    names, number = [sign + view.name(id) for sign, id in signs], str(number_of(curve, one))
    lines = [number]
    if room >= NARROW:
        wide = int(room / LETTER)
        lines += [line for name in names for line in textwrap.wrap(name, wide)]
        lines = lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], "…"]
    elif room >= NARROWEST and names:
        more = " …" if len(names) > 1 else ""
        lines = [f"{number} {_short(names[0])}{more}"]
    middle = curve.front.baseline.tonnes - curve.front.points[one.end].plan.tonnes
    ground = {"bgcolor": palette.PAPER} if room >= NARROW else {}
    return ground | {
        "text": "<br>".join(map(safe, lines)), "showarrow": False, "font": {"size": 10},
        "x": (middle - one.tonnes / 2) / KILO, "yanchor": "bottom", "yshift": 3,
        "y": max(0.0, view.per_tonne(one.high, one.tonnes)),
        "textangle": 0 if room >= NARROW or len(lines[0]) == len(number) else -90,
    }  # fmt: skip


def _blank(view: StudyView, curve: CostCurve, one: Step, room: float) -> dict[str, object]:
    """In the place of a step that is noise its number and, where that fits, what it may cost."""
    lines = [str(number_of(curve, one))]
    if room >= NARROW:
        said = view.say("curve.blank", most=at_most(view, one))
        lines += map(safe, textwrap.wrap(said, int(room / LETTER)))
    middle = curve.front.baseline.tonnes - curve.front.points[one.end].plan.tonnes
    return {
        "text": "<br>".join(lines), "showarrow": False, "yanchor": "bottom", "y": 0,
        "x": (middle - one.tonnes / 2) / KILO, "font": {"size": 10, "color": palette.MUTED},
        "bgcolor": palette.PAPER,
    }  # fmt: skip


def _cut(view: StudyView, one: Step, label: dict[str, object], top: float) -> dict[str, object]:
    """The label of a step whose bar goes on above the picture: at its upper edge, with what a tonne
    costs; other labels as they are."""
    if not 0 < top < view.per_tonne(one.high, one.tonnes):
        return label
    text = f"{label['text']} ↑ {interval(view, one)}"
    return label | {"text": text, "y": top, "yanchor": "top", "bgcolor": palette.PAPER}


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _hover(view: StudyView, curve: CostCurve, one: Step) -> str:
    said = view.say(
        "curve.hover", number=number_of(curve, one), tonnes=numbers.grouped(one.tonnes),
        each=interval(view, one),
    )  # fmt: skip
    return "<br>".join([f"<b>{said}</b>", *map(safe, changed(view, one.changes))])


def _credits(view: StudyView, curve: CostCurve) -> list[object]:
    """Credits to the right of the last step, in their own colour, as wide as they may be."""
    at = curve.front.baseline.tonnes - curve.front.points[-1].plan.tonnes
    found: list[object] = []
    for one in curve.credits:
        each = view.per_tonne(one.cost, one.tonnes)
        found.append(
            go.Bar(
                x=[(at + one.tonnes / 2) / KILO],
                y=[each],
                width=[one.tonnes / KILO],
                name=view.say("curve.credits", name=view.name(one.id), each=whole(each)),
                marker={"color": palette.CREDITS, "line": {"color": palette.PAPER, "width": 1}},
                hovertemplate=f"{safe(view.name(one.id))}: {whole(each)}<extra></extra>",
            )
        )
        at += one.tonnes
    return found


def _finding(view: StudyView, curve: CostCurve, drawn: list[Step]) -> str:
    if not drawn:
        return view.say("curve.finding_none")
    each = [view.per_tonne(one.cost, one.tonnes) for one in drawn]
    key = "finding" if len(drawn) > 1 else "finding_one"
    return view.say(
        f"curve.{key}", count=len(drawn), least=whole(each[0]), most=whole(each[-1]),
        unit=view.per_tonne_unit,
    )  # fmt: skip
