"""Dispatch without stores that run in a circle while power is paid to be used.

On a day with a price below 0, or while certificates of own generation are sold, charging and
discharging a store at once, then or later that day, burns power and earns by it. No linear row
excludes just that, so the dispatch is solved, each store's direction on those days is read from it
and held, and the dispatch is solved once more. On other days a circle earns nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.case import Case, StorageUnit
from optimizer.model.certificates import sellers
from optimizer.solve.matrix import Array, Matrix, Problem
from optimizer.solve.parts import PartsOutcome, solve_parts

P = TypeVar("P", bound=Problem)
NEGLIGIBLE = 1e-6
"""MW."""


def dispatched(problem: Problem, matrix: Matrix) -> PartsOutcome:
    """The cheapest dispatch of a problem whose decisions are fixed.

    ``matrix`` says what lies where; ``problem`` may have further columns behind those.
    """
    outcome = solve_parts(problem)
    if outcome.x is None:
        return outcome
    held = one_way(problem, matrix, outcome.x)
    again = None if held is None else solve_parts(held)
    return outcome if again is None or again.x is None else again


def one_way(problem: P, matrix: Matrix, x: Array) -> P | None:
    """The problem with stores held to their direction in ``x`` on days with a price below 0.

    None if no store runs in a circle then.
    """
    paid = paid_days(matrix.case)
    stores = [u for u in matrix.case.units if isinstance(u, StorageUnit)]
    flows = {u.id: _flows(matrix, x, u.id) for u in stores}
    if not any((paid & (np.minimum(*flows[u.id]) > NEGLIGIBLE)).any() for u in stores):
        return None
    upper = problem.col_upper.copy()
    for unit in stores:
        charge, discharge = flows[unit.id]
        gains = unit.efficiency_charge * charge >= discharge / unit.efficiency_discharge
        upper[_columns(matrix, "discharge", unit.id)[(paid & gains).ravel()]] = 0.0
        upper[_columns(matrix, "charge", unit.id)[(paid & ~gains).ravel()]] = 0.0
    return replace(problem, col_upper=upper)


def paid_days(case: Case) -> NDArray[np.bool_]:
    """Steps of days on which some carrier is bought at a price below 0, or certificates of own
    generation are sold: burning power lets more be generated. Shape (Y, P, H)."""
    shape = (len(case.years), len(case.axis.weight), case.axis.steps)
    paid = np.zeros(shape, dtype=bool)
    for carrier in case.carriers:
        buy = carrier.purchase
        if buy is not None:
            series = case.series[buy.series][None] if buy.series is not None else np.ones((1, 1, 1))
            paid |= buy.level[:, None, None] * series + buy.adder[:, None, None] < 0
    for unit in sellers(case):
        assert unit.sold_certificates is not None
        paid |= unit.sold_certificates[:, None, None] > 0
    return np.broadcast_to(paid.any(axis=2, keepdims=True), shape)


def _flows(matrix: Matrix, x: Array, unit: str) -> tuple[Array, Array]:
    """Charging and discharging power of a store [MW], shape (Y, P, H) each."""
    charge, discharge = (matrix.step_values(x, (kind, unit)) for kind in ("charge", "discharge"))
    return charge, discharge


def _columns(matrix: Matrix, kind: str, unit: str) -> NDArray[np.int64]:
    return matrix.step_columns[kind, unit] + np.arange(int(np.prod(matrix.shape)))
