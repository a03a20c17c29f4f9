"""Why no plan exists: which yearly promise breaks, and by how much."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from optimizer.solve.edit import Indices, with_slack
from optimizer.solve.highs import Solver
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.stamp import stamp

PROMISES: Final = {
    "gross_within_cap": -1.0,
    "net_within_target": -1.0,
    "credits_within_share": -1.0,
    "capex_within_budget": -1.0,
    "removals_within_credits": 1.0,
    "area_within_site": -1.0,
}
"""Rules a plan may break in the search, and the sign of the slack that helps."""
LONGEST: Final = 120.0
"""Seconds for each of the two searches."""
NOTABLE: Final = 1e-4


@dataclass(frozen=True)
class BrokenPromise:
    """``rule`` in ``year``: the limit, and the value nearest to it that can be reached.

    ``item`` is a carrier that can't be supplied (limit: MWh needed; reachable: MWh supplied) or the
    kind of area; empty otherwise.
    """

    rule: str
    year: int
    limit: float
    reachable: float
    item: str = ""

    def __str__(self) -> str:
        what = f"{self.rule} {self.item}".strip().replace("_", " ")
        return f"{self.year}: {what} {self.limit:,.6g}, nearest reachable {self.reachable:,.6g}"


def broken_promises(matrix: Matrix) -> tuple[BrokenPromise, ...]:
    """Promises that the least-breaking plan still breaks; demand itself if nothing else helps.

    Sizes are free of what budget and area would leave of them, since these may be broken.
    """
    matrix = stamp(matrix.case, tight=False)
    rows = matrix.rows_named(*PROMISES)
    index = np.array(list(rows.values()), dtype=np.int64)
    signs = np.array([PROMISES[rule] for rule, _ in rows])
    x, slack = _least_slack(matrix, index, signs, _relative(matrix, index))
    if x is not None:
        found = [
            _promise(matrix, rule, at, row, sign, amount)
            for ((rule, at), row), sign, amount in zip(rows.items(), signs, x[slack], strict=True)
        ]
        return tuple(promise for promise in found if promise is not None)
    return _unmet(matrix, index, signs)


def _relative(matrix: Matrix, rows: Indices) -> Array:
    """Cost of breaking each row: per share of its limit, so that tonnes and money compare."""
    upper, lower = matrix.row_upper[rows], matrix.row_lower[rows]
    limits = np.where(np.isfinite(upper), upper, lower)
    return np.asarray(1.0 / np.maximum(np.abs(limits), 1.0))


def _least_slack(
    matrix: Matrix, rows: Indices, signs: Array, costs: Array
) -> tuple[Array | None, Indices]:
    """The plan of zero cost that breaks the given rows least."""
    free = replace(matrix, cost=np.zeros_like(matrix.cost), offset=0.0)
    elastic, slack = with_slack(free, rows, signs, costs)
    solver = Solver(elastic)
    solver.set(mip_rel_gap=0.01, mip_abs_gap=NOTABLE, time_limit=LONGEST)
    return solver.run().x, slack


def _promise(
    matrix: Matrix, rule: str, at: object, row: int, sign: float, amount: float
) -> BrokenPromise | None:
    limit = float(matrix.row_upper[row] if sign < 0 else matrix.row_lower[row])
    if amount <= NOTABLE * max(1.0, abs(limit)):
        return None
    year, item = (at[-1], str(at[0])) if isinstance(at, tuple) else (at, "")
    return BrokenPromise(rule, int(str(year)), limit, limit - sign * float(amount), item)


def _unmet(matrix: Matrix, promises: Indices, signs: Array) -> tuple[BrokenPromise, ...]:
    """Carriers whose demand can't be met in some year, whatever else is broken."""
    case, size = matrix.case, int(np.prod(matrix.shape))
    carriers = sorted({service.carrier for service in case.services})
    starts = [matrix.step_rows[f"carrier_balance[{c}]"] for c in carriers]
    rows = np.concatenate([promises, *(start + np.arange(size) for start in starts)])
    all_signs = np.concatenate([signs, np.ones(size * len(carriers))])
    hours = np.broadcast_to(case.axis.weight[None, :, None] * case.axis.dt, matrix.shape)
    costs = np.concatenate([np.full(len(promises), 1e-6), np.tile(hours.ravel(), len(carriers))])
    x, slack = _least_slack(matrix, rows, all_signs, costs)
    if x is None:
        return ()
    lacking = x[slack[len(promises) :]].reshape(len(carriers), *matrix.shape)
    found = []
    for carrier, power in zip(carriers, lacking, strict=True):
        for i, year in enumerate(case.years):
            unmet = float((power[i] * hours[i]).sum())
            needed = _needed(matrix, carrier, i)
            if unmet > NOTABLE * needed:
                found.append(BrokenPromise("demand", year, needed, needed - unmet, carrier))
    return tuple(found)


def _needed(matrix: Matrix, carrier: str, year: int) -> float:
    """Demand of a carrier in a year before savings [MWh]."""
    case = matrix.case
    weight = case.axis.weight[:, None] * case.axis.dt
    demands = (
        float(s.activity[year]) * float((case.series[s.demand] * weight).sum())
        for s in case.services
        if s.carrier == carrier
    )
    return sum(demands)
