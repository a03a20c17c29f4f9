"""How well the money asked is known: accuracy and contingency by project and by year."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.reports import numbers
from optimizer.reports.committee.view import CommitteeView
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Prose
from optimizer.studies.estimates import OWN_FIGURE, Estimate
from optimizer.studies.projects import Project


def of_projects(view: CommitteeView) -> Grid:
    """A row a project: who stands behind its price, what it may end at, what of it is
    contingency."""
    rows = {id: _row(view, id, project) for id, project in view.asking.items()}
    columns = (
        Column("name", view.told("project")),
        Column("source", view.told("estimate.source")),
        Column("accuracy", view.told("estimate.accuracy")),
        Column("estimate", view.head("estimate.estimate"), "number"),
        Column("low", view.head("estimate.low"), "number"),
        Column("high", view.head("estimate.high"), "number"),
        Column("contingency", view.head("estimate.contingency"), "number"),
    )
    return Grid("estimates", view.told("table.estimates"), columns, rows)


def _row(view: CommitteeView, id: str, project: Project) -> Sequence[Cell]:
    known, paid = project.estimate, sum(project.capex.values())
    assert known is not None
    at = f"[estimates.{id}.estimate]"
    stated: Cell = view.told("estimate.unstated")
    if known.contingency is not None:
        stated = view.scaled(paid * known.contingency, f"{at}*{known.contingency!r}")
    return [
        view.name(id), _source(view, known), _accuracy(view, known),
        view.scaled(paid, f"[tranches.{id}.sum]"),
        view.scaled(paid * (1 - known.low), f"{at}*(1-{known.low!r})"),
        view.scaled(paid * (1 + known.high), f"{at}*(1+{known.high!r})"),
        stated,
    ]  # fmt: skip


def _source(view: CommitteeView, known: Estimate) -> str:
    if known.source is None:
        return view.told("estimate.none")
    if known.source == OWN_FIGURE:
        return view.told("estimate.scenario")
    return view.view.term("trust", known.source)


def _accuracy(view: CommitteeView, known: Estimate) -> str:
    """ "class 5, assumed: −50 % to +100 %"."""
    key = "assumed" if known.assumed else "class" if known.estimate_class else "own"
    low, high = (numbers.percent(share) for share in (known.low, known.high))
    return view.told(f"estimate.ends.{key}", number=known.estimate_class, low=low, high=high)


def of_tranches(view: CommitteeView, ids: Sequence[str]) -> dict[str, Sequence[Cell]]:
    """Rows under the money of each year: what of it is contingency, where that is stated, and what
    is asked with each project at its low and at its high end."""
    estimates = {id: view.asking[id].estimate for id in ids}
    rows: dict[str, Sequence[Cell]] = {}
    shares: dict[str, float]
    if any(known and known.contingency is not None for known in estimates.values()):
        shares = {id: known.contingency or 0.0 for id, known in estimates.items() if known}
        amounts = [each.contingency for each in view.sheet.tranches]
        rows["contingency"] = _ends(view, "contingency", amounts, "", shares)
    for end, sign in (("low", -1.0), ("high", 1.0)):
        shares = {id: sign * getattr(known, end) for id, known in estimates.items()}
        amounts = [getattr(each, end) for each in view.sheet.tranches]
        rows[end] = _ends(view, end, amounts, "net", shares)
    return rows


def _ends(
    view: CommitteeView, key: str, amounts: Sequence[float], on: str, shares: dict[str, float]
) -> list[Cell]:
    """A row by year and in all: what a row `on` has, and a share of each project's money."""
    columns = [*(f"y{each.year}" for each in view.sheet.tranches), "sum"]
    cells: list[Cell] = [view.told(f"tranche.{key}")]
    for column, amount in zip(columns, [*amounts, sum(amounts)], strict=True):
        terms = [f"{share!r}*[tranches.{id}.{column}]" for id, share in shares.items() if share]
        terms = [f"[tranches.{on}.{column}]", *terms] if on else terms
        cells.append(view.scaled(amount, "+".join(terms)))
    return cells


def said(view: CommitteeView) -> Prose:
    """What the ends are, what is assumed, and where a better estimate is stated."""
    told = [view.told("estimate.said"), view.told("estimate.said_contingency")]
    if any(each.estimate and each.estimate.assumed for each in view.asking.values()):
        told.insert(1, view.told("estimate.said_assumed"))
    return Prose(view.told("estimate.heading"), told)
