"""Cash that can serve the debt: what the plan saves against its baseline, in nominal money.

Left out on purpose: what is invested (the loan and the owner pay it), renewals of today's assets
and their resale, grants; and wherever they would help, carbon and certificates: a price of carbon
that the plan saves is no cash here, one that it pays more is; tax that it pays is taken off, before
any relief by the loan's interest, and tax that it is spared isn't added (docs/loan_rules.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer.loans.financed import price_level
from optimizer.names import CARBON_CLASSES, EQUIPMENT_CLASSES
from optimizer.schema.scenario import Scenario

Array = NDArray[np.float64]
RENEWAL: Final = "renewal"


def project_cash(
    scenario: Scenario, flow: xr.Dataset, summary: Mapping[str, Any]
) -> tuple[Array, Array]:
    """(years, nominal cash available for debt service), shape (T,), from `plan.cash_flow`.

    Costs of the year and renewals of the plan's own measures are in; the tail's years too. Tax is
    that of summary.json, where the scenario has one.
    """
    years = flow["year"].values.astype(np.float64)
    classes = flow["cash_class"].values.astype(str)
    saved = flow["difference"].transpose("line", "year").values
    measures = np.isin(flow["item"].values.astype(str), _measures(flow))
    apart = np.isin(classes, (*EQUIPMENT_CLASSES, *CARBON_CLASSES)) | (
        (classes == RENEWAL) & ~measures
    )
    carbon = saved[np.isin(classes, CARBON_CLASSES)].sum(axis=0)
    real = saved[~apart].sum(axis=0) + np.minimum(carbon, 0.0) - _tax(summary, years)
    return years, real * price_level(scenario, years)


def _tax(summary: Mapping[str, Any], years: Array) -> Array:
    """Real tax of each year on what the plan earns, 0 where it is relieved."""
    told = (summary.get("worth") or {}).get("after_tax") or {"years": []}
    paid = {row["year"]: row["tax"] for row in told["years"]}
    return np.array([max(0.0, paid.get(int(year), 0.0)) for year in years])


def _measures(flow: xr.Dataset) -> list[str]:
    """Items that are bought new: measures, not today's assets."""
    bought = flow["cash_class"].values.astype(str) == "overnight"
    return [str(item) for item in flow["item"].values[bought]]
