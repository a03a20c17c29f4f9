"""Value-added tax on equipment: paid first, credited later; what waiting costs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from optimizer.inputs import case as c
from optimizer.inputs.baseline import baseline_case
from optimizer.inputs.tax_rule import VatRule
from optimizer.plan.extract import extract
from optimizer.plan.vat import vat_timing
from optimizer.plan.verify.run import read_parts, recompute
from tests import plants as p
from tests.cli.solving import QUICK, write_small
from tests.model.financing_plant import financed
from tests.model.solving import solved
from tests.model.test_capacity import YEARS, heat_pump, plant

pytestmark = pytest.mark.usefixtures("no_reports")


def timing(case: c.Case, **rule: Any) -> dict[str, Any]:
    """Of the case's own plan against its baseline."""
    terms = {"rate": 0.13, "credited_after": 0.5, "inflation": None}
    case = replace(case, vat=VatRule(**(terms | rule)))
    sides = [extract(solved(each)) for each in (case, baseline_case(case))]
    for side in sides:
        side.attrs["base_emissions"] = 0.0
    found = vat_timing(case, *sides)
    assert found is not None
    return found


def test_waiting_for_the_tax_costs_interest() -> None:
    """Proves 13 % of 200,000 at the start of 2026, back after half a year: 26,000 x (1 - 1.08^-0.5)
    = 981.5; with prices rising 2 % a year 26,000 x (1 - 1.1016^-0.5) = 1,228.0: the credit is
    of the same nominal amount. Credited at once it costs nothing."""
    case = plant(heat_pump(upper=1.0, lower=1.0, rate=0.08), money=p.money(YEARS, 0.08))
    found = timing(case)
    assert [row["advanced"] for row in found["years"]] == [pytest.approx(26e3), 0.0]
    assert found["cost"] == pytest.approx(26e3 * (1 - 1.08**-0.5))
    assert found["cost"] == pytest.approx(981.5, abs=0.1)
    assert timing(case, inflation=0.02)["cost"] == pytest.approx(1_228.0, abs=0.1)
    assert timing(case, credited_after=0.0)["cost"] == 0.0


def test_a_lessee_advances_the_tax_of_what_it_buys_back() -> None:
    """Proves that only the buy-back of 60,000 at the start of 2027 bears the tax: 7,800."""
    lease = financed(heat_pump(), "hp", 1, c.Rates(), c.Rates(60e3), 0.08)
    case = plant(replace(lease, one_of=None), money=p.money(YEARS, 0.08))
    found = timing(case)
    assert [row["advanced"] for row in found["years"]] == [0.0, pytest.approx(7_800)]


def test_the_verifier_works_it_out_again(tmp_path: Path) -> None:
    """Proves that each stated figure times 1.0001 fails `vat_follows_cash`, and that a summary
    which leaves it out does."""
    from optimizer import cli

    path = write_small(tmp_path, economics__vat=0.13, economics__vat_credit="0.5 a")
    assert cli.run(["solve", str(path), *QUICK, "--out", str(tmp_path / "run")]) == cli.FINE
    parts = read_parts(tmp_path / "run")
    assert recompute(parts).ok
    assert parts.summary["worth"]["vat"]["cost"] > 0
    for change in ("cost", "npv", "advanced", None):
        summary = json.loads(json.dumps(parts.summary))
        vat = summary["worth"]["vat"]
        if change is None:
            summary["worth"]["vat"] = None
        elif change == "advanced":
            most = max(vat["years"], key=lambda row: abs(row["advanced"]))
            most["advanced"] *= 1.0001
        else:
            vat[change] *= 1.0001
        failed = {row.name for row in recompute(replace(parts, summary=summary)).failed}
        assert failed == {"vat_follows_cash"}
