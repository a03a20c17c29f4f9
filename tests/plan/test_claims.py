"""Claims of a stored plan: settled where the model leaves them open, and counted once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer.errors import InputErrors
from optimizer.files.netcdf import read_netcdf
from optimizer.inputs import case as c
from optimizer.inputs.assemble import assemble
from optimizer.inputs.baseline import baseline_case
from optimizer.inputs.load import load
from optimizer.plan.extract import extract
from optimizer.plan.verify import verify
from tests import held
from tests import plants as p
from tests.model.solving import close, solved
from tests.model.test_purchase import BOTH, HOURS, buyer, contract
from tests.plan.solved import write_solved
from tests.workspace import put, small_measures, small_scenario, write_workspace


def paper(id: str, volume: float, factor: float, **fields: Any) -> c.ContractOption:
    """Certificates in force today, free of charge, in all years."""
    return contract(
        BOTH, id=id, form="attributes", pay="contracted", price=0.0, lower=volume, upper=volume,
        factor=factor, in_force=True, **fields,
    )  # fmt: skip


def claimed(case: c.Case) -> dict[str, list[float]]:
    plan = extract(solved(case))
    return {str(g): list(plan["claimed"].sel(contract=g).values) for g in plan["contract"].values}


def test_a_plan_claims_what_it_may_though_no_rule_asks() -> None:
    """Proves the cleanest first, within what is bought: of 8,760 MWh 6,000 at 0 and 2,760 of 5,000
    at 0.2 t/MWh; 552 t by market. One at 0.6, above the residual 0.5, is never claimed."""
    deals = (paper("grey", 5000.0, 0.2), paper("green", 6000.0, 0.0), paper("coal", 9e3, 0.6))
    case = replace(buyer(deals[0], BOTH), contracts=deals, policy=p.no_policy(BOTH))
    found = claimed(case)
    assert found["green"] == [close(6000)] * 2
    assert found["grey"] == [close(2760)] * 2
    assert extract(solved(case))["scope2_market"].values.tolist() == [close(552)] * 2
    assert found["coal"] == [close(0)] * 2


def test_credits_in_the_other_ledger_leave_claims_alone() -> None:
    """Proves that 380 t of credits against 4,380 t by location are no reason to claim less: the
    6,000 MWh in force are claimed in both years."""
    credit = c.CreditOption("q", p.name("q"), "avoidance", p.by_year(40.0, BOTH), (None, None), 0)
    policy = p.no_policy(BOTH, net_target=(4000.0, 4000.0))
    deal = paper("green", 6000.0, 0.0)
    case = replace(buyer(deal, BOTH), credits=(credit,), policy=policy)
    assert solved(case).yearly("credits")["q", 2026] == close(380)
    assert claimed(case)["green"] == [close(6000)] * 2


def test_claims_stay_as_chosen_where_a_rise_is_judged() -> None:
    """Proves that a gate on rises keeps its year before: 2026 must be allowed to leave claims, for
    what 2027 emits is held against it."""
    rule = held.never_rises((None, 1.0), 1e6, ledger="market")
    policy = p.no_policy(BOTH, ledger="market", held=(rule,))
    deal = paper("green", 6000.0, 0.0)
    case = buyer(deal, BOTH, [1.0, 1.2], policy=policy)
    plan = extract(solved(case))
    gross = plan["gross"].values
    assert gross[1] <= gross[0] * (1 + 1e-6)


def test_the_baseline_keeps_a_contract_to_its_last_year() -> None:
    """Proves 1,000 MWh in 2026 and none in 2027, with nothing signed beside it, though it is free
    and 8,760 MWh could be signed: its claims are 500 t in 2026 alone."""
    deal = replace(paper("green", 1000.0, 0.0, last_in_force=0), upper=8760.0)
    plan = extract(solved(baseline_case(buyer(deal, BOTH))))
    assert plan["contracted"].values[0].tolist() == [close(1000), close(0)]
    assert plan["signed"].values[0].tolist() == [0.0, 0.0]
    least = 0.5 * HOURS
    assert plan["scope2_market"].values.tolist() == [close(least - 500), close(least)]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plant over two years, with certificates of 2 GWh in force up to 2026."""
    folder = tmp_path_factory.mktemp("in_force")
    scenario: dict[str, Any] = small_scenario()
    scenario["horizon"] |= {"last": 2027, "evaluate_to": 2030}
    scenario["time"]["periods"] = 1
    factor = {2025: "0.61 kg/kWh", "interpolate": "step"}
    scenario["carriers"]["electricity"]["residual"] = factor
    scenario["policy"] = {"ledger": "market"}
    scenario["contracts_in_force"] = ["old"]
    old = {
        "id": "old", "name": {"en": "Old", "zh": "旧"}, "kind": "contract", "form": "attributes",
        "carrier": "electricity", "capacity": {"min": "2 GWh/a", "max": "3 GWh/a"},
        "premium": "5 CNY/MWh", "in_force_until": 2026, "tenor": "5 a",
    }  # fmt: skip
    scenario["measures"]["offer"].append("old")
    path = write_workspace(folder, scenario, [*small_measures(), old])
    return write_solved(path, folder / "run", {})


def test_the_base_year_has_the_contracts_in_force(run: Path) -> None:
    """Proves that nothing is claimed anew: the base year's 8,760 MWh hold the 2,000 claimed, 0.61 x
    6,760 = 4,123.6 t and 0.202 x 19,467 t of gas; so do plan and baseline in 2026, not in 2027."""
    report = verify(run)
    assert report.ok, report.failed

    for name in ("plan", "baseline"):
        data = read_netcdf(run / f"{name}.nc")
        base = float(data.attrs["base_emissions"])
        assert base == close(0.61 * 6_760 + 0.202 * 19_467)
        assert data["contracted"].values[0].tolist() == [close(2000), close(0)]
        np.testing.assert_allclose(data["claimed"].values[0], [2000, 0], atol=1e-6)


def test_a_last_year_needs_a_contract_in_force(tmp_path: Path) -> None:
    """Proves that the year touches something: without contracts_in_force it is told."""

    scenario = put(small_scenario(), "measures.offer", ["pv_roof", "heat_pump", "motor_saving"])
    deal = {
        "id": "old", "name": {"en": "Old", "zh": "旧"}, "kind": "contract", "form": "attributes",
        "carrier": "electricity", "capacity": {"max": "3 GWh/a"}, "premium": "5 CNY/MWh",
        "in_force_until": 2026,
    }  # fmt: skip
    scenario["measures"]["offer"].append("old")
    path = write_workspace(tmp_path, scenario, [*small_measures(), deal])
    with pytest.raises(InputErrors, match="in_force_until"):
        assemble(load(path))
