"""Points of a sweep: grids, samples and tables as changes of a scenario."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.errors import InputErrors
from optimizer.studies.sweep_points import Points, from_table, grid, latin_hypercube

GAS, OUTPUT = "tariffs.natural_gas.price", "output"


def said(points: Points) -> list[list[str]]:
    """Every point's changes as --set takes them."""
    return [[str(change) for change in points.changes(k)] for k in range(len(points.rows))]


def test_a_grid_is_every_combination() -> None:
    """Proves 2 x 2 x 1 points, the last axis fastest, in the vocabulary of --set."""
    found = grid([f"{GAS}*=0.5,2", "budget.capex.2027=1 MCNY,2 MCNY", "measures.offer-=pv"])
    assert said(found) == [
        [f"{GAS}*=0.5", "budget.capex.2027=1 MCNY", "measures.offer-=pv"],
        [f"{GAS}*=0.5", "budget.capex.2027=2 MCNY", "measures.offer-=pv"],
        [f"{GAS}*=2", "budget.capex.2027=1 MCNY", "measures.offer-=pv"],
        [f"{GAS}*=2", "budget.capex.2027=2 MCNY", "measures.offer-=pv"],
    ]


def test_a_latin_hypercube_has_one_point_in_each_part_of_each_range() -> None:
    """Proves stratification: of 8 points one lies in each eighth of 0.5 … 2.5 and of 1 … 9 MCNY;
    plain random points leave some eighth empty. The same seed gives the same points."""
    asked = [f"{GAS}*=0.5..2.5", "budget.capex.2027=1..9 MCNY"]
    found = latin_hypercube(asked, 8, seed=3)
    factors = sorted(int((float(row[0]) - 0.5) / 0.25) for row in found.rows)
    money = sorted(int(float(row[1].removesuffix(" MCNY")) - 1) for row in found.rows)
    assert factors == money == list(range(8))
    assert found == latin_hypercube(asked, 8, seed=3)
    assert found != latin_hypercube(asked, 8, seed=4)


def test_a_table_is_a_point_a_row(tmp_path: Path) -> None:
    """Proves heads with and without operator, quoted cells, and that empty lines are no points."""
    path = tmp_path / "points.csv"
    path.write_text(f'{OUTPUT}*=,horizon.evaluate_to\n0.9,2040\n\n1.1,"2041"\n', encoding="utf-8")
    assert said(from_table(path)) == [
        ["output*=0.9", "horizon.evaluate_to=2040"],
        ["output*=1.1", "horizon.evaluate_to=2041"],
    ]


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (f"{GAS}*=0.5,much", 'got "much"'),
        (f"{GAS}*=1,1", 'got "1,1"'),
        (f"{GAS}*=1,", 'got "1,"'),
        (GAS, "path=value"),
    ],
)
def test_a_grid_that_is_none_is_told(setting: str, told: str) -> None:
    """Proves that no value is dropped in silence: a word for a factor, one given twice, none."""
    with pytest.raises(InputErrors) as caught:
        grid([setting])
    assert told in str(caught.value.problems[0])


@pytest.mark.parametrize("operand", ["2..1", "1,2", "0.5..2 CNY/kWh", "-1..2"])
def test_a_range_that_is_none_is_told(operand: str) -> None:
    """Proves low before high, two ends, and no unit on a factor."""
    with pytest.raises(InputErrors):
        latin_hypercube([f"{GAS}*={operand}"], 4, seed=1)


def test_a_row_that_is_no_point_is_told_with_its_line(tmp_path: Path) -> None:
    """Proves all mistakes at once: a row too short on line 3, a factor that is none on line 4."""
    path = tmp_path / "points.csv"
    path.write_text(f"{OUTPUT}*=,{GAS}*=\n1,1\n1\nmore,1\n", encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        from_table(path)
    lines = [str(problem).split("points.csv:")[1][0] for problem in caught.value.problems]
    assert lines == ["3", "4"]
