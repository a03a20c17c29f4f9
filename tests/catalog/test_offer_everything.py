"""Every measure of the catalog can be offered: its carriers, units and prices fit a case."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from optimizer.inputs.assemble import assemble
from optimizer.inputs.case import Case
from optimizer.inputs.catalog_files import read_catalog
from optimizer.inputs.load import load
from tests.workspace import small_scenario, write_workspace, write_yaml

ROOT = Path(__file__).resolve().parents[2]
FUELS = ("natural_gas", "biomass", "biogas", "diesel")
HEATS = ("heat_60c", "heat_120c", "heat_150c", "heat_180c", "heat_1000c", "steam", "cooling")
WASTE = ("waste_heat_40c", "waste_heat_80c", "waste_heat_100c")
SERVICES = ("lighting", "ventilation", "compressed_air", "steam_network", "transport", "forklifts")


def _carrier(name: str, kind: str) -> dict[str, Any]:
    return {"name": {"en": name, "zh": name}, "kind": kind}


def _offering(scenario: dict[str, Any], market: str, names: list[str]) -> dict[str, Any]:
    """`scenario` with each carrier, service, series, area and currency that the catalog names."""
    scenario["market"] = market
    scenario["economics"]["exchange"] = {"EUR": 7.8, "USD": 7.2}
    scenario["economics"]["deflator"] = {"EUR": {2025: 1.0}, "USD": {2025: 1.0}}
    scenario["site"]["area"] |= {"ground": "9000 m2", "parking": "3000 m2"}
    for name in FUELS:
        fuel = _carrier(name, "fuel") | {"scope": 1, "factor": "0.2 kg/kWh"}
        scenario["carriers"].setdefault(name, fuel)
        scenario["tariffs"].setdefault(name, {"price": "0.4 CNY/kWh"})
    scenario["carriers"] |= {name: _carrier(name, "heat") for name in (*HEATS, *WASTE)}
    scenario["carriers"]["hydrogen"] = _carrier("hydrogen", "hydrogen")
    scenario["tariffs"] |= {name: {"price": "0 CNY/kWh", "limit": "1 MW"} for name in WASTE}
    motors = scenario["services"][0]
    scenario["services"] += [motors | {"id": name} for name in SERVICES]
    sun = scenario["data"]["pv_roof"]
    scenario["data"] |= {"wind": sun, "solar_heat": sun | {"unit": "kW/m2"}}
    part = {"en": "part", "zh": "件"}
    scenario["production"] = {"name": part, "amount": "9000 unit/a"}
    steel = {"id": "steel", "name": part, "amount": "2 kg/unit", "factor": "1.4 kg/kg"}
    scenario["materials"] = [steel | {"source": "a test", "trust": "unconfirmed"}]
    scenario["measures"] = {"offer": names}
    return scenario


@pytest.mark.parametrize("market", ["eu", "cn"])
def test_each_measure_with_a_price_fits_a_factory(market: str, tmp_path: Path) -> None:
    """Proves that all measures pass the cross-checks and become part of the case.

    A carrier spelt two ways, a price in the wrong unit, a share above its source or a yearly table
    that ends too early would be an input error here, with the measure's name.
    """
    entries = read_catalog(ROOT).entries
    names = sorted(name for name, entry in entries.items() if _has_price(entry.measure, market))
    path = write_workspace(tmp_path)
    shutil.rmtree(tmp_path / "technology_catalog")
    shutil.copytree(ROOT / "technology_catalog", tmp_path / "technology_catalog")
    write_yaml(path, _offering(small_scenario(), market, names))
    case: Case = assemble(load(path))
    built = {measure.id for measure in case.measures}
    contracts = {each.id for each in (*case.contracts, *case.material_contracts)}
    assert built | contracts | {credit.id for credit in case.credits} == set(names)


def _has_price(measure: Any, market: str) -> bool:
    """Whether it is built for money of this market; contracts and credits always are."""
    capex = getattr(measure, "capex", None)
    return capex is None or getattr(capex, market) is not None or capex.any is not None
