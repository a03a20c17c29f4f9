"""A whole run of the financed plant: searched, dispatched on the full year, stored, recomputed."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer import cli
from optimizer.plan.store import read_run
from optimizer.plan.verify import verify
from tests.plan.financed_plant import MODES, financed_workspace

pytestmark = pytest.mark.usefixtures("no_reports")

Captured = pytest.CaptureFixture[str]
TIGHT = {2026: "0.3 MCNY", 2027: "0.3 MCNY"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years, everything on offer in every mode, hardly any money, a tax of 25 %."""
    folder = tmp_path_factory.mktemp("run")
    offer = ("pv_roof", "heat_pump", "motor_saving", *MODES)
    tax = {"rate": 0.25, "losses": "carried", "depreciation": {"any": "10 a"}}
    horizon = {"base_year": 2025, "first": 2026, "last": 2027, "evaluate_to": 2034}
    path = financed_workspace(
        folder / "plant", *offer, budget={"capex": TIGHT}, tax=tax, horizon=horizon
    )
    assert cli.run(["solve", str(path), "--out", str(folder / "out")]) == cli.FINE
    return folder / "out"


def test_a_financed_plan_holds_on_every_day_and_is_recomputed(run: Path) -> None:
    """Proves that modes pass through the search by parts, the full year, the store and the
    verifier, with worth, tax and levelised costs; 300,000 a year buy no drives of a million."""
    report = verify(run)
    assert report.ok, report.failed
    stored = read_run(run)
    modes = {row["financing"] for row in stored.summary["build"]}
    assert modes - {"own"}
    assert sum(row["capex"] for row in stored.summary["build"]) <= 600e3 * (1 + 1e-6)


def test_whose_each_build_is_is_said_in_both_languages(run: Path, capsys: Captured) -> None:
    """Proves that the table of builds names the mode where others own any."""
    for lang, said in (("en", "performance contract"), ("zh", "合同能源管理")):
        capsys.readouterr()
        assert cli.run(["show", str(run), "--lang", lang]) == cli.FINE
        assert said in capsys.readouterr().out.replace("\n", " ")
