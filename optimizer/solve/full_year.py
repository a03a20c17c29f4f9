"""A plan dispatched on the full year: what it costs, and which days or caps fall short."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from optimizer.errors import SolverFailure
from optimizer.model.held_rows import PACK_ROWS
from optimizer.model.lender import PLAN_ROWS
from optimizer.solve.circles import dispatched
from optimizer.solve.decisions import held_decisions, whole_decisions, without_size_limits
from optimizer.solve.edit import with_fixed, with_slack
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.parts import PartsOutcome

UNMET_COST = 2.0**23
"""Money per MWh of demand left unmet: above what any tariff or peak charge can save by it."""
MISSED_COST = 2.0**18
"""Money per t above a cap."""
NEGLIGIBLE = 1e-6
CAPS = ("gross_within_cap", "net_within_target", "gate_before_credits", *PACK_ROWS, *PLAN_ROWS)


@dataclass(frozen=True)
class FullYear:
    """``unmet``: MWh by carrier, (Y, P) each; ``missed``: t above each cap, by (row, year), and by
    how much each gate of a pack is missed, in its row's unit, by (row, (rule, year))."""

    x: Array
    cost: float
    unmet: dict[str, Array]
    missed: dict[tuple[str, Any], float]
    seconds: float

    def short_days(self, most: int) -> list[int]:
        """The days, at most so many, on which most demand is left unmet in any year."""
        if not self.unmet:
            return []
        total = np.sum([days.max(axis=0) for days in self.unmet.values()], axis=0)
        worst = np.argsort(-total, kind="stable")[:most]
        return sorted(int(day) for day in worst if total[day] > NEGLIGIBLE)

    @property
    def complete(self) -> bool:
        return not self.missed and not self.short_days(1)


def dispatch_full_year(source: Matrix, x: Array, target: Matrix) -> FullYear:
    """Cheapest dispatch of the decisions in ``x`` on the axis of ``target``.

    Caps give way at a price far above any other, and demand only where it can't be met at all.
    Raises SolverFailure if even that has no solution.
    """
    columns, values = held_decisions(source, x, target)
    fixed = with_fixed(without_size_limits(target), columns, values)
    fixed = with_fixed(fixed, *whole_decisions(source, x, target))
    caps = target.rows_named(*CAPS)
    for carriers in ([], sorted({s.carrier for s in target.case.services})):
        slack = _slack_rows(target, caps, carriers)
        elastic, added = with_slack(fixed, *slack)
        outcome = dispatched(elastic, target)
        if outcome.x is not None:
            return _read(target, outcome, added, caps, carriers)
    raise SolverFailure(f"the full-year dispatch ended {', '.join(outcome.failed)}")


def _slack_rows(
    target: Matrix, caps: dict[tuple[str, Any], int], carriers: list[str]
) -> tuple[np.ndarray, Array, Array]:
    """(rows, signs, costs) of the elastic rows: caps first, then each carrier's balances."""
    size, hours = int(np.prod(target.shape)), _hours(target)
    starts = [target.step_rows[f"carrier_balance[{c}]"] for c in carriers]
    rows = np.concatenate([list(caps.values()), *(s + np.arange(size) for s in starts)])
    signs = np.concatenate([-np.ones(len(caps)), np.ones(size * len(carriers))])
    unmet = np.tile(UNMET_COST * hours, len(carriers))
    return rows.astype(np.int64), signs, np.concatenate([np.full(len(caps), MISSED_COST), unmet])


def _hours(target: Matrix) -> Array:
    """Hours a year that each (y, p, h) stands for, flat."""
    return np.broadcast_to(target.case.axis.hours_a_year, target.shape).ravel()


def _read(
    target: Matrix,
    outcome: PartsOutcome,
    slack: np.ndarray,
    caps: dict[tuple[str, Any], int],
    carriers: list[str],
) -> FullYear:
    assert outcome.x is not None
    amounts, size = outcome.x[slack], int(np.prod(target.shape))
    unmet = {}
    for i, carrier in enumerate(carriers):
        lacking = amounts[len(caps) + i * size : len(caps) + (i + 1) * size] * _hours(target)
        unmet[carrier] = lacking.reshape(target.shape).sum(axis=2)
    over = dict(zip(caps, amounts[: len(caps)], strict=True))
    missed = {key: float(tonnes) for key, tonnes in over.items() if tonnes > NEGLIGIBLE}
    plain = outcome.x[: len(target.cost)]
    cost = float(target.cost @ plain) + target.offset
    return FullYear(plain, cost, unmet, missed, outcome.seconds)
