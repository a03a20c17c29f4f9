"""`decarb catalog`: list, show, check; and which figures count as having a source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from optimizer import cli
from tests.workspace import put, small_measures, write_workspace, write_yaml

Captured = pytest.CaptureFixture[str]
SAVING_FIGURES = ["capex.any", "lifetime", "share"]


def note(*fields: str, trust: str = "secondary", ref: str = "handbook") -> dict[str, Any]:
    """A source note."""
    return {"fields": list(fields), "ref": ref, "trust": trust}


def run(folder: Path, *arguments: str) -> int:
    """Run a catalog command in the workspace `folder`."""
    command, *rest = arguments
    return cli.run(["catalog", command, *rest, "--workspace", str(folder)])


def with_saving(folder: Path, *notes: dict[str, Any]) -> None:
    """A workspace whose catalog is one saving with these notes."""
    write_workspace(folder, None, [{**small_measures()[2], "sources": list(notes)}], hours=24)


def test_a_mode_of_financing_is_shown_with_its_measure(tmp_path: Path, capsys: Captured) -> None:
    """Proves that the id by which a scenario offers a mode leads to its terms, and that one
    misspelt is guessed."""
    measures = small_measures()
    terms = {"mode": "third_party", "term": "20 a", "discount": 0.15}
    mode = {"id": "pv_third", "name": {"en": "PV of others", "zh": "第三方光伏"}, **terms}
    measures[0]["financing"] = [mode]
    write_workspace(tmp_path, None, measures, hours=24)
    assert run(tmp_path, "show", "pv_third") == cli.FINE
    out = capsys.readouterr().out
    assert "pv_roof" in out
    assert "financing[0].discount" in out
    assert run(tmp_path, "show", "pv_thrid") == cli.INPUT_OR_USAGE
    assert "pv_third" in capsys.readouterr().err


def test_the_list_has_a_line_a_measure(tmp_path: Path, capsys: Captured) -> None:
    """Proves kind, sizes, price of each market, life and the price's trust in one line."""
    measures = small_measures()
    measures[0] = put(measures[0], "capex.eu", {"price": "800 EUR2025/kW"})
    measures[0]["sources"] = [note("capex.cn"), note("capex.eu", trust="derived")]
    write_workspace(tmp_path, None, measures, hours=24)
    assert run(tmp_path, "list") == cli.FINE
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    pv = next(line for line in lines if line.startswith("pv_roof"))
    facts = ("generator", "100 kW … 2 MW", "3200 CNY2025/kW", "800 EUR2025/kW", "25 a", "derived")
    for fact in facts:
        assert fact in pv


def test_the_list_can_hold_one_kind(tmp_path: Path, capsys: Captured) -> None:
    """Proves --kind and --json together: one saving, without sizes."""
    write_workspace(tmp_path, hours=24)
    assert run(tmp_path, "list", "--kind", "saving", "--json") == cli.FINE
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["id"], found["size"], found["capex_cn"]) == ("motor_saving", "", "1 MCNY2025")


def test_show_prints_each_figure_with_its_source(tmp_path: Path, capsys: Captured) -> None:
    """Proves place, value as written, source with trust, and the reference in full."""
    with_saving(tmp_path, note("share", trust="primary"))
    assert run(tmp_path, "show", "motor_saving") == cli.FINE
    said = capsys.readouterr().out
    assert "technology_catalog/family.yaml:4" in said
    share = next(line for line in said.splitlines() if line.startswith("share"))
    assert "0.1" in share
    assert "handbook (primary)" in share
    assert "handbook: An office, A handbook, 2024." in said


def test_show_suggests_the_nearest_measure(tmp_path: Path, capsys: Captured) -> None:
    """Proves exit code 2 and a suggestion for a misspelt id."""
    write_workspace(tmp_path, hours=24)
    assert run(tmp_path, "show", "heatpump") == cli.INPUT_OR_USAGE
    assert "heat_pump" in capsys.readouterr().err


def test_a_figure_without_source_fails_the_check(tmp_path: Path, capsys: Captured) -> None:
    """Proves that of the saving's three figures the uncovered one is named, with exit code 5."""
    with_saving(tmp_path, note("capex"), note("lifetime", trust="unconfirmed"))
    assert run(tmp_path, "check", "--json") == cli.CHECK_FAILED
    found = json.loads(capsys.readouterr().out)
    assert found["figures"] == len(SAVING_FIGURES)
    assert found["without_source"] == [{"measure": "motor_saving", "field": "share"}]
    counts = {"primary": 0, "secondary": 1, "derived": 0, "unconfirmed": 1}
    assert found["trust"] == counts


@pytest.mark.parametrize("fields", [SAVING_FIGURES, ["capex", "lifetime", "share"]])
def test_a_full_set_of_sources_passes(tmp_path: Path, capsys: Captured, fields: list[str]) -> None:
    """Proves that a note on a field covers all inside it, and that the trusts are counted."""
    with_saving(tmp_path, note(*fields))
    assert run(tmp_path, "check") == cli.FINE
    assert "1 measures, 3 figures: primary 0, secondary 3" in capsys.readouterr().out


def test_the_worst_trust_of_a_figure_counts(tmp_path: Path, capsys: Captured) -> None:
    """Proves that a primary note doesn't hide an unconfirmed one on the same figure."""
    with_saving(
        tmp_path, note(*SAVING_FIGURES, trust="primary"), note("share", trust="unconfirmed")
    )
    assert run(tmp_path, "check", "--json") == cli.FINE
    trust = json.loads(capsys.readouterr().out)["trust"]
    assert (trust["primary"], trust["unconfirmed"]) == (2, 1)


def test_a_note_that_points_nowhere_fails_the_check(tmp_path: Path, capsys: Captured) -> None:
    """Proves that an unknown reference and a field that the measure lacks are both told."""
    with_saving(tmp_path, note(*SAVING_FIGURES), note("share", ref="leaflet"), note("lead_time"))
    assert run(tmp_path, "check", "--json") == cli.CHECK_FAILED
    found = json.loads(capsys.readouterr().out)
    assert found["unknown_reference"] == [{"measure": "motor_saving", "field": "leaflet"}]
    assert found["no_figure"] == [{"measure": "motor_saving", "field": "lead_time"}]


def test_a_broken_catalog_is_an_input_error(tmp_path: Path, capsys: Captured) -> None:
    """Proves that faults of the files come before any list, with exit code 2."""
    write_workspace(tmp_path, hours=24)
    write_yaml(tmp_path / "technology_catalog" / "broken.yaml", {"family": "broken"})
    assert run(tmp_path, "list") == cli.INPUT_OR_USAGE
    assert "technology_catalog/broken.yaml" in capsys.readouterr().err


def test_the_shipped_catalog_passes(capsys: Captured) -> None:
    """Proves that every figure that we ship has a source."""
    root = Path(__file__).parents[2]
    assert run(root, "check") == cli.FINE, capsys.readouterr().out
