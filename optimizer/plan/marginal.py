"""What the last unit of each binding rule costs, in money of its year.

Duals of the linear problem that is left when the plan's whole decisions are held, on the time axis
that was searched (solve/marginals.py). A dual is present money; over the weight of its year it is
money of that year, in the last planning year for each of the years that its tail stands for.
"""

from __future__ import annotations

from typing import Any, Final

import xarray as xr

from optimizer.inputs.case import Case
from optimizer.inputs.held_rules import (
    EnergyPerProductRule,
    EquipmentRule,
    HourlyRule,
    NonFossilRule,
    TraceableRule,
)
from optimizer.model.held_rows import PACK_ROWS
from optimizer.model.layer import Timing
from optimizer.model.objective import timing_weight
from optimizer.solve.marginals import row_worths
from optimizer.solve.matrix import Array, Matrix

RULES: Final = {
    "gross_within_cap": "gross_cap",
    "net_within_target": "net_target",
    "credits_within_share": "offset_share",
    "capex_within_budget": "budget",
    "area_within_site": "area",
}
"""Yearly row -> rule as `binding` names it; a gate of a pack has its own id."""
UNITS: Final = {"budget": "money/money", "area": "money/m2"}
TONNE, POINT, TCE = "money/t", "money/point", "money/tce"
POINTS: Final = 0.01
"""A percentage point."""
Marginals = dict[tuple[str, int], float]


def marginal_costs(matrix: Matrix, x: Array) -> Marginals:
    """Money of the year that one unit more room in a rule's row would save, by (rule, year).

    ``x``: a plan of the matrix. Units: t of gross, net or credits, t, tce or MWh of a gate, money
    of the budget (at the start of its year), m2 of an area.
    """
    found: Marginals = {}
    for (row, index), worth in row_worths(matrix, x, *RULES, *PACK_ROWS).items():
        rule, year = _rule(row, index)
        timing: Timing = "year_start" if row == "capex_within_budget" else "recurring"
        found[rule, year] = worth / timing_weight(matrix.case, timing, year)
    return found


def _rule(row: str, index: Any) -> tuple[str, int]:
    if row in PACK_ROWS:
        return str(index[0]), int(index[1])
    if row == "area_within_site":
        return f"area:{index[0]}", int(index[1])
    return RULES[row], int(index)


def with_marginals(
    case: Case, plan: xr.Dataset, binding: list[dict[str, Any]], marginals: Marginals
) -> list[dict[str, Any]]:
    """Each binding rule with `marginal` and its unit; null where no linear problem told it.

    Of a share the cost is that of a percentage point: of the energy or power of that year; of
    energy per product that of a tce. Pieces of equipment are whole: no linear problem prices one.
    """
    of_shares = NonFossilRule | TraceableRule | HourlyRule
    shares = {r.id for r in case.policy.held if isinstance(r, of_shares)}
    in_tce = {r.id for r in case.policy.held if isinstance(r, EnergyPerProductRule)}
    counted = {r.id for r in case.policy.held if isinstance(r, EquipmentRule)}
    rows = []
    for row in binding:
        rule, year = row["rule"], row["year"]
        worth = marginals.get((rule, year))
        unit = TCE if rule in in_tce else UNITS.get(rule.partition(":")[0], TONNE)
        worth = None if rule in counted else worth
        if rule in shares:
            unit = POINT
            per = float(plan["rule_per"].sel(rule=rule, year=year))
            worth = None if worth is None else worth * POINTS * per
        rows.append({**row, "marginal": worth, "marginal_unit": unit})
    return rows
