"""Cash of the made-up run: what it pays for equipment, and its running costs to 2040."""

from __future__ import annotations

import numpy as np
import xarray as xr

TO = 2040
RATE = 0.06
BOILER = ("renewal", "boiler_b", 2028, 1.8e6)


def with_cash(ds: xr.Dataset, overnight: dict[str, tuple[int, float, float]]) -> xr.Dataset:
    """The dataset with cash to 2040; `overnight`: measure -> (year, size, cost). Nothing is renewed
    before the end, and nothing is said to remain of any life but the heat pump's two years."""
    years = np.arange(int(ds["year"].values[0]), TO + 1)
    lines = [_once(years, "overnight", name, year, cost)
             for name, (year, _, cost) in overnight.items()]  # fmt: skip
    lines.append(_once(years, *BOILER))
    for kind, item, cost in zip(
        ds["cost_class"].values, ds["cost_item"].values, ds["cost"].values, strict=True
    ):
        if kind != "capital":
            tail = np.full(len(years) - len(cost), cost[-1])
            lines.append((str(kind), str(item), "year_end", -np.append(cost, tail)))
    ds["cash"] = (("cash_line", "cash_year"), np.stack([line[-1] for line in lines]))
    ds["cash"].attrs = {"units": "CNY", "discount_rate": RATE, "base_year": 2025}
    left = [2.8e6 if line[1] == "heat_pump" else 0.0 for line in lines]
    ds["remaining_value"] = ("cash_line", np.array(left))
    texts = {name: [line[i] for line in lines]
             for i, name in enumerate(("cash_class", "cash_item", "cash_timing"))}  # fmt: skip
    coords = {key: ("cash_line", text) for key, text in texts.items()}
    return ds.assign_coords(cash_line=[f"{k}:{i}" for k, i, *_ in lines], cash_year=years, **coords)


def _once(
    years: np.ndarray, kind: str, item: str, year: int, cost: float
) -> tuple[str, str, str, np.ndarray]:
    return kind, item, "year_start", np.where(years == year, -cost, 0.0)


LEVELISED = [
    {"measure": "rooftop_pv", "carrier": "electricity", "energy": 48_000.0, "cost": 12.0e6,
     "value": 250.0, "reason": None},
    {"measure": "heat_pump", "carrier": "steam", "energy": None, "cost": None, "value": None,
     "reason": "input_made_on_site"},
]  # fmt: skip


AFTER_TAX = {
    "rate": 0.25, "losses": "carried", "inflation": 0.02,
    "years": [{"year": y, "depreciation": 2e6, "taxable": 1.2e6, "tax": 0.3e6}
              for y in range(2026, TO + 1)],
    "npv": {"cash": 4.1e6, "to_last": -9e6, "after": 13.1e6},
    "irr": {"value": 0.09, "reason": None},
    "payback": {"value": 8.4, "reason": None},
    "payback_discounted": {"value": None, "reason": "not_within"},
}  # fmt: skip
