"""Whole decisions that follow from a plan (marks and gates) are stored as the search left them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from optimizer import cli
from tests.cli.solving import small, solve, without_reports
from tests.packs import pack, rule
from tests.workspace import small_measures, write_workspace

FOREST = {
    "id": "forest", "kind": "credit", "name": {"en": "Forest", "zh": "林"}, "type": "removal",
    "price": "900 CNY/t",
}  # fmt: skip
NET = {2026: "6500 t", 2027: "4500 t"}


def decision_cost(
    folder: Path, method: str, *credits: str, capex: Any = None, **policy: Any
) -> float:
    """Of a plan that the verifier accepts, within 0.05 % of the best."""
    scenario = small(policy=policy, budget={} if capex is None else {"capex": capex})
    scenario["measures"]["offer"] = [*scenario["measures"]["offer"], *credits]
    rules = pack("own", rule("traceable_share", limit=0.2, applies_if=[above(10500)]))
    path = write_workspace(folder, scenario, [*small_measures(), FOREST], policies={"own": rules})
    run = folder / "run"
    assert solve(path, "--out", str(run), "--gap", "0.0005", "--method", method) == cli.FINE
    assert cli.run(["verify", str(run)]) == cli.FINE
    return float(json.loads((run / "summary.json").read_text("utf-8"))["decision_cost"])


def above(energy: float) -> dict[str, Any]:
    return {"quantity": "electricity_use", "comparison": "above", "value": f"{energy} MWh/a"}


POLICIES: dict[str, dict[str, Any]] = {
    "ceiling": {"net_target": NET, "ceiling": {"price": "300 CNY/t", "mode": "residual"}},
    "reduction": {"net_target": NET, "offset": {"share": 1.0, "basis": "reduction"}},
    "threshold": {"net_target": NET, "use": ["own"]},
}


@pytest.mark.parametrize("name", POLICIES)
def test_both_methods_store_the_marks_whole(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that the dispatch of the decomposed method's plan holds its marks: the year with
    credits is marked, and all its gross emissions count.

    With the mark free again, 1460 t of credits would need only 27 % of it (most credits 5.4 kt):
    1634 t counted instead of 5960 t at 300 a tonne, and a mark that rounds to none.
    """
    without_reports(monkeypatch)
    direct, decomposed = (
        decision_cost(tmp_path / method, method, "forest", **POLICIES[name])
        for method in ("direct", "decomposed")
    )
    assert decomposed == pytest.approx(direct, rel=1e-3)


def test_a_plan_that_is_the_baseline_has_no_cost_a_tonne(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that what two solves of one plant differ by is no reduction: without money or a limit
    that asks for anything, 5e-11 t of 15 kt were "reduced" at -2017 a tonne, and another figure in
    the verifier."""
    without_reports(monkeypatch)
    decision_cost(tmp_path, "direct", capex={2026: "0 CNY", 2027: "0 CNY"})
    worth = json.loads((tmp_path / "run" / "summary.json").read_text("utf-8"))["worth"]
    assert worth["abatement"]["per_tonne"] is None
    assert worth["abatement"]["per_discounted_tonne"] is None


def test_a_gate_of_a_site_without_credits_stays_shut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that a gate on credits with none on offer is stored as shut; stored as open, the
    verifier would miss the 10 % that last year's emissions must have fallen by."""
    without_reports(monkeypatch)
    offset = {"share": 0.1, "basis": "gross", "gate": {"reduction": 0.1}, "removal_share": 0.5}
    decision_cost(tmp_path, "direct", offset=offset)
