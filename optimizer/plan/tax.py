"""Tax on what a plan earns against its baseline (docs/model.md, section 8).

All in real money. Depreciation is fixed in nominal money when a thing is paid, and so is a loss
that is carried: with inflation i both are worth (1 + i)^-1 less each year.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer.inputs.case import AssetOption, Case
from optimizer.inputs.tax_rule import TaxRule
from optimizer.plan.cash import YEAR_START
from optimizer.plan.cash_flow import by_timing, cash_flow, discount_factors
from optimizer.plan.returns import internal_rate_of_return, payback, told

Array = NDArray[np.float64]


def after_tax(case: Case, plan: xr.Dataset, baseline: xr.Dataset) -> dict[str, Any] | None:
    """`worth.after_tax` of summary.json; None without a tax.

    Each year's depreciation, taxable income and tax of the difference; present value of cash after
    tax to the last planning year, after it and together; rate of return and paybacks after tax.
    """
    rule = case.tax
    if rule is None:
        return None
    flow = cash_flow(plan, baseline)
    start, end = by_timing(flow)
    written_off = depreciation(case, rule, flow, plan, "plan")
    written_off = written_off - depreciation(case, rule, flow, baseline, "baseline")
    taxable = end - written_off
    tax = tax_paid(taxable, rule)
    at_start, at_end = discount_factors(flow)
    present = start * at_start + (end - tax) * at_end
    planned = flow["year"].values <= flow.attrs["last"]
    rows = zip(flow["year"].values, written_off, taxable, tax, strict=True)
    return {
        "rate": rule.rate,
        "losses": rule.losses,
        "inflation": rule.inflation,
        "years": [
            {"year": int(y), "depreciation": float(d), "taxable": float(t), "tax": float(paid)}
            for y, d, t, paid in rows
        ],
        "npv": {
            "cash": float(present.sum()),
            "to_last": float(present[planned].sum()),
            "after": float(present[~planned].sum()),
        },
        "irr": told(internal_rate_of_return(start, end - tax)),
        "payback": told(payback(start, end - tax)),
        "payback_discounted": told(payback(start * at_start, (end - tax) * at_end)),
    }


def depreciation(case: Case, rule: TaxRule, flow: xr.Dataset, side: xr.Dataset, name: str) -> Array:
    """What a side writes off in each year, (T,), real.

    Equipment less its grants in equal parts over its years, the first one the year it is paid in;
    the book value of assets in equal parts to the end of their life, what is left when they go.
    """
    erosion = 1.0 + (rule.inflation or 0.0)
    total = np.zeros(len(flow["year"]))
    at_start = flow["timing"].values == YEAR_START
    amounts = flow[name].transpose("line", "year").values
    for item, paid in zip(flow["item"].values[at_start], -amounts[at_start], strict=True):
        total += spread(paid, rule.years[str(item)], erosion)
    for asset in case.assets:
        if asset.book_value:
            old = side["asset_old"].sel(asset=asset.id).values
            total += book_value(case, asset, old, len(total), erosion)
    return total


def spread(paid: Array, years: int, erosion: float) -> Array:
    """Straight line: of what is paid in v, 1/years in v … v + years - 1, eroded since v."""
    found = np.zeros(len(paid))
    for age in range(min(years, len(paid))):
        found[age:] += paid[: len(paid) - age] / years / erosion**age
    return found


def book_value(case: Case, asset: AssetOption, old: Array, count: int, erosion: float) -> Array:
    """An asset's book value at the start of the first year, written off by its end of life; what is
    left of it falls in the first year in which it doesn't stand any more."""
    years = np.arange(case.years[0], case.years[0] + count)
    life = max(1, asset.end_of_life - case.years[0] + 1)
    left, found = asset.book_value, np.zeros(count)
    standing = np.append(np.round(old), np.full(count - len(old), np.round(old[-1])))
    for number, stands in enumerate(standing):
        last = number >= life - 1 or not stands
        part = left if last else asset.book_value / life
        found[number] = part / erosion ** (years[number] - years[0])
        left -= part
    return found


def tax_paid(taxable: Array, rule: TaxRule) -> Array:
    """Tax at the end of each year, (T,), below 0 where it is relieved."""
    if rule.losses == "relieved":
        return rule.rate * taxable
    if rule.losses == "refused":
        return rule.rate * np.maximum(taxable, 0.0)
    erosion, carried, found = 1.0 + (rule.inflation or 0.0), 0.0, []
    for income in taxable:
        carried /= erosion
        found.append(rule.rate * max(income - carried, 0.0))
        carried = max(carried - income, 0.0)
    return np.array(found)
