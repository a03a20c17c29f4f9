"""What it costs that value-added tax on equipment is paid first and credited later (model.md 8)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import xarray as xr

from optimizer.inputs.case import Case
from optimizer.plan.cash_flow import cash_flow, discount_factors, present_value

EQUIPMENT: Final = ("overnight", "renewal", "buy_back")


def vat_timing(case: Case, plan: xr.Dataset, baseline: xr.Dataset) -> dict[str, Any] | None:
    """`worth.vat` of summary.json; None where the scenario doesn't ask for it.

    advanced: tax on what the plan pays for equipment above the baseline, at the start of a year
    [money]. It comes back nominally unchanged a while later, so cost = sum of D_start x advanced x
    (1 - ((1 + r)(1 + i))^-years), a present value; npv: of all cash, less that.
    """
    rule = case.vat
    if rule is None:
        return None
    flow = cash_flow(plan, baseline)
    bought = np.isin(flow["cash_class"].values.astype(str), EQUIPMENT)
    spent = -flow["difference"].transpose("line", "year").values[bought].sum(axis=0)
    advanced = rule.rate * spent
    growth = (1.0 + flow.attrs["discount_rate"]) * (1.0 + (rule.inflation or 0.0))
    waiting = 1.0 - growth**-rule.credited_after
    cost = waiting * float((discount_factors(flow)[0] * advanced).sum())
    rows = zip(flow["year"].values, advanced, strict=True)
    return {
        "rate": rule.rate,
        "credited_after": rule.credited_after,
        "years": [{"year": int(year), "advanced": float(money)} for year, money in rows],
        "cost": cost,
        "npv": float(present_value(flow).sum()) - cost,
    }
