"""The loan that counted while the plan was chosen: what is drawn, what it saves and adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from optimizer.reports import numbers
from optimizer.reports.blocks import Plain, Table
from optimizer.reports.view import Numbers, View


def budgets(view: View) -> Numbers:
    """What capex is held to in each year, (Y,): the budget and what the loan adds; nan without."""
    told = view.summary.get("borrowed") or {}
    added = told.get("added_to_budget")
    own = view.yearly("budget")
    return own if added is None else own + np.array(added, dtype=float)


def borrowed_table(view: View) -> Table:
    """A row a draw; none where no loan counted, or nothing is drawn."""
    told = view.summary.get("borrowed") or {"draws": []}
    rows = [
        [str(row["year"]), view.name("measure", row["measure"]), numbers.grouped(row["amount"])]
        for row in told["draws"]
    ]
    drawn = f"{view.say('borrowed.drawn')} [{view.currency}]"
    head = [view.say("word.year"), view.say("word.measure"), drawn]
    return Table(view.say("table.borrowed"), head, rows, frozenset({2}))


def frame(summary: Mapping[str, Any]) -> pd.DataFrame:
    """A row a draw, in nominal money; empty where no loan counted."""
    told = summary.get("borrowed") or {"draws": []}
    unit = f"drawn [{summary['currency']}, nominal]"
    rows = [(row["year"], row["measure"], row["amount"]) for row in told["draws"]]
    return pd.DataFrame(rows, columns=["year", "measure", unit])


def borrowed_block(view: View) -> list[Plain]:
    """What of the loan decided, and its draws; nothing where it didn't count."""
    told = view.summary.get("borrowed")
    if told is None:
        return []
    said = [
        view.say("borrowed.amount", amount=numbers.grouped(told["amount"]), currency=view.currency,
                 most=numbers.grouped(told["most"])),
        *_saved(view, told["interest_saved"]),
    ]  # fmt: skip
    if told["added_to_budget"] is not None:
        said.append(view.say("borrowed.enlarges"))
    table = borrowed_table(view)
    return [Plain(view.say("heading.borrowed"), said, table if table.rows else None)]


def _saved(view: View, worth: float) -> list[str]:
    """What the rate saves, in present money; nothing where the rate doesn't count."""
    if not worth:
        return []
    base = view.summary["horizon"]["base_year"]
    return [view.say("borrowed.saved", worth=view.money.shown(worth), base=base)]
