"""`decarb init`: a whole workspace is written, and nothing of the user's is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer import cli
from optimizer.workspace import workspace_of


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a small shipped workspace, one file of it read-only, beside things not to copy."""
    root = tmp_path / "shipped"
    contents = {
        "technology_catalog/heat.yaml": "measures: []\n",
        "scenarios/mill/scenario.yaml": "id: mill\n",
        "scenarios/mill/profiles/load.csv": "load\n1\n",
        "scenarios/mill/.cache/junk": "x",
        "scenarios/mill/__pycache__/junk.pyc": "x",
        "results/mill-1/summary.json": "{}",
    }
    for name, text in contents.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / "technology_catalog/heat.yaml").chmod(0o444)
    monkeypatch.setattr("optimizer.cli.init.shipped_workspace", lambda: root)
    return root


def names(folder: Path) -> list[str]:
    """List the files below a folder."""
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


@pytest.mark.usefixtures("shipped")
def test_init_writes_the_three_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Proves that data is copied and editable, runs and caches are not, and what comes next."""
    mine = tmp_path / "deep" / "mine"
    assert cli.run(["init", str(mine)]) == cli.FINE
    assert names(mine) == [
        "scenarios/mill/profiles/load.csv",
        "scenarios/mill/scenario.yaml",
        "technology_catalog/heat.yaml",
    ]
    assert (mine / "results").is_dir()
    assert (mine / "technology_catalog/heat.yaml").stat().st_mode & 0o200
    assert workspace_of(mine / "scenarios/mill/scenario.yaml") == mine
    assert "3 files" in capsys.readouterr().out


@pytest.mark.usefixtures("shipped")
def test_init_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Proves that one clash stops all: the user's file keeps its text and no other is written."""
    mine = tmp_path / "mine"
    (mine / "scenarios/mill").mkdir(parents=True)
    (mine / "scenarios/mill/scenario.yaml").write_text("id: changed\n", encoding="utf-8")
    assert cli.run(["init", str(mine)]) == cli.INPUT_OR_USAGE
    assert names(mine) == ["scenarios/mill/scenario.yaml"]
    assert (mine / "scenarios/mill/scenario.yaml").read_text(encoding="utf-8") == "id: changed\n"
    assert "already holds scenarios/mill/scenario.yaml" in capsys.readouterr().err


@pytest.mark.usefixtures("shipped")
def test_init_keeps_other_files_of_the_folder(tmp_path: Path) -> None:
    """Proves that a folder with other things in it, such as notes, may become a workspace."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine", encoding="utf-8")
    assert cli.run(["init", str(mine)]) == cli.FINE
    assert (mine / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.usefixtures("shipped")
def test_init_into_a_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Proves that a file in the way is told as such."""
    (tmp_path / "mine").write_text("x", encoding="utf-8")
    assert cli.run(["init", str(tmp_path / "mine")]) == cli.INPUT_OR_USAGE
    assert "is a file, not a folder" in capsys.readouterr().err


def test_init_inside_the_shipped_workspace_copies_it_once(shipped: Path) -> None:
    """Proves that DIR below scenarios/ ends: the copy does not copy itself again and again."""
    mine = shipped / "scenarios" / "mine"
    assert cli.run(["init", str(mine)]) == cli.FINE
    assert len(names(mine)) == 3
