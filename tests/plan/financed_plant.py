"""The small plant with every mode of financing on offer, beside ownership."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.workspace import small_measures, small_scenario, write_workspace

THIRD, BOUGHT, LEASED, LET, SHARED, FEE = (
    "pv_third", "pv_bought", "hp_leased", "hp_let", "drives_shared", "drives_fee",
)  # fmt: skip
MODES = (THIRD, LEASED, LET, SHARED, FEE)


def mode(id: str, kind: str, term: str, **fields: Any) -> dict[str, Any]:
    """One entry of `financing`."""
    return {"id": id, "name": {"en": id, "zh": id}, "mode": kind, "term": term, **fields}


def financed_measures() -> list[dict[str, Any]]:
    """PV of a third party at 15 % off the tariff, for twenty years, or bought after six for 30 % of
    its price, which falls by 4 points a year; a heat pump leased for three years and then
    bought, or let for two years with its upkeep; drives under both kinds of performance contract,
    one handed over after four years for nothing."""
    pv, pump, drives = small_measures()
    pv["price_trend"] = {2025: 1.0, 2030: 0.8, "interpolate": "linear"}
    pv["financing"] = [
        mode(THIRD, "third_party", "20 a", discount=0.15),
        mode(BOUGHT, "third_party", "6 a", discount=0.15, buy_back={"share": 0.3}),
    ]
    pump["price_trend"] = {2025: 1.0, 2030: 0.8, "interpolate": "linear"}
    pump["financing"] = [
        mode(LEASED, "lease", "3 a", payment={"share": 0.12}, buy_back={"price": "900 CNY2025/kW"}),
        mode(LET, "lease", "2 a", payment={"price": "300 CNY2025/kW/a"}, maintenance="owner"),
    ]
    drives["fixed_om"] = {"any": {"price": "9000 CNY/a"}}
    drives["financing"] = [
        mode(SHARED, "shared_savings", "4 a", saving="600 kCNY/a", owner_share=0.7,
             buy_back={"share": 0}),
        mode(FEE, "guaranteed_savings", "5 a", fee="350 kCNY/a",
             buy_back={"fixed": "20 kCNY"}, maintenance="site"),
    ]  # fmt: skip
    return [pv, pump, drives]


def financed_scenario(*offer: str, end: str = "extended") -> dict[str, Any]:
    """Two typical days, 2026 to 2030, the tail to 2040; the measures and modes named on offer."""
    scenario = small_scenario()
    scenario["measures"]["offer"] = list(offer)
    scenario["time"]["periods"] = 1
    scenario["economics"]["discount_rate"] = 0.06
    scenario["carriers"]["electricity"]["residual"] = "0.61 kg/kWh"
    scenario["tariffs"]["electricity"]["adder"] = "0.05 CNY/kWh"
    scenario["policy"] = {"ledger": "market"}
    if end != "extended":
        scenario["horizon"] |= {"end": end}
        del scenario["horizon"]["evaluate_to"]
    return scenario


def financed_workspace(folder: Path, *offer: str, end: str = "extended", **changes: Any) -> Path:
    """The scenario's file; `changes` are top-level fields of the scenario."""
    folder.mkdir(parents=True, exist_ok=True)
    scenario = {**financed_scenario(*offer, end=end), **changes}
    return write_workspace(folder, scenario, financed_measures())
