"""`decarb curve` from the command line: three views, tables and a page in one folder."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from optimizer import cli
from tests.cli.solving import small
from tests.workspace import small_scenario, write_workspace


def test_a_curve_is_stored_and_printed_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that stdout, curve.json and the workbook hold the same views, that every measure on
    offer is among those alone, and that the page draws what is counted twice only where it is
    asked for."""
    scenario, out = write_workspace(tmp_path, small_scenario()), tmp_path / "curve"
    asked = ["curve", str(scenario), "--periods", "1", "--steps", "2", "--naive", "--lang", "zh"]
    assert cli.run([*asked, "--out", str(out), "--json"]) == cli.FINE
    said = json.loads(capsys.readouterr().out)
    assert said == json.loads((out / "curve.json").read_text(encoding="utf-8"))
    assert sorted(one["id"] for one in said["standalone"]) == [
        "heat_pump", "motor_saving", "pv_roof"
    ]  # fmt: skip
    book = pd.read_excel(out / "curve.xlsx", sheet_name=None)
    _, path, steps, alone, *_ = book.values()
    ends = [said["path"][k]["cost"] for k in (0, -1)]
    assert steps.iloc[:, 5].sum() == pytest.approx(ends[1] - ends[0])
    assert list(path.iloc[:, 1]) == pytest.approx([point["gross"] for point in said["path"]])
    assert list(alone.iloc[:, 0]) == [one["id"] for one in said["standalone"]]
    loss, plans = book["相互作用损失"], book["方案"]
    assert loss.iloc[3, 1] == pytest.approx(said["interaction_loss"]["tonnes"])
    assert "情景自身规则" in set(plans.iloc[:, 0])
    assert list(book["简单排序"].iloc[:, 0]) == [one["id"] for one in said["naive"]["order"]]
    assert "重复计算" in (out / "curve.html").read_text(encoding="utf-8")


def test_internal_prices_and_the_year_of_the_lock_in_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves that a band is read in the scenario's money and told in figures, and that the command
    prints the schedule and what following the first rules alone costs."""
    caps = {"gross_cap": {2026: "8900 t", 2027: "5900 t"}}
    scenario = write_workspace(tmp_path, small(policy=caps))
    asked = ["curve", str(scenario), "--periods", "1", "--steps", "2", "--lock-in", "2026"]
    band = ["--internal-price", "300 CNY/t", "--internal-price", "100 CNY/t"]
    assert cli.run([*asked, *band, "--json"]) == cli.FINE
    said = json.loads(capsys.readouterr().out)
    assert [one["price"] for one in said["at_prices"]] == [100, 300]
    assert said["lock_in"]["year"] == 2026
    assert cli.run([*asked, *band]) == cli.FINE
    printed = capsys.readouterr().out
    for words in ("How far internal carbon prices lead", "Who plans for the rules to 2026 alone"):
        assert words in printed


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--internal-price", "300", '--internal-price  price: got "300", must be a price above 0'),
        ("--internal-price", "-5 CNY/t", '--internal-price  price: got "-5 CNY/t"'),
        ("--lock-in", "2027", "2027; allowed: 2026"),
    ],
)
def test_a_price_or_year_that_says_nothing_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: str, told: str
) -> None:
    """Proves that a bare number, a negative price and the last planning year are told with what is
    allowed, before any search."""
    scenario = write_workspace(tmp_path, small())
    asked = ["curve", str(scenario), "--periods", "1", option, value]
    assert cli.run(asked) == cli.INPUT_OR_USAGE
    assert told in capsys.readouterr().err
