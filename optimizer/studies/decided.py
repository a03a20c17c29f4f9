"""What a plan decides by year, small enough to keep one for every point of a study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from optimizer.inputs.case import Case
from optimizer.model.objective import timing_weight
from optimizer.solve.matrix import Array
from optimizer.solve.solution import Solution

NOTHING: Final = 1e-6
"""A size, or a state, that counts as none."""
Sizes = Mapping[str, Mapping[int, float]]
"""Id -> year -> what starts or stands in it."""


@dataclass(frozen=True)
class Decided:
    """A plan's yearly decisions.

    ``cost``: net present cost [money]; ``tonnes``: gross emissions at the study's weights [t];
    ``cumulative``: undiscounted, the years after the last planning year as that one [t]; ``gross``:
    by planning year [t]; ``present``: present value by class of cost [money]; ``capex``: overnight
    by year, before grants [money]. ``built``: capacity that starts to stand, by measure and year,
    in the measure's unit; ``standing``: what stands; ``contracted`` [MWh/a]; ``assets``: the year
    in which each is 'renewed' or 'retired'.
    """

    cost: float
    tonnes: float
    cumulative: float
    gross: Mapping[int, float]
    present: Mapping[str, float]
    capex: Mapping[int, float]
    built: Sizes
    standing: Sizes
    contracted: Sizes
    assets: Mapping[str, Mapping[str, int]]

    def chosen(self) -> dict[str, float]:
        """The largest size of every measure and contract that the plan has at any time."""
        return {
            id: max(years.values()) for id, years in {**self.standing, **self.contracted}.items()
        }

    def first(self) -> dict[str, int]:
        """The first year of every measure and contract that the plan has."""
        return {id: min(years) for id, years in {**self.standing, **self.contracted}.items()}

    def as_dict(self) -> dict[str, Any]:
        """The plan as JSON shows it."""
        return asdict(self)


def decided(solution: Solution, weight: Array) -> Decided:
    """The yearly decisions of a solution; ``weight`` (Y,) of each year's gross emissions."""
    case = solution.matrix.case
    emitted = solution.emissions()
    ledgers = ("scope1", f"scope2_{case.policy.ledger}")
    gross = sum(
        (tonnes for (ledger, _), tonnes in emitted.items() if ledger in ledgers),
        start=np.zeros(len(case.years)),
    )
    capex = np.zeros(len(case.years))
    for (_, year), paid in solution.yearly("overnight").items():
        capex[case.years.index(year)] += paid
    return Decided(
        cost=solution.net_present_cost(),
        tonnes=float(gross @ weight),
        cumulative=float(gross @ years_stood_for(case)),
        gross=_by_year(case, gross),
        present=_present(solution),
        capex=_by_year(case, capex),
        built=_sizes(solution.yearly("added")),
        standing=_sizes(_standing(solution)),
        contracted=_sizes(solution.yearly("contracted")),
        assets=_assets(solution),
    )


def _present(solution: Solution) -> dict[str, float]:
    """Present value of the cost lines of each class [money]."""
    case, found = solution.matrix.case, dict[str, float]()
    for line, costs in solution.costs().items():
        weights = [timing_weight(case, line.timing, year) for year in case.years]
        found[line.cost_class] = found.get(line.cost_class, 0.0) + float(costs @ weights)
    return found


def years_stood_for(case: Case) -> Array:
    """Years that each planning year stands for (Y,): 1, and for the last one its tail too."""
    count = np.ones(len(case.years))
    if case.money.end == "extended":
        count[-1] += case.money.evaluate_to - case.years[-1]
    return count


def _by_year(case: Case, values: Array) -> dict[int, float]:
    return dict(zip(case.years, map(float, values), strict=True))


def _standing(solution: Solution) -> dict[tuple[str, int], float]:
    """Measures that stand, by (measure, year): their capacity, or how many where they have none."""
    measures = {m.id for m in solution.matrix.case.measures}
    on = {key: number for key, number in solution.yearly("on").items() if key[0] in measures}
    sized = solution.yearly("installed")
    return on | {key: size for key, size in sized.items() if key[0] in measures}


def _sizes(values: Mapping[tuple[str, int], float]) -> dict[str, dict[int, float]]:
    found: dict[str, dict[int, float]] = {}
    for (id, year), size in values.items():
        if size > NOTHING:
            found.setdefault(id, {})[year] = float(size)
    return found


def _assets(solution: Solution) -> dict[str, dict[str, int]]:
    """Asset -> what becomes of it -> the first year of that."""
    found: dict[str, dict[str, int]] = {}
    for fate in ("renewed", "retired"):
        for (asset, year), state in sorted(solution.yearly(f"asset_{fate}").items()):
            if round(state) == 1:
                found.setdefault(asset, {}).setdefault(fate, year)
    return found
