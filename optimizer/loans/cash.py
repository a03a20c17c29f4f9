"""Cash that can serve the debt: what the plan saves against its baseline, in nominal money.

Left out on purpose: what is invested (the loan and the owner pay it), renewals of today's assets
and their resale, grants; and wherever they would help, carbon and certificates: a price of carbon
that the plan saves is no cash here, one that it pays more is; tax that it pays is taken off, before
any relief by the loan's interest, and tax that it is spared isn't added (docs/loan_rules.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer.inputs.loan_terms import price_level
from optimizer.inputs.tax_rule import TaxRule
from optimizer.names import CARBON_CLASSES, EQUIPMENT_CLASSES
from optimizer.plan.tax import tax_paid
from optimizer.schema.scenario import Scenario

Array = NDArray[np.float64]
RENEWAL: Final = "renewal"


@dataclass(frozen=True)
class Saved:
    """What a plan saves by year against its baseline, (T,) each, real money of the price year.

    ``running``: costs of the year but carbon; ``renewals`` of the plan's own measures, at most 0;
    ``carbon``: carbon and certificates; ``taxable``: income that ``tax`` is paid on, None without
    a tax. ``level``: nominal money per real money.
    """

    years: Array
    running: Array
    renewals: Array
    carbon: Array
    taxable: Array | None
    tax: TaxRule | None
    level: Array

    @property
    def nominal(self) -> Array:
        """Cash available for debt service, (T,): carbon where it costs, tax where it is paid."""
        paid = np.zeros(len(self.years))
        if self.tax is not None and self.taxable is not None:
            paid = np.maximum(tax_paid(self.taxable, self.tax), 0.0)
        found: Array = self.running + self.renewals + np.minimum(self.carbon, 0.0) - paid
        return found * self.level


def saved(scenario: Scenario, flow: xr.Dataset, summary: Mapping[str, Any]) -> Saved:
    """What `plan.cash_flow` holds of cash for a lender, the tail's years too.

    Tax is that of summary.json, where the scenario has one.
    """
    years = flow["year"].values.astype(np.float64)
    classes = flow["cash_class"].values.astype(str)
    lines = flow["difference"].transpose("line", "year").values
    own = np.isin(flow["item"].values.astype(str), _measures(flow))
    carbon, renewal = np.isin(classes, CARBON_CLASSES), classes == RENEWAL
    running = ~(np.isin(classes, EQUIPMENT_CLASSES) | carbon | renewal)
    parts = [lines[chosen].sum(axis=0) for chosen in (running, renewal & own, carbon)]
    told = (summary.get("worth") or {}).get("after_tax")
    rule = taxable = None
    if told is not None:
        rule = TaxRule(told["rate"], told["losses"], {}, told["inflation"])
        by_year = {row["year"]: row["taxable"] for row in told["years"]}
        taxable = np.array([by_year.get(int(year), 0.0) for year in years])
    level = price_level(scenario, years)
    return Saved(years, parts[0], parts[1], parts[2], taxable, rule, level)


def _measures(flow: xr.Dataset) -> list[str]:
    """Items that are bought new: measures, not today's assets."""
    bought = flow["cash_class"].values.astype(str) == "overnight"
    return [str(item) for item in flow["item"].values[bought]]
