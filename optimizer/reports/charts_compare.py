"""Pictures of plans side by side: what remains, what each costs more, credits, which rule binds."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart
from optimizer.reports.chart import picture, safe
from optimizer.reports.comparison import CompareView, policies_table, years_table
from optimizer.reports.study_view import StudyView
from optimizer.studies.comparison import Compared

ROW_HEIGHT, SMALLEST = 34, 200  # pixels
SPREAD = 0.8  # of a year: the marks of all plans in it stand side by side
GROUP = 0.6  # of the distance between two years: the bars of one year
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
MARKS = ("circle", "square", "diamond", "triangle-up", "x")


def colours(view: CompareView) -> dict[str, str]:
    """Colour of each plan that is drawn, by key; no rules are grey, as the baseline is."""
    keys = [plan.key for plan in view.solved if plan.key != "none"]
    return {"none": palette.BASELINE, **palette.palette((), keys).things}


def remaining(view: CompareView) -> Chart:
    """Gross emissions by year of each plan, all in one ledger."""
    key = f"remaining_{view.comparison.ledger}"
    shade, traces = colours(view), []
    for at, plan in enumerate(view.solved):
        look = {"color": shade[plan.key], "width": 2.5, "dash": DASHES[at % len(DASHES)]}
        marker = {"symbol": MARKS[at % len(MARKS)], "size": 9}
        traces.append(
            go.Scatter(x=view.years, y=[row[key] for row in plan.years()], mode="lines+markers",
                       name=safe(view.alike(plan)), line=look, marker=marker,
                       hovertemplate="%{y:,.0f} t %{fullData.name}")
        )  # fmt: skip
    ledger = view.say(f"ledger.{view.comparison.ledger}")
    figure = picture(traces, view.say("compare.axis.remaining", ledger=ledger), 380, view.years)
    figure.update_yaxes(rangemode="tozero", tickformat=",d")
    figure.update_layout(legend={"y": -0.14, "yanchor": "top"}, margin={"t": 14, "b": 30})
    last = [plan.years()[-1][key] for plan in view.solved]
    finding = remaining_finding(view, view.years[-1], last)
    note = view.say("compare.note.remaining")
    return Chart("remaining", finding, note, figure, years_table(view))


def remaining_finding(view: CompareView | StudyView, year: int, tonnes: Sequence[float]) -> str:
    """From which to which amount plans leave before credits, or the one that all leave."""
    least, most = (numbers.grouped(end(tonnes)) for end in (min, max))
    key = "compare.finding.remaining_all" if least == most else "compare.finding.remaining"
    return view.say(key, year=year, least=least, most=most)


def dearer(view: CompareView) -> Chart | None:
    """What each policy costs more than the reference, as the interval that is proven."""
    found = [(plan, view.comparison.difference(plan)) for plan in view.solved]
    shown = [(plan, d) for plan, d in found if d is not None]
    reference = view.comparison.reference
    if not shown or reference is None:
        return None
    scale, shade = view.money, colours(view)
    middle = [(d.low + d.high) / 2 / scale.divisor for _, d in shown]
    half = [(d.high - d.low) / 2 / scale.divisor for _, d in shown]
    dots = go.Scatter(
        x=middle, y=[view.tick(plan) for plan, _ in shown], mode="markers",
        marker={"size": 11, "color": [shade[plan.key] for plan, _ in shown]},
        error_x={"array": half, "thickness": 2, "width": 6, "color": palette.INK},
        showlegend=False, hovertemplate=f"%{{x:.3g}} ± %{{error_x.array:.2g}} {scale.label}",
    )  # fmt: skip
    height = max(SMALLEST, ROW_HEIGHT * len(shown) + 90)
    figure = picture([dots], "", height)
    axis = view.say("compare.axis.more", against=view.quoted(reference), unit=scale.label)
    figure.update_xaxes(title={"text": axis, "font": {"size": 11}}, zeroline=True, showgrid=True)
    figure.update_yaxes(title=None, autorange="reversed")
    figure.update_layout(margin={"t": 14, "b": 50})
    dearest, most = max(shown, key=lambda pair: pair[1].low)
    key = "compare.finding.noise" if most.low <= 0 else "compare.finding.more"
    finding = view.say(
        key, policy=view.quoted(dearest), against=view.quoted(reference), amount=view.more(most),
        unit=scale.label,
    )  # fmt: skip
    return Chart("dearer", finding, view.say("compare.note.more"), figure, policies_table(view))


def credits(view: CompareView) -> Chart | None:
    """Credits by year of the plans that use any."""
    users = [p for p in view.solved if any(row["credits"] > 0.5 for row in p.years())]
    if not users:
        return None
    shade = colours(view)
    traces = [
        go.Bar(x=view.years, y=[row["credits"] for row in plan.years()],
               width=GROUP / len(users),
               name=safe(view.alike(plan)), marker={"color": shade[plan.key]},
               hovertemplate="%{y:,.0f} t %{fullData.name}")
        for plan in users
    ]  # fmt: skip
    figure = picture(traces, view.say("compare.axis.credits"), 280, view.years)
    figure.update_layout(barmode="group", showlegend=True)
    top = max(users, key=lambda p: sum(row["credits"] for row in p.years()))
    total = numbers.grouped(sum(row["credits"] for row in top.years()))
    finding = view.say(
        "compare.finding.credits", count=len(users), policy=view.quoted(top), total=total
    )
    return Chart("credits", finding, view.say("compare.note.credits"), figure, years_table(view))


def binding(view: CompareView) -> Chart | None:
    """A row a rule, and a mark for each plan and year in which it is at its limit."""
    found = {plan.key: _rules(plan) for plan in view.solved}
    rules = list(dict.fromkeys(rule for by in found.values() for rule in by))
    if not rules:
        return None
    shade, traces, count = colours(view), [], len(view.solved)
    for at, plan in enumerate(view.solved):
        marks = [(year, rule) for rule, years in found[plan.key].items() for year in years]
        shift = SPREAD * ((at + 0.5) / count - 0.5)
        marker = {"symbol": MARKS[at % len(MARKS)], "size": 9, "color": shade[plan.key]}
        traces.append(
            go.Scatter(x=[year + shift for year, _ in marks],
                       y=[safe(view.rule(rule)) for _, rule in marks], mode="markers",
                       name=safe(view.alike(plan)), marker=marker, showlegend=True,
                       customdata=[year for year, _ in marks],
                       hovertemplate="%{customdata} %{fullData.name}")
        )  # fmt: skip
    figure = picture(traces, "", max(SMALLEST, ROW_HEIGHT * len(rules) + 150), view.years)
    figure.update_xaxes(range=[view.years[0] - 0.5, view.years[-1] + 0.5])
    figure.update_yaxes(title=None, autorange="reversed", showgrid=True, categoryorder="array",
                        categoryarray=[safe(view.rule(rule)) for rule in rules])  # fmt: skip
    figure.update_layout(margin={"t": 90, "b": 40})
    finding = view.say("compare.finding.binding", count=len(rules), plans=count)
    return Chart("binding", finding, view.say("compare.note.binding"), figure, policies_table(view))


def _rules(plan: Compared) -> dict[str, list[int]]:
    """Years of each rule at its limit."""
    found: dict[str, list[int]] = {}
    for row in plan.figures.summary["binding"] if plan.figures else ():
        found.setdefault(row["rule"], []).append(row["year"])
    return found
