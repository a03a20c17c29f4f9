"""The pack's parts in the order in which a committee asks: decide, how much, what if, what for."""

from __future__ import annotations

from optimizer.reports.committee import decisions
from optimizer.reports.committee.view import CommitteeView
from optimizer.reports.loan_file.grid import Part


def decide(view: CommitteeView) -> Part:
    """The decision sheet itself, which the command prints too."""
    name = view.view.summary["scenario"][f"name_{view.lang}"]
    return Part(
        "decide", view.told("title", name=name), view.told("sheet.decide"),
        decisions.headline(view), [*decisions.groups(view), decisions.book(view)],
    )  # fmt: skip
