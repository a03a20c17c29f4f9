"""The arithmetic of shares.json: what is left out is the solver's word, what follows is not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.cash import cash_years
from optimizer.plan.verify.reading import UnreadableRun
from optimizer.plan.verify.report import MONEY, YEAR, Rows, Tolerance
from optimizer.plan.verify.summary import read_object

ROW = "shares_follow_worth"


def read_shares(run: Path) -> Mapping[str, Any] | None:
    """shares.json of a run, None where there is none; raises UnreadableRun if it is damaged."""
    path = run / "shares.json"
    return read_object(path) if path.exists() else None


def check_shares(plan: Book, baseline: Book, shares: Mapping[str, Any] | None, rows: Rows) -> None:
    """`shares_follow_worth`: saving and tonnes are the plan's; shares, rest and interaction follow
    from what each is worth alone."""
    if shares is None:
        return
    costs = [float(book.stored.attrs["net_present_cost"]) for book in (plan, baseline)]
    tail = len(cash_years(plan)) - len(plan.years)
    gross = baseline.stored.get("gross") - plan.stored.get("gross")
    try:
        _check(rows, shares, "", costs[1] - costs[0], MONEY, max(map(abs, costs)))
        _check(rows, shares, "tonnes_", float(gross.sum() + tail * gross[-1]), YEAR, 0.0)
        known = {*plan.built, *plan.contracts}
        strangers = [item["id"] for item in shares["items"] if item["id"] not in known]
        rows.equal(ROW, [float(len(strangers))], [0.0], [["items"]], YEAR)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableRun(f"shares.json: not laid out as documented ({error!r})") from None


def _check(
    rows: Rows, shares: Mapping[str, Any], of: str, total: float, kind: Tolerance, scale: float
) -> None:
    """One of the two: money (`of` empty) or tonnes."""
    own = "tonnes" if of else "saving"
    rows.equal(ROW, [float(shares[own])], [total], [[own]], kind, scale)
    measured, items = float(shares[f"{of}measured"]), shares["items"]
    alone = [item[f"{of}alone"] for item in items]
    known = np.array([value for value in alone if value is not None], np.float64)
    missing, size = measured - float(known.sum()), float(np.abs(known).sum())
    vital = len(alone) - len(known)
    for item, value in zip(items, alone, strict=True):
        if value is None:
            share = missing / vital
        elif vital:
            share = value
        else:
            share = value + (missing * abs(value) / size if size else missing / len(known))
        path = [[f"items.{item['id']}.{own}"]]
        rows.equal(ROW, [float(item[own])], [share], path, kind, abs(missing))
    for name, value in (("rest", total - measured), ("interaction", missing)):
        shown = [float(shares[f"{of}{name}"])]
        rows.equal(ROW, shown, [value], [[f"{of}{name}"]], kind, scale)
