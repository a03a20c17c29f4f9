"""A sweep from its points to one table of answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from optimizer.inputs.case import Case
from optimizer.inputs.load import load
from optimizer.studies.drivers import drivers_of
from optimizer.studies.plant import Plant
from optimizer.studies.subject import Subject, subject_of_case
from optimizer.studies.sweep import Asked, run_sweep, solve_task, tasks
from optimizer.studies.sweep_points import Points
from optimizer.studies.sweep_task import Record, Runner
from optimizer.studies.sweep_workers import processes


@dataclass(frozen=True)
class Swept:
    """All that a sweep found: ``table`` over ``point``, and each point's record as it is stored.
    ``names`` of what the axes vary, by path and language, as far as it has one."""

    subject: Subject
    points: Points
    records: tuple[Record, ...]
    table: xr.Dataset
    names: Mapping[str, Mapping[str, str]]

    @property
    def planned(self) -> list[int]:
        """Numbers of the points that have a plan."""
        return [n for n, record in enumerate(self.records) if record.get("cost") is not None]

    def as_dict(self) -> dict[str, Any]:
        """The study as JSON shows it."""
        heads = [str(axis) for axis in self.points.axes]
        rows = zip(self.points.rows, self.records, strict=True)
        points = [{"changes": dict(zip(heads, row, strict=True)), **record} for row, record in rows]
        return {"subject": self.subject.as_dict(), "points": points}


def sweep(
    asked: Asked,
    points: Points,
    folder: Path,
    runner: Runner | None = None,
    told: Callable[[int, int], None] = lambda done, count: None,
) -> Swept:
    """Solve every point that ``folder`` doesn't hold yet; ``runner``: where, None: processes here.

    Raises InputErrors for the scenario itself; a point that makes no valid one is a result.
    """
    bundle = load(asked.scenario, data=asked.data, sets=asked.sets)
    wanted = tasks(asked, bundle, points)
    records = tuple(run_sweep(wanted, folder, runner or processes(solve_task), told))
    case = Plant.of(bundle, asked.periods).case
    subject = subject_of_case(case, "discounted", asked.gap)
    names = {driver.path: driver.name for driver in drivers_of(bundle.scenario, 0.0)}
    return Swept(subject, points, records, dataset(case, points, records), names)


def dataset(case: Case, points: Points, records: Sequence[Record]) -> xr.Dataset:
    """One Dataset over ``point``: what was changed (change), how it ended, costs, emissions by
    year, what each measure adds up to and when it first stands; nan and year 0 where there is none.
    """
    measures = [m.id for m in case.measures]
    money = f"{case.currency}{case.price_year}"
    figures = {
        name: ("point", [_number(r.get(name)) for r in records], {"units": unit})
        for name, unit in (("cost", money), ("paid", money), ("bound", money), ("seconds", "s"))
    }
    builds = [r.get("builds", {}) for r in records]
    gross = [[_number(r.get("emissions", {}).get(str(y))) for y in case.years] for r in records]
    first = [[min(map(int, b.get(m, {})), default=0) for m in measures] for b in builds]
    built = [[sum(b.get(m, {}).values()) for m in measures] for b in builds]
    return xr.Dataset(
        {
            "changed": (("point", "change"), np.array(points.rows, dtype=object)),
            "ending": ("point", np.array([r["ending"] for r in records], dtype=object)),
            "why": ("point", np.array([r.get("why", "") for r in records], dtype=object)),
            **figures,
            "gross": (("point", "year"), np.array(gross), {"units": "t"}),
            "built": (("point", "measure"), np.array(built, dtype=float)),
            "first_year": (("point", "measure"), np.array(first, dtype=np.int64)),
        },
        coords={
            "point": np.arange(len(records)),
            "change": np.array([str(axis) for axis in points.axes], dtype=object),
            "year": list(case.years),
            "measure": np.array(measures, dtype=object),
            "unit": ("measure", np.array([m.unit for m in case.measures], dtype=object)),
        },
        attrs={"scenario": case.id, "currency": case.currency, "price_year": case.price_year},
    )


def _number(value: Any) -> float:
    """A figure, nan for none and for what is infinite."""
    number = np.nan if value is None else float(value)
    return number if np.isfinite(number) else float("nan")
