"""What each measure and contract of a plan is worth: it is left out, the others are kept.

Asked on typical days, with the policy's rules, credits, budget and requirements set aside, so that
only the measure itself is missed; assets are renewed and retired as in the plan or as in the
baseline, whichever is cheaper, and all that is kept is dispatched anew. Such worths don't add up
where measures stand in each other's light: what lacks or is too much, the interaction, is shared
out by the size of each one's worth, so that the shares add up to the plan's saving.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
import xarray as xr

from optimizer.errors import SolverFailure
from optimizer.inputs.assemble import assemble
from optimizer.inputs.axis_choice import on_typical_days
from optimizer.inputs.baseline import baseline_case, without_carbon_rules
from optimizer.inputs.case import BudgetRule, Case
from optimizer.inputs.stored import stored_inputs
from optimizer.plan.search import LARGE
from optimizer.plan.store import Run
from optimizer.solve.circles import dispatched
from optimizer.solve.decisions import without_size_limits
from optimizer.solve.decomposed import solve_decomposed
from optimizer.solve.direct import solve_direct
from optimizer.solve.edit import with_fixed
from optimizer.solve.matrix import Array, Matrix
from optimizer.solve.offers import without_offers, yearly_variables
from optimizer.solve.solution import Solution
from optimizer.solve.stamp import stamp
from optimizer.studies.decided import Decided, decided

GAP: Final = 1e-5
"""Of each search, where pieces of cost curves are left to choose, a share of cost."""
TIE: Final = 1e-3
"""What a tonne counts, as a share of the mean cost of a tonne: so little that it moves no money,
enough that what is contracted is claimed, which no rule asks for here."""
STORED: Final = {"build": "measure", "added": "measure", "signed": "contract"}
"""What is kept, as plan.nc has it, and its dimension."""
STATES: Final = ("asset_old", "asset_renewed", "asset_retired")
NOTHING: Final = 1e-6
Begins = Callable[[int, int, str], None]
"""Told before each question: its number from 1, how many there are, the id left out."""


@dataclass(frozen=True)
class Share:
    """What one is worth [money, present cost of the base year; t of gross emissions to the end].

    ``alone``, ``tonnes_alone``: by leaving it out, None where the others can't do without it;
    ``saving``, ``tonnes``: its share of what all save together.
    """

    id: str
    alone: float | None
    tonnes_alone: float | None
    saving: float
    tonnes: float


@dataclass(frozen=True)
class Shares:
    """``saving``, ``tonnes``: of the stored plan. ``measured``: what all of them save together on
    ``periods`` representative days, to which the shares add up; ``rest``: credits, what rules make
    the plan do, and what these days miss. ``interaction``: ``measured`` less what each is worth by
    leaving it out, added up."""

    periods: int
    saving: float
    tonnes: float
    measured: float
    tonnes_measured: float
    rest: float
    tonnes_rest: float
    interaction: float
    tonnes_interaction: float
    items: tuple[Share, ...]

    def as_dict(self) -> dict[str, Any]:
        """The shares as JSON shows them."""
        return asdict(self)


def shares_of_run(run: Run, begins: Begins = lambda number, count, name: None) -> Shares:
    """Shares of a stored run's saving, on the representative days that it was searched on.

    Raises InputErrors for inputs that can't be read, else as `shares_of`.
    """
    with stored_inputs(run.path) as bundle:
        case = assemble(bundle)
    days = run.summary["typical_days"]
    if days is not None:
        case, _ = on_typical_days(case, int(days["asked"]), days["segments"])
    return shares_of(case, run.plan, run.baseline, begins)


def shares_of(
    case: Case,
    plan: xr.Dataset,
    baseline: xr.Dataset,
    begins: Begins = lambda number, count, name: None,
) -> Shares:
    """Shares of a stored plan's saving; ``case`` on the typical days that it was searched on.

    Raises SolverFailure where the kept decisions have no dispatch there, KeyboardInterrupt.
    """
    plant = _Kept(_unruled(case, plan), plan, baseline)
    ids = plant.chosen()
    base, everything = plant.baseline(), plant.without(())
    if base is None or everything is None:
        raise SolverFailure("the stored decisions have no dispatch on the typical days")
    left: dict[str, Decided | None] = {}
    for number, name in enumerate(ids, start=1):
        begins(number, len(ids), name)
        left[name] = plant.without((name,))
    saving = float(baseline.attrs["net_present_cost"]) - float(plan.attrs["net_present_cost"])
    tonnes = _tonnes(case, baseline) - _tonnes(case, plan)
    money = {k: None if d is None else d.cost - everything.cost for k, d in left.items()}
    gross = {k: None if d is None else d.cumulative - everything.cumulative
             for k, d in left.items()}  # fmt: skip
    measured = base.cost - everything.cost
    tonnes_measured = base.cumulative - everything.cumulative
    shared, gross_shared = shared_out(money, measured), shared_out(gross, tonnes_measured)
    items = tuple(Share(k, money[k], gross[k], shared[k], gross_shared[k]) for k in ids)
    return Shares(
        periods=len(case.axis.weight),
        saving=saving,
        tonnes=tonnes,
        measured=measured,
        tonnes_measured=tonnes_measured,
        rest=saving - measured,
        tonnes_rest=tonnes - tonnes_measured,
        interaction=measured - sum(v or 0.0 for v in money.values()),
        tonnes_interaction=tonnes_measured - sum(v or 0.0 for v in gross.values()),
        items=items,
    )


def shared_out(worth: Mapping[str, float | None], total: float) -> dict[str, float]:
    """Shares that add up to the total: each one's worth, and of what lacks or is too much a part by
    the size of its worth; where some can't be done without (None), these have all of that, in equal
    parts."""
    known = {name: value for name, value in worth.items() if value is not None}
    missing = total - sum(known.values())
    vital = [name for name in worth if name not in known]
    if vital:
        return {name: known.get(name, missing / len(vital)) for name in worth}
    size = sum(map(abs, known.values()))
    if size == 0:
        return {name: missing / len(known) for name in known}
    return {name: value + missing * abs(value) / size for name, value in known.items()}


def _unruled(case: Case, plan: xr.Dataset) -> Case:
    """Without rules, credits, budget, and what measures require of each other."""
    none = (None,) * len(case.years)
    price = TIE * abs(float(plan.attrs["net_present_cost"])) / max(_tonnes(case, plan), 1.0)
    return replace(
        without_carbon_rules(case),
        internal_carbon_price=np.full(len(case.years), price),
        budget=BudgetRule(none, False, False),
        measures=tuple(replace(option, requires=()) for option in case.measures),
    )


def _tonnes(case: Case, plan: xr.Dataset) -> float:
    """Gross emissions to the end, the last planning year standing for the tail's [t]."""
    tail = case.money.evaluate_to - case.years[-1]
    return float(plan["gross"].sum() + tail * plan["gross"].values[-1])


@dataclass
class _Kept:
    """A plant whose builds and contracts are those of a stored plan."""

    case: Case
    plan: xr.Dataset
    stored_baseline: xr.Dataset

    def __post_init__(self) -> None:
        self._matrix = without_size_limits(stamp(self.case))

    def chosen(self) -> list[str]:
        """Measures that are built and contracts that are signed, but those in force today."""
        in_force = {g.id for g in self.case.contracts if g.in_force}
        found = []
        for name, dim in (("build", "measure"), ("signed", "contract")):
            totals = self.plan[name].sum("year").values
            ids = map(str, self.plan[dim].values)
            found += [k for k, total in zip(ids, totals, strict=True) if total > NOTHING]
        return [name for name in found if name not in in_force]

    def baseline(self) -> Decided | None:
        """The factory that only keeps what it has, on the same days."""
        matrix = stamp(baseline_case(self.case))
        outcome = dispatched(matrix, matrix)
        return None if outcome.x is None else self._decided(matrix, outcome.x)

    def without(self, left_out: Sequence[str]) -> Decided | None:
        """The cheapest dispatch of what is kept; None where there is none."""
        matrix = without_offers(self._matrix, left_out)
        found: list[Decided] = []
        for states in (self.plan, self.stored_baseline):
            held = self._held(matrix, left_out, states)
            x = _solved(held)
            if x is not None:
                found.append(self._decided(held, x))
        return min(found, key=lambda one: one.cost, default=None)

    def _held(self, matrix: Matrix, left_out: Sequence[str], states: xr.Dataset) -> Matrix:
        """Builds, sizes, signatures as stored, but of what is left out; assets as in `states`."""
        columns, values = [], []
        for name, (owner, year), column in yearly_variables(matrix, (*STORED, *STATES)):
            dim, side = STORED.get(name, "asset"), self.plan if name in STORED else states
            value = float(side[name].sel({dim: owner, "year": year}))
            columns.append(column)
            values.append(0.0 if owner in left_out else value)
        return with_fixed(matrix, np.array(columns, dtype=np.int64), np.array(values))

    def _decided(self, matrix: Matrix, x: Any) -> Decided:
        return decided(Solution(matrix, x), self.case.money.weight)


def _solved(matrix: Matrix) -> Array | None:
    """The cheapest way, with whole decisions only where a cost curve leaves some; None: there is
    none."""
    if not matrix.integer.any():
        return dispatched(matrix, matrix).x
    solve = solve_direct if len(matrix.cost) < LARGE else solve_decomposed
    outcome = solve(matrix, gap=GAP)
    if outcome.ending == "interrupted":
        raise KeyboardInterrupt
    if outcome.x is None:
        return None
    whole = np.flatnonzero(matrix.integer)
    held = with_fixed(matrix, whole, np.round(outcome.x[whole]))
    return dispatched(held, held).x
