"""What summary.json repeats of the inputs: whose plan, in which money, under which ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from optimizer.plan.verify.base_year import check_base_year
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.report import EXACT, Rows

ROW = "summary_follows_inputs"


def check_facts(book: Book, baseline: Book | None, summary: Mapping[str, Any], rows: Rows) -> None:
    """`summary_follows_inputs`: names, money, years and ledger are those of the inputs, in
    summary.json and in plan.nc, and the base year is what the meters say; those that are stated."""
    known = _facts(book)
    for path, stated in _leaves(summary):
        if path in known:
            same = type(stated) is type(known[path]) and stated == known[path]
            rows.equal(ROW, [float(same)], [1.0], [[path]], EXACT)
    for name in ("currency", "price_year"):
        if name in book.stored.attrs:
            same = str(book.stored.attrs[name]) == str(known[name])
            rows.equal(ROW, [float(same)], [1.0], [[f"{book.stored.name} {name}"]], EXACT)
    check_base_year(ROW, book, baseline, summary.get("base_year"), rows)


def _facts(book: Book) -> dict[str, Any]:
    """Path in summary.json and what must stand there."""
    scenario = book.given.scenario
    horizon = scenario.horizon
    counted = horizon.evaluate_to if horizon.end == "extended" else None
    return {
        "currency": scenario.currency,
        "price_year": scenario.price_year,
        "ledger": book.given.policy.ledger,
        "gases": book.given.policy.gases,
        "scenario.id": scenario.id,
        "scenario.name_en": scenario.name.en,
        "scenario.name_zh": scenario.name.zh,
        "horizon.first": horizon.first,
        "horizon.last": horizon.last,
        "horizon.evaluate_to": counted or horizon.last,
        "horizon.end": horizon.end,
        "horizon.base_year": horizon.base_year,
        "base_year.year": horizon.base_year,
    }


def _leaves(node: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """(dotted path, value) of everything in nested mappings."""
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value
