"""Names and summary of the made-up run of fake_run.py."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from optimizer.plan.worth import worth
from tests.reports.fake_cash import AFTER_TAX, LEVELISED

CARRIERS = {
    "electricity": ("Electricity", "电力"),
    "natural_gas": ("Natural gas", "天然气"),
    "steam": ("Steam", "蒸汽"),
    "cooling": ("Cooling", "冷"),
}
MEASURES = {
    "heat_pump": ("Steam heat pump", "蒸汽热泵"),
    "rooftop_pv": ("Rooftop PV", "屋顶光伏"),
    "led": ("LED lighting", "LED照明"),
    "e_boiler": ("Electric boiler", "电锅炉"),
    "battery": ("Battery", "储能电池"),
    "insulation": ("Insulation of the steam network", "蒸汽管网保温"),
}
ASSETS = {"boiler_a": ("Gas boiler A", "燃气锅炉A"), "boiler_b": ("Gas boiler B", "燃气锅炉B")}
USES = {
    "motors": ("Motors", "电机"),
    "lighting": ("Lighting", "照明"),
    "process_heat": ("Process heat", "工艺用热"),
    "kiln": ("Kiln", "窑炉"),
}
CONTRACTS = {"green_power": ("Green power", "绿电")}
CREDITS = {"cookstoves": ("Cookstove credits", "炉灶碳信用")}
KINDS = ("converter", "generator", "saving", "converter", "storage", "saving")
UNITS = ("MW", "MW", "unit", "MW", "MWh", "unit")


BASE = 25_000.0
GROSS_CAP = (22_000.0, 21_000.0, 20_000.0, 17_500.0, 16_000.0)
NET_TARGET = (21_500.0, 20_500.0, 19_500.0, 16_500.0, 14_800.0)


def coords() -> dict[str, Any]:
    """Coordinates with ids and names in both languages."""
    found: dict[str, Any] = {
        "kind": ("measure", list(KINDS)),
        "family": ("measure", ["heat", "solar", "efficiency", "heat", "storage", "efficiency"]),
        "financing": ("measure", ["own"] * 6),
        "capacity_unit": ("measure", list(UNITS)),
    }
    dims = {"carrier": CARRIERS, "measure": MEASURES, "asset": ASSETS, "use": USES}
    for dim, table in {**dims, "contract": CONTRACTS, "credit": CREDITS}.items():
        found[dim] = list(table)
        for i, lang in enumerate(("en", "zh")):
            found[f"{dim}_name_{lang}"] = (dim, [names[i] for names in table.values()])
    found |= {
        "contract_form": ("contract", ["attributes"]),
        "contract_matching": ("contract", ["annual"]),
        "contract_traceable": ("contract", [0]), "contract_additional": ("contract", [1]),
    }  # fmt: skip
    return found


def years(plan: xr.Dataset, baseline: xr.Dataset) -> list[dict[str, Any]]:
    """The `years` of summary.json; the base year had 25 000 t."""
    rows = []
    for i, year in enumerate(plan["year"].values):
        at = plan.sel(year=year)
        credits = float(at["credits"].sum())
        rows.append(
            {
                "year": int(year),
                "baseline": float(baseline["gross"].sel(year=year)),
                "gross": float(at["gross"]),
                "net": float(at["net"]),
                "credits": credits,
                "scope1": float(at["scope1"]),
                "scope2_location": float(at["scope2_location"]),
                "scope2_market": float(at["scope2_market"]),
                **{
                    f"gross_{x}": float(at["scope1"] + at[f"scope2_{x}"])
                    for x in ("location", "market")
                },
                "additional_share": 1.0 if year >= 2029 else None,
                "gross_cap": GROSS_CAP[i],
                "net_target": NET_TARGET[i],
                "capex": float(at["overnight"].sum()),
                "opex": float(at["cost"].where(at["cost_class"] != "capital", drop=True).sum()),
                "offset_share": credits / BASE,
                "offset_share_bound": 0.05 if year >= 2028 else None,
                "budget": 20e6,
                "removal": 0.0,
            }
        )
    return rows


def summary(plan: xr.Dataset, baseline: xr.Dataset) -> dict[str, Any]:
    """summary.json; the present values are those of the cost lines at 6 %, tail to 2040."""
    discount = 1.06 ** -np.arange(1.0, 6.0)
    discount[-1] = sum(1.06**-t for t in range(5, 16))
    npv = [float(ds["cost"].sum("line").values @ discount) for ds in (baseline, plan)]
    build = [
        ("rooftop_pv", 2026, 4.0, "MW", 14.0e6),
        ("led", 2026, 1.0, "unit", 0.9e6),
        ("heat_pump", 2028, 3.0, "MW", 15e6),
    ]
    gap = 0.0008 * npv[1]
    return {
        "run": "fake-1",
        "scenario": {"id": "fake", "name_en": "A small steam factory",
                     "name_zh": "小型蒸汽工厂"},
        "currency": "CNY", "price_year": 2025, "status": "optimal",
        "decision_cost": npv[1], "net_present_cost": npv[1], "bound": npv[1] - gap,
        "gap": 0.0008, "gap_money": gap, "gap_share_of_saving": gap / abs(npv[0] - npv[1]),
        "axis": "typical", "stored_axis": "full", "method": "direct",
        "seconds": {"inputs": 0.8, "solve": 6.2, "full_year": 3.1},
        "npv": {"baseline": npv[0], "plan": npv[1], "saving": npv[0] - npv[1]},
        "tail_share": 0.62,
        "worth": worth(plan, baseline) | {"levelised": LEVELISED, "after_tax": AFTER_TAX},
        "horizon": {"first": 2026, "last": 2030, "evaluate_to": 2040, "end": "extended",
                    "base_year": 2025},
        "units": {"capex": "money"},
        "years": years(plan, baseline),
        "build": [
            {"measure": m, "name_en": MEASURES[m][0], "name_zh": MEASURES[m][1], "year": y,
             "capacity": c, "unit": u, "capex": x} for m, y, c, u, x in build
        ],
        "assets": [{"asset": "boiler_b", "year": 2028, "event": "renewed"}],
        "typical_days": {
            "periods": 8, "extremes": 3, "scale": {"steam_load": 1.01},
            "report": {
                "series": {
                    "steam_load": {"peak_error": -0.012, "energy_error_before_scaling": 0.0},
                    "day_ahead": {
                        "peak_error": None, "energy_error_before_scaling": 0.001,
                        "negative_steps": {"year": 60, "typical": 18.0},
                    },
                },
                "monthly_peak_error": [0.01, None, -0.02],
            },
        },
        "full_year": {"cost_difference": 0.2e6, "cost_difference_share": 0.002,
                      "unmet": {"electricity": 0.0, "steam": 0.0}, "added_days": 1,
                      "tightened_caps": [{"rule": "net_within_target", "year": 2030,
                                          "tonnes": 12.0}]},
        "base_year": {"year": 2025, "metered_emissions": BASE,
                      "output_effect": [50.0 * i for i in range(5)],
                      "grid_effect": [float(v) - BASE - 50.0 * i
                                      for i, v in enumerate(baseline["gross"].values)],
                      "baseline": [float(v) for v in baseline["gross"].values]},
        "derived": ["pv_roof", "steam_load"],
        "binding": [
            {"rule": "budget", "year": 2028, "limit": 20e6, "value": 20e6},
            {"rule": "net_target", "year": 2030, "limit": 14800.0, "value": 14779.5},
        ],
        "credits": [{"credit": "cookstoves", "year": 2029, "tonnes": 500.0, "cost": 40_000.0},
                    {"credit": "cookstoves", "year": 2030, "tonnes": 560.0, "cost": 44_800.0}],
        "ledger": "market", "gases": "CO2e", "offset_basis": "base_year",
    }  # fmt: skip
