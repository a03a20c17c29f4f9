"""A run folder small enough to work out by hand: two years, every day alike, two steps of 12 h.

Every figure of the plan below is arithmetic from the inputs, written out; no solver was asked. A
year holds 365 x 12 h = 4380 h of each step.

Electricity, MW by step: lighting 2 | 1, halved by the LEDs to 1 | 0.5; the battery takes 0.05 in
the first step and gives 0.9 x 0.05 = 0.045 in the second; PV gives 0.4 in the second step of 2027.
Import 2026: 1.05 | 0.455, 2027: 1.05 | 0.055. Heat 1 | 3 at 0.8 needs gas 1.25 | 3.75.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import xarray as xr

from optimizer.files.netcdf import write_netcdf
from tests.plan.tiny_cash import with_cash
from tests.plan.tiny_inputs import CATALOG, POLICY, SCENARIO, SERIES, SERIES_EXCESS
from tests.plan.tiny_values import (
    CARRIERS,
    CAUSES,
    MEASURES,
    SOURCES,
    YEARS,
    Values,
    baseline_costs,
    baseline_values,
    plan_costs,
    plan_values,
)


def present_cost(costs: dict[tuple[str, str], tuple[float, float]]) -> float:
    """2026 counts 1/1.1, 2027 stands for itself and 2028: 1/1.1^2 + 1/1.1^3."""
    return sum(a / 1.1 + b * (1.1**-2 + 1.1**-3) for a, b in costs.values())


def dataset(values: Values, costs: dict[tuple[str, str], tuple[float, float]]) -> xr.Dataset:
    """The plan as docs/plan_file.md lays it out."""
    keys = list(costs)
    data = xr.Dataset(
        {
            **{name: (dims, array, {"units": "1"}) for name, (dims, array) in values.items()},
            "cost": (("line", "year"), np.array([costs[key] for key in keys], float)),
            "period_of_day": ("day", np.arange(365)),
            "day_of_period": ("period", np.arange(365)),
            "weight": ("period", np.ones(365)),
        },
        coords={
            "year": YEARS,
            "measure": MEASURES,
            "asset": ["boiler"],
            "unit": ["boiler", "pv"],
            "storage": ["battery"],
            "carrier": CARRIERS,
            "use": ["lighting", "process_heat"],
            "contract": ["certificates"],
            "credit": ["forest"],
            "grant": ["state"],
            "source": SOURCES,
            "cause": CAUSES,
            "line": [f"{kind}/{item}" for kind, item in keys],
            "cost_class": ("line", [kind for kind, _ in keys]),
            "cost_item": ("line", [item for _, item in keys]),
            "timing": ("line", ["one_off" if k == "grants" else "recurring" for k, _ in keys]),
        },
    )
    cost = present_cost(costs)
    data.attrs = {"dt": 12.0, "decision_cost": cost, "net_present_cost": cost}
    data.attrs |= {"base_emissions": 12264.0, "currency": "CNY", "price_year": 2025}
    return with_cash(data, costs, bool(values["build"][1].any()))


def operating(year: int) -> float:
    """All that recurs but capital, money of 2026 (0) or 2027 (1)."""
    apart = ("capital", "grants")
    return sum(cost[year] for (kind, _), cost in plan_costs().items() if kind not in apart)


def summary() -> dict[str, object]:
    """The few lines of summary.json that can be compared."""
    plan, baseline = present_cost(plan_costs()), present_cost(baseline_costs())
    return {
        "scenario": {"id": "tiny", "name_en": "Tiny", "name_zh": "小厂"},
        "currency": "CNY",
        "price_year": 2025,
        "ledger": "market",
        "horizon": {
            "first": 2026,
            "last": 2027,
            "evaluate_to": 2028,
            "end": "extended",
            "base_year": 2025,
        },
        "base_year": {
            "year": 2025,
            "metered_emissions": 12264.0,
            "metered_energy": {"electricity": 13140.0, "natural_gas": 21900.0},
            "baseline": [12264.0, 12264.0],
            "constant_factors": [12264.0, 12264.0],
            "output_effect": [0.0, 0.0],
            "grid_effect": [0.0, 0.0],
        },
        "net_present_cost": plan,
        "npv": {"baseline": baseline, "plan": plan, "saving": baseline - plan},
        "years": [
            {
                "year": 2026,
                "gross": 8335.14,
                "credits": 0.0,
                "gross_cap": None,
                "baseline": 12264,
                "capex": 2.628e6 + 8e5 + 1.6e6 / 3,
                "grants": 657e3,
                "budget": 4e6,
                "opex": operating(0),
            },
            {
                "year": 2027,
                "gross": 6683.94,
                "credits": 50.0,
                "gross_cap": 7000,
                "net": 6633.94,
                "capex": 2.7e6,
                "grants": 0.0,
                "budget": 3e6,
                "opex": operating(1),
            },
        ],
        "build": [
            {"measure": "led", "year": 2026, "capacity": 1.0},
            {"measure": "pv", "year": 2027, "capacity": 1.0, "capex": 2.7e6},
            {"measure": "battery", "year": 2026, "capacity": 1.0},
        ],
        "assets": [],
        "credits": [{"credit": "forest", "year": 2027, "tonnes": 50.0, "cost": 5000.0}],
        "binding": [],
        "decision_cost": plan - 1000.0,
        "bound": plan - 2000.0,
        "gap": 1000.0 / (plan - 1000.0),
        "gap_money": 1000.0,
        "gap_asked": 0.01,
        "status": "optimal",
        "axis": "typical",
        "stored_axis": "full",
        "full_year": {
            "cost_difference": 1000.0,
            "cost_difference_share": 1000.0 / (plan - 1000.0),
            "unmet": {"heat": 0.0},
        },
    }


def write_run(run: Path) -> Path:
    """Write the whole run folder and return it."""
    inputs = run / "inputs"
    (inputs / "technology_catalog").mkdir(parents=True)
    (inputs / "policies").mkdir()
    (inputs / "scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    (inputs / "technology_catalog" / "all.yaml").write_text(CATALOG, encoding="utf-8")
    (inputs / "policies" / "reduce_first.yaml").write_text(POLICY, encoding="utf-8")
    columns = {**SERIES, **SERIES_EXCESS}
    lines = [",".join(f"{key} [u]" for key in columns)]
    lines += [",".join(str(day[h]) for day in columns.values()) for _ in range(365) for h in (0, 1)]
    (inputs / "series.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    files = {
        path.relative_to(inputs).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in inputs.rglob("*")
        if path.is_file()
    }
    manifest = {"files": [{"file": name, "sha256": value} for name, value in files.items()]}
    (inputs / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (run / "summary.json").write_text(json.dumps(summary()), encoding="utf-8")
    write_netcdf(dataset(plan_values(), plan_costs()), run / "plan.nc")
    write_netcdf(dataset(baseline_values(), baseline_costs()), run / "baseline.nc")
    return run
