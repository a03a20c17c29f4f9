"""A complete small workspace on disk: one boiler plant, three carriers, short catalog.

`small_scenario` and `small_measures` give fresh raw data; change single fields with `put`, write
with `write_workspace`, and load the path that it returns.
"""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

HOURS = 8760


def put(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of `data` with `value` at the dotted `path`; parts that are digits are list indices
    (four digits from 1900: a year). `...` as value removes the field."""
    result = copy.deepcopy(data)
    *parents, last = [_part(word) for word in path.split(".")]
    node: Any = result
    for part in parents:
        if isinstance(node, dict) and part not in node:
            node[part] = {}
        node = node[part]
    if value is ...:
        del node[last]
    else:
        node[last] = value
    return result


def small_scenario() -> dict[str, Any]:
    """A factory with 1 MW of power and about 2 MW of heat demand, a gas boiler due in 2029."""
    return {
        "id": "small_plant",
        "name": {"en": "Small plant", "zh": "小工厂"},
        "currency": "CNY",
        "price_year": 2025,
        "market": "cn",
        "horizon": {
            "base_year": 2025, "first": 2026, "last": 2030, "evaluate_to": 2040, "end": "extended"
        },
        "time": {"periods": 4, "step": "60 min", "profile_year": 2025},
        "economics": {"discount_rate": 0.08},
        "site": {"area": {"roof": "8000 m2"}, "connection": "5 MW", "grid_region": "test"},
        "base_year": {
            "metered": {"electricity": "8760 MWh/a", "natural_gas": "19467 MWh/a"},
            "factors": {"electricity": "0.55 kg/kWh"},
        },
        "carriers": _carriers(),
        "services": [
            {
                "id": "motors",
                "name": {"en": "Motors", "zh": "电机"},
                "carrier": "electricity",
                "demand": "electricity_demand",
                "fixed_share": 0.2,
            },
            {
                "id": "process_heat",
                "name": {"en": "Process heat", "zh": "工艺用热"},
                "carrier": "heat_90c",
                "demand": "heat_demand",
            },
        ],
        "assets": [_boiler()],
        "measures": {"offer": ["pv_roof", "heat_pump", "motor_saving"]},
        "tariffs": {
            "electricity": {
                "series": "power_price",
                "level": 1.0,
                "demand_charge": {"price": "40 CNY/kW/month", "per": "month"},
                "export": {"price": "0.3 CNY/kWh"},
            },
            "natural_gas": {"price": "0.35 CNY/kWh"},
        },
        "data": _series(),
    }  # fmt: skip


def _carriers() -> dict[str, Any]:
    return {
        "electricity": {
            "name": {"en": "Electricity", "zh": "电"},
            "kind": "electricity",
            "scope": 2,
            "factor": {2026: "0.53 kg/kWh", 2030: "0.45 kg/kWh", "interpolate": "linear"},
        },
        "natural_gas": {
            "name": {"en": "Natural gas", "zh": "天然气"},
            "kind": "fuel",
            "scope": 1,
            "factor": "0.202 kg/kWh",
        },
        "heat_90c": {"name": {"en": "Hot water, 90 °C", "zh": "90 °C 热水"}, "kind": "heat"},
    }


def _boiler() -> dict[str, Any]:
    return {
        "id": "gas_boiler",
        "name": {"en": "Gas boiler", "zh": "燃气锅炉"},
        "kind": "converter",
        "capacity": "4 MW",
        "built": 2010,
        "lifetime": "19 a",
        "reference": "heat_90c",
        "inputs": {"natural_gas": {"efficiency": 0.9}},
        "outputs": {"heat_90c": 1},
        "renewal": {"capex": "1.2 MCNY", "lifetime": "20 a"},
    }


def _series() -> dict[str, Any]:
    measured = {"file": "profiles/demand.csv", "step": "60 min"}
    return {
        "electricity_demand": {**measured, "column": "electricity", "unit": "kW"},
        "heat_demand": {**measured, "column": "heat", "unit": "kW"},
        "pv_roof": {**measured, "column": "pv", "unit": "1"},
        "ambient": {**measured, "column": "temperature", "unit": "degC"},
        "power_price": {
            "shape": "time_of_use",
            "bands": {"peak": "0.9 CNY/kWh", "valley": "0.4 CNY/kWh"},
            "hours": ["valley"] * 8 + ["peak"] * 14 + ["valley"] * 2,
        },
    }


def small_measures() -> list[dict[str, Any]]:
    """A roof PV plant, an air heat pump to 90 °C and a saving on motors, with prices for cn."""
    return [
        {
            "id": "pv_roof",
            "name": {"en": "Rooftop PV", "zh": "屋顶光伏"},
            "kind": "generator",
            "output": "electricity",
            "availability": "pv_roof",
            "capacity": {"min": "100 kW", "max": "2 MW"},
            "capex": {"cn": {"price": "3200 CNY2025/kW"}},
            "fixed_om": {"cn": {"share": 0.015}},
            "lifetime": "25 a",
            "area": {"roof": "5 m2/kW"},
        },
        {
            "id": "heat_pump",
            "name": {"en": "Air heat pump", "zh": "空气源热泵"},
            "kind": "converter",
            "reference": "heat_90c",
            "inputs": {
                "electricity": {
                    "cop": {"sink": "90 degC", "source_series": "ambient", "quality": 0.45}
                }
            },
            "outputs": {"heat_90c": 1},
            "capacity": {"min": "500 kW", "max": "4 MW"},
            "capex": {"cn": {"price": "2500 CNY2025/kW"}},
            "fixed_om": {"cn": {"price": "40 CNY2025/kW/a"}},
            "lifetime": "20 a",
            "lead_time": "1 a",
        },
        {
            "id": "motor_saving",
            "name": {"en": "Efficient drives", "zh": "高效电机"},
            "kind": "saving",
            "service": "motors",
            "share": 0.1,
            "capex": {"any": {"fixed": "1 MCNY2025"}},
            "lifetime": "12 a",
        },
    ]


def write_workspace(
    folder: Path,
    scenario: Mapping[str, Any] | None = None,
    measures: Sequence[Mapping[str, Any]] | None = None,
    *,
    policies: Mapping[str, Mapping[str, Any]] | None = None,
    factors: Mapping[str, Mapping[str, Any]] | None = None,
    hours: int = HOURS,
) -> Path:
    """Write a whole workspace into `folder` and return the path of its scenario file.

    The defaults are the small plant and its measures; `policies` are packs and `factors`
    libraries by file name. JSON is YAML, save for years, which are written as plain keys.
    """
    home = folder / "scenarios" / "small"
    (home / "profiles").mkdir(parents=True, exist_ok=True)
    catalog = folder / "technology_catalog"
    catalog.mkdir(exist_ok=True)
    given = small_measures() if measures is None else list(measures)
    write_yaml(catalog / "family.yaml", {"family": "test_family", "measures": given})
    write_yaml(catalog / "references.yaml", {"references": {"handbook": _REFERENCE}})
    for kind, files in (("policies", policies), ("emission_factors", factors)):
        for name, data in (files or {}).items():
            path = folder / "scenarios" / "library" / kind / f"{name}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            write_yaml(path, data)
    _write_profiles(home / "profiles" / "demand.csv", hours)
    write_yaml(home / "scenario.yaml", small_scenario() if scenario is None else scenario)
    return home / "scenario.yaml"


_REFERENCE = {"title": "A handbook", "issuer": "An office", "year": 2024, "trust": "secondary"}


def write_yaml(path: Path, data: Any) -> None:
    """Write block YAML, one field a line, so that problems have lines of their own."""
    path.write_text("\n".join(_lines(data, 0)) + "\n", encoding="utf-8")


def _lines(data: Any, depth: int) -> list[str]:
    pad = "  " * depth
    lines: list[str] = []
    for key, value in data.items() if isinstance(data, dict) else ((None, v) for v in data):
        head = f"{pad}-" if key is None else f"{pad}{key}:"
        if isinstance(value, dict | list) and value:
            lines += [head, *_lines(value, depth + 1)]
        else:
            lines.append(f"{head} {json.dumps(value, ensure_ascii=False)}")
    return lines


def _write_profiles(path: Path, hours: int) -> None:
    """Hourly demand around 1 MW and 2 MW, a sun that shines from 6 to 18, a mild year."""
    rows = ["electricity,heat,pv,temperature"]
    for hour in range(hours):
        day, of_day = divmod(hour, 24)
        work = 1.0 if 7 <= of_day < 19 else 0.5
        winter = 0.5 + 0.5 * math.cos(2 * math.pi * day / 365)
        sun = max(0.0, math.sin(math.pi * (of_day - 6) / 12)) * (0.9 - 0.4 * winter)
        warmth = 15 - 12 * winter + 4 * math.sin(math.pi * (of_day - 8) / 12)
        demand = f"{1333 * work:.1f},{1000 + 2000 * winter * work:.1f}"
        rows.append(f"{demand},{sun:.4f},{warmth:.2f}")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _part(word: str) -> str | int:
    return int(word) if word.isdigit() else word
