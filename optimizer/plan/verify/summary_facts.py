"""What summary.json repeats of the inputs: whose plan, in which money, under which ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import base_emissions
from optimizer.plan.verify.report import EXACT, YEAR, Rows

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
    _check_base_year(book, baseline, summary.get("base_year"), rows)


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


def _check_base_year(book: Book, baseline: Book | None, stated: Any, rows: Rows) -> None:
    """Metered energy and its emissions, and the baseline's gross emissions by year."""
    if not isinstance(stated, Mapping):
        return
    metered = book.given.scenario.base_year.metered
    shown = stated.get("metered_energy", metered)
    for name in sorted({*metered, *shown}):
        label = [[f"base_year.metered_energy.{name}"]]
        rows.equal(ROW, [float(shown.get(name, 0.0))], [metered.get(name, 0.0)], label, EXACT)
    if "metered_emissions" in stated:
        label = [["base_year.metered_emissions"]]
        rows.equal(ROW, [float(stated["metered_emissions"])], [base_emissions(book)], label, EXACT)
    if "baseline" in stated and baseline is not None:
        gross = baseline.stored.get("gross")
        labels = [[f"base_year.baseline.{year}" for year in book.years]]
        rows.equal(ROW, [float(tonnes) for tonnes in stated["baseline"]], gross, labels, YEAR)


def _leaves(node: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """(dotted path, value) of everything in nested mappings."""
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value
