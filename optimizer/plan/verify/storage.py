"""Storage: the level follows charge and discharge round its cycle, inside capacity and power."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.equipment import Store
from optimizer.plan.verify.report import STEP, Rows

Array = NDArray[np.float64]


def check_storage(book: Book, rows: Rows) -> None:
    """`level_follows`, `level_within_capacity`, `level_above_lowest`, power limits.

    level[h] = (1 - loss) level[h-1] + (eta_c charge - discharge / eta_d) dt, dt the step's own
    hours and loss = 1 - (1 - self_discharge)^dt. h-1 of the first step is the last of the same day,
    or, with `cycle: year`, what `level_by_day` says of the period's representative day.
    """
    hours = book.stored.hours
    for store in book.equipment.stores:
        what = store.technology
        label = [[store.id], *book.step_labels]
        charge, discharge, level = (
            book.stored.get(name, [store.id])[0] for name in ("charge", "discharge", "level")
        )
        before = np.roll(level, 1, axis=-1)
        if what.cycle == "year":
            before[..., 0] = _begins(book, store)[:, book.stored.day_of_period]
        kept = (1.0 - what.self_discharge) ** hours * before
        change = what.efficiency_charge * charge - discharge / what.efficiency_discharge
        scale = np.maximum(np.abs(kept), np.maximum(charge, discharge) * hours)
        rows.equal("level_follows", [level], [kept + change * hours], label, STEP, [scale])
        size = book.capacity_of(store)[:, None, None] + np.zeros_like(level)
        rows.at_most("level_within_capacity", [level], [size], label, STEP)
        rows.at_most("level_above_lowest", [(1.0 - what.depth) * size], [level], label, STEP)
        power = size / what.duration
        rows.at_most("charge_within_power", [charge], [power], label, STEP)
        rows.at_most("discharge_within_power", [discharge], [power], label, STEP)
        for flow in (charge, discharge, level):
            rows.at_most("flow_not_negative", [-flow], 0.0, label, STEP)
        if what.cycle == "year":
            _check_year(book, store, level, rows)


def _begins(book: Book, store: Store) -> Array:
    """Level at the begin of each calendar day [MWh], (year, day)."""
    found: Array = book.stored.get("level_by_day", [store.id])[0]
    return found


def _check_year(book: Book, store: Store, level: Array, rows: Rows) -> None:
    """`day_begins_as_last_ended`, `level_within_capacity` and `level_above_lowest` on every
    calendar day.

    A day runs as its period's representative one; what it began with above or below that one
    shrinks by (1 - self_discharge) an hour and comes on top of each level.
    """
    stored, what = book.stored, store.technology
    begins, period = _begins(book, store), stored.period_of_day
    other = begins - begins[:, stored.day_of_period[period]]
    left = (1.0 - what.self_discharge) ** np.cumsum(stored.hours, axis=1)
    daily = level[:, period] + other[:, :, None] * left[period]
    days = [f"day {day + 1}" for day in range(len(period))]
    label = [[store.id], book.step_labels[0], days]
    begun = np.roll(begins, -1, axis=1)
    scale = np.maximum(begun, begins)
    rows.equal("day_begins_as_last_ended", [begun], [daily[..., -1]], label, STEP, [scale])
    rows.at_most("flow_not_negative", [-begins], 0.0, label, STEP)
    size = book.capacity_of(store)[:, None, None] + np.zeros_like(daily)
    label = [*label, book.step_labels[2]]
    rows.at_most("level_within_capacity", [daily], [size], label, STEP)
    rows.at_most("level_above_lowest", [(1.0 - what.depth) * size], [daily], label, STEP)
