"""Mistakes in the technology catalog: sizes, prices, lives, what measures say of each other."""

from __future__ import annotations

from typing import Any

from tests.bad_inputs.bad import CATALOG, Bad


def one(name: str, path: str, value: Any, says: str, at: str, field: str = "") -> Bad:
    """The small catalog with one other value; measure 0 is PV, 1 a heat pump, 2 a saving."""
    number, _, rest = path.partition(".")
    return Bad(name, says, at, field or f"measures[{number}].{rest}", CATALOG,
               measures={path: value})  # fmt: skip


COP = "1.inputs.electricity.cop"
POINTS = [
    {"at": "500 kW", "total": "1 MCNY2025"},
    {"at": "200 kW", "total": "2 MCNY2025"},
]
ROWS = (
    one("a life below nothing", "1.lifetime", "-5 a", "above 0", "-5 a"),
    one("a life in words", "1.lifetime", "long", "a time", "long"),
    one("a life in money", "1.lifetime", "20 CNY", "20 CNY", "20 CNY"),
    one("a largest size below the smallest", "0.capacity", {"min": "3 MW", "max": "2 MW"},
        "Min is above max", "3 MW", "measures[0].capacity"),
    one("sizes in two units", "0.capacity", {"min": "3 MW", "max": "200 m2"}, "the same unit",
        "3 MW", "measures[0].capacity"),
    one("a step of no size", "0.capacity", {"max": "2 MW", "step": "0 kW"}, "Step must be above 0",
        "2 MW", "measures[0].capacity"),
    one("a battery's size for a heat pump", "1.capacity", {"max": "4 MWh"}, "a size in MW", "4 MWh",
        "measures[1].capacity.max"),
    one("points that fall", "0.capex.cn", {"points": POINTS}, "must rise in size", "points:",
        "measures[0].capex.cn"),
    one("points and a price", "0.capex.cn.points", POINTS, "either 'points' or 'price'", "price",
        "measures[0].capex.cn"),
    one("a class that isn't", "0.capex.cn.accuracy", {"estimate_class": 6}, "1, 2, 3, 4 or 5", "6",
        "measures[0].capex.cn.accuracy.estimate_class"),
    one("one end of an accuracy", "0.capex.cn.accuracy", {"low": 0.1}, "either 'estimate_class'",
        "0.1", "measures[0].capex.cn.accuracy"),
    one("contingency in and on top", "0.capex.cn.contingency", {"included": 0.1, "on_top": 0.1},
        "either 'included'", "0.1", "measures[0].capex.cn.contingency"),
    one("a capex without figure", "0.capex.cn", {"basis": "capacity"},
        "'price', 'fixed' or 'points'", "basis", "measures[0].capex.cn"),
    one("a capex per energy for a power", "0.capex.cn.price", "3200 CNY/kWh", "a price in CNY/MW",
        "3200 CNY/kWh"),
    one("a capex in a currency without rate", "0.capex.cn.price", "500 USD2025/kW",
        "economics.exchange.USD", "500 USD2025/kW"),
    one("a capex of a year without index", "0.capex.cn.price", "3200 CNY2018/kW",
        "economics.deflator.CNY.2018", "CNY2018"),
    one("no price in this market", "0.capex", {"eu": {"price": "500 EUR2025/kW"}}, "cn", "eu:",
        "measures[0].capex"),
    one("a COP below one", COP, {"sink": "20 degC", "source": "19 degC", "quality": 0.0},
        "above", "sink", "measures[1].inputs.electricity"),
    one("a heat pump's sink without unit", f"{COP}.sink", "90", "temperature", 'sink: "90"'),
    one("a sink below absolute zero", f"{COP}.sink", "-400 degC", "-400 degC", "-400 degC"),
    one("a quality above Carnot", f"{COP}.quality", 1.4, "at most 1", "quality: 1.4"),
    one("a source series that isn't there", f"{COP}.source_series", "ambiant",
        'Did you mean "ambient"?', "ambiant"),
    one("a demand as source temperature", f"{COP}.source_series", "heat_demand",
        "an air temperature", "heat_demand"),
    Bad("certificates of heat", "electricity that is bought too", "sold_certificates",
        "measures[0].sold_certificates", CATALOG,
        measures={"0.output": "heat_90c", "0.sold_certificates": "3 CNY/MWh"}),
    one("an availability that isn't there", "0.availability", "pv_rof", "pv_roof", "pv_rof"),
    one("an output of an unknown carrier", "0.output", "electric", "electricity", '"electric"'),
    one("a saving on an unknown service", "2.service", "motor", 'Did you mean "motors"?',
        '"motor"'),
    one("a saving of more than all", "2.share", 1.2, "at most 1", "share: 1.2"),
    one("an unknown kind", "2.kind", "savings", 'Did you mean "saving"?', "savings"),
    one("a kind left out", "2.kind", ..., "missing", "id:", "measures[2].kind"),
    one("a field of another kind", "2.duration", "2 h", "a known field", "duration"),
    one("a measure without price", "2.capex", ..., "missing", "id:", "measures[2].capex"),
    one("two measures of one id", "2.id", "pv_roof", "pv_roof", "pv_roof", "measures[2].id"),
    one("a requirement nobody wrote", "0.requires", ["pv_rooof"], "pv_rooof", "pv_rooof",
        "measures[0].requires[0]"),
    one("a measure that requires itself", "0.requires", ["pv_roof"], "another measure",
        "pv_roof", "measures[0].requires[0]"),
    Bad("a requirement that is excluded", "exclude each other", "heat_pump",
        "measures[0].requires", CATALOG,
        measures={"0.requires": ["heat_pump"], "0.excludes": ["heat_pump"]}),
    one("a replaced asset nobody owns", "1.replaces", ["gas_boilr"], "gas_boiler", "gas_boilr",
        "measures[1].replaces[0]"),
    one("roof by the kilogram", "0.area.roof", "5 kg/kW", "5 kg/kW", "5 kg/kW"),
    one("a kind of area the site lacks", "0.area", {"rof": "5 m2/kW"}, "site.area.rof", "rof",
        "measures[0].area"),
    one("an unknown degree of trust", "0.sources",
        [{"fields": ["lifetime"], "ref": "handbook", "trust": "gut feeling"}], "gut feeling",
        "gut feeling", "measures[0].sources[0].trust"),
    one("fixed costs twice", "0.fixed_om.cn", {"price": "1 CNY/kW/a", "share": 0.1}, "either",
        "1 CNY/kW/a", "measures[0].fixed_om.cn"),
    one("a converter that makes heat from nothing", "1.inputs", {}, "one carrier or more",
        "inputs", "measures[1].inputs"),
    one("an efficiency and a COP", "1.inputs.electricity.efficiency", 3, "exactly one of",
        "cop:", "measures[1].inputs.electricity"),
)  # fmt: skip
