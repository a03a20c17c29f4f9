"""Storage: the level follows charge and discharge round the day, inside capacity and power."""

from __future__ import annotations

import numpy as np

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.report import STEP, Rows


def check_storage(book: Book, rows: Rows) -> None:
    """`level_follows`, `level_within_capacity`, `level_above_lowest`, power limits.

    level[h] = (1 - loss) level[h-1] + (eta_c charge - discharge / eta_d) dt, where h-1 of the first
    step is the last of the same day, dt its own hours and loss = 1 - (1 - self_discharge)^dt.
    """
    hours = book.stored.hours
    for store in book.equipment.stores:
        what = store.technology
        label = [[store.id], *book.step_labels]
        charge, discharge, level = (
            book.stored.get(name, [store.id])[0] for name in ("charge", "discharge", "level")
        )
        kept = (1.0 - what.self_discharge) ** hours * np.roll(level, 1, axis=-1)
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
