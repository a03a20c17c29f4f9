"""Pictures and tables of plans that cost little more than the cheapest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import plotly.graph_objects as go

from optimizer import words
from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart, Plain, Table, numbers_from
from optimizer.reports.chart import picture, safe
from optimizer.reports.charts_plans import ROW, plans_side_by_side
from optimizer.reports.study_view import KILO, StudyView, titled
from optimizer.studies.alternatives import Alternative, Alternatives, Offer, Verdict
from optimizer.studies.decided import Decided

LOOKS: Final[Mapping[Verdict, tuple[int, str, str]]] = {
    "must": (0, palette.BLUE, palette.PAPER),
    "can": (1, palette.SKY, palette.INK),
    "open": (2, palette.PAPER, palette.INK),
    "cannot": (3, palette.RULE, palette.INK),
}
"""Order, colour and ink of each verdict."""
SHOWN: Final = ("projects", "capex", "bought", "unlike")
"""Kinds of goals whose plans stand side by side."""


def view_of(found: Alternatives, lang: str) -> StudyView:
    """The study as its page sees it: money in the scale of the widest limit."""
    return StudyView(found.subject, lang, found.within[-1] * abs(found.cost))


def headline(view: StudyView, found: Alternatives) -> str:
    """How many offers must, can and can't be in a plan within the least share."""
    counts = counted(found, 0)
    said = view.say(
        "alternatives.headline", within=numbers.percent(found.within[0], 0), **counts,
        all=len(found.offers), name=view.subject.name[view.lang],
    )  # fmt: skip
    return said + (view.say("alternatives.headline_open", **counts) if counts["open"] else "")


def counted(found: Alternatives, at: int) -> dict[str, int]:
    """Offers by verdict within the share at a position."""
    return {look: sum(o.verdicts[at] == look for o in found.offers) for look in LOOKS}


def must_can_cannot(view: StudyView, found: Alternatives) -> Chart:
    """A row a measure or contract, a column a share of the least cost."""
    rows = ordered(found)
    columns = [numbers.percent(share, 0) for share in found.within]
    texts = [[view.say(f"alternatives.{v}") for v in one.verdicts] for one in rows]
    last = len(LOOKS) - 1
    heat = go.Heatmap(
        z=[[LOOKS[v][0] for v in one.verdicts] for one in rows], x=columns,
        y=[safe(view.name(one.id)) for one in rows], xgap=2, ygap=2, zmin=0, zmax=last,
        colorscale=[[look[0] / last, look[1]] for look in LOOKS.values()], showscale=False,
        text=texts, hovertemplate="%{y}, %{x}: %{text}<extra></extra>",
    )  # fmt: skip
    figure = picture([heat], "", 90 + ROW * max(len(rows), 2))
    for y, one in enumerate(rows):
        for x, verdict in enumerate(one.verdicts):
            ink = {"size": 10, "color": LOOKS[verdict][2]}
            figure.add_annotation(x=x, y=y, text=texts[y][x], showarrow=False, font=ink)
    figure.update_yaxes(autorange="reversed", ticks="", showgrid=False)
    figure.update_xaxes(type="category", ticks="", title=titled(view.say("alternatives.axis")))
    figure.update_layout(margin={"t": 8, "b": 50})
    always = [one.id for one in rows if one.verdicts[-1] == "must"]
    key = "alternatives.offers" if always else "alternatives.offers_none"
    names = view.say("compare.list").join(map(view.name, always))
    said = view.say(key, within=columns[-1], names=names)
    note = view.say("alternatives.offers_note", year=view.subject.last)
    return Chart("offers", said, note, figure, offers_table(view, found))


def ordered(found: Alternatives) -> list[Offer]:
    """What must be first, then by what it costs to have it: what can't be at all comes last."""
    limit = abs(found.cost) + max(
        (o.with_bound or o.without_bound or 0.0 for o in found.offers), default=0.0
    )

    def place(offer: Offer) -> tuple[list[int], float]:
        has = limit if offer.with_bound is None else offer.with_bound
        lacks = limit if offer.without_bound is None else offer.without_bound
        return [LOOKS[v][0] for v in offer.verdicts], has - lacks

    return sorted(found.offers, key=place)


def offers_table(view: StudyView, found: Alternatives) -> Table:
    """Verdicts by share, and by how much the cheapest plan with and without each is dearer."""
    shares = [numbers.percent(share, 0) for share in found.within]
    head = [view.say("word.measure"), *shares]
    head += [view.say(f"alternatives.{side}", unit=view.money.label) for side in SIDES]
    rows = [
        [view.name(one.id), *(view.say(f"alternatives.{v}") for v in one.verdicts),
         _dearer(view, found, one.with_bound, one.with_cost),
         _dearer(view, found, one.without_bound, one.without_cost)]
        for one in ordered(found)
    ]  # fmt: skip
    numeric = numbers_from(len(head), 1 + len(shares))
    return Table(view.say("alternatives.offers_table"), head, rows, numeric)


SIDES: Final = ("with", "without")


def _dearer(view: StudyView, found: Alternatives, bound: float | None, cost: float | None) -> str:
    """Money beyond the cheapest plan: an interval, one number where its ends look the same."""
    if bound is None:
        return view.say("alternatives.impossible")
    low = view.money_of(max(0.0, bound - found.cost))
    if cost is None:
        return view.say("alternatives.at_least", low=low)
    high = view.money_of(max(0.0, cost - found.cost))
    return high if low == high else view.say("alternatives.between", low=low, high=high)


def goals_table(view: StudyView, found: Alternatives) -> Plain:
    """A row a goal, a column a share: the plan's amount, and the bound where they differ."""
    rows: dict[str, list[str]] = {}
    for one in found.plans:
        cells = rows.setdefault(goal_name(view, found, one), [""] * (1 + len(found.within)))
        cells[0] = "" if one.kind == "unlike" else _shown(view, one, one.now)
        cells[1 + found.within.index(one.within)] = _amounts(view, one)
    head = [view.say("alternatives.goal"), view.say("alternatives.now")]
    head += [view.say("alternatives.within", within=numbers.percent(s, 0)) for s in found.within]
    table = Table(
        view.say("alternatives.goals_table"), head,
        [[name, *cells] for name, cells in rows.items()], numbers_from(len(head)),
    )  # fmt: skip
    said = view.say("alternatives.goals", within=numbers.percent(found.within[-1], 0))
    about = view.subject
    note = view.say("alternatives.goals_note", year=about.last, price_year=about.price_year,
                    first=about.years[0], to=about.evaluate_to)  # fmt: skip
    return Plain(said, [note], table)


def goal_name(view: StudyView, found: Alternatives, one: Alternative) -> str:
    """A goal with its unit, as people read it."""
    unit = view.money.label if one.kind == "capex" else one.unit
    name = found.carriers.get(one.of, {}).get(view.lang)
    if name is None:
        name = words.text_or(f"family.{one.of}", one.of, view.lang) if one.unit else one.of
    unit = words.text_or(f"capacity_unit.{unit}", unit, view.lang)
    return view.say(f"alternatives.goal_{one.kind}", of=name[:1].upper() + name[1:], unit=unit)


def _amounts(view: StudyView, one: Alternative) -> str:
    """What the plan has, and the bound where that looks different."""
    value, bound = (_shown(view, one, amount) for amount in (one.value, one.bound))
    if one.proven or value == bound:
        return value
    return view.say("alternatives.between", low=value, high=bound)


def _shown(view: StudyView, one: Alternative, amount: float) -> str:
    """An amount of a goal; pieces are whole."""
    if one.kind == "projects" or one.unit == "unit":
        return numbers.grouped(amount)
    divisor = {"capex": view.money.divisor, "bought": KILO}.get(one.kind, 1.0)
    return numbers.significant(amount / divisor)


def good_plans(view: StudyView, found: Alternatives) -> Chart:
    """The cheapest plan and those of some goals within the widest limit, side by side."""
    plans: dict[str, Decided] = {view.say("alternatives.cheapest"): found.least}
    for one in found.plans:
        if one.kind in SHOWN and one.within == found.within[-1]:
            plans[goal_name(view, found, one).split(" [")[0]] = one.plan
    figure, table = plans_side_by_side(view, plans, view.say("alternatives.plans_table"))
    within = numbers.percent(found.within[-1], 0)
    said = view.say("alternatives.plans", within=within)
    return Chart("plans", said, view.say("alternatives.plans_note"), figure, table)
