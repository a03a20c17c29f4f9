"""The factory that only keeps what it has."""

from __future__ import annotations

from pathlib import Path

from optimizer.inputs.baseline import baseline_case
from optimizer.inputs.case import Case
from tests.inputs.assembling import NAME, case_of, changed
from tests.workspace import small_measures


def whole_case(folder: Path) -> Case:
    """The small plant with a contract in force, one on offer, a credit, rules and a budget."""
    contract = {
        "name": NAME,
        "kind": "contract",
        "carrier": "electricity",
        "form": "energy",
        "capacity": {"min": "1 GWh/a", "max": "5 GWh/a"},
        "price": "0.45 CNY/kWh",
        "traceable": True,
    }
    credit = {"id": "c", "name": NAME, "kind": "credit", "type": "avoidance", "price": "60 CNY/t"}
    measures = [*small_measures(), {**contract, "id": "kept"}, {**contract, "id": "new"}, credit]
    scenario = changed(
        policy={
            "gross_cap": "8 kt",
            "net_target": "7 kt",
            "offset": {"share": 0.1, "basis": "base_year", "gate": {"reduction": 0.3}},
        },
        budget={"capex": "1 MCNY", "exempt_renewals": True},
        carbon={"price": "80 CNY/t"},
        contracts_in_force=["kept"],
    )
    scenario["measures"]["offer"] += ["kept", "new", "c"]
    return case_of(folder, scenario, measures)


def test_only_what_stands_today_remains(tmp_path: Path) -> None:
    """Proves measures, savings, credits and grants go, with their step units; the boiler's old and
    renewed units stay, and no asset is free to retire."""
    baseline = baseline_case(whole_case(tmp_path))
    gone = (baseline.measures, baseline.savings, baseline.credits, baseline.grants)
    assert gone == ((), (), (), ())
    assert [unit.id for unit in baseline.units] == ["gas_boiler", "gas_boiler.renewed"]
    assert [asset.free for asset in baseline.assets] == [False]


def test_contracts_in_force_stay_at_their_lower_size(tmp_path: Path) -> None:
    """Proves 1 GWh/a, neither less nor more, of the one in force; the one on offer goes."""
    (kept,) = baseline_case(whole_case(tmp_path)).contracts
    assert (kept.id, kept.lower, kept.upper) == ("kept", 1000, 1000)


def test_rules_go_and_prices_stay(tmp_path: Path) -> None:
    """Proves caps, offset rules and budget are off, while carbon price, tariffs, ledger and the
    base year's emissions are those of the case."""
    case = whole_case(tmp_path)
    baseline = baseline_case(case)
    none = (None,) * 5
    policy = baseline.policy
    assert (policy.gross_cap, policy.net_target, policy.offset_share) == (none, none, none)
    assert (policy.offset_basis, policy.gate_reduction) == (None, None)
    assert (baseline.budget.capex, baseline.budget.exempt_renewals) == (none, False)
    assert policy.base_emissions == case.policy.base_emissions
    assert policy.ledger == case.policy.ledger
    assert baseline.carbon is case.carbon
    assert baseline.carriers is case.carriers
    assert baseline.series is case.series


def test_the_case_itself_is_untouched(tmp_path: Path) -> None:
    """Proves the baseline is a new object: the case still has its measures and caps."""
    case = whole_case(tmp_path)
    baseline_case(case)
    assert len(case.measures) == 3
    assert case.policy.gross_cap == (8000,) * 5
    assert case.assets[0].free
