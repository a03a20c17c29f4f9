"""The figures of the tiny run, each worked out from its inputs by hand."""

from __future__ import annotations

import numpy as np

YEARS = [2026, 2027]
HOURS = 4380.0
CARRIERS = ["electricity", "natural_gas", "heat"]
MEASURES = ["led", "pv", "battery"]
CAUSES = ["electricity:unclaimed", "electricity:contract:certificates", "electricity:own",
          "electricity:export"]  # fmt: skip
SOURCES = ["scope1:natural_gas", "scope2_location:electricity", "scope2_market:electricity"]

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
