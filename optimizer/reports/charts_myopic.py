"""Pictures of what foresight is worth: emissions by year, and what starts when, with it or not."""

from __future__ import annotations

import plotly.graph_objects as go

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart, Plain, Table, numbers_from
from optimizer.reports.chart import picture
from optimizer.reports.charts_compare import remaining_finding
from optimizer.reports.study_view import StudyView
from optimizer.studies.decided import Decided
from optimizer.studies.myopic import Foresight, Myopic

LOOKS = (
    (palette.GROSS, "solid", "circle"), (palette.NET, "dash", "square"),
    (palette.UNABATED, "dot", "diamond"),
)  # fmt: skip
HEIGHT = 340  # pixels


def view_of(found: Foresight, lang: str) -> StudyView:
    """The study in one language, money in the scale of its costs."""
    return StudyView(found.subject, lang, abs(found.plan.cost))


def headline(view: StudyView, found: Foresight) -> str:
    """What either way of deciding costs more, or misses."""
    if all(run.is_noise for run in found.myopic):
        return view.say("myopic.noise")
    joint = view.say("compare.sentences")
    return joint.join(_finding(view, run) for run in found.myopic)


def _finding(view: StudyView, run: Myopic) -> str:
    known = "known" if run.policy_known else "unknown"
    if run.missed is not None:
        return view.say(f"myopic.missed_{known}", year=run.missed.year)
    if run.is_noise:
        return view.say(f"myopic.noise_{known}")
    return view.say(f"myopic.worth_{known}", amount=more(view, run), unit=view.money.label)


def more(view: StudyView, run: Myopic) -> str:
    """What it costs more than foresight, as the interval that the searches prove."""
    if run.low is None or run.high is None:
        return numbers.NOTHING
    return view.interval(run.low, run.high)


def runs(found: Foresight) -> list[tuple[str, Decided | None]]:
    """Word of each way to decide, and its plan."""
    named = [("known" if run.policy_known else "unknown", run.plan) for run in found.myopic]
    return [("foresight", found.plan.plan), *named]


def worth_table(view: StudyView, found: Foresight) -> Table:
    """A row a way to decide: cost, more than with foresight, tonnes, what is missed."""
    unit = view.money.label
    head = [view.say("myopic.way"), view.say("compare.cost", unit=unit),
            view.say("myopic.more", unit=unit),
            view.say("myopic.last", year=view.subject.last), view.say("myopic.misses")]  # fmt: skip
    told = [numbers.NOTHING, *(more(view, run) for run in found.myopic)]
    misses = [numbers.NOTHING, *(missed(view, run) for run in found.myopic)]
    rows, costs = [], iter(_costs(view, found))
    for (word, plan), worth, miss in zip(runs(found), told, misses, strict=True):
        cost = numbers.NOTHING if plan is None else next(costs)
        last = numbers.NOTHING if plan is None else numbers.grouped(plan.gross[view.subject.last])
        rows.append([view.say(f"myopic.{word}"), cost, worth, last, miss])
    return Table(view.say("myopic.table"), head, rows, frozenset({1, 2, 3}))


def _costs(view: StudyView, found: Foresight) -> list[str]:
    """Cost of each plan that there is, with the decimals in which they differ."""
    costs = [plan.cost for _, plan in runs(found) if plan is not None]
    return view.money.column(costs, max(found.plan.cost - found.plan.bound, 1.0))


def missed(view: StudyView, run: Myopic) -> str:
    """The year of deciding, and which rules can't be kept any more; a dash for none."""
    if run.missed is None:
        return numbers.NOTHING
    said = view.say("compare.list").join(each.said(view.lang) for each in run.missed.promises)
    return view.say("myopic.deciding", year=run.missed.year, said=said)


def emissions(view: StudyView, found: Foresight) -> Chart:
    """Gross emissions by year of each plan that there is."""
    traces = []
    for (word, plan), (colour, dash, symbol) in zip(runs(found), LOOKS, strict=True):
        if plan is not None:
            traces.append(
                go.Scatter(x=list(plan.gross), y=list(plan.gross.values()), mode="lines+markers",
                           name=view.say(f"myopic.{word}"), line={"color": colour, "dash": dash},
                           marker={"symbol": symbol, "size": 9},
                           hovertemplate="%{y:,.0f} t %{fullData.name}")
            )  # fmt: skip
    ledger = view.say(f"ledger.{view.subject.ledger}")
    axis = view.say("compare.axis.remaining", ledger=ledger)
    figure = picture(traces, axis, HEIGHT, view.subject.years)
    figure.update_yaxes(rangemode="tozero", tickformat=",d")
    figure.update_layout(showlegend=True)
    last = view.subject.last
    ends = [plan.gross[last] for _, plan in runs(found) if plan is not None]
    finding = remaining_finding(view, last, ends)
    return Chart("emissions", finding, view.say("myopic.note"), figure, None)


def schedule(view: StudyView, found: Foresight) -> Plain:
    """First year and largest size of each thing, with foresight and without."""
    plans = [(word, plan) for word, plan in runs(found) if plan is not None]
    ids = dict.fromkeys(id for _, plan in plans for id in plan.first())
    order = sorted(ids, key=lambda id: (min(p.first().get(id, 9999) for _, p in plans), id))
    head = [view.say("word.measure"), *(view.say(f"myopic.{word}") for word, _ in plans)]
    rows = [[view.name(id), *(_cell(view, plan, id) for _, plan in plans)] for id in order]
    table = Table(view.say("myopic.schedule"), head, rows)
    return Plain(view.say("myopic.schedule"), table=table)


def _cell(view: StudyView, plan: Decided, id: str) -> str:
    year = plan.first().get(id)
    return numbers.NOTHING if year is None else f"{year}  {view.size(id, plan.chosen()[id])}"


def expected_table(view: StudyView, found: Foresight) -> Table | None:
    """What all was expected to cost in each year of deciding; None where nothing was decided."""
    years = sorted({year for run in found.myopic for year in run.expected})
    if not years:
        return None
    words = ["known" if run.policy_known else "unknown" for run in found.myopic]
    head = [view.say("word.year"), *(view.say(f"myopic.{word}") for word in words)]
    costs = [[run.expected.get(year, float("nan")) for run in found.myopic] for year in years]
    rows = [
        [str(year), *map(view.money.number, row)] for year, row in zip(years, costs, strict=True)
    ]
    caption = view.say("myopic.expected", unit=view.money.label)
    return Table(caption, head, rows, numbers_from(len(head)))
