"""A stored run's problem solved again by the method that did not find it.

The verifier takes the bound of a run as the solver's word. The other method shares the stamped
matrix with the first and none of its search: one hands the whole problem to HiGHS, the other takes
it apart into a yearly master and days. Each ends with an interval [bound, cost] that holds the
least cost of the same problem, so the two must meet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

import numpy as np

from optimizer.errors import SolverFailure
from optimizer.inputs.assemble import assemble
from optimizer.inputs.case import Case
from optimizer.inputs.stored import stored_inputs
from optimizer.plan.store import Run
from optimizer.solve.decomposed import solve_decomposed
from optimizer.solve.direct import solve_direct
from optimizer.solve.highs import Outcome, Progress
from optimizer.solve.stamp import stamp
from optimizer.studies.residual import searched

Method = Literal["direct", "decomposed"]
Verdict = Literal["proven", "consistent", "contradicted", "not_comparable", "nothing_found"]
SHARE: Final = 0.5
"""Of the gap of the run: a plan that is as good as the new one is then proven within all of it."""
NOISE: Final = 1e-5
"""Share of a cost within which two solvers of the same problem may differ: HiGHS's tolerances."""


@dataclass(frozen=True)
class SolvedAgain:
    """Costs of the decision in money of the base year; ``bound``, ``cost`` of the new search are
    None where it found none, ``seconds`` its time; ``stored_bound`` and ``gap`` where a search that
    was stopped had none. ``within``: how far the stored plan can be above
    the least cost by the new bound, a share of its cost.

    ``verdict``: 'proven' where that is within the gap of the run, or the one asked of it;
    'consistent' where the intervals meet but it is more; 'contradicted' where they don't meet;
    'not_comparable' where the check on the full year added days or lowered caps after the search
    whose inputs are stored; 'nothing_found' where the new search ended without a bound.
    """

    verdict: Verdict
    method: Method
    stored_method: str
    stored_cost: float
    stored_bound: float | None
    gap: float | None
    gap_asked: float | None
    ending: str = ""
    cost: float | None = None
    bound: float | None = None
    within: float | None = None
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against the run."""
        return self.verdict in ("proven", "consistent")

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"ok": self.ok}


def solved_again(
    run: Run, time_limit: float, heard: Callable[[Progress], None] | None = None
) -> SolvedAgain:
    """Solve the problem that a run's search saw, from its inputs alone, within a time limit [s].

    Raises InputErrors for inputs that can't be read.
    """
    summary = run.summary
    stored: dict[str, Any] = {
        "method": "direct" if summary["method"] == "decomposed" else "decomposed",
        "stored_method": summary["method"],
        "stored_cost": float(summary["decision_cost"]),
        "stored_bound": summary["bound"],
        "gap": summary["gap"],
        "gap_asked": summary["gap_asked"],
    }
    check = summary.get("full_year") or {}
    if any(check.get(key) for key in ("added_days", "tightened_caps", "tightened_gates")):
        return SolvedAgain("not_comparable", **stored)
    with stored_inputs(run.path) as bundle:
        case = searched(assemble(bundle), summary)
    asked = max(SHARE * (summary["gap_asked"] or summary["gap"] or 0.0), NOISE)
    found = _searched(case, stored["method"], asked, time_limit, heard)
    return judged(found, stored)


def _searched(
    case: Case,
    method: Method,
    gap: float,
    time_limit: float,
    heard: Callable[[Progress], None] | None,
) -> Outcome:
    solve = solve_direct if method == "direct" else solve_decomposed
    try:
        return solve(stamp(case), gap=gap, time_limit=time_limit, on_progress=heard)
    except SolverFailure:
        return Outcome("failed", None, np.inf, -np.inf, 0.0)


def judged(found: Outcome, stored: dict[str, Any]) -> SolvedAgain:
    """Two intervals of the same least cost: do they meet, and what does the new bound prove?"""
    cost = stored["stored_cost"]
    least = -np.inf if stored["stored_bound"] is None else stored["stored_bound"]
    gap = max(stored["gap"] or 0.0, stored["gap_asked"] or 0.0)
    again: dict[str, Any] = {
        "ending": found.ending,
        "cost": found.objective if np.isfinite(found.objective) else None,
        "bound": found.bound if np.isfinite(found.bound) else None,
        "seconds": round(found.seconds, 2),
    }
    noise = NOISE * abs(cost)
    within = max(0.0, cost - found.bound) / abs(cost) if cost else np.inf
    if (
        found.ending == "infeasible"
        or found.bound > cost + noise
        or found.objective < least - noise
    ):
        return SolvedAgain("contradicted", **stored, **again)
    if not np.isfinite(found.bound):
        return SolvedAgain("nothing_found", **stored, **again)
    verdict: Verdict = "proven" if within <= gap + NOISE else "consistent"
    return SolvedAgain(verdict, **stored, **again, within=within)
