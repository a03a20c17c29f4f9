"""The decision sheet: what to approve, prepare, wait for; what could go either way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import Final

from optimizer import names
from optimizer.reports import numbers
from optimizer.reports.committee.view import CommitteeView
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Num
from optimizer.studies.decision_sheet import ORDER, Decision, Verdict
from optimizer.studies.downside import Moved
from optimizer.studies.roles import Threshold
from optimizer.words import inside

NEAREST: Final = 2
"""Of a project's triggers, so many stand on the page; the book has them all."""
AS_IS: Final = 1.0


def headline(view: CommitteeView) -> str:
    """How many projects to decide how, and the money that each asks for."""
    said = []
    for verdict in ORDER:
        found = view.sheet.by_verdict(verdict)
        if not found:
            continue
        money = view.money.shown(sum(view.asked(one) for one in found))
        starts = [one.project.start for one in found if one.project is not None]
        key = f"headline.{verdict}" if len(found) != 1 else f"headline_one.{verdict}"
        said.append(view.told(key, count=len(found), money=money, last=max(starts, default=0)))
    return view.view.say("compare.sentences").join(said) or view.told("headline.nothing")


def groups(view: CommitteeView) -> list[Grid]:
    """A table a verdict that some project has."""
    return [_group(view, verdict) for verdict in ORDER if view.sheet.by_verdict(verdict)]


def _group(view: CommitteeView, verdict: Verdict) -> Grid:
    unsure = view.about(view.sheet.unsure.total)
    caption = view.told(f"group.{verdict}", now=view.sheet.now, unsure=unsure)
    columns = (
        Column("name", view.told("project")),
        Column("size", view.told("size")),
        Column("order", view.told("order"), "year"),
        Column("start", view.told("start"), "year"),
        Column("asked", view.head("asked"), "number"),
        Column("value", view.head("value"), "number"),
        Column("trigger", view.told(f"trigger.{'wait' if verdict == 'wait' else 'holds'}")),
        Column("worst", view.told("worst")),
    )
    rows: dict[str, Sequence[Cell]] = {
        one.id: [
            view.name(one.id), size(view, one), *_years(one), _asked(view, one), value(view, one),
            triggers(view, one, NEAREST), worst(view, one),
        ]
        for one in view.sheet.by_verdict(verdict)
    }  # fmt: skip
    used = [any(row[at] is not None for row in rows.values()) for at in range(len(columns))]
    kept = {key: list(compress(row, used)) for key, row in rows.items()}
    return Grid(verdict, caption, list(compress(columns, used)), kept, only="page")


def book(view: CommitteeView) -> Grid:
    """All projects in one table, each figure in a cell of its own."""
    columns = (
        Column("verdict", view.told("verdict")),
        Column("name", view.told("project")),
        Column("size", view.told("size")),
        Column("order", view.told("order"), "year"),
        Column("start", view.told("start"), "year"),
        Column("asked", view.head("asked"), "number"),
        Column("value", view.head("value"), "number"),
        Column("low", view.head("value_low"), "number"),
        Column("high", view.head("value_high"), "number"),
        Column("trigger", view.told("triggers")),
        Column("kept", view.head("kept"), "number"),
        Column("worst_at", view.told("worst_at")),
        Column("worst", view.head("worst_worth"), "number"),
    )
    rows = {one.id: _book_row(view, one) for one in view.sheet.decisions}
    return Grid("decisions", view.told("table.decisions"), columns, rows, only="book")


def _book_row(view: CommitteeView, one: Decision) -> list[Cell]:
    least = None if one.downside is None else one.downside.worst
    low, high = (None, None) if one.value is None else (one.value.low, one.value.high)
    return [
        view.told(f"verdict.{one.verdict}"),
        view.name(one.id),
        size(view, one),
        *_years(one),
        _asked(view, one),
        value(view, one),
        view.scaled(low),
        view.scaled(high),
        triggers(view, one),
        view.scaled(None if one.downside is None else one.downside.as_planned),
        "" if least is None else end(view, least),
        view.scaled(None if least is None else least.worth),
    ]


def size(view: CommitteeView, one: Decision) -> str:
    """The largest size of a project with its unit; one that is whole has none."""
    if one.project is None:
        return view.told("not_in_plan")
    if one.project.unit == names.COUNT:
        return view.view.say("build.whole")
    return numbers.size(one.project.size, view.view.unit(one.project.unit))


def _years(one: Decision) -> list[Cell]:
    if one.project is None:
        return [None, None]
    return [one.project.order, one.project.start]


def _asked(view: CommitteeView, one: Decision) -> Cell:
    """Money after grants; for what others own or bills pay, who pays."""
    if one.project is None:
        return None
    if one.project.kind == "contract":
        return view.view.say("loan_file.beside.bills")
    if one.project.financing != "own":
        return view.view.say(f"financing.{one.project.financing}")
    return view.scaled(view.asked(one))


def value(view: CommitteeView, one: Decision) -> Cell:
    """What the best plan without it costs more; in words where no number says it."""
    if one.value is None:
        return None if one.project is None else view.told("value.unasked")
    if one.value.verdict in ("indispensable", "undecided"):
        return view.told(f"value.{one.value.verdict}")
    if one.value.verdict == "noise":
        low, high = (view.money.number(end or 0.0) for end in (one.value.low, one.value.high))
        return view.view.say("compare.noise", low=low, high=high)
    return view.scaled(one.value.cost)


def triggers(view: CommitteeView, one: Decision, most: int | None = None) -> str:
    """A line a threshold, those nearest to today first and at most so many; what stands where none
    was found."""
    near = sorted(one.triggers, key=lambda each: abs(each.present + each.absent - 2 * AS_IS))
    said = [trigger(view, each) for each in near[:most]]
    if len(near) > len(said):
        said.append(view.told("trigger.more", count=len(near) - len(said)))
    if said:
        return "\n".join(said)
    if one.role is None:
        return view.told("trigger.unknown")
    if view.sheet.unasked:
        count = len(view.sheet.moves.tornado)
        return view.told("trigger.partly", asked=count - len(view.sheet.unasked), count=count)
    return view.told("trigger.none")


def trigger(view: CommitteeView, each: Threshold) -> str:
    """On which side of what the plan has it: "Price of gas above 0.034 to 0.0357 EUR/kWh (0 % to
    +5 %)"; the threshold lies between the two."""
    side = "above" if each.present > each.absent else "below"
    ends = sorted((each.present, each.absent))
    least, most = map(moved_by, ends)
    figure = view.sheet.figures.get(each.path)
    if figure is None:
        at = view.view.say("compare.interval", low=least, high=most)
    else:
        low, high = (numbers.significant(end * figure.value) for end in ends)
        at = view.told("trigger.at", low=low, high=high, unit=figure.unit, least=least, most=most)
    return view.told(f"trigger.{side}", driver=view.driver(each.path), at=at)


def moved_by(factor: float) -> str:
    """A factor as a change: 1.05 is "+5 %", 1 is "0 %"."""
    sign = "+" if factor > 1 else ""
    return sign + numbers.size(100 * (factor - 1), "%") if factor != 1 else numbers.percent(0)


def worst(view: CommitteeView, one: Decision) -> Cell:
    """What is lost, or still earned, where the driver that matters most goes wrong."""
    least = None if one.downside is None else one.downside.worst
    if least is None or least.worth is None:
        return None if one.project is None else view.told("worst.unknown")
    key = "worst.loses" if least.worth < 0 else "worst.earns"
    planned = None if one.downside is None else one.downside.as_planned
    shown = numbers.NOTHING if planned is None else view.money.number(planned)
    money = view.money.shown(abs(least.worth))
    return view.told(key, planned=shown, money=money, at=inside(end(view, least)))


def end(view: CommitteeView, moved: Moved) -> str:
    """ "Natural gas price −20 %"."""
    return f"{view.driver(moved.path)} {moved_by(moved.factor)}"


def matrix(view: CommitteeView) -> Grid:
    """A row a project of the plan: its worth as planned, and at each end of each driver."""
    found = [one for one in view.sheet.decisions if one.downside is not None]
    ends = [] if not found or found[0].downside is None else list(found[0].downside.moved)
    columns = [Column("name", view.told("project")), Column("planned", view.told("kept_planned"),
                                                            "number")]  # fmt: skip
    columns += [
        Column(f"{each.path}{each.factor}".replace(".", "_"), end(view, each), "number")
        for each in ends
    ]
    rows: dict[str, Sequence[Cell]] = {}
    for one in found:
        assert one.downside is not None
        moved: list[Num] = [view.scaled(each.worth) for each in one.downside.moved]
        rows[one.id] = [view.name(one.id), view.scaled(one.downside.as_planned), *moved]
    caption = view.told("table.worths", unit=view.money.label)
    return Grid("worths", caption, columns, rows, only="book")
