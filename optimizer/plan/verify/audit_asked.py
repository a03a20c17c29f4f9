"""Whether a stored audit is whole: of this plan's ceiling and years, and of each measure left out.

Which measures could have been larger depends on bounds that only the model knows; that each one
that isn't built, or later than it could be, was asked about follows from inputs and plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.logic import earliest_year
from optimizer.plan.verify.report import EXACT, Rows

NOTHING, HALF = 1e-6, 0.5
"""A size, MW or MWh, or MWh a year, that counts as none; a whole number above this is one."""
Question = tuple[str, str]


def check_asked(book: Book, audit: Mapping[str, Any], row: str, rows: Rows) -> None:
    """Mode, severity and years are the scenario's; no question is there twice or about what isn't
    on offer; none that must be there lacks."""
    ceiling = book.given.policy.ceiling
    assert ceiling is not None
    rows.equal(row, [float(audit["mode"] == ceiling.mode)], [1.0], [["mode"]], EXACT)
    same = audit["severity"] == ceiling.severity
    rows.equal(row, [float(same)], [1.0], [["severity"]], EXACT)
    years = [float(entry["year"]) for entry in audit["years"]]
    rows.equal(row, years, book.years, [[f"years.{year}.year" for year in book.years]], EXACT)
    asked = [(str(one["measure"]), str(one["question"])) for one in audit["measures"]]
    for question in asked:
        known = question[0] in book.built or question[0] in book.contracts
        once = known and asked.count(question) == 1
        rows.equal(row, [float(once)], [1.0], [[f"measures.{'.'.join(question)}"]], EXACT)
    for name, kinds in must_be_asked(book):
        there = any((name, kind) in asked for kind in kinds)
        rows.equal(row, [float(there)], [1.0], [[f"measures.{name}.{kinds[0]}"]], EXACT)


def must_be_asked(book: Book) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Measures and contracts with the questions of which one at least must be there.

    A measure that is built late, at no size to speak of, may count as not built once sized anew.
    """
    first = book.given.scenario.horizon.first
    for name, measure in book.built.items():
        builds = zip(book.years, book.build[name], strict=True)
        years = [year for year, build in builds if build > HALF]
        earliest = max(first, min(earliest_year(book, measure), book.years[-1]))
        if not years:
            yield name, ("build",)
        elif min(years) > earliest:
            small = bool(np.max(book.added[name]) < NOTHING)
            yield name, ("earlier", "build") if small else ("earlier",)
    volumes = book.stored.get("contracted", list(book.contracts))
    in_force = book.given.scenario.contracts_in_force
    for (name, contract), volume in zip(book.contracts.items(), volumes, strict=True):
        lumpy = contract.capacity.min is not None and contract.capacity.min.value > 0
        if lumpy and name not in in_force and np.max(volume) < NOTHING:
            yield name, ("build",)
