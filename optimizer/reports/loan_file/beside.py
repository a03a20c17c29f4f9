"""What the plan needs beside what the loan pays for: other builds, contracts, credits."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.reports.loan_file.grid import Cell, Column, Grid
from optimizer.reports.loan_file.view import LoanView


def beside(view: LoanView) -> list[Grid]:
    """A row a thing and year: what it is, when, how much; no table where there is nothing."""
    rows: dict[str, list[Cell]] = {}
    for cells in (*_built(view), *_contracts(view), *_credits(view)):
        rows[str(len(rows))] = cells
    if not rows:
        return []
    columns = (
        Column("name", view.told("item")),
        Column("kind", view.told("measures.kind")),
        Column("year", view.view.say("word.year"), "year"),
        Column("amount", view.told("beside.amount"), "number"),
        Column("unit", view.told("unit")),
        Column("paid", view.told("beside.paid")),
    )
    return [Grid("beside", view.told("beside.table"), columns, rows)]


def _built(view: LoanView) -> Iterator[list[Cell]]:
    """Measures of the plan that the loan doesn't pay for, and who does."""
    paid_for = {each.id for each in view.subject.measures}
    for row in view.view.summary["build"]:
        if row["measure"] not in paid_for:
            kind = view.view.say(f"cli.kind.{view.subject.given.measures[row['measure']].kind}")
            paid = view.view.say(f"financing.{row.get('financing') or 'own'}")
            unit = "" if row["unit"] == "unit" else view.view.unit(row["unit"])
            yield [view.name(row["measure"]), kind, row["year"], row["capacity"], unit, paid]


def _contracts(view: LoanView) -> Iterator[list[Cell]]:
    """Contracts in force by year [MWh/a]."""
    contracted = view.subject.run.plan["contracted"]
    kind = view.view.say("cli.kind.contract")
    for name in map(str, contracted["contract"].values):
        amounts = contracted.sel(contract=name).values
        for year, amount in zip(view.subject.plan.years, amounts.tolist(), strict=True):
            if amount > 0:
                unit = view.told("mwh_a")
                yield [view.name(name), kind, year, amount, unit, view.told("beside.bills")]


def _credits(view: LoanView) -> Iterator[list[Cell]]:
    """Credits cancelled: never a use of a loan's money."""
    kind = view.view.say("cli.kind.credit")
    for row in view.view.summary["credits"]:
        name = view.name(row["credit"])
        yield [name, kind, row["year"], row["tonnes"], "t", view.told("beside.never")]
