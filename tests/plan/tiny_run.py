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

YEARS = [2026, 2027]
HOURS = 4380.0
CARRIERS = ["electricity", "natural_gas", "heat"]
MEASURES = ["led", "pv", "battery"]
CAUSES = ["electricity:unclaimed", "electricity:contract:certificates", "electricity:own",
          "electricity:export"]  # fmt: skip
SOURCES = ["scope1:natural_gas", "scope2_location:electricity", "scope2_market:electricity"]

SCENARIO = """
id: tiny
name: {en: Tiny, zh: 小厂}
currency: CNY
price_year: 2025
market: cn
horizon: {base_year: 2025, first: 2026, last: 2027, evaluate_to: 2028}
time: {periods: full, step: 60 min, profile_year: 2025}
economics: {discount_rate: 0.1}
site: {area: {roof: 20000 m2}, connection: 3 MW, grid_region: none}
base_year: {metered: {electricity: 13140 MWh/a, natural_gas: 21900 MWh/a}}
carriers:
  electricity:
    {name: {en: Power, zh: 电}, kind: electricity, scope: 2, residual: 0.6 t/MWh,
     factor: {2025: 0.5 t/MWh, 2026: 0.5 t/MWh, 2027: 0.48 t/MWh}}
  natural_gas: {name: {en: Gas, zh: 气}, kind: fuel, scope: 1, factor: 0.2 t/MWh}
  heat: {name: {en: Heat, zh: 热}, kind: heat}
services:
  - {id: lighting, name: {en: Light, zh: 照明}, carrier: electricity, demand: light}
  - {id: process_heat, name: {en: Heat, zh: 热}, carrier: heat, demand: hot}
assets:
  - {id: boiler, kind: converter, name: {en: Boiler, zh: 锅炉}, capacity: 5 MW, built: 2010,
     lifetime: 30 a, reference: heat, inputs: {natural_gas: {efficiency: 0.8}}, outputs: {heat: 1},
     fixed_om: 10 CNY/kW/a}
measures: {offer: [led, pv, battery, certificates, forest]}
tariffs:
  electricity:
    {series: tou, level: {2026: 1, 2027: 1.1}, export: {price: 200 CNY/MWh},
     demand_charge: {price: 40 CNY/kW/month, per: month}}
  natural_gas: {price: 300 CNY/MWh, adder: 10 CNY/MWh}
carbon: {price: 50 CNY/t, allocation: {type: fixed, amount: 4000 t}}
budget: {capex: {2026: 4 MCNY, 2027: 3 MCNY}}
grants:
  - {id: state, name: {en: State, zh: 国家}, measures: [led], share: 0.2, cap: 1 MCNY, first: 2026,
     last: 2026}
policy:
  use: [reduce_first]
  gross_cap: {2027: 7000 t}
  offset: {share: 0.05, basis: base_year, first_year: 2027, gate: {reduction: 0.1}}
data: {}
"""

POLICY = """
id: reduce_first
name: {en: Reduce first, zh: 先减后抵}
standing: company
issuer: {en: Own, zh: 本企业}
edition: "1"
valid: {from: "2026-01-01"}
sources: {own: {name: Own choice, trust: primary}}
rules:
  - {id: R-1, type: net_target, name: {en: Net, zh: 净}, severity: gate, trust: primary,
     source: [own], ledger: market, limit: {2027: 6650 t}}
  - {id: R-2, type: gross_cap, name: {en: Gross, zh: 总}, severity: gate, trust: primary,
     source: [own], ledger: market, limit: {2027: 1 t}}
"""

CATALOG = """
family: everything
measures:
  - {id: led, kind: saving, name: {en: LED, zh: 灯}, service: lighting, share: 0.5, lifetime: 10 a,
     capex: {any: {price: 500 CNY/MWh, basis: annual_saving}}, fixed_om: {any: {share: 0.02}}}
  - {id: pv, kind: generator, name: {en: PV, zh: 光伏}, output: electricity, availability: sun,
     capacity: {max: 4 MW}, capex: {cn: {price: 3000 CNY/kW}, eu: {price: 1 EUR/kW}},
     fixed_om: {cn: {price: 30 CNY/kW/a}}, price_trend: {2026: 1, 2027: 0.9}, lifetime: 20 a,
     lead_time: 0.5 a, area: {roof: 10 m2/kW}}
  - {id: battery, kind: storage, name: {en: Battery, zh: 电池}, carrier: electricity, duration: 4 h,
     efficiency_charge: 0.9, capacity: {min: 500 kWh, max: 2 MWh}, lifetime: 10 a,
     capex: {any: {points: [{at: 500 kWh, price: 1600 CNY/kWh}, {at: 2 MWh, total: 2.4 MCNY}]}},
     fixed_om: {any: {price: 5000 CNY/a}}, variable_om: 20 CNY/MWh}
  - {id: certificates, kind: contract, name: {en: Certificates, zh: 绿证}, carrier: electricity,
     form: attributes, capacity: {max: 5 GWh/a}, premium: 10 CNY/MWh, traceable: false}
  - {id: forest, kind: credit, name: {en: Forest, zh: 林}, type: removal, price: 100 CNY/t}
"""

SERIES = {"light": (2, 1), "hot": (1, 3), "sun": (0, 0.6), "tou": (600, 300)}
SERIES_EXCESS = {"lighting.excess": (0.2, 0.0)}

Values = dict[str, tuple[tuple[str, ...], np.ndarray]]


def _steps(*years: tuple[float, float]) -> np.ndarray:
    """(years, 365, 2) from one day a year."""
    return np.repeat(np.array(years, float)[:, None, :], 365, axis=1)


def recovery(life: int) -> float:
    """Capital recovery factor at 10 %."""
    return 0.1 / (1 - 1.1**-life)


def plan_values() -> Values:
    """Decisions and ledgers of the plan.

    Peak: 1.05 + excess 0.2 x 0.5 = 1.15 MW. Purchased: gas 5 x 4380 = 21,900 MWh; electricity
    1.505 x 4380 = 6,591.9 and 1.105 x 4380 = 4,839.9 MWh. Scope 1: 0.2 x 21,900 = 4,380 t.
    Location: 0.5 x 6,591.9 = 3,295.95 and 0.48 x 4,839.9 = 2,323.152 t. Market: 0.6 x 6,591.9 =
    3,955.14 and 0.6 x (4,839.9 - 1,000) = 2,303.94 t. Gross: 8,335.14 and 6,683.94 t, net 50 t of
    credits less in 2027. Of 2027's power 3,839.9 MWh are unclaimed, 1,000 claimed, and 0.4 x 4380 =
    1,752 MWh generated. Base year: 4,380 + 0.6 x 13,140 = 12,264 t; the gate is 0.9 of that.
    LED: 500 x 0.5 x 13,140 = 3,285,000. PV: 0.9 x 3e6. Battery of 1 MWh between 0.5 MWh at 800,000
    and 2 MWh at 2,400,000: 800,000 + 1,600,000 / 3.
    """
    zero = _steps((0, 0), (0, 0))
    bought = _steps((1.05, 0.455), (1.05, 0.055))
    gas = _steps((1.25, 3.75), (1.25, 3.75))
    per_measure, causes = ("measure", "year"), ("cause", "year")
    stepwise = ("year", "period", "step")
    built = np.array([[1.0, 0], [0, 1.0], [1.0, 0]])
    standing = np.array([[1.0, 1], [0, 1], [1, 1]])
    peak = np.zeros((3, 2, 12))
    peak[0] = 1.15
    nan = np.nan
    return {
        "build": (per_measure, built),
        "added": (per_measure, built.copy()),
        "installed": (per_measure, standing),
        "overnight": (per_measure, np.array([[3.285e6, 0], [0, 2.7e6], [8e5 + 1.6e6 / 3, 0]])),
        "asset_old": (("asset", "year"), np.ones((1, 2))),
        "asset_renewed": (("asset", "year"), np.zeros((1, 2))),
        "asset_retired": (("asset", "year"), np.zeros((1, 2))),
        "remaining": (("use", "year"), np.array([[0.5, 0.5], [1, 1]])),
        "signed": (("contract", "year"), np.array([[0, 1000.0]])),
        "contracted": (("contract", "year"), np.array([[0, 1000.0]])),
        "claimed": (("contract", "year"), np.array([[0, 1000.0]])),
        "credits": (("credit", "year"), np.array([[0, 50.0]])),
        "gate_open": (("year",), np.array([0.0, 1])),
        "granted": (("grant", *per_measure), np.array([[[657e3, 0], [0, 0], [0, 0]]])),
        "peak": (("carrier", "year", "month"), peak),
        "flow": (("unit", *stepwise), np.array([_steps((1, 3), (1, 3)), _steps((0, 0), (0, 0.4))])),
        "charge": (("storage", *stepwise), np.array([_steps((0.05, 0), (0.05, 0))])),
        "discharge": (("storage", *stepwise), np.array([_steps((0, 0.045), (0, 0.045))])),
        "level": (("storage", *stepwise), np.array([_steps((0.54, 0), (0.54, 0))])),
        "import": (("carrier", *stepwise), np.array([bought, gas, zero])),
        "export": (("carrier", *stepwise), np.array([zero, zero, zero])),
        "vent": (("carrier", *stepwise), np.array([zero, zero, zero])),
        "delivered": (("contract", *stepwise), np.array([zero])),
        "scope1": (("year",), np.array([4380.0, 4380])),
        "scope2_location": (("year",), np.array([3295.95, 2323.152])),
        "scope2_market": (("year",), np.array([3955.14, 2303.94])),
        "gross": (("year",), np.array([8335.14, 6683.94])),
        "removal": (("year",), np.zeros(2)),
        "net": (("year",), np.array([8335.14, 6633.94])),
        "gross_cap": (("year",), np.array([nan, 7000])),
        "net_target": (("year",), np.array([nan, 6650])),
        "offset_share": (("year",), np.array([0, 50 / 12264])),
        "offset_share_bound": (("year",), np.array([0.05, 0.05])),
        "purchased": (
            ("carrier", "year"),
            np.array([[6591.9, 4839.9], [21900.0, 21900], [0, 0]]),
        ),
        "unmet": (("carrier", "year"), np.zeros((3, 2))),
        "carbon_covered": (("year",), np.array([4380.0, 4380])),
        "carbon_allocated": (("year",), np.array([4000.0, 4000])),
        "allowances_bought": (("year",), np.array([380.0, 380])),
        "emitted": (
            ("source", "year"),
            np.array([[4380.0, 4380], [3295.95, 2323.152], [3955.14, 2303.94]]),
        ),
        "cause_energy": (causes, np.array([[6591.9, 3839.9], [0, 1000], [0, 1752], [0, 0]])),
        "cause_location": (causes, np.array([[3295.95, 1843.152], [0, 480], [0, 0], [0, 0]])),
        "cause_market": (causes, np.array([[3955.14, 2303.94], [0, 0], [0, 0], [0, 0]])),
    }


def plan_costs() -> dict[tuple[str, str], tuple[float, float]]:
    """Cost lines of the plan, money of 2026 and 2027; the grant is paid once, the rest recurs.

    Grant: 657,000 x CRF(10 %, 10) x (1 + 1/1.1 + 1/1.21), the three counted years of the LEDs.

    Energy: 4380 x (600 x 1.05 + 300 x 0.455) and 1.1 x 4380 x (600 x 1.05 + 300 x 0.055); gas
    310 x 21,900. Peak: 480,000 x 1.15. Carbon: 50 x (4380 - 4000). Battery O&M: 20 x 0.045 x 4380.
    """
    battery = 8e5 + 1.6e6 / 3
    led = recovery(10) * 3.285e6
    grant = recovery(10) * 657e3 * (1 + 1 / 1.1 + 1 / 1.21)
    return {
        ("capital", "led"): (led, led),
        ("grants", "led"): (-grant, 0),
        ("capital", "pv"): (0, recovery(20) * 2.7e6),
        ("capital", "battery"): (recovery(10) * battery, recovery(10) * battery),
        ("fixed_om", "led"): (0.02 * 3.285e6, 0.02 * 3.285e6),
        ("fixed_om", "pv"): (0, 30e3),
        ("fixed_om", "battery"): (5e3, 5e3),
        ("fixed_om", "boiler"): (50e3, 50e3),
        ("variable_om", "battery"): (20 * 0.045 * HOURS, 20 * 0.045 * HOURS),
        ("energy", "electricity"): (HOURS * 766.5, 1.1 * HOURS * 646.5),
        ("energy", "natural_gas"): (310 * 21900, 310 * 21900),
        ("demand_charge", "electricity"): (480e3 * 1.15, 480e3 * 1.15),
        ("contracts", "certificates"): (0, 10 * 1000),
        ("carbon", "scope1"): (50 * 380, 50 * 380),
        ("credits", "forest"): (0, 100 * 50),
    }


def baseline_values() -> Values:
    """Without LED, PV, battery: import 2 | 1, peak 2.2, 3 x 4380 = 13,140 MWh, all unclaimed."""
    values = plan_values()
    for name in ("build", "added", "installed", "overnight", "granted", "signed", "contracted"):
        values[name][1][:] = 0
    for name in ("claimed", "credits", "gate_open", "charge", "discharge", "level"):
        values[name][1][:] = 0
    values["remaining"][1][:] = 1
    values["flow"][1][1] = 0
    values["import"][1][0] = _steps((2, 1), (2, 1))
    values["peak"][1][0] = 2.2
    values["purchased"][1][0] = 13140
    values["scope2_location"][1][:] = (6570, 0.48 * 13140)
    values["scope2_market"][1][:] = 7884
    values["emitted"][1][1:] = [(6570, 0.48 * 13140), (7884, 7884)]
    values["cause_energy"][1][:] = values["cause_location"][1][:] = 0
    values["cause_market"][1][:] = 0
    values["cause_energy"][1][0] = 13140
    values["cause_location"][1][0] = (6570, 0.48 * 13140)
    values["cause_market"][1][0] = 7884
    values["gross"][1][:] = values["net"][1][:] = 12264
    for name in ("gross_cap", "net_target", "offset_share_bound"):
        values[name][1][:] = np.nan
    values["offset_share"][1][:] = 0
    return values


def baseline_costs() -> dict[tuple[str, str], tuple[float, float]]:
    """Boiler, 4380 x (600 x 2 + 300 x 1) of power, gas, peak 2.2 MW, carbon."""
    return {
        ("fixed_om", "boiler"): (50e3, 50e3),
        ("energy", "electricity"): (HOURS * 1500, 1.1 * HOURS * 1500),
        ("energy", "natural_gas"): (310 * 21900, 310 * 21900),
        ("demand_charge", "electricity"): (480e3 * 2.2, 480e3 * 2.2),
        ("carbon", "scope1"): (50 * 380, 50 * 380),
    }


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
