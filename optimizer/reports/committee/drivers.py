"""When a driver goes wrong: the plan held against the optimum found anew, and the tornado."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from optimizer.reports.committee.decisions import moved_by
from optimizer.reports.committee.view import SMALLEST, CommitteeView
from optimizer.reports.loan_file.grid import Cell, Column, Grid
from optimizer.studies.decision_sheet import Regret
from optimizer.words import inside


def regrets(view: CommitteeView) -> list[Grid]:
    """A row a driver's end: what the plan costs there, and how much more than the best plan for
    it; on the page without the ends at which nothing is regretted."""
    matter = [each for each in view.sheet.regrets if each.low is None or _matters(view, each)]
    every = _grid(view, "regrets", view.sheet.regrets, "book")
    return [_grid(view, "regretted", matter, "page"), every] if matter else [every]


def _matters(view: CommitteeView, each: Regret) -> bool:
    """Whether it is more than the searches leave open."""
    return each.low is not None and each.low > view.sheet.unsure.total + SMALLEST


def _grid(
    view: CommitteeView, key: str, found: Sequence[Regret], only: Literal["page", "book"]
) -> Grid:
    columns = (
        Column("driver", view.view.say("sensitivity.driver")),
        Column("end", view.told("regret.end")),
        Column("cost", view.head("regret.cost"), "number"),
        Column("low", view.head("regret.low"), "number"),
        Column("high", view.head("regret.high"), "number"),
        Column("note", view.told("regret.note")),
    )
    rows: dict[str, Sequence[Cell]] = {
        f"r{number}": _row(view, each) for number, each in enumerate(found)
    }
    return Grid(key, view.told(f"table.{key}", base=view.base), columns, rows, only=only)


def _row(view: CommitteeView, each: Regret) -> list[Cell]:
    return [
        view.driver(each.path),
        moved_by(each.factor),
        view.scaled(each.cost),
        view.scaled(each.low),
        view.scaled(each.high),
        _note(view, each),
    ]


def _note(view: CommitteeView, each: Regret) -> str:
    """Why there is no figure: the plan breaks a rule there, or no best plan was found."""
    if each.status == "no_plan":
        return view.told("regret.no_plan")
    if each.cost is None:
        return view.told("regret.breaks")
    return view.told("regret.stopped") if each.low is None else ""


def finding(view: CommitteeView) -> str:
    """The end at which holding the plan costs most, or that it breaks a rule somewhere."""
    ends = view.sheet.regrets
    broken = [each for each in ends if each.cost is None and each.status != "no_plan"]
    costly = max((e for e in ends if _matters(view, e)), key=lambda e: e.low or 0.0, default=None)
    said = []
    if costly is not None and costly.low is not None:
        money, at = view.money.shown(costly.low), moved_by(costly.factor)
        driver = inside(view.driver(costly.path))
        said.append(view.told("regret.finding", driver=driver, at=at, money=money))
    if broken:
        listed = view.view.say("list.separator").join(
            f"{inside(view.driver(each.path))} {moved_by(each.factor)}" for each in broken
        )
        said.append(view.told("regret.finding_breaks", ends=listed))
    return view.view.say("compare.sentences").join(said) or view.told("regret.finding_none")
