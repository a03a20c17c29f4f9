"""A plan dispatched on the full year: what it costs, and which days or caps fall short."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.errors import SolverFailure
from optimizer.solve.decisions import held_decisions
from optimizer.solve.edit import with_fixed, with_slack
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.parts import solve_parts

UNMET_COST = 2.0**16
"""Money per MWh of demand left unmet: above any price that a tariff has, so unmet only if it must be."""
MISSED_COST = 2.0**18
"""Money per t above a cap."""
NEGLIGIBLE = 1e-6
CAPS = ("gross_within_cap", "net_within_target")


@dataclass(frozen=True)
class FullYear:
    """``unmet``: MWh by carrier, shape of (Y, 365) each; ``missed``: t above each cap by year."""

    x: Array
    cost: float
    unmet: dict[str, Array]
    missed: dict[tuple[str, int], float]
    seconds: float

    @property
    def short_days(self) -> list[int]:
        """Days on which some demand isn't met in some year."""
        if not self.unmet:
            return []
        total = sum(days.sum(axis=0) for days in self.unmet.values())
        return [int(day) for day in np.flatnonzero(np.asarray(total) > NEGLIGIBLE)]

    @property
    def complete(self) -> bool:
        return not self.short_days and not self.missed


def dispatch_full_year(source: Matrix, x: Array, target: Matrix) -> FullYear:
    """Cheapest dispatch of the decisions in ``x`` on the axis of ``target``, caps kept where they can be."""
    columns, values = held_decisions(source, x, target)
    fixed = with_fixed(target, columns, values)
    fixed = with_fixed(fixed, np.flatnonzero(fixed.integer), np.zeros(int(fixed.integer.sum())))
    balances = {
        s.carrier: target.step_rows[f"carrier_balance[{s.carrier}]"] for s in target.case.services
    }
    size = int(np.prod(target.shape))
    caps = target.rows_named(*CAPS)
    rows = np.concatenate(
        [*(start + np.arange(size) for start in balances.values()), list(caps.values())]
    )
    signs = np.concatenate([np.ones(size * len(balances)), -np.ones(len(caps))])
    hours = (
        np.broadcast_to(target.case.axis.weight[None, :, None], target.shape) * target.case.axis.dt
    ).ravel()
    costs = np.concatenate(
        [np.tile(UNMET_COST * hours, len(balances)), np.full(len(caps), MISSED_COST)]
    )
    elastic, slack = with_slack(fixed, rows.astype(np.int64), signs, costs)
    outcome = solve_parts(elastic)
    if outcome.x is None:
        raise SolverFailure(f"the full-year dispatch ended {', '.join(outcome.failed)}")
    return _read(target, outcome.x, slack, balances, caps, hours, outcome.seconds)


def _read(  # noqa: PLR0913
    target: Matrix,
    x: Array,
    slack: np.ndarray,
    balances: dict[str, int],
    caps: dict[tuple[str, int], int],
    hours: Array,
    seconds: float,
) -> FullYear:
    size = len(hours)
    amounts = x[slack]
    unmet = {
        carrier: (amounts[i * size : (i + 1) * size] * hours).reshape(target.shape).sum(axis=2)
        for i, carrier in enumerate(balances)
    }
    over = dict(zip(caps, amounts[len(balances) * size :], strict=True))
    missed = {key: float(tonnes) for key, tonnes in over.items() if tonnes > NEGLIGIBLE}
    plain = x[: len(target.cost)]
    return FullYear(plain, float(target.cost @ plain) + target.offset, unmet, missed, seconds)
