"""Why no plan exists: which yearly promise breaks, and by how much."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from optimizer.model.held_rows import PACK_ROWS
from optimizer.model.lender import LENDER_ROWS
from optimizer.solve.edit import Indices, with_slack
from optimizer.solve.highs import Outcome, Solver
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.promises import BrokenPromise, CutShort, Reason
from optimizer.solve.stamp import stamp

PROMISES: Final = {
    "gross_within_cap": -1.0,
    "net_within_target": -1.0,
    "credits_within_share": -1.0,
    "capex_within_budget": -1.0,
    "removals_within_credits": 1.0,
    "area_within_site": -1.0,
    **dict.fromkeys((*PACK_ROWS, *LENDER_ROWS), -1.0),
}
"""Rules a plan may break in the search, and the sign of the slack that helps."""
HELD: Final[tuple[frozenset[str], ...]] = (
    frozenset({"capex_within_budget", "area_within_site"}),
    frozenset({"area_within_site"}),
    frozenset(),
)
"""What is kept in each search, the widest last: promises to others give way before money, money
before ground, so that what can be reached is reached within the budget and on the site."""
LONGEST: Final = 120.0
"""Seconds for all searches together, where no less is given."""
FINE: Final = 1e-3
"""Gap of a search, as a share of what is broken in all."""
NOTABLE: Final = 1e-4


@dataclass
class _Time:
    """``seconds`` for all searches from its making on; ``cut``: one of them ended by it."""

    seconds: float
    began: float = field(default_factory=time.perf_counter)
    cut: bool = False

    def left(self, share: float) -> float:
        """A share of the seconds that are left, for the next search."""
        return share * max(0.0, self.seconds - (time.perf_counter() - self.began))


def broken_promises(
    matrix: Matrix,
    change: Callable[[Matrix], Matrix] = lambda matrix: matrix,
    *,
    seconds: float | None = None,
) -> tuple[Reason, ...]:
    """Promises that the least-breaking plan still breaks; demand itself if nothing else helps.

    Sizes are free of what budget and area would leave of them, since these may be broken;
    ``change`` holds what is already decided. After ``seconds``, or LONGEST if that is less, the
    best that was found is told, and last that the explanation was cut short.
    """
    limit = _Time(LONGEST if seconds is None else min(seconds, LONGEST))
    found = _broken(change(stamp(matrix.case, tight=False)), limit)
    return (*found, CutShort(limit.seconds, bool(found))) if limit.cut else found


def _broken(matrix: Matrix, limit: _Time) -> tuple[BrokenPromise, ...]:
    """By searches that hold ever less. Each but the last may take half of the time that is left, so
    that something is found where a stricter one finds nothing."""
    for held in HELD:
        rows = matrix.rows_named(*(rule for rule in PROMISES if rule not in held))
        index = np.array(list(rows.values()), dtype=np.int64)
        signs = np.array([PROMISES[rule] for rule, _ in rows])
        share = 1.0 if held == HELD[-1] else 0.5
        outcome, slack = _least_slack(
            matrix, index, signs, _relative(matrix, index), limit.left(share)
        )
        limit.cut |= outcome.ending == "time_limit"
        if outcome.x is not None:
            broken = zip(rows, signs, outcome.x[slack], strict=True)
            found = [_promise(matrix, outcome.x, *at, sign, amount) for at, sign, amount in broken]
            return tuple(promise for promise in found if promise is not None)
    return () if outcome.ending == "time_limit" else _unmet(matrix, index, signs, limit)


def _relative(matrix: Matrix, rows: Indices) -> Array:
    """Cost of breaking each row: per share of its limit, so that tonnes and money compare."""
    upper, lower = matrix.row_upper[rows], matrix.row_lower[rows]
    limits = np.where(np.isfinite(upper), upper, lower)
    return np.asarray(1.0 / np.maximum(np.abs(limits), 1.0))


def _least_slack(
    matrix: Matrix, rows: Indices, signs: Array, costs: Array, seconds: float
) -> tuple[Outcome, Indices]:
    """The plan of zero cost that breaks the given rows least, and the columns of its slack."""
    free = replace(matrix, cost=np.zeros_like(matrix.cost), offset=0.0)
    elastic, slack = with_slack(free, rows, signs, costs)
    solver = Solver(elastic)
    solver.set(mip_rel_gap=FINE, mip_abs_gap=FINE * NOTABLE, time_limit=seconds)
    outcome = solver.run()
    if outcome.ending == "interrupted":
        raise KeyboardInterrupt
    return outcome, slack


def _promise(
    matrix: Matrix, x: Array, rule: str, at: Any, sign: float, amount: float
) -> BrokenPromise | None:
    """The promise of a row whose slack is notable; of a gate, what it is missed by."""
    year, item = (at[-1], str(at[0])) if isinstance(at, tuple) else (at, "")
    reachable = _reached(matrix, x, rule, year)
    row = matrix.rows_named(rule)[rule, at]
    if rule in (*PACK_ROWS, *LENDER_ROWS):
        limit, reachable = 0.0, float(amount)
    elif reachable is None:
        limit = float(matrix.row_upper[row])
        reachable = limit - sign * float(amount)
    else:
        limit = reachable + sign * float(amount)
    if amount <= NOTABLE * max(1.0, abs(limit)):
        return None
    return BrokenPromise(rule, int(year), limit, reachable, item, matrix.case.currency)


def _reached(matrix: Matrix, x: Array, rule: str, year: int) -> float | None:
    """Credits that a plan uses, where the limit depends on them or on emissions [t]."""
    kinds = {
        "credits_within_share": ("avoidance", "removal"),
        "removals_within_credits": ("removal",),
    }
    if rule not in kinds:
        return None
    used = [q.id for q in matrix.case.credits if q.type in kinds[rule]]
    columns = [matrix.column(matrix.layer.model.credits[q, year]) for q in used]
    return float(sum(x[column] for column in columns if column is not None))


def _unmet(
    matrix: Matrix, promises: Indices, signs: Array, limit: _Time
) -> tuple[BrokenPromise, ...]:
    """Carriers whose demand can't be met in some year, whatever else is broken."""
    case, size = matrix.case, int(np.prod(matrix.shape))
    carriers = sorted({service.carrier for service in case.services})
    starts = [matrix.step_rows[f"carrier_balance[{c}]"] for c in carriers]
    rows = np.concatenate([promises, *(start + np.arange(size) for start in starts)])
    all_signs = np.concatenate([signs, np.ones(size * len(carriers))])
    hours = np.broadcast_to(case.axis.hours_a_year, matrix.shape)
    costs = np.concatenate([np.full(len(promises), 1e-6), np.tile(hours.ravel(), len(carriers))])
    outcome, slack = _least_slack(matrix, rows, all_signs, costs, limit.left(1.0))
    limit.cut |= outcome.ending == "time_limit"
    if outcome.x is None:
        return ()
    lacking = outcome.x[slack[len(promises) :]].reshape(len(carriers), *matrix.shape)
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
    weight = case.axis.hours_a_year
    demands = (
        float(s.activity[year]) * float((case.series[s.demand] * weight).sum())
        for s in case.services
        if s.carrier == carrier
    )
    return sum(demands)
