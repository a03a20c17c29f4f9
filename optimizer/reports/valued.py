"""What moved the decision without being paid, kept apart from every table of paid cost."""

from __future__ import annotations

import pandas as pd
import xarray as xr

from optimizer.names import VALUATION
from optimizer.reports.blocks import Plain, Table, numbers_from
from optimizer.reports.view import View


def paid(ds: xr.Dataset) -> xr.Dataset:
    """The dataset with the cost lines that are paid."""
    return ds.isel(line=ds["cost_class"].values != VALUATION)


def valued(ds: xr.Dataset) -> xr.Dataset:
    """The dataset with the cost lines that are only valued."""
    return ds.isel(line=ds["cost_class"].values == VALUATION)


def frame(ds: xr.Dataset, money: str) -> pd.DataFrame:
    """A row an item and year, undiscounted; empty where nothing is valued."""
    lines = valued(ds)
    rows = [
        (str(item), int(year), float(amount))
        for item, row in zip(
            lines["cost_item"].values, lines["cost"].transpose("line", "year").values, strict=True
        )
        for year, amount in zip(ds["year"].values, row, strict=True)
    ]
    return pd.DataFrame(rows, columns=["item", "year", f"amount [{money}]"])


def block(view: View) -> list[Plain]:
    """One block; none where the decision sees only what is paid."""
    if not view.valued:
        return []
    lines, money = valued(view.plan), view.yearly_money
    items = [str(item) for item in lines["cost_item"].values]
    head = [view.say("word.year"), *(f"{_name(view, i)} [{money.label}]" for i in items)]
    values = lines["cost"].transpose("year", "line").values
    rows = [
        [str(year), *(money.number(float(v)) for v in row)]
        for year, row in zip(view.years, values, strict=True)
    ]
    table = Table(view.say("table.valued"), head, rows, numbers_from(len(head)))
    worth = view.money.shown(float(view.summary["valuation"]))
    return [Plain(view.say("heading.valued"), [view.say("valued.said", worth=worth)], table)]


def _name(view: View, item: str) -> str:
    """The item's word; a credit by its name, which the ceiling is put on."""
    if item in view.ids("credit"):
        return view.say("valued.credit", name=view.name("credit", item))
    return view.term("valued", item)
