"""Own generation that counts as bought, as its certificates are sold, set to what it is."""

from __future__ import annotations

import numpy as np

from optimizer.inputs.case import ByYear
from optimizer.model.certificates import sellers
from optimizer.solve.solution import Solution


def settle_bought_back(solution: Solution) -> None:
    """Set it to max(0, generated - exported) in all that is evaluated from the solution: where no
    rule looks at it, the model leaves it anywhere above."""
    for (carrier, year), variable in solution.matrix.layer.model.bought_back.items():
        at = solution.matrix.case.years.index(year)
        variable.set_value(float(_unexported(solution, carrier)[at]), skip_validation=True)


def _unexported(solution: Solution, carrier: str) -> ByYear:
    """MWh by year, (Y,)."""
    case = solution.matrix.case
    power = -solution.step("export", carrier)
    for unit in sellers(case):
        if unit.output == carrier:
            power = power + solution.step("flow", unit.id)
    left: ByYear = (power * case.axis.hours_a_year).sum(axis=(1, 2))
    return np.maximum(left, 0.0)
