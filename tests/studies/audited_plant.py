"""A plan made by hand that an audit must not let pass: one cheap measure is left out of it.

The plant burns 10,950 MWh of gas at 10 a year, 2190 t, and may emit 1800 t net: 390 credits a year
at 5. The ceiling is 15, on credits. Four savings are on offer, and the plan has none of them:

- cheap: 5 %, 6,000 a year against 5,475 of gas, so 525 for 109.5 t, 4.79 a tonne;
- costly: 10 %, 20,000 a year against 10,950, so 9,050 for 219 t, 41.32 a tonne;
- large: 8 %, 9,500 a year against 8,760, so 740 for 175.2 t, 4.22 a tonne; its 190,000 are more
  than the budget of 150,000 a year;
- tiny: 0.002 %, 10 a year, for 0.04 t: less than any search can tell.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from optimizer.inputs import case as c
from optimizer.plan.binding import binding_rules
from optimizer.plan.extract import extract
from optimizer.plan.store import Run
from optimizer.solve.direct import solve_direct
from optimizer.solve.offers import without_offers
from optimizer.solve.solution import Solution
from optimizer.solve.stamp import stamp
from tests import plants as p

YEARS = (2026, 2027)
NONE = (None, None)
SHARES = {"cheap": 0.05, "costly": 0.10, "large": 0.08, "tiny": 2e-5}
CEILING, CREDIT = 15.0, 5.0


def plant(mode: Any = "displaced_credit", **policy: Any) -> c.Case:
    """The plant of the first lines."""
    measures = (
        p.measure("cheap", YEARS, cost=120e3),
        p.measure("costly", YEARS, fixed_om_lump=20e3),
        p.measure("large", YEARS, cost=190e3),
        p.measure("tiny", YEARS, fixed_om_lump=10.0),
    )
    rules = p.no_policy(
        YEARS,
        net_target=(1800.0, 1800.0),
        ceiling=c.CeilingRule((CEILING, CEILING), mode),
        **policy,
    )
    return replace(
        p.boiler_plant(YEARS),
        measures=measures,
        savings=tuple(c.SavingEffect(m, "process", s, ()) for m, s in SHARES.items()),
        credits=(c.CreditOption("q", p.name("q"), "avoidance", p.by_year(CREDIT, YEARS), NONE, 0),),
        budget=c.BudgetRule((150e3, 150e3), False, False),
        policy=rules,
    )


def run_without(case: c.Case, *left_out: str) -> Run:
    """A stored run of the plan that is cheapest without some of the measures."""
    matrix = without_offers(stamp(case), left_out)
    outcome = solve_direct(matrix, gap=1e-9)
    assert outcome.x is not None
    plan = extract(Solution(matrix, outcome.x))
    summary = {
        "run": "handmade", "axis": "full", "typical_days": None,
        "binding": binding_rules(case, plan),
    }  # fmt: skip
    return Run(Path("handmade"), plan, xr.Dataset(), summary)


def gross_with(*built: str) -> float:
    """Gross emissions of a year with these savings [t]."""
    return 2190.0 * float(np.prod([1 - SHARES[m] for m in built]))
