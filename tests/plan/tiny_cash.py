"""The cash flow of the run of tiny_run.py, worked out by hand: 2026, 2027 and the tail's 2028."""

from __future__ import annotations

import numpy as np
import xarray as xr

YEARS = [2026, 2027, 2028]
CAPITAL = ("capital", "grants")
Costs = dict[tuple[str, str], tuple[float, float]]

PURCHASES = {
    ("overnight", "led"): (-3.285e6, 0, 10, 2026),
    ("overnight", "pv"): (0, -2.7e6, 20, 2027),
    ("overnight", "battery"): (-(8e5 + 1.6e6 / 3), 0, 10, 2026),
    ("grants", "led"): (657e3, 0, 10, 2026),
}
"""Money of 2026 and 2027, life, and the year it begins. Nothing ends before 2028."""


def remaining(paid: float, life: int, first: int) -> float:
    """What a life is worth at the end of 2028 at 10 %: of ten years from 2026 seven are left,
    paid x CRF(10) x (1 - 1.1^-7) / 0.1."""
    left = first + life - 1 - 2028
    return paid * (1 - 1.1**-left) / (1 - 1.1**-life)


def with_cash(data: xr.Dataset, costs: Costs, builds: bool) -> xr.Dataset:
    """The dataset with `cash`: what isn't capital at year end, 2028 as 2027; purchases before."""
    lines = [(kind, item, "year_end", (-a, -b, -b), 0.0)
             for (kind, item), (a, b) in costs.items() if kind not in CAPITAL]  # fmt: skip
    for (kind, item), (a, b, life, first) in PURCHASES.items() if builds else ():
        lines.append((kind, item, "year_start", (a, b, 0.0), remaining(-a - b, life, first)))
    amounts = np.array([money for *_, money, _ in lines], float)
    data["cash"] = (("cash_line", "cash_year"), amounts)
    data["cash"].attrs = {"units": "CNY", "discount_rate": 0.1, "base_year": 2025}
    data["remaining_value"] = ("cash_line", np.array([left for *_, left in lines], float))
    named = dict(
        zip(("cash_class", "cash_item", "cash_timing"), zip(*lines, strict=True), strict=False)
    )
    coords = {key: ("cash_line", list(texts)) for key, texts in named.items()}
    ids = [f"{kind}:{item}" for kind, item, *_ in lines]
    return data.assign_coords(cash_line=ids, cash_year=YEARS, **coords)
