"""What the rich plant can build and buy."""

from __future__ import annotations

from typing import Any

from tests.plan.rich_chain import GREEN
from tests.workspace import small_measures

FIRST, LAST = 2026, 2029


def text(name: str) -> dict[str, str]:
    return {"en": name, "zh": name}


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
        {"id": "lift", "name": text("Waste heat pump"), "kind": "converter",
         "reference": "heat_60c", "outputs": {"heat_60c": 1},
         "inputs": {"electricity": {"cop": _COP}, "waste_heat_40c": {"cop_source": _COP}},
         "recovers": {"source": "chiller", "share": 0.9}, "capacity": {"max": "1 MW"},
         "capex": {"cn": {"points": [{"at": "200 kW", "price": "400 EUR2020/kW"},
                                     {"at": "1 MW", "total": "300 kEUR2020"}]}},
         "fixed_om": {"cn": {"share": 0.02}}, "lifetime": "15 a", "variable_om": "5 CNY/MWh",
         "excludes": ["e_boiler"]},
        {"id": "e_boiler", "name": text("Electric boiler"), "kind": "converter",
         "reference": "heat_90c", "inputs": {"electricity": {"efficiency": 0.98}},
         "outputs": {"heat_90c": 1}, "capacity": {"max": "2 MW", "step": "500 kW"},
         "capex": {"any": {"price": "600 CNY/kW"}}, "lifetime": "15 a", "one_of": "hot_water"},
        {"id": "tank", "name": text("Tank"), "kind": "storage", "carrier": "heat_90c",
         "duration": "5 h", "self_discharge": "0.01 1/h", "depth": 0.9,
         "capacity": {"min": "1 MWh", "max": "10 MWh"}, "lifetime": "2.5 a",
         "capex": {"any": {"price": "60 CNY/kWh", "fixed": "50 kCNY"}},
         "fixed_om": {"any": {"price": "2 kCNY/a"}}},
    ]  # fmt: skip


_COP = {"sink": "62 degC", "source": "25 degC", "quality": 0.5}


def _power() -> list[dict[str, Any]]:
    return [
        {"id": "battery", "name": text("Battery"), "kind": "storage", "carrier": "electricity",
         "duration": "2 h", "efficiency_charge": 0.95, "efficiency_discharge": 0.95,
         "capacity": {"max": "2 MWh"}, "lifetime": "10 a", "variable_om": "10 CNY/MWh",
         "capex": {"any": {"price": "700 CNY/kWh"}}},
        {"id": "led", "name": text("LED"), "kind": "saving", "service": "lines", "share": 0.15,
         "capex": {"any": {"price": "300 CNY/MWh", "basis": "annual_saving"}},
         "fixed_om": {"any": {"share": 0.01}}, "lifetime": "12 a"},
        {"id": "controls", "name": text("Controls"), "kind": "saving", "service": "lines",
         "share": 0.1, "capex": {"any": {"price": "200 CNY/kW", "basis": "peak"}},
         "lifetime": "8 a", "replaces": ["wood_boiler"]},
    ]  # fmt: skip


def _process() -> list[dict[str, Any]]:
    return [
        {"id": "clinker", "name": text("Feed"), "kind": "process", "source": "kiln",
         "share": 0.3, "inputs": {"electricity": "0.05 MWh/t"}, "variable_om": "20 CNY/t",
         "capex": {"any": {"fixed": "300 kCNY"}}, "lifetime": "10 a", "first_year": FIRST + 1},
        {"id": "capture", "name": text("Capture"), "kind": "process",
         "captures": ["gas_boiler", "wood_boiler", "kiln"], "rate": 0.9, "durability": 0.95,
         "inputs": {"electricity": "0.1 MWh/t", "heat_90c": "0.3 MWh/t"},
         "capacity": {"max": "0.5 tph"}, "variable_om": "150 CNY/t", "lifetime": "20 a",
         "capex": {"any": {"price": "4 MCNY/tph"}}, "fixed_om": {"any": {"share": 0.03}}},
    ]  # fmt: skip


def _paper() -> list[dict[str, Any]]:
    supply = {"kind": "contract", "carrier": "electricity"}
    return [
        {"id": "wind_ppa", "name": text("Wind"), **supply, "form": "energy",
         "traceable": True, "capacity": {"min": "500 MWh/a", "max": "3 GWh/a"},
         "price": "420 CNY/MWh",
         "pay": "delivered", "shape": "wind_shape", "tenor": "2 a", "factor": "0.01 kg/kWh"},
        {"id": "certificates", "name": text("Certificates"), **supply, "form": "attributes",
         "capacity": {"min": "200 MWh/a", "max": "4 GWh/a"}, "premium": "12 CNY/MWh"},
        {"id": "hourly_wind", "name": text("Wind by the hour"), **supply, "form": "attributes",
         "capacity": {"max": "2 GWh/a"}, "premium": "14 CNY/MWh", "matching": "hourly",
         "shape": "wind_shape", "tenor": "2 a", "additional": True},
        {"id": "forest", "name": text("Forest"), "kind": "credit", "type": "removal",
         "price": "200 CNY/t", "available": "500 t"},
        {"id": "stoves", "name": text("Stoves"), "kind": "credit", "type": "avoidance",
         "price": "40 CNY/t", "first_year": FIRST + 1},
    ]  # fmt: skip
