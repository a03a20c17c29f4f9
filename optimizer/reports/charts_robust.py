"""Pictures and tables of a decision made now for several futures."""

from __future__ import annotations

from collections.abc import Iterator

import plotly.graph_objects as go

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart, Table, numbers_from
from optimizer.reports.chart import picture, safe
from optimizer.reports.charts_plans import plans_side_by_side
from optimizer.reports.study_view import StudyView, titled
from optimizer.studies.two_stage import Coming, Decision, TwoStage

ROW = 62  # pixels of a decision's bars


def view_of(found: TwoStage, lang: str) -> StudyView:
    """The study as its page sees it: money in the scale of the dearest future."""
    return StudyView(found.subject, lang, max(abs(future.cost) for future in found.futures))


def headline(view: StudyView, found: TwoStage) -> str:
    """What deciding for all futures saves against the best decision for one of them."""
    best = found.decision("expected").expected
    about = {"name": view.subject.name[view.lang], "count": len(found.futures)}
    if best is None:
        return view.say("robust.headline_none", year=found.decide_to, **about)
    alone = [d.expected for d in found.decisions if d.kind == "future" and d.expected is not None]
    mean, saved = view.money.shown(best), min(alone, default=best) - best
    if not alone or saved <= found.gap * abs(best):
        return view.say("robust.headline_same", money=mean, **about)
    shown = view.money.shown(saved)
    return view.say(
        "robust.headline", year=found.decide_to, money=mean, saved=shown, **about
    )  # fmt: skip


def costs_table(view: StudyView, found: TwoStage) -> Table:
    """A row a decision: its cost in each future, mean, largest regret, the worst share."""
    tail = numbers.percent(found.tail, 0)
    head = [view.say("robust.decision")]
    head += [
        view.say("robust.weight", name=future.name[view.lang],
                 weight=numbers.percent(future.weight, 0))
        for future in found.futures
    ]  # fmt: skip
    head += [view.say("robust.mean"), view.say("robust.most_regret")]
    head += [view.say("robust.cvar", tail=tail)]
    rows = [
        [decision_name(view, found, one), *(_amount(view, c) for c in one.costs),
         *(_amount(view, c) for c in (one.expected, one.most_regret, one.cvar))]
        for one in found.decisions
    ]  # fmt: skip
    own = [_amount(view, future.cost) for future in found.futures]
    rows.append([view.say("robust.own"), *own, _amount(view, found.known), "", ""])
    caption = view.say("robust.costs", unit=view.money.label)
    return Table(caption, head, rows, numbers_from(len(head)))


def _amount(view: StudyView, money: float | None) -> str:
    if money is None:
        return view.say("robust.none")
    return view.money_of(money)


def decision_name(view: StudyView, found: TwoStage, one: Decision) -> str:
    """What a decision is best for."""
    name = next((f.name[view.lang] for f in found.futures if f.id == one.of), "")
    return view.say(f"robust.{one.kind}", name=name)


def costs_note(view: StudyView, found: TwoStage) -> str:
    """Bounds of both decisions, what knowing would be worth, what the worst share is."""
    bounds = {kind: found.decision(kind).bound for kind in ("expected", "regret")}
    said = {k: numbers.NOTHING if b is None else view.money.shown(b) for k, b in bounds.items()}
    tail = numbers.percent(found.tail, 0)
    return view.say("robust.costs_note", known=view.money.shown(found.known), tail=tail, **said)


def regrets(view: StudyView, found: TwoStage) -> Chart:
    """A bar a decision and future."""
    names = [safe(decision_name(view, found, one)) for one in found.decisions]
    traces = [
        go.Bar(
            y=names, x=_regrets_in(view, found, k), name=safe(future.name[view.lang]),
            orientation="h", marker={"color": colour},
            text=["" if lost is not None else view.say("robust.none") for lost in _lost(found, k)],
            textposition="outside", textfont={"size": 11, "color": palette.CAP},
            hovertemplate="%{y}: %{x:,.3~r} %{text}<extra>%{fullData.name}</extra>",
        )
        for k, (future, colour) in enumerate(_coloured(found))
    ]  # fmt: skip
    figure = picture(traces, "", 110 + ROW * len(names))
    figure.update_yaxes(autorange="reversed", ticks="")
    most = max((x for trace in traces for x in trace.x), default=0.0)
    axis = view.say("robust.axis", unit=view.money.label)
    figure.update_xaxes(title=titled(axis), showgrid=True, range=[0, 1.05 * most or 1],
                        tickformat=",~r")  # fmt: skip
    figure.update_layout(barmode="group", margin={"b": 50})
    table = costs_table(view, found)
    note = " ".join([view.say("robust.regrets_note"), costs_note(view, found)])
    return Chart("regrets", _regretted(view, found), note, figure, table)


def _regretted(view: StudyView, found: TwoStage) -> str:
    """The least largest regret, and the largest of a decision made for one future, or for which
    futures the best decision breaks a rule of another."""
    least = found.decision("regret").most_regret
    if least is None:
        return view.say("robust.regrets_none")
    shown = view.money.shown(max(0.0, least))
    alone = [one for one in found.decisions if one.kind == "future"]
    broken = {one.of for one in alone if one.most_regret is None}
    if broken:
        names = [future.name[view.lang] for future in found.futures if future.id in broken]
        joint = view.say("compare.list")
        return view.say("robust.regrets_broken", least=shown, names=joint.join(names))
    most = max(one.most_regret or 0.0 for one in alone)
    return view.say("robust.regrets", least=shown, most=view.money.shown(most))


def _coloured(found: TwoStage) -> Iterator[tuple[Coming, str]]:
    colours = palette.CARRIER_COLOURS
    for k, future in enumerate(found.futures):
        yield future, colours[k % len(colours)]


def _lost(found: TwoStage, k: int) -> list[float | None]:
    """Regret of each decision in a future [money]; None where it breaks a rule."""
    return [one.regrets[k] for one in found.decisions]


def _regrets_in(view: StudyView, found: TwoStage, k: int) -> list[float]:
    """Lengths of bars: no regret, and none that is known, are 0."""
    return [max(0.0, lost or 0.0) / view.money.divisor for lost in _lost(found, k)]


def plans_in_futures(view: StudyView, found: TwoStage) -> Chart:
    """The plan of the decision of least expected cost in each future."""
    pairs = zip(found.futures, found.decision("expected").plans, strict=True)
    plans = {future.name[view.lang]: plan for future, plan in pairs if plan is not None}
    figure, table = plans_side_by_side(view, plans, view.say("robust.plans_table"))
    note = view.say("robust.plans_note", year=found.decide_to)
    return Chart("plans", view.say("robust.plans"), note, figure, table)
