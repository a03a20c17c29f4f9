"""A stored plan kept as it is, but for what is left out, and dispatched anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import xarray as xr

from optimizer.inputs.baseline import baseline_case, without_carbon_rules
from optimizer.inputs.case import BudgetRule, Case, MeasureOption
from optimizer.solve.circles import dispatched
from optimizer.solve.decisions import without_size_limits, yearly_contracts
from optimizer.solve.edit import with_fixed
from optimizer.solve.fixed import FixedPortfolio
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
KEPT: Final = ("build", "added", "units_added", "segment_on", "signed")
"""What is kept as plan.nc has it, or follows from that."""
STATES: Final = ("asset_old", "asset_renewed", "asset_retired")
NOTHING: Final = 1e-6


def tonnes_emitted(case: Case, plan: xr.Dataset) -> float:
    """Gross emissions to the end, the last planning year standing for the tail's [t]."""
    tail = case.money.evaluate_to - case.years[-1]
    return float(plan["gross"].sum() + tail * plan["gross"].values[-1])


def unruled(case: Case, plan: xr.Dataset) -> Case:
    """Without rules, credits, budget, and what measures require of each other."""
    none = (None,) * len(case.years)
    price = TIE * abs(float(plan.attrs["net_present_cost"])) / max(tonnes_emitted(case, plan), 1.0)
    return replace(
        without_carbon_rules(case),
        internal_carbon_price=np.full(len(case.years), price),
        budget=BudgetRule(none, False, False),
        measures=tuple(replace(option, requires=()) for option in case.measures),
    )


@dataclass
class KeptPlan:
    """A plant whose builds and contracts are those of a stored plan; ``stored_baseline`` as well as
    the plan says what may become of its assets."""

    case: Case
    plan: xr.Dataset
    stored_baseline: xr.Dataset

    def __post_init__(self) -> None:
        self._matrix = without_size_limits(stamp(self.case))
        self._options = {option.id: option for option in self.case.measures}

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
            x = cheapest_run(held)
            if x is not None:
                found.append(self._decided(held, x))
        return min(found, key=lambda one: one.cost, default=None)

    def problems(self, left_out: Sequence[str]) -> Iterator[Matrix]:
        """What is kept, of any size, as problems whose dispatch is open: with assets as in the plan
        and, where something is left out for which assets go, as in the baseline."""
        matrix = without_offers(_of_any_size(self._matrix), left_out)
        yield self._held(matrix, left_out, self.plan)
        if any(self._options[id].replaces for id in left_out if id in self._options):
            yield self._held(matrix, left_out, self.stored_baseline)

    def running(self) -> Solution | None:
        """The cheapest way to run what is kept; contracts for a single year are signed anew. None
        where there is none. Raises KeyboardInterrupt."""
        matrix = _of_any_size(self._matrix)
        held = self._held(matrix, (), self.plan, anew=yearly_contracts(matrix))
        gated = self._gated(held)
        for asked in (held,) if gated is None else (gated, held):
            x = cheapest_run(asked)
            if x is not None:
                return Solution(asked, x)
        return None

    def _gated(self, matrix: Matrix) -> Matrix | None:
        """With the gate before credits open when it is in the plan, which spares a search; None
        where there is no gate."""
        gates = {y: column for _, y, column in yearly_variables(matrix, ("gate_open",))}
        if not gates:
            return None
        stored = [round(float(self.plan["gate_open"].sel(year=year))) for year in gates]
        return with_fixed(matrix, np.array(list(gates.values())), np.array(stored, float))

    def _held(
        self,
        matrix: Matrix,
        left_out: Sequence[str],
        states: xr.Dataset,
        anew: Collection[str] = (),
    ) -> Matrix:
        """Builds, sizes, signatures as stored, but of what is left out or signed anew; assets as in
        `states`."""
        columns, values = [], []
        for name, index, column in yearly_variables(matrix, (*KEPT, *STATES)):
            if name == "signed" and index[0] in anew:
                continue
            value = 0.0 if index[0] in left_out else self._stored(name, index, states)
            if value is not None:
                columns.append(column)
                values.append(value)
        return with_fixed(matrix, np.array(columns, dtype=np.int64), np.array(values))

    def _stored(self, name: str, index: tuple[Any, ...], states: xr.Dataset) -> float | None:
        """The value of a decision; None where it follows from others, or several units of a
        measure share a curve of costs and who has which size isn't stored."""
        owner, year = index[0], index[1]
        if name in STATES:
            return float(states[name].sel(asset=owner, year=year))
        if name == "signed":
            return float(self.plan[name].sel(contract=owner, year=year))
        option = self._options[owner]
        build, added = (
            float(self.plan[k].sel(measure=owner, year=year)) for k in ("build", "added")
        )
        if name == "build":
            return build
        if name == "added":
            return added if option.unit_size is None else None
        if name == "units_added":
            return float(round(added / (option.unit_size or 1.0)))
        return _on_piece(option, index[2], added) if round(build) <= 1 else None

    def _decided(self, matrix: Matrix, x: Any) -> Decided:
        return decided(Solution(matrix, x), self.case.money.weight)


def _of_any_size(matrix: Matrix) -> Matrix:
    """Without the largest sizes on offer, which follow demand: what stands may be larger."""
    upper = matrix.col_upper.copy()
    upper[[column for _, _, column in yearly_variables(matrix, ("installed",))]] = np.inf
    return replace(matrix, col_upper=upper)


def cheapest_run(matrix: Matrix) -> Array | None:
    """The cheapest way to run a problem whose builds are held, with whole decisions only where a
    cost curve or contracts leave some; None: there is none. Raises KeyboardInterrupt."""
    if matrix.integer.any():
        outcome = FixedPortfolio().solve(matrix, GAP)
        if outcome.ending == "interrupted":
            raise KeyboardInterrupt
        if outcome.x is None:
            return None
        whole = np.flatnonzero(matrix.integer)
        matrix = with_fixed(matrix, whole, np.round(outcome.x[whole]))
    return dispatched(matrix, matrix).x


def _on_piece(option: MeasureOption, piece: int, size: float) -> float:
    """1 for the piece of the cost curve that a size lies on, the first of two that meet there."""
    if size <= NOTHING:
        return 0.0
    within = [s.upper >= size * (1 - NOTHING) for s in option.segments]
    first = within.index(True) if any(within) else len(within) - 1
    return float(piece == first)
