"""A plant that uses every concept of the model at once, small enough to solve in seconds.

Built on the small plant of tests/workspace.py: recovered heat, a cascade, storage of heat and of
power, contracts of both forms, process emissions, capture of fossil and biogenic CO2, forced
renewal, grants, carry-over of budget, credits behind a gate, exports, finer meters, an hourly
factor, materials and a gate on the footprint of a casting.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.plan.rich_chain import GREEN, MATERIALS, UPSTREAM, chain_pack
from tests.workspace import small_measures, small_scenario, write_workspace

FIRST, LAST = 2026, 2029
NET_TARGET = "6400 t"
CASTING = "820 kg/unit"
SCHEDULE = {
    ("pv_roof", 2026): 1, ("led", 2026): 1, ("motor_saving", 2026): 1, ("lift", 2026): 1,
    ("capture", 2026): 1, ("tank", 2027): 1, ("tank", 2029): 1, ("heat_pump", 2027): 2,
    ("battery", 2027): 1, ("clinker", 2027): 1, ("controls", 2028): 1,
}  # fmt: skip
"""Builds of each measure; every measure but the electric boiler, which the lift excludes."""


def _text(name: str) -> dict[str, str]:
    return {"en": name, "zh": name}


def rich_scenario(end: str = "extended") -> dict[str, Any]:
    """The scenario; `end` is the treatment of the horizon's end."""
    data = small_scenario()
    data["horizon"] = {"base_year": 2025, "first": FIRST, "last": LAST, "end": end}
    if end == "extended":
        data["horizon"]["evaluate_to"] = 2036
    data["time"]["periods"] = 2
    data["economics"] = {
        "discount_rate": 0.07,
        "exchange": {"EUR": 7.8},
        "deflator": {"EUR": {2020: 100, 2025: 125}},
    }
    data["output"] = {FIRST: 1.0, LAST: 1.06, "interpolate": "linear"}
    data["base_year"]["metered"] = {"electricity": "9000 MWh/a", "natural_gas": "20000 MWh/a"}
    data["site"] = {
        "area": {"roof": "9000 m2"}, "connection": "3.5 MW", "grid_region": "test",
    }  # fmt: skip
    data["carriers"] |= _carriers()
    data["carriers"]["electricity"] |= {"residual": "0.62 kg/kWh", "factor_series": "grid_shape"}
    data["carriers"]["heat_90c"] |= {"serves": ["heat_60c"], "vent": True}
    data["services"] += _services()
    data["process_emissions"] = [
        {"id": "kiln", "name": _text("Kiln"), "amount": "900 t"},
        {"id": "refrigerant", "name": _text("Leak"), "amount": "120 t", "follows_output": False},
    ]
    data["assets"] = [_boiler(), _wood_boiler(), _chiller()]
    data["measures"] = {
        "offer": [m["id"] for m in rich_measures()],
        "override": {"heat_pump": {"max_builds": 2, "why": "two rooms"}},
    }
    data["contracts_in_force"] = ["certificates"]
    data["tariffs"]["electricity"] |= {
        "adder": "0.05 CNY/kWh",
        "level": {FIRST: 1.0, LAST: 1.15, "interpolate": "linear"},
        "export": {"price": "0.3 CNY/kWh", "limit": "1 MW"},
    }
    data["tariffs"]["natural_gas"] |= {
        "price": "0.6 CNY/kWh", "limit": "9 MW",
        "demand_charge": {"price": "60 CNY/kW/a", "per": "year"},
    }  # fmt: skip
    data["tariffs"]["wood"] = {"price": "0.4 CNY/kWh"}
    data |= _money_rules()
    data["policy"] = _policy()
    data["materials"] = MATERIALS
    for name, factor in UPSTREAM.items():
        data["carriers"][name]["upstream"] = factor
    for key, column in (("fine_demand", "fine"),):
        data["data"][key] = {
            "file": "profiles/fine.csv", "column": column, "unit": "kW", "step": "15 min",
        }  # fmt: skip
    for key in ("grid_shape", "wind_shape"):
        measured = {"file": "profiles/shapes.csv", "step": "60 min", "unit": "1"}
        data["data"][key] = {**measured, "column": key}
    return data


def _carriers() -> dict[str, Any]:
    heat = {"kind": "heat", "vent": True}
    return {
        "heat_60c": {"name": _text("Hot water 60"), **heat},
        "waste_heat_40c": {"name": _text("Waste heat"), **heat},
        "cooling": {"name": _text("Cold"), "kind": "cold"},
        "wood": {
            "name": _text("Wood"), "kind": "fuel", "scope": 1, "factor": "0.01 kg/kWh",
            "biogenic": "0.36 kg/kWh",
        },
    }  # fmt: skip


def _services() -> list[dict[str, Any]]:
    return [
        {"id": "washing", "name": _text("Washing"), "carrier": "heat_60c", "demand": "heat_demand",
         "fixed_share": 0.5},
        {"id": "cold_rooms", "name": _text("Cold"), "carrier": "cooling", "demand": "fine_demand"},
        {"id": "lines", "name": _text("Lines"), "carrier": "electricity", "demand": "fine_demand"},
    ]  # fmt: skip


def _boiler() -> dict[str, Any]:
    return {
        "id": "gas_boiler", "name": _text("Gas boiler"), "kind": "converter", "capacity": "9 MW",
        "built": 2008, "lifetime": "19 a", "reference": "heat_90c",
        "inputs": {"natural_gas": {"efficiency": 0.88}}, "outputs": {"heat_90c": 1},
        "variable_om": "3 CNY/MWh", "fixed_om": "12 CNY/kW/a", "dismantling": "50 kCNY",
        "resale": "80 kCNY",
        "renewal": {"capex": "2.4 MCNY", "lifetime": "20 a", "fixed_om": "9 CNY/kW/a",
                    "inputs": {"natural_gas": {"efficiency": 0.94}}},
    }  # fmt: skip


def _wood_boiler() -> dict[str, Any]:
    return {
        "id": "wood_boiler", "name": _text("Wood boiler"), "kind": "converter",
        "capacity": "1 MW", "built": 2020, "lifetime": "20 a", "reference": "heat_90c",
        "inputs": {"wood": {"efficiency": 0.8}}, "outputs": {"heat_90c": 1},
        "dismantling": "15 kCNY", "resale": "40 kCNY",
    }  # fmt: skip


def _chiller() -> dict[str, Any]:
    return {
        "id": "chiller", "name": _text("Chiller"), "kind": "converter", "capacity": "2 MW",
        "built": 2020, "lifetime": "20 a", "reference": "cooling",
        "inputs": {"electricity": 0.25}, "outputs": {"cooling": 1, "waste_heat_40c": 1.25},
        "fixed_om": "20 kCNY/a", "dismantling": "10 kCNY", "resale": "30 kCNY",
        "renewal": {"capex": "1 MCNY", "lifetime": "15 a"},
    }  # fmt: skip


def _money_rules() -> dict[str, Any]:
    return {
        "production": {"name": _text("Casting"), "amount": "10000 unit/a"},
        "carbon": {"price": {FIRST: "80 CNY/t", "interpolate": "step"},
                   "allocation": {"type": "output_based", "benchmark": "0.2 t/unit",
                                  "decline": {FIRST: 0, LAST: 0.1, "interpolate": "linear"},
                                  "surplus": "worthless"}},
        "cbam": {"price": {FIRST: "70 EUR/t", "interpolate": "step"}, "exported": 0.2,
                 "benchmark": "0.3 t/unit",
                 "factor": {FIRST: 0.975, LAST: 0.5, "interpolate": "linear"},
                 "covers": ["fuel", "process", "scope2"], "borne": 0.6},
        "budget": {"capex": {FIRST: "12 MCNY", LAST: "9 MCNY", "interpolate": "linear"},
                   "carry_over": True},
        "grants": [{"id": "state", "name": _text("State"), "measures": ["heat_pump", "pv_roof"],
                    "share": 0.3, "cap": "1.5 MCNY", "first": FIRST, "last": FIRST + 1}],
    }  # fmt: skip


def _policy() -> dict[str, Any]:
    return {
        "use": ["chain"], "ledger": "market", "export_treatment": "grid_factor",
        "gross_cap": {FIRST + 2: "9000 t", LAST: "6500 t"}, "net_target": {LAST: NET_TARGET},
        "offset": {"share": 0.1, "basis": "reduction", "first_year": FIRST + 1,
                   "gate": {"reduction": 0.03}, "removal_share": 0.2},
    }  # fmt: skip


def rich_measures() -> list[dict[str, Any]]:
    """The measures of the small plant and one of every other sort."""
    pv, pump, saving = small_measures()
    pv |= {
        "price_trend": {FIRST: 1.0, LAST: 0.8, "interpolate": "linear"},
        "connection": "0.1 kW/kW",
    }
    pump |= {"requires": ["tank"], "one_of": "hot_water"}
    saving |= {"lifetime": "2 a", "renewal": "forced", "adds": {"heat_90c": 0.05}}
    return [pv, pump, saving, *_heat(), *_power(), *_process(), *_paper(), GREEN]


def _heat() -> list[dict[str, Any]]:
    return [
        {"id": "lift", "name": _text("Waste heat pump"), "kind": "converter",
         "reference": "heat_60c", "outputs": {"heat_60c": 1},
         "inputs": {"electricity": {"cop": _COP}, "waste_heat_40c": {"cop_source": _COP}},
         "recovers": {"source": "chiller", "share": 0.9}, "capacity": {"max": "1 MW"},
         "capex": {"cn": {"points": [{"at": "200 kW", "price": "400 EUR2020/kW"},
                                     {"at": "1 MW", "total": "300 kEUR2020"}]}},
         "fixed_om": {"cn": {"share": 0.02}}, "lifetime": "15 a", "variable_om": "5 CNY/MWh",
         "excludes": ["e_boiler"]},
        {"id": "e_boiler", "name": _text("Electric boiler"), "kind": "converter",
         "reference": "heat_90c", "inputs": {"electricity": {"efficiency": 0.98}},
         "outputs": {"heat_90c": 1}, "capacity": {"max": "2 MW", "step": "500 kW"},
         "capex": {"any": {"price": "600 CNY/kW"}}, "lifetime": "15 a", "one_of": "hot_water"},
        {"id": "tank", "name": _text("Tank"), "kind": "storage", "carrier": "heat_90c",
         "duration": "5 h", "self_discharge": "0.01 1/h", "depth": 0.9,
         "capacity": {"min": "1 MWh", "max": "10 MWh"}, "lifetime": "2.5 a",
         "capex": {"any": {"price": "60 CNY/kWh", "fixed": "50 kCNY"}},
         "fixed_om": {"any": {"price": "2 kCNY/a"}}},
    ]  # fmt: skip


_COP = {"sink": "62 degC", "source": "25 degC", "quality": 0.5}


def _power() -> list[dict[str, Any]]:
    return [
        {"id": "battery", "name": _text("Battery"), "kind": "storage", "carrier": "electricity",
         "duration": "2 h", "efficiency_charge": 0.95, "efficiency_discharge": 0.95,
         "capacity": {"max": "2 MWh"}, "lifetime": "10 a", "variable_om": "10 CNY/MWh",
         "capex": {"any": {"price": "700 CNY/kWh"}}},
        {"id": "led", "name": _text("LED"), "kind": "saving", "service": "lines", "share": 0.15,
         "capex": {"any": {"price": "300 CNY/MWh", "basis": "annual_saving"}},
         "fixed_om": {"any": {"share": 0.01}}, "lifetime": "12 a"},
        {"id": "controls", "name": _text("Controls"), "kind": "saving", "service": "lines",
         "share": 0.1, "capex": {"any": {"price": "200 CNY/kW", "basis": "peak"}},
         "lifetime": "8 a", "replaces": ["wood_boiler"]},
    ]  # fmt: skip


def _process() -> list[dict[str, Any]]:
    return [
        {"id": "clinker", "name": _text("Feed"), "kind": "process", "source": "kiln",
         "share": 0.3, "inputs": {"electricity": "0.05 MWh/t"}, "variable_om": "20 CNY/t",
         "capex": {"any": {"fixed": "300 kCNY"}}, "lifetime": "10 a", "first_year": FIRST + 1},
        {"id": "capture", "name": _text("Capture"), "kind": "process",
         "captures": ["gas_boiler", "wood_boiler", "kiln"], "rate": 0.9, "durability": 0.95,
         "inputs": {"electricity": "0.1 MWh/t", "heat_90c": "0.3 MWh/t"},
         "capacity": {"max": "0.5 tph"}, "variable_om": "150 CNY/t", "lifetime": "20 a",
         "capex": {"any": {"price": "4 MCNY/tph"}}, "fixed_om": {"any": {"share": 0.03}}},
    ]  # fmt: skip


def _paper() -> list[dict[str, Any]]:
    supply = {"kind": "contract", "carrier": "electricity"}
    return [
        {"id": "wind_ppa", "name": _text("Wind"), **supply, "form": "energy",
         "traceable": True, "capacity": {"min": "500 MWh/a", "max": "3 GWh/a"},
         "price": "420 CNY/MWh",
         "pay": "delivered", "shape": "wind_shape", "tenor": "2 a", "factor": "0.01 kg/kWh"},
        {"id": "certificates", "name": _text("Certificates"), **supply, "form": "attributes",
         "capacity": {"min": "200 MWh/a", "max": "4 GWh/a"}, "premium": "12 CNY/MWh"},
        {"id": "hourly_wind", "name": _text("Wind by the hour"), **supply, "form": "attributes",
         "capacity": {"max": "2 GWh/a"}, "premium": "14 CNY/MWh", "matching": "hourly",
         "shape": "wind_shape", "tenor": "2 a", "additional": True},
        {"id": "forest", "name": _text("Forest"), "kind": "credit", "type": "removal",
         "price": "200 CNY/t", "available": "500 t"},
        {"id": "stoves", "name": _text("Stoves"), "kind": "credit", "type": "avoidance",
         "price": "40 CNY/t", "first_year": FIRST + 1},
    ]  # fmt: skip


def write_rich_workspace(folder: Path, end: str = "extended", segments: int | None = None) -> Path:
    """Write the workspace with its finer meters and shapes; return the scenario file."""
    scenario = rich_scenario(end)
    if segments is not None:
        scenario["time"]["segments"] = segments
    packs = {"chain": chain_pack({LAST: CASTING})}
    path = write_workspace(folder, scenario, rich_measures(), policies=packs)
    fine = [f"{300 + 40 * (quarter % 4) + (quarter % 96):.0f}" for quarter in range(35040)]
    (path.parent / "profiles" / "fine.csv").write_text("\n".join(["fine", *fine]) + "\n")
    rows = [f"{1 + 0.2 * (hour % 24 > 12)},{1 + (hour // 24) % 3}" for hour in range(8760)]
    shapes = "\n".join(["grid_shape,wind_shape", *rows]) + "\n"
    (path.parent / "profiles" / "shapes.csv").write_text(shapes)
    return path


__all__ = ["rich_measures", "rich_scenario", "write_rich_workspace"]
