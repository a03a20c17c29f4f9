"""A plant that can be worked out by hand, as a lender sees it: two years, every hour alike.

Heat of 3 MW: in the baseline from a gas boiler at 0.9, in the plan from a heat pump at 1 MW of
power; an electrolyser turns 5.2 MW into hydrogen at 52 kWh/kg (33.33/52 = 0.64096). Grid 0.5 t/MWh,
gas 0.2 t/MWh. Prices of 2025, no inflation unless told.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from optimizer.inputs.loan_evidence import Evidence, Shown
from optimizer.loans.judge import Asking, judge
from optimizer.loans.refrigerants import warming_potentials
from optimizer.loans.subject import Subject
from optimizer.loans.verdict import Finding
from optimizer.plan.store import Run
from optimizer.plan.verify.given import Given
from optimizer.schema.loan_evidence import EvidenceItem
from optimizer.schema.loan_pack import LoanPack
from optimizer.schema.measure import Measure, MeasureFile
from optimizer.schema.scenario import Scenario
from tests.packs import pack

ROOT = Path(__file__).resolve().parents[2]
YEARS = [2026, 2027]
CASH_YEARS = list(range(2026, 2041))
HOURS = 8760.0
LOAN: dict[str, Any] = {"amount": "4 MCNY", "tenor": "5 a", "rate": 0.04}
HYDROGEN_PER_POWER = 33.33 / 52
CARRIERS = ("electricity", "natural_gas", "coal", "heat_90c", "hydrogen")


def _name(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


def carriers(grid: float = 0.5) -> dict[str, Any]:
    """What the plant buys and makes, on power of a factor [t/MWh]."""
    found: dict[str, dict[str, Any]] = {
        "electricity": {"kind": "electricity", "scope": 2, "factor": f"{grid!r} t/MWh"},
        "natural_gas": {"kind": "fuel", "scope": 1, "factor": "0.2 t/MWh"},
        "coal": {"kind": "fuel", "scope": 1, "factor": "0.34 t/MWh"},
        "heat_90c": {"kind": "heat"},
        "hydrogen": {"kind": "hydrogen"},
    }
    return {name: {"name": _name(name), **each} for name, each in found.items()}


def scenario(**changes: Any) -> Scenario:
    """The plant as a file says it."""
    raw: dict[str, Any] = {
        "id": "plant", "name": _name("Plant"), "currency": "CNY", "price_year": 2025,
        "market": "cn",
        "horizon": {"base_year": 2025, "first": 2026, "last": 2027, "evaluate_to": 2040},
        "time": {"profile_year": 2025}, "economics": {"discount_rate": 0.06},
        "site": {"connection": "20 MW", "grid_region": "test"},
        "base_year": {"metered": {"natural_gas": "29200 MWh/a"}},
        "carriers": carriers(),
        "services": [{"id": "heating", "name": _name("Heat"), "carrier": "heat_90c",
                      "demand": "heat"}],
        "assets": [{"id": "boiler", "kind": "converter", "name": _name("Boiler"),
                    "capacity": "5 MW", "built": 2010, "lifetime": "30 a",
                    "reference": "heat_90c", "inputs": {"natural_gas": {"efficiency": 0.9}},
                    "outputs": {"heat_90c": 1}}],
        "measures": {"offer": ["heat_pump", "electrolyser", "coal_boiler", "ppa", "forest"]},
        "tariffs": {"electricity": {"price": "600 CNY/MWh"},
                    "natural_gas": {"price": "300 CNY/MWh"}, "coal": {"price": "90 CNY/MWh"}},
        "loan": LOAN,
    }  # fmt: skip
    return Scenario.model_validate({**raw, **changes})


def measures() -> dict[str, Measure]:
    """A heat pump, a boiler and savings of 10 years, an electrolyser of 20, a direct line,
    credits."""
    built: dict[str, Any] = {"capacity": {"max": "10 MW"}, "lifetime": "10 a",
                             "capex": {"any": {"price": "1000 CNY/kW"}}}  # fmt: skip
    raw: list[dict[str, Any]] = [
        {"id": "heat_pump", "kind": "converter", "tags": ["heat_pump"], "reference": "heat_90c",
         "inputs": {"electricity": {"ratio": 1 / 3}}, "outputs": {"heat_90c": 1}, **built},
        {"id": "electrolyser", "kind": "converter", "tags": ["hydrogen"],
         "reference": "electricity", "inputs": {"electricity": 1},
         "outputs": {"hydrogen": HYDROGEN_PER_POWER}, **built, "lifetime": "20 a"},
        {"id": "coal_boiler", "kind": "converter", "tags": ["boiler"], "reference": "heat_90c",
         "inputs": {"coal": {"efficiency": 0.85}}, "outputs": {"heat_90c": 1}, **built},
        {"id": "gas_chiller", "kind": "saving", "service": "heating", "share": 0.1,
         "adds": {"natural_gas": 0.05}, "lifetime": "10 a",
         "capex": {"any": {"fixed": "1 MCNY"}}},
        {"id": "control", "kind": "saving", "service": "heating", "share": 0.1,
         "adds": {"electricity": 0.05}, "lifetime": "10 a",
         "capex": {"any": {"fixed": "1 MCNY"}}},
        {"id": "ppa", "kind": "contract", "carrier": "electricity", "form": "energy",
         "capacity": {"max": "90 GWh/a"}, "price": "500 CNY/MWh", "traceable": True},
        {"id": "forest", "kind": "credit", "type": "removal", "price": "80 CNY/t"},
    ]  # fmt: skip
    read = MeasureFile.model_validate(
        {"family": "test", "measures": [{"name": _name(each["id"]), **each} for each in raw]}
    )
    return {measure.id: measure for measure in read.measures}


def dataset(
    flows: Mapping[str, float],
    bought: Mapping[str, float],
    cash: Mapping[tuple[str, str], Mapping[int, float]],
    *,
    delivered: float = 0.0,
    tonnes: float = 0.0,
    credits: float = 0.0,
    target: float = np.nan,
) -> xr.Dataset:
    """A stored plan: MW by unit and carrier, cash by (class, item) and year, t a year."""
    units = ["boiler", "heat_pump", "electrolyser", "coal_boiler"]
    step = ("year", "period", "step")

    def flat(values: list[float]) -> np.ndarray:
        return np.array(values)[:, None, None, None] * np.ones((1, 2, 1, 1))

    amounts = [[money.get(year, 0.0) for year in CASH_YEARS] for money in cash.values()]
    timing = ["year_start" if kind in ("overnight", "grants") else "year_end" for kind, _ in cash]
    bought_power = bought.get("electricity", 0.0)
    energy = np.array([bought.get(name, 0.0) * HOURS for name in CARRIERS])
    data = xr.Dataset(
        {
            "flow": (("unit", *step), flat([flows.get(unit, 0.0) for unit in units])),
            "import": (("carrier", *step), flat([bought.get(name, 0.0) for name in CARRIERS])),
            "delivered": (("contract", *step), flat([delivered])),
            "purchased": (("carrier", "year"), energy[:, None] * np.ones((1, 2))),
            "remaining": (("use", "year"), np.ones((1, 2))),
            "gross": ("year", [tonnes, tonnes]),
            "scope1": ("year", [tonnes - bought_power * 0.5 * HOURS] * 2),
            "scope2_location": ("year", [bought_power * 0.5 * HOURS] * 2),
            "removal": ("year", [0.0, 0.0]),
            "net_target": ("year", [target, target]),
            "credits": (("credit", "year"), [[credits, credits]]),
            "cash": (("cash_line", "cash_year"), np.array(amounts).reshape(-1, len(CASH_YEARS))),
            "remaining_value": ("cash_line", np.zeros(len(cash))),
            "weight": ("period", [365.0]),
            "period_of_day": ("day", np.zeros(365, int)),
            "day_of_period": ("period", [0]),
        },
        coords={
            "year": YEARS, "unit": units, "carrier": list(CARRIERS), "contract": ["ppa"],
            "credit": ["forest"], "use": ["heating"], "cash_year": CASH_YEARS,
            "cash_line": [f"{kind}:{item}" for kind, item in cash],
            "cash_class": ("cash_line", [kind for kind, _ in cash]),
            "cash_item": ("cash_line", [item for _, item in cash]),
            "cash_timing": ("cash_line", timing),
        },
        attrs={"dt": 24.0, "base_emissions": 10000.0},
    )  # fmt: skip
    data["cash"].attrs = {"units": "CNY", "discount_rate": 0.06, "base_year": 2025}
    return data


def every_year(money: float) -> dict[int, float]:
    """The same cash in each year, the tail's too."""
    return dict.fromkeys(CASH_YEARS, money)


SHARES = {"items": [{"id": "heat_pump", "saving": 3e6, "tonnes": 21900.0}]}
"""All of the plan's 1460 t a year for the 15 years counted."""
BASELINE_CASH = {("energy", "natural_gas"): every_year(-9e6)}
PLAN_CASH: dict[tuple[str, str], dict[int, float]] = {
    ("overnight", "heat_pump"): {2026: -5e6},
    ("energy", "natural_gas"): every_year(-8e6),
}
"""The plan saves 1 MCNY a year for 5 MCNY."""


def subject(
    *,
    flows: Mapping[str, float] | None = None,
    bought: Mapping[str, float] | None = None,
    cash: Mapping[tuple[str, str], Mapping[int, float]] | None = None,
    evidence: tuple[Shown, ...] = (),
    changes: Mapping[str, Any] | None = None,
    summary: Mapping[str, Any] | None = None,
    shares: dict[str, Any] | None = None,
    **plan: float,
) -> Subject:
    """The plan beside its baseline of 5840 t; defaults: the heat pump alone."""
    given_scenario = scenario(**(changes or {}))
    given = Given(given_scenario, given_scenario.policy, (), measures(), {})
    baseline = dataset({"boiler": 3.0}, {"natural_gas": 3.0 / 0.9}, BASELINE_CASH, tonnes=5840.0)
    made = dataset(
        flows or {"heat_pump": 3.0}, bought or {"electricity": 1.0}, cash or PLAN_CASH,
        **{"tonnes": 4380.0, **plan},
    )  # fmt: skip
    run = Run(Path("plant-1"), made, baseline, dict(summary or {}), shares=shares)
    documents = Evidence("e.yaml", evidence)
    return Subject(run, given, given_scenario.loan, documents, warming_potentials(ROOT))


def shown(id: str, value: str, measure: str | None = None, **fields: Any) -> Shown:
    """A document that states a value."""
    item = EvidenceItem.model_validate(
        {"id": id, "measure": measure, "document": "d.pdf", "sha256": "0" * 64, "clause": "1",
         "value": value, "dated": date(2026, 1, 1), **fields}
    )  # fmt: skip
    return Shown(item, "holds")


def found(subject: Subject, raw: dict[str, Any], measure: str | None = None) -> Finding:
    """The finding of one raw rule for a measure, the plan or the loan."""
    read = LoanPack.model_validate(pack("one", raw, standing="lender"))
    (rule,) = read.rules
    about = next((each for each in subject.measures if each.id == measure), None)
    return judge(subject, Asking("one", read.valid, rule, rule.trust), about)
