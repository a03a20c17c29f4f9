"""Allowances and CBAM certificates: what counts, what is free, what is bought, each year."""

from __future__ import annotations

from optimizer.reports import numbers
from optimizer.reports.blocks import Plain, Table, numbers_from
from optimizer.reports.view import View

TONNES = (
    "carbon_covered", "carbon_allocated", "allowances_bought", "cbam_embedded",
    "cbam_certificates",
)  # fmt: skip
"""Variables of plan.nc [t]; the first three with a carbon price, the others with CBAM."""
PAID = {"allowances_bought": "carbon", "cbam_certificates": "cbam"}
"""What is bought -> its cost class."""


def allowances(view: View) -> list[Plain]:
    """One block; none where the site knows neither a carbon price nor CBAM."""
    shown = [name for name in TONNES if name in view.plan]
    if not shown:
        return []
    head, columns = [view.say("word.year")], []
    for name in shown:
        head.append(f"{view.say(f'word.{name}')} [t]")
        columns.append([numbers.grouped(float(t)) for t in view.plan[name].values])
        if name in PAID:
            head.append(f"{view.term('cost', PAID[name])} [{view.yearly_money.label}]")
            columns.append(_paid(view, PAID[name]))
    rows = [[str(y), *cells] for y, *cells in zip(view.years, *columns, strict=True)]
    table = Table(view.say("table.allowances"), head, rows, numbers_from(len(head)))
    said = [view.say(f"allowances.{kind}") for name, kind in PAID.items() if name in shown]
    return [Plain(view.say("heading.allowances"), said, table)]


def _paid(view: View, cost_class: str) -> list[str]:
    """Cost of a class by year, as the money of the yearly tables is shown."""
    costs = view.plan["cost"].transpose("line", "year").values
    lines = view.plan["cost_class"].values == cost_class
    return [view.yearly_money.number(float(paid)) for paid in costs[lines].sum(axis=0)]
