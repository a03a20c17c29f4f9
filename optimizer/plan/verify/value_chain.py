"""Scope 3 before the gate and the product's footprint, from scenario, contracts and purchases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify import carbon
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import Ledgers
from optimizer.plan.verify.report import EXACT, YEAR, Rows
from optimizer.schema.production import Material

Array = NDArray[np.float64]
CATEGORIES: Final = ("scope3_1", "scope3_3", "scope3_4")
"""Purchased goods, energy upstream, inbound transport."""


def check_value_chain(book: Book, rows: Rows, found: Ledgers) -> None:
    """`material_need`, `procured_within_need` and the contracts' own limits, `scope3_is_sum` and
    `footprint_is_ratio`."""
    scenario = book.given.scenario
    if scenario.materials:
        _check_materials(book, rows)
    stored = "scope3" in book.stored.arrays
    if stored or scenario.production is not None or by_source(book):
        shown = book.stored.get("scope3", list(CATEGORIES))
        rows.equal("scope3_is_sum", shown, scope3(book), [CATEGORIES, book.years], YEAR)
    if scenario.production is not None:
        rows.equal("made_follows_output", book.stored.get("made"), book.produced,
                   [book.years], EXACT)  # fmt: skip
        shown, total = book.stored.get("footprint"), footprint(book, found)
        rows.equal("footprint_is_ratio", shown, total, [book.years], YEAR)


def check_sources(book: Book, rows: Rows) -> None:
    """`emitted_by_source`: what the report draws by source, scope 3 included; a source that isn't
    known emits 0."""
    if "emitted" not in book.stored.arrays:
        return
    sources = carbon.by_source(book) | by_source(book)
    known = {f"{ledger}:{item}": tonnes for (ledger, item), tonnes in sources.items()}
    none = np.zeros(len(book.years))
    names = list(dict.fromkeys([*known, *book.stored.ids.get("source", ())]))
    emitted = [known.get(name, none) for name in names]
    stored = book.stored.get("emitted", names)
    rows.equal("emitted_by_source", stored, emitted, [names, book.years], YEAR)


def _check_materials(book: Book, rows: Rows) -> None:
    scenario, names = book.given.scenario, [m.id for m in book.given.scenario.materials]
    need = np.array([_need(book, material) for material in scenario.materials])
    label = [names, book.years]
    rows.equal("material_need", book.stored.get("material_need", names), need, label, EXACT)
    bought = procured(book)
    green = np.zeros_like(need)
    for name, contract in book.material_contracts.items():
        amounts, one = [bought[name]], [[name], book.years]
        green[names.index(contract.material)] += bought[name]
        rows.at_most("procured_not_negative", [-bought[name]], 0.0, one, YEAR)
        early = np.array([year < (contract.first_year or 0) for year in book.years])
        rows.at_most("procured_not_before", [bought[name] * early], 0.0, one, YEAR)
        most = book.numbers(contract.available, np.inf)
        rows.at_most("procured_within_available", amounts, [most], one, YEAR)
        if book.baseline:
            rows.at_most("baseline_procures_nothing", amounts, 0.0, one, YEAR)
    rows.at_most("procured_within_need", green, need, label, YEAR)


def _need(book: Book, material: Material) -> Array:
    return material.amount * book.produced


def procured(book: Book) -> dict[str, Array]:
    """Tonnes by contract on a material."""
    names = list(book.material_contracts)
    if not names or (book.baseline and "procured" not in book.stored.arrays):
        return {name: np.zeros(len(book.years)) for name in names}
    return dict(zip(names, book.stored.get("procured", names), strict=True))


def by_source(book: Book) -> dict[tuple[str, str], Array]:
    """t by year of each (category, material or carrier)."""
    scenario = book.given.scenario
    found: dict[tuple[str, str], Array] = {}
    for name, carrier in scenario.carriers.items():
        if carrier.upstream is not None and name in scenario.tariffs:
            factor = book.numbers(carrier.upstream, np.nan)
            found["scope3_3", name] = factor * book.total(book.bought[name])
    bought = procured(book)
    for material in scenario.materials:
        need, factor = _need(book, material), book.numbers(material.factor, np.nan)
        tonnes = factor * need
        for name, contract in book.material_contracts.items():
            if contract.material == material.id:
                less = factor - book.numbers(contract.factor, 0.0)
                tonnes = tonnes - less * bought[name]
        found["scope3_1", material.id] = tonnes
        way = material.transport
        if way is not None and np.any(book.numbers(way.factor, np.nan)):
            per_tonne = way.distance * book.numbers(way.factor, np.nan)
            found["scope3_4", material.id] = per_tonne * need
    return found


def scope3(book: Book) -> Array:
    """Tonnes by category and year, (3, Y)."""
    sources, none = by_source(book), np.zeros(len(book.years))
    sums = [sum((t for (kind, _), t in sources.items() if kind == c), none) for c in CATEGORIES]
    return np.array(sums)


def footprint(book: Book, found: Ledgers) -> Array:
    """kg CO2e per unit of product in the policy's ledger; 0 in a year that makes none."""
    total = 1000.0 * (found.gross + scope3(book).sum(axis=0))
    made = book.produced
    ratio: Array = np.divide(total, made, out=np.zeros(len(made)), where=made > 0)
    return ratio


def check_footprint_summary(
    book: Book, baseline: Book | None, summary: Mapping[str, Any], rows: Rows
) -> None:
    """`summary_follows_plan` for the footprint, by year: made, kg per unit of plan and baseline,
    tonnes by category."""
    shown = summary.get("footprint")
    if not isinstance(shown, Mapping):
        return
    known = {"made": book.stored.get("made"), "kg_per_unit": book.stored.get("footprint")}
    known |= dict(zip(CATEGORIES, book.stored.get("scope3", list(CATEGORIES)), strict=True))
    if baseline is not None:
        known["baseline_kg_per_unit"] = baseline.stored.get("footprint")
    place = {year: number for number, year in enumerate(book.years)}
    for entry in shown.get("years", ()):
        for key, values in known.items():
            label = [[f"footprint.{entry['year']}.{key}"]]
            value = values[place[int(entry["year"])]]
            rows.equal("summary_follows_plan", [float(entry[key])], [value], label, YEAR)
