"""Carbon per tce that more energy keeps: flagged in tonnes and tce, by command, JSON and report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from optimizer import cli
from optimizer.plan.judge import judge
from tests.cli.solving import QUICK, small
from tests.packs import pack, rule
from tests.workspace import small_measures, write_workspace

Captured = pytest.CaptureFixture[str]
BOILER = {
    "id": "electric_boiler", "kind": "converter", "name": {"en": "Electric boiler", "zh": "电锅炉"},
    "reference": "heat_90c", "inputs": {"electricity": {"efficiency": 1.0}},
    "outputs": {"heat_90c": 1}, "capacity": {"min": "0 MW", "max": "3 MW"},
    "capex": {"cn": {"price": "400 CNY2025/kW"}}, "lifetime": "20 a",
}  # fmt: skip


def solved(folder: Path, limit: str, *offer: str) -> Path:
    """A run of the small plant under a limit on carbon per tce, on a grid of 0.45 t/MWh."""
    ratio = rule("carbon_per_tce", "N-02", ledger="location", electricity="equivalent",
                 conversion="0.2856 kgce/kWh", limit={2027: limit})  # fmt: skip
    scenario = small(policy={"use": ["one"]}, carriers__electricity__factor="0.45 kg/kWh")
    scenario["measures"]["offer"] = [*offer]
    path = write_workspace(
        folder, scenario, [*small_measures(), BOILER], policies={"one": pack("one", ratio)}
    )
    run = folder / "run"
    assert cli.run(["solve", str(path), *QUICK, "--out", str(run)]) == cli.FINE
    return run


def test_an_electric_boiler_that_keeps_the_ratio_is_flagged(
    tmp_path: Path, capsys: Captured
) -> None:
    """Proves the flag: 8,760 MWh of power at 0.45 and 19,467 of gas at 0.202 are 7,874 t on 4,894
    tce, 1.609. Each MWh of heat moved from gas to the electric boiler takes 0.224 t and 0.1365 tce
    off and brings 0.45 t and 0.2856 tce: at 1.59 the plan keeps the rule and emits more than the
    baseline. By the ratio alone it would look like progress."""
    run = solved(tmp_path, "1.59 t/tce", "electric_boiler")
    (found,) = judge(run).rules
    assert found.verdict == "meets_secondary"
    (flag,) = found.diluted
    assert flag.year == 2027
    heat = flag.tce / (0.2856 - 0.122835 / 0.9)
    assert heat > 1000
    assert flag.tonnes == pytest.approx(heat * (0.45 - 0.202 / 0.9), rel=1e-3)
    capsys.readouterr()
    assert cli.run(["policy", "check", str(run)]) == cli.FINE
    assert "kept only by using more energy" in capsys.readouterr().out
    assert "kept only by using more energy" in (run / "report.html").read_text(encoding="utf-8")
    assert cli.run(["policy", "check", str(run), "--json"]) == cli.FINE
    (said,) = json.loads(capsys.readouterr().out)["rules"]
    assert said["diluted"] == [{"year": 2027, "tonnes": flag.tonnes, "tce": flag.tce}]


def test_a_plan_that_reduces_is_not_flagged(tmp_path: Path) -> None:
    """Proves that own power, which takes tonnes off and leaves the energy used as it is, isn't."""
    (found,) = judge(solved(tmp_path, "1.45 t/tce", "pv_roof", "heat_pump")).rules
    assert found.verdict == "meets_secondary"
    assert found.diluted == ()
