"""The time axis and the series on it: weights, totals that typical days keep, heat pump ratios."""

from __future__ import annotations

import numpy as np

from optimizer.plan.verify.book import MONTH_DAYS, Book
from optimizer.plan.verify.purchase import contract_shape
from optimizer.plan.verify.report import COUNT, EXACT, YEAR, Rows, Tolerance
from optimizer.schema.technology import Conversion

TOTALS = Tolerance(1e-6, 1e-9)
"""Typical days keep a series' yearly sum to one in a million."""


def check_axis(book: Book, rows: Rows) -> None:
    """Weights count the days that a period stands for; its steps are whole steps of the series and
    fill 24 h; its representative day is one of its own."""
    stored = book.stored
    days = np.bincount(stored.period_of_day, minlength=len(stored.weight)).astype(float)
    periods = book.step_labels[1]
    rows.equal("weight_counts_days", stored.weight, days, [periods], EXACT)
    rows.equal("weight_counts_days", [stored.weight.sum()], [365.0], [["all"]], EXACT)
    rows.equal("steps_fill_a_day", [stored.day_steps * stored.dt], [24.0], [["day"]], EXACT)
    rows.equal("steps_fill_a_day", stored.hours.sum(axis=1), 24.0, [periods], EXACT)
    whole = np.maximum(np.round(stored.hours / stored.dt), 1.0)
    label = [periods, book.step_labels[2]]
    rows.equal("steps_hold_whole_ones", stored.hours / stored.dt, whole, label, EXACT)
    own = stored.period_of_day[stored.day_of_period].astype(float)
    rows.equal("period_holds_its_day", own, np.arange(len(own)), [periods], EXACT)
    assert sum(MONTH_DAYS) == len(stored.period_of_day)


def check_series(book: Book, rows: Rows) -> None:
    """`series_keep_totals`: on typical days, sums of demand and availability equal the year's.

    Prices and ratios are those of the representative day itself, so they must be equal step by
    step, and in a step that holds several of its own, their mean. On the full axis the plan stores
    no series of its own.
    """
    totals = _summed_series(book)
    typical = [key for key in book.given.series if f"series:{key}" in book.stored.arrays]
    for key in typical:
        year, axis = book.column(key), book.on_axis(key)
        if key in totals:
            left, whole = float(book.total(axis)), float(year.sum()) * book.stored.dt
            rows.equal("series_keep_totals", [left], [whole], [[key]], TOTALS)
        elif not key.endswith((".shape", ".factor", ".excess")):
            label = [[key], *book.step_labels[1:]]
            picked = book.stored.on_steps(year[book.stored.day_of_period])
            rows.equal("series_are_real_days", [axis], [picked], label, TOTALS)
    if not typical:
        alone = float(len(book.stored.weight) == len(book.stored.period_of_day))
        rows.equal("axis_is_the_whole_year", [alone], [1.0], [["axis"]], EXACT)


def _summed_series(book: Book) -> set[str]:
    """Keys of demands and availabilities, whose sums typical days must keep."""
    demands = {service.demand for service in book.given.scenario.services}
    machines = {m.availability for m in book.equipment.machines if m.availability is not None}
    return demands | machines


def check_ratios(book: Book, rows: Rows) -> None:
    """`cop_follows_temperature`: heat pump ratios follow quality x Carnot, at most maximum."""
    for machine in book.equipment.machines:
        for carrier, conversion in {**machine.inputs, **machine.outputs}.items():
            key = f"{machine.id}.{carrier}.ratio"
            if key in book.given.series and _temperature_known(book, conversion):
                recomputed = book.ratio_from_temperature(conversion, full_year=True)
                stored = book.column(key)
                days, steps = stored.shape
                label = [[key], range(days), range(steps)]
                rows.equal("cop_follows_temperature", [stored], [recomputed], label, COUNT)


def _temperature_known(book: Book, conversion: Conversion) -> bool:
    model = conversion.cop or conversion.cop_source
    if model is None:
        return False
    return model.source_series is None or model.source_series in book.given.series


def check_shapes(book: Book, rows: Rows) -> None:
    """Contract shapes deliver 1 MWh a year per MWh/a; factor shapes have the mean 1."""
    for name, contract in book.contracts.items():
        if contract.form == "energy":
            total = float(book.total(contract_shape(book, name, contract)))
            rows.equal("shape_sums_to_one", [total], [1.0], [[name]], YEAR)
            _check_own_shape(book, rows, name, contract.shape)
    for name, carrier in book.given.scenario.carriers.items():
        if carrier.factor_series is not None:
            mean = float(book.total(book.on_axis(f"{name}.factor"))) / 8760.0
            rows.equal("factor_shape_has_mean_one", [mean], [1.0], [[name]], YEAR)
            if carrier.factor_series in book.given.series:
                own = book.column(carrier.factor_series)
                label = [[name], range(len(own)), range(own.shape[1])]
                stored = book.column(f"{name}.factor")
                rows.equal("factor_shape_follows", [stored], [own / own.mean()], label, COUNT)


def _check_own_shape(book: Book, rows: Rows, name: str, series: str | None) -> None:
    key = f"{name}.shape"
    if series is None or series not in book.given.series or key not in book.given.series:
        return
    own, stored = book.column(series), book.column(key)
    label = [[name], range(len(own)), range(own.shape[1])]
    rows.equal("shape_follows", [stored], [own / own.sum() / book.stored.dt], label, COUNT)
