"""A plant that uses every concept of the model at once, small enough to solve in seconds.

Built on the small plant of tests/workspace.py: recovered heat, a cascade, storage of heat and of
power, contracts of both forms, process emissions, capture of fossil and biogenic CO2, forced
renewal, grants, carry-over of budget, credits behind a gate, exports, finer meters, an hourly
factor, materials and a gate on the footprint of a casting.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.plan.rich_chain import MATERIALS, UPSTREAM, chain_pack
from tests.plan.rich_measures import FIRST, LAST, rich_measures, text
from tests.workspace import small_scenario, write_workspace

NET_TARGET = "6400 t"
CASTING = "820 kg/unit"
SCHEDULE = {
    ("pv_roof", 2026): 1, ("led", 2026): 1, ("motor_saving", 2026): 1, ("lift", 2026): 1,
    ("capture", 2026): 1, ("tank", 2027): 1, ("tank", 2029): 1, ("heat_pump", 2027): 2,
    ("battery", 2027): 1, ("clinker", 2027): 1, ("controls", 2028): 1,
}  # fmt: skip
"""Builds of each measure; every measure but the electric boiler, which the lift excludes."""


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
        {"id": "kiln", "name": text("Kiln"), "amount": "900 t"},
        {"id": "refrigerant", "name": text("Leak"), "amount": "120 t", "follows_output": False},
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
        "heat_60c": {"name": text("Hot water 60"), **heat},
        "waste_heat_40c": {"name": text("Waste heat"), **heat},
        "cooling": {"name": text("Cold"), "kind": "cold"},
        "wood": {
            "name": text("Wood"), "kind": "fuel", "scope": 1, "factor": "0.01 kg/kWh",
            "biogenic": "0.36 kg/kWh",
        },
    }  # fmt: skip


def _services() -> list[dict[str, Any]]:
    return [
        {"id": "washing", "name": text("Washing"), "carrier": "heat_60c", "demand": "heat_demand",
         "fixed_share": 0.5},
        {"id": "cold_rooms", "name": text("Cold"), "carrier": "cooling", "demand": "fine_demand"},
        {"id": "lines", "name": text("Lines"), "carrier": "electricity", "demand": "fine_demand"},
    ]  # fmt: skip


def _boiler() -> dict[str, Any]:
    return {
        "id": "gas_boiler", "name": text("Gas boiler"), "kind": "converter", "capacity": "9 MW",
        "built": 2008, "lifetime": "19 a", "reference": "heat_90c",
        "inputs": {"natural_gas": {"efficiency": 0.88}}, "outputs": {"heat_90c": 1},
        "variable_om": "3 CNY/MWh", "fixed_om": "12 CNY/kW/a", "dismantling": "50 kCNY",
        "resale": "80 kCNY",
        "renewal": {"capex": "2.4 MCNY", "lifetime": "20 a", "fixed_om": "9 CNY/kW/a",
                    "inputs": {"natural_gas": {"efficiency": 0.94}}},
    }  # fmt: skip


def _wood_boiler() -> dict[str, Any]:
    return {
        "id": "wood_boiler", "name": text("Wood boiler"), "kind": "converter",
        "capacity": "1 MW", "built": 2020, "lifetime": "20 a", "reference": "heat_90c",
        "inputs": {"wood": {"efficiency": 0.8}}, "outputs": {"heat_90c": 1},
        "dismantling": "15 kCNY", "resale": "40 kCNY",
    }  # fmt: skip


def _chiller() -> dict[str, Any]:
    return {
        "id": "chiller", "name": text("Chiller"), "kind": "converter", "capacity": "2 MW",
        "built": 2020, "lifetime": "20 a", "reference": "cooling",
        "inputs": {"electricity": 0.25}, "outputs": {"cooling": 1, "waste_heat_40c": 1.25},
        "fixed_om": "20 kCNY/a", "dismantling": "10 kCNY", "resale": "30 kCNY",
        "renewal": {"capex": "1 MCNY", "lifetime": "15 a"},
    }  # fmt: skip


def _money_rules() -> dict[str, Any]:
    return {
        "production": {"name": text("Casting"), "amount": "10000 unit/a"},
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
        "grants": [{"id": "state", "name": text("State"), "measures": ["heat_pump", "pv_roof"],
                    "share": 0.3, "cap": "1.5 MCNY", "first": FIRST, "last": FIRST + 1}],
    }  # fmt: skip


def _policy() -> dict[str, Any]:
    return {
        "use": ["chain"], "ledger": "market", "export_treatment": "grid_factor",
        "gross_cap": {FIRST + 2: "9000 t", LAST: "6500 t"}, "net_target": {LAST: NET_TARGET},
        "offset": {"share": 0.1, "basis": "reduction", "first_year": FIRST + 1,
                   "gate": {"reduction": 0.03}, "removal_share": 0.2},
    }  # fmt: skip


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
