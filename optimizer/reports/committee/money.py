"""Money asked by tranche, and the schedule of builds."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer import names
from optimizer.reports.committee import estimates
from optimizer.reports.committee.view import CommitteeView
from optimizer.reports.loan_file.grid import Block, Cell, Column, Grid, Prose
from optimizer.studies.projects import Tranche

SUM = "sum"


def tranches(view: CommitteeView) -> Grid:
    """A row a project, a column a year in which money is asked, and in all; grants below 0."""
    asked = view.sheet.tranches
    rows: dict[str, Sequence[Cell]] = {}
    for id in view.asking:
        amounts = [each.projects.get(id, 0.0) for each in asked]
        rows[id] = _row(view, id, view.name(id), amounts)
    if any(_matters(each.other, each) for each in asked):
        other = [each.other for each in asked]
        rows["other"] = _row(view, "other", view.told("tranche.other"), other)
    if any(each.grants for each in asked):
        grants = [-each.grants for each in asked]
        rows["grants"] = _row(view, "grants", view.told("tranche.grants"), grants)
    rows["net"] = _total(view, asked, list(rows))
    if any(each.budget is not None for each in asked):
        limits = [None if b.budget is None else view.scaled(b.budget) for b in asked]
        rows["budget"] = [view.told("tranche.budget"), *limits, None]
    rows |= estimates.of_tranches(view, [key for key in rows if key in view.asking])
    columns = [Column("name", view.told("project"))]
    columns += [Column(f"y{each.year}", str(each.year), "number") for each in asked]
    columns.append(Column(SUM, view.told("tranche.sum"), "number"))
    caption = view.told("table.tranches", unit=view.money.label, price_year=view.price_year)
    return Grid("tranches", caption, columns, rows, total="net")


def _matters(amount: float, tranche: Tranche) -> bool:
    return abs(amount) > 1e-6 * max(1.0, abs(tranche.net))


def _row(view: CommitteeView, key: str, name: str, amounts: Sequence[float]) -> list[Cell]:
    """A row of money by year with its sum, a formula."""
    years = [each.year for each in view.sheet.tranches]
    total = view.scaled(sum(amounts), _over(key, years))
    return [name, *(view.scaled(amount) for amount in amounts), total]


def _over(key: str, years: Sequence[int]) -> str:
    """The sum over the years of a row."""
    return f"SUM({','.join(f'[tranches.{key}.y{year}]' for year in years)})" if years else ""


def _total(view: CommitteeView, asked: Sequence[Tranche], above: Sequence[str]) -> list[Cell]:
    """What is asked in each year after grants: the sum of the rows above, which is the capex of the
    plan's summary."""
    cells: list[Cell] = [view.told("tranche.net")]
    rows = f"{above[0]}:{above[-1]}" if above else ""
    for each in asked:
        cells.append(view.scaled(each.net, f"SUM([tranches.{rows}.y{each.year}])" if rows else ""))
    total = sum(each.net for each in asked)
    return [*cells, view.scaled(total, _over("net", [each.year for each in asked]))]


def asked(view: CommitteeView) -> list[Block]:
    """The money by year, when it falls due, and how well it is known."""
    return [
        tranches(view),
        Prose(view.told("money.heading"), [view.told("tranche.said")]),
        estimates.of_projects(view),
        estimates.said(view),
    ]


def schedule(view: CommitteeView) -> Grid:
    """A row a build, and an asset that is renewed or retired, by year; the page has a picture."""
    say, summary = view.view.say, view.view.summary
    found: list[list[Cell]] = []
    for row in summary["build"]:
        unit = "" if row["unit"] == names.COUNT else view.view.unit(row["unit"])
        found.append([row["year"], view.name(row["measure"]), view.told("built"), row["capacity"],
                      unit, view.scaled(row["capex"])])  # fmt: skip
    for row in summary["assets"]:
        name = view.view.name("asset", row["asset"])
        found.append([row["year"], name, say(f"asset.{row['event']}"), None, "", None])
    rows = {str(at): cells for at, cells in enumerate(sorted(found, key=lambda row: str(row[0])))}
    columns = (
        Column("year", say("word.year"), "year"),
        Column("name", view.told("project")),
        Column("event", view.told("event")),
        Column("size", view.told("size"), "number"),
        Column("unit", view.told("unit")),
        Column("capex", view.in_money(say("word.capex")), "number"),
    )
    return Grid("schedule", say("table.build"), columns, rows, only="book")


def finding(view: CommitteeView) -> str:
    """What is asked in all, and the largest year of it."""
    asked = view.sheet.tranches
    if not asked:
        return view.told("finding.money_none")
    most = max(asked, key=lambda each: each.net)
    total = view.money.shown(sum(each.net for each in asked))
    low, high = (view.money.shown(sum(ends)) for ends in zip(
        *((each.low, each.high) for each in asked), strict=True))  # fmt: skip
    part = view.money.shown(most.net)
    return view.told("finding.money", money=total, part=part, year=most.year, low=low, high=high)
