"""What the meters of each financed measure are to show: energy or tonnes by planning year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.loans.contents import NOTHING, inputs, outputs
from optimizer.loans.financed import Financed
from optimizer.plan.verify.demand import full_demand, process_tonnes
from optimizer.reports.loan_file.view import LoanView
from optimizer.schema.measure import Converter, Generator, Process, Saving, Storage

Array = NDArray[np.float64]
Place = Literal["in", "out", "use_before", "use", "charge", "discharge", "source_before", "source",
                "captured"]  # fmt: skip


@dataclass(frozen=True)
class Meter:
    """One meter: what it counts and where, and what the plan expects of it, by year (Y,)."""

    measure: str
    key: str
    place: Place
    of: str
    """Name of the carrier, end use or source."""
    unit: Literal["MWh", "t"]
    expected: Array


def meters(view: LoanView) -> list[Meter]:
    """Of all financed measures, in their order."""
    return [meter for each in view.subject.measures for meter in _of(view, each)]


def _of(view: LoanView, financed: Financed) -> Iterator[Meter]:
    book, measure, name = view.subject.plan, financed.measure, financed.id
    if isinstance(measure, Converter | Generator):
        taken = inputs(book, name) if isinstance(measure, Converter) else {}
        for carrier, mwh in taken.items():
            yield Meter(name, f"in_{carrier}", "in", view.carrier(carrier), "MWh", mwh)
        for carrier, mwh in outputs(book, name).items():
            yield Meter(name, f"out_{carrier}", "out", view.carrier(carrier), "MWh", mwh)
    elif isinstance(measure, Storage):
        for place in ("charge", "discharge"):
            mwh = book.total(book.stored.get(place, [name])[0])
            yield Meter(name, place, place, view.carrier(measure.carrier), "MWh", mwh)
    elif isinstance(measure, Saving):
        full = book.total(full_demand(book, measure.service))
        use = view.use(measure.service)
        left = view.subject.run.plan["remaining"].sel(use=measure.service).values
        yield Meter(name, "use_before", "use_before", use, "MWh", full)
        yield Meter(name, "use", "use", use, "MWh", full * left)
    elif isinstance(measure, Process):
        yield from _of_process(view, measure)


def _of_process(view: LoanView, measure: Process) -> Iterator[Meter]:
    """Tonnes of a source before and after, or tonnes captured."""
    book = view.subject.plan
    if measure.source is not None:
        left = view.subject.run.plan["remaining"].sel(use=measure.source).values
        full, source = process_tonnes(book, measure.source), view.use(measure.source)
        yield Meter(measure.id, "source_before", "source_before", source, "t", full)
        yield Meter(measure.id, "source", "source", source, "t", full * left)
        return
    tonnes = sum(
        (book.total(book.stored.get(f"captured_{origin}", [measure.id])[0])
         for origin in ("fossil", "biogenic")),
        np.zeros(len(book.years)),
    )  # fmt: skip
    yield Meter(measure.id, "captured", "captured", "CO₂", "t", tonnes)


def baseline_content(view: LoanView, financed: Financed) -> tuple[float | None, float | None]:
    """Energy bought [MWh] and emissions [t] for 1 MWh of what a measure delivers, or of the use
    that it saves on, in the baseline's last planning year; None where the baseline has no such."""
    measure, book = financed.measure, view.subject.plan
    weights: dict[str, float] = {}
    if isinstance(measure, Converter | Generator):
        weights = {name: float(mwh[-1]) for name, mwh in outputs(book, financed.id).items()}
    elif isinstance(measure, Saving):
        services = view.subject.given.scenario.services
        weights = {s.carrier: 1.0 for s in services if s.id == measure.service}
    total, baseline = sum(weights.values()), view.subject.contents[1]
    if total <= NOTHING:
        return None, None
    found = []
    for table in (baseline.energy, baseline.emissions):
        mean = sum(mwh * float(table[name][-1]) for name, mwh in weights.items()) / total
        found.append(mean if np.isfinite(mean) else None)
    return found[0], found[1]
