"""The pack's parts in the order in which a committee asks: decide, how much, what if, what for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from optimizer.reports import charts_build
from optimizer.reports.committee import beside, cash, decisions, drivers, money, rests
from optimizer.reports.committee.view import CommitteeView
from optimizer.reports.loan_file.grid import Block, Part, Prose


def parts(view: CommitteeView) -> list[Part]:
    """The decision sheet first; then money, downside, tornado, cost of a tonne, schedule, returns,
    cost against emissions, and what all rests on. Sheets of the book are numbered."""
    schedule = charts_build.schedule(view.view, "schedule")
    found = [
        decide(view),
        _part(view, "money", money.finding(view), money.asked(view)),
        _part(view, "drivers", drivers.finding(view), [
            *drivers.regrets(view), decisions.matrix(view),
            Prose(view.told("worths.heading"), [view.told("worths.said")]),
        ]),
        _part(view, "tornado", *beside.tornado(view)),
        _part(view, "curve", *beside.curve(view)),
        _part(view, "schedule", view.told("schedule.finding"), [
            schedule, money.schedule(view),
        ]),
        _part(view, "returns", view.told("returns.finding"), cash.earned(view)),
        _part(view, "front", *beside.front(view)),
        _part(view, "rests", rests.finding(view), [
            rests.searched(view), rests.verified(view), rests.digest(view),
        ]),
    ]  # fmt: skip
    return [replace(part, sheet=f"{number} {part.sheet}" if number else part.sheet)
            for number, part in enumerate(found)]  # fmt: skip


def _part(view: CommitteeView, id: str, finding: str, blocks: Sequence[Block]) -> Part:
    return Part(id, view.told(f"title.{id}"), view.told(f"sheet.{id}"), finding, blocks)


def decide(view: CommitteeView) -> Part:
    """The decision sheet itself, which the command prints too."""
    name = view.view.summary["scenario"][f"name_{view.lang}"]
    return Part(
        "decide", view.told("title", name=name), view.told("sheet.decide"),
        decisions.headline(view), [*decisions.groups(view), decisions.book(view)],
    )  # fmt: skip
