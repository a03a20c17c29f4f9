"""Files of what-ifs: what they say becomes changes that know their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.errors import InputErrors
from optimizer.inputs.load import load
from optimizer.inputs.whatif_files import read_whatifs
from tests.workspace import write_workspace

WHOLE = """\
whatifs:
  - id: dear_gas
    name: {en: Dear gas, zh: 气价高}
    set:
      assets.gas_boiler.end_of_life: 2027
    times: {tariffs.natural_gas.price: 2}
    without: [pv_roof]
  - id: growth
    name: {en: Growth, zh: 增长}
    times: {output: 1.1}
"""


def told(folder: Path, text: str) -> list[str]:
    """What reading a file of this text says."""
    with pytest.raises(InputErrors) as caught:
        read_whatifs(written(folder, text))
    return [str(problem).removeprefix(f"{folder.as_posix()}/") for problem in caught.value.problems]


def written(folder: Path, text: str) -> Path:
    """A file of what-ifs."""
    path = folder / "whatifs.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_becomes_changes_in_their_order(tmp_path: Path) -> None:
    """Proves set, times, without, each with the line that it stands on."""
    dear, growth = read_whatifs(written(tmp_path, WHOLE))
    assert [str(change) for change in dear.changes] == [
        "assets.gas_boiler.end_of_life=2027",
        "tariffs.natural_gas.price*=2",
        "measures.offer-=pv_roof",
    ]
    lines = [change.origin.rsplit(":", 2)[1] for change in dear.changes]
    assert lines == ["5", "6", "7"]
    assert growth.name == {"en": "Growth", "zh": "增长"}


def test_what_is_wrong_is_told_with_its_line(tmp_path: Path) -> None:
    """Proves one problem a fault: an unknown field with the nearest, a factor below 0, a what-if
    that changes nothing."""
    text = WHOLE.replace("times: {output: 1.1}", "time: {output: 1.1}").replace(
        "tariffs.natural_gas.price: 2", "tariffs.natural_gas.price: -2"
    )
    said = told(tmp_path, text)
    assert any(line.startswith("whatifs.yaml:6:") and "-2" in line for line in said)
    assert any(line.startswith("whatifs.yaml:10:") and '"times"' in line for line in said)


@pytest.mark.parametrize("id", ["dear_gas", "scenario"])
def test_names_are_given_once(tmp_path: Path, id: str) -> None:
    """Proves that no two what-ifs share a name, and that none is called as the scenario is."""
    (line,) = told(tmp_path, WHOLE.replace("id: growth", f"id: {id}"))
    assert line.startswith(f'whatifs.yaml:8:9  whatifs[1].id: got "{id}"')


def test_a_what_if_changes_something(tmp_path: Path) -> None:
    """Proves that an empty one is refused, not shown beside the others as if it were news."""
    (line,) = told(tmp_path, WHOLE.replace("    times: {output: 1.1}\n", ""))
    assert "a change: set, times or without" in line


def test_text_stays_text(tmp_path: Path) -> None:
    """Proves that what the file quotes isn't read a second time: "12: 30" would be a mapping."""
    path = write_workspace(tmp_path)
    text = WHOLE.replace("assets.gas_boiler.end_of_life: 2027", 'name.en: "12: 30 MW"')
    (dear, _) = read_whatifs(written(tmp_path, text))
    assert load(path, sets=dear.changes[:1]).scenario.name.en == "12: 30 MW"
