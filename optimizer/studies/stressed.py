"""A stored plan that runs otherwise than planned: what is built and signed stays, all else is new.

Asked on the representative days that the plan was searched on, of the plan and of its baseline
alike. What a change makes of the cash is a difference of two dispatches on the same days, so what
these days miss of the year cancels; the solver's tolerance is below a money unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer.inputs.assemble import assemble
from optimizer.inputs.baseline import baseline_case
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.case import BudgetRule, CarrierOption, Case, GeneratorUnit, StepUnit
from optimizer.inputs.stored import stored_inputs
from optimizer.plan.cash import CashLine, cash_lines
from optimizer.plan.store import Run
from optimizer.solve.circles import dispatched
from optimizer.solve.solution import Solution
from optimizer.solve.stamp import stamp
from optimizer.studies.kept_plan import KeptPlan, unruled
from optimizer.studies.residual import searched

Array = NDArray[np.float64]
BOUGHT_AND_BUILT: Final = (
    "overnight", "grants", "renewal", "resale", "dismantling", "interest_saved",
)  # fmt: skip
"""Classes of cash that no dispatch changes."""
ROUNDING: Final = 1e-6
"""The solver's tolerance for sizes, as a share."""


@dataclass(frozen=True)
class Change:
    """By class of cash, what the plan saves more than as planned, (T,) [real money, year ends].

    ``keeps_rules``: whether the policy's rules were kept; where they can't be, both dispatches are
    without them.
    """

    by_class: Mapping[str, Array]
    keeps_rules: bool = True


Changed = Callable[[str, float], Change | None]
"""(case, size) -> the change; None where the plant can't be run so, or not even as planned on these
days. Raises KeyboardInterrupt."""


def output_down(bundle: Bundle, by: float) -> Bundle:
    """Less is produced, by a share of the output index of every year."""
    table = bundle.scenario.output
    constant = None if table.constant is None else (1.0 - by) * table.constant
    values = {year: (1.0 - by) * index for year, index in table.values.items()}
    less = table.model_copy(update={"constant": constant, "values": values})
    return replace(bundle, scenario=bundle.scenario.model_copy(update={"output": less}))


def energy_prices(case: Case, by: float) -> Case:
    """Energy bought and sold at tariffs that are dearer by a share, below 0: cheaper; and power of
    third parties at a discount to them. Demand charges and what contracts agree on stay.
    """

    def moved(carrier: CarrierOption) -> CarrierOption:
        buy, sell = carrier.purchase, carrier.sale
        if buy is not None:
            buy = replace(buy, level=(1 + by) * buy.level, adder=(1 + by) * buy.adder)
        if sell is not None:
            sell = replace(sell, level=(1 + by) * sell.level, adder=(1 + by) * sell.adder)
        return replace(carrier, purchase=buy, sale=sell)

    def repaid(unit: StepUnit) -> StepUnit:
        paid = unit.paid if isinstance(unit, GeneratorUnit) else None
        if not isinstance(unit, GeneratorUnit) or paid is None or not paid.of_tariff:
            return unit
        paid = replace(paid, level=(1 + by) * paid.level, adder=(1 + by) * paid.adder)
        return replace(unit, paid=paid)

    units = tuple(map(repaid, case.units))
    return replace(case, carriers=tuple(map(moved, case.carriers)), units=units)


def carbon_down(case: Case, by: float) -> Case:
    """Prices of allowances, of border certificates and of certificates of own power that are sold,
    lower by a share."""
    carbon, cbam, keeps = case.carbon, case.cbam, 1.0 - by
    if carbon is not None:
        carbon = replace(carbon, price=keeps * carbon.price)
    if cbam is not None:
        cbam = replace(cbam, borne_price=keeps * cbam.borne_price)
    units = tuple(
        replace(unit, sold_certificates=keeps * unit.sold_certificates)
        if isinstance(unit, GeneratorUnit) and unit.sold_certificates is not None
        else unit
        for unit in case.units
    )
    return replace(case, carbon=carbon, cbam=cbam, units=units)


def curtailed(case: Case, by: float) -> Case:
    """A share of what sun and wind could give at the site is lost, step by step."""
    series = dict(case.series)

    def less(unit: GeneratorUnit) -> GeneratorUnit:
        given = unit.availability
        if not isinstance(given, str):
            return replace(unit, availability=(1.0 - by) * given)
        key = f"{given}, curtailed"
        series[key] = (1.0 - by) * series[given]
        return replace(unit, availability=key)

    units = tuple(less(u) if isinstance(u, GeneratorUnit) else u for u in case.units)
    return replace(case, units=units, series=MappingProxyType(series))


def as_built(case: Case) -> Case:
    """Without the budget, and with room for rounding on the site's area: what is built is paid and
    stands there, and may have taken both up to the last unit."""
    none = (None,) * len(case.years)
    area = {name: size * (1.0 + ROUNDING) for name, size in case.area.items()}
    spent = BudgetRule(none, carry_over=False, exempt_renewals=False)
    return replace(case, budget=spent, area=area)


ON_CASE: Final[Mapping[str, Callable[[Case, float], Case]]] = {
    "prices_up": energy_prices,
    "prices_down": lambda case, by: energy_prices(case, -by),
    "carbon_down": carbon_down,
    "curtailed": curtailed,
}


@contextmanager
def stressed_run(run: Run) -> Iterator[StressedRun]:
    """A stored run to be asked; inputs are read from its folder, and only inside the block.

    Raises InputErrors for inputs that can't be read.
    """
    with stored_inputs(run.path) as bundle:

        def produced(less: float) -> Case:
            return searched(assemble(output_down(bundle, less)), run.summary)

        yield StressedRun(produced, run.plan, run.baseline)


class StressedRun:
    """A stored plan and its baseline on representative days; ``produced``: the case on these days
    with output lower by a share."""

    def __init__(
        self, produced: Callable[[float], Case], plan: xr.Dataset, baseline: xr.Dataset
    ) -> None:
        self._produced, self._plan, self._baseline = produced, plan, baseline
        self._planned = produced(0.0)
        self._before: dict[bool, dict[str, Array] | None] = {}

    @property
    def periods(self) -> int:
        """Representative days."""
        return len(self._planned.axis.weight)

    def change(self, name: str, size: float) -> Change | None:
        """What one case changes, with the policy's rules if they can be kept: a `Changed`."""
        case = self._case(name, size)
        for ruled in (True, False):
            if ruled not in self._before:
                self._before[ruled] = self._saved(self._planned, ruled)
            before = self._before[ruled]
            after = None if before is None else self._saved(case, ruled)
            if before is not None and after is not None:
                kinds = {*before, *after}
                nothing = np.zeros(len(next(iter(after.values()))))
                more = {k: after.get(k, nothing) - before.get(k, nothing) for k in kinds}
                return Change(more, ruled)
        return None

    def above_least_cost(self) -> float | None:
        """By what share the stored baseline costs more to run than at least cost on these days, all
        years together; None where it can't be run. A baseline that wastes makes savings of nothing,
        and only a dispatch tells: no row of a recomputation does."""
        least = self._baseline_side(self._planned)
        if least is None:
            return None
        kinds = self._baseline["cash_class"].values.astype(str)
        kept = ~np.isin(kinds, BOUGHT_AND_BUILT)
        stored = -float(
            self._baseline["cash"].transpose("cash_line", "cash_year").values[kept].sum()
        )
        paid = -float(sum(line.amount.sum() for line in _running(least)))
        return (stored - paid) / abs(paid) if paid else None

    def _baseline_side(self, case: Case) -> Solution | None:
        matrix = stamp(baseline_case(case))
        x = dispatched(matrix, matrix).x
        return None if x is None else Solution(matrix, x)

    def _case(self, name: str, size: float) -> Case:
        if name == "output_down":
            return self._produced(size)
        return ON_CASE[name](self._planned, size)

    def _saved(self, case: Case, ruled: bool) -> dict[str, Array] | None:
        """By class of cash, what the plan saves against the baseline, (T,); None: no dispatch."""
        of_plan = as_built(case) if ruled else unruled(as_built(case), self._plan)
        plan = KeptPlan(of_plan, self._plan, self._baseline).running()
        baseline = self._baseline_side(case)
        if plan is None or baseline is None:
            return None
        found: dict[str, Array] = {}
        for side, sign in ((plan, 1.0), (baseline, -1.0)):
            for line in _running(side):
                found[line.cash_class] = found.get(line.cash_class, 0.0) + sign * line.amount
        return found


def _running(side: Solution) -> list[CashLine]:
    lines = cash_lines(side.matrix.case, side)
    return [line for line in lines if line.cash_class not in BOUGHT_AND_BUILT]
