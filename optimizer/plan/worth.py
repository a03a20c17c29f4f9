"""What a plan is worth against its baseline: present value, rate of return, payback, cost a tonne.

All from the two stored cash flows, in real money; docs/model.md, section 8.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer.plan.cash_flow import (
    by_timing,
    cash_flow,
    discount_factors,
    present_value,
    remaining_value,
)
from optimizer.plan.returns import internal_rate_of_return, payback, told

Array = NDArray[np.float64]
CREDITS = "credits"
LEAST_REDUCTION = 1e-6
"""Of the baseline's gross emissions: no more is what two solves of one plant differ by."""


def worth(plan: xr.Dataset, baseline: xr.Dataset) -> dict[str, Any]:
    """`worth` of summary.json, all but its levelised costs and its tax.

    npv: present value of the difference in cash, up to the last planning year and after it apart,
    and what the lives that remain after the last year are worth, which is no cash: together with
    it the saving of the objective. irr, payback, payback_discounted: {value, reason}, of the cash
    alone. abatement: see its function.
    """
    flow = cash_flow(plan, baseline)
    by_year, planned = present_value(flow), flow["year"].values <= flow.attrs["last"]
    (start, end), (at_start, at_end) = by_timing(flow), discount_factors(flow)
    return {
        "npv": {
            "cash": float(by_year.sum()),
            "to_last": float(by_year[planned].sum()),
            "after": float(by_year[~planned].sum()),
            "remaining_value": remaining_value(flow),
        },
        "irr": told(internal_rate_of_return(start, end)),
        "payback": told(payback(start, end)),
        "payback_discounted": told(payback(start * at_start, end * at_end)),
        "abatement": _abatement(flow, plan, baseline),
    }


def _abatement(flow: xr.Dataset, plan: xr.Dataset, baseline: xr.Dataset) -> dict[str, Any]:
    """Gross tonnes less than the baseline's, tail included, and what they cost.

    cost: present cost of the plan less the baseline's, remaining lives handed back, credits left
    out, for they reduce nothing. per_tonne divides it by the tonnes as they are;
    per_discounted_tonne by tonnes discounted as money is: the price which, earned for each tonne in
    its year, would pay for them all. None where nothing is reduced.
    """
    saved = baseline["gross"].values - plan["gross"].values
    tail = len(flow["year"]) - len(saved)
    tonnes = np.concatenate([saved, np.full(tail, saved[-1])])
    bought = flow.sel(line=flow["cash_class"] == CREDITS)
    earned = float(present_value(flow).sum()) + remaining_value(flow)
    cost = float(present_value(bought).sum()) - earned
    total, discounted = float(tonnes.sum()), float((tonnes * discount_factors(flow)[1]).sum())
    reduced = total > LEAST_REDUCTION * float(np.abs(baseline["gross"].values).sum())
    return {
        "cost": cost,
        "tonnes": total,
        "discounted_tonnes": discounted,
        "per_tonne": cost / total if reduced else None,
        "per_discounted_tonne": cost / discounted if reduced and discounted > 0 else None,
    }
