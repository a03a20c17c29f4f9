"""What of the remaining emissions is residual: worked out anew from the audit's unhindered plan.

That plan's figures are a search's word. What they must agree with is checked: its cost is what it
pays and what it emits at the ceiling, its bound lies under every plan that the audit names, for
each of them could be had without hindrance too, and its search is sharp enough to show anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.money import weights
from optimizer.plan.verify.report import MONEY, YEAR, Rows

Array = NDArray[np.float64]
SHARP: Final = 0.1
"""A search that leaves more open than this of the emissions' worth at the ceiling shows nothing."""
HELD_SIZES: Final = 1e-6
"""Share of the cost that a plan may save by its sizes, which are held no closer."""
WITHIN: Final = ("budget", "lead_time")
"""Freed rows that are no hindrance to the unhindered plan either."""


def check_split(book: Book, audit: Mapping[str, Any], row: str, rows: Rows) -> None:
    """What remains is the plan's gross emissions; residual is what of it the unhindered plan emits,
    none in years without a ceiling or where its search shows nothing; unabated is the rest."""
    open_plan, gross, label = audit["unhindered"], book.stored.get("gross"), book.years
    residual = np.minimum(gross, np.maximum(0.0, _least(book, open_plan)))
    parts = {"remaining": gross, "residual": residual, "unabated": gross - residual}
    for key, tonnes in parts.items():
        told = [entry[key] for entry in audit["years"]]
        rows.equal(row, told, tonnes, [[f"years.{year}.{key}" for year in label]], YEAR)
    if open_plan["cost"] is None:
        return
    scale = abs(open_plan["cost"])
    at_ceiling = open_plan["paid"] + _worth(book, open_plan["gross"])
    place = [["unhindered.cost"]]
    rows.equal(row, [open_plan["cost"]], [at_ceiling], place, MONEY, scale)
    rows.at_most(row, [open_plan["bound"]], [open_plan["cost"]], place, MONEY, scale)
    used = [["unhindered.credits"]]
    rows.equal(row, [sum(open_plan["credits"]) + open_plan["credits_cost"]], [0.0], used, YEAR)
    for name, other in _others(audit):
        without = other["paid"] - other["credits_cost"] + _worth(book, other["gross"])
        place = [[f"unhindered.bound: {name}"]]
        least = open_plan["bound"] - HELD_SIZES * scale
        rows.at_most(row, [least], [without], place, MONEY, scale)


def _least(book: Book, open_plan: Mapping[str, Any]) -> Array:
    """Tonnes by year that the unhindered plan shows to be above the ceiling or impossible."""
    none = np.zeros(len(book.years))
    if open_plan["cost"] is None:
        return none
    gross = np.array(open_plan["gross"], np.float64)
    left_open = open_plan["cost"] - open_plan["bound"]
    if left_open > SHARP * _worth(book, np.maximum(gross, 0.0)):
        return none
    return np.where(_ceiling(book) > 0, gross, none)


def _others(audit: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Plans in the audit that could be had without hindrance; with a freed area none could."""
    found = [("plan", audit["plan"])]
    for one in audit["measures"]:
        label = f"measures.{one['measure']}.{one['question']}"
        found += [(f"{label}.{key}", one[key]) for key in ("held", "free")]
    found += [(f"freed.{key}", audit["freed"][key]) for key in WITHIN if key in audit["freed"]]
    yield from ((name, other) for name, other in found if other["cost"] is not None)


def _worth(book: Book, gross: Any) -> float:
    """Present value of tonnes by year at the ceiling [money]."""
    weighted = weights(book.given.scenario)["recurring"] * _ceiling(book)
    return float(weighted @ np.array(gross, np.float64))


def _ceiling(book: Book) -> Array:
    rule = book.given.policy.ceiling
    assert rule is not None
    return book.prices(rule.price)
