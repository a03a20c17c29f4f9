"""Prices that hold value-added tax, which the site gets back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from optimizer.inputs.case import Purchase
from optimizer.plan.verify import verify
from tests.inputs.assembling import case_of, changed
from tests.inputs.test_crosscheck import problems
from tests.plan.solved import write_solved
from tests.workspace import put, write_workspace


def bought(folder: Path, carrier: str, **changes: object) -> Purchase:
    case = case_of(folder, changed(**changes))
    found = next(c.purchase for c in case.carriers if c.id == carrier)
    assert found is not None
    return found


def test_the_tax_is_taken_off_each_price_of_a_tariff(tmp_path: Path) -> None:
    """Proves 1 / 1.13 on a flat price, the level of a series, the demand charge and what is
    sold: gas of 0.35 CNY/kWh with 13 % of tax costs 350 / 1.13 = 309.73 a MWh."""
    vat = {"economics__vat": 0.13, "tariffs__natural_gas__vat": "included"}
    gas = bought(tmp_path / "gas", "natural_gas", **vat)
    assert gas.level == pytest.approx(np.full(len(gas.level), 350 / 1.13))
    vat = {"economics__vat": 0.13, "tariffs__electricity__vat": "included"}
    power = bought(tmp_path / "power", "electricity", **vat)
    assert power.level == pytest.approx(np.full(len(power.level), 1 / 1.13))
    assert power.demand_charge is not None
    assert power.demand_charge.price[0] == pytest.approx(480e3 / 1.13)
    case = case_of(tmp_path / "sold", changed(**vat))
    sale = next(c.sale for c in case.carriers if c.id == "electricity")
    assert sale is not None
    assert sale.level[0] == pytest.approx(300 / 1.13)


def test_a_rate_alone_changes_no_price(tmp_path: Path) -> None:
    """Proves that prices hold no tax unless they say so, whatever the country's rate is."""
    gas = bought(tmp_path, "natural_gas", economics__vat=0.13)
    assert gas.level[0] == pytest.approx(350)


def test_an_included_tax_needs_its_rate(tmp_path: Path) -> None:
    """Proves an error at the tariff, which says what to add: a rate is never assumed."""
    (found,) = problems(tmp_path, changed(tariffs__natural_gas__vat="included"))
    assert found.field == "tariffs.natural_gas.vat"
    assert "economics.vat" in str(found)


def test_the_verifier_takes_it_off_too(tmp_path: Path) -> None:
    """Proves that energy, demand charge and sales at prices with tax are recomputed without it; a
    verifier that forgot would find each a 13th too dear."""
    scenario = changed(
        economics__vat=0.13, tariffs__natural_gas__vat="included",
        tariffs__electricity__vat="included",
        carriers__electricity__factor="0.5 kg/kWh",
    )  # fmt: skip
    scenario["horizon"] |= {"last": 2027, "evaluate_to": 2030}
    path = write_workspace(tmp_path, put(scenario, "time.periods", 1))
    report = verify(write_solved(path, tmp_path / "run", {("pv_roof", 2026): 1}))
    assert report.ok, report.failed
