"""Which workspace a scenario belongs to, and where the shipped one is."""

from __future__ import annotations

from pathlib import Path

import pytest

import optimizer.workspace as workspace
from optimizer.workspace import WorkspaceMissing, shipped_workspace, workspace_of


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend that the package is installed in `tmp_path`/lib/optimizer; return that folder."""
    package = tmp_path / "lib" / "optimizer"
    package.mkdir(parents=True)
    monkeypatch.setattr(workspace, "files", lambda _: package)
    return package


def test_a_checkout_wins_over_the_packed_copy(installed: Path) -> None:
    """Proves that edits in a checkout are seen; the packed copy first would answer `_workspace`."""
    (installed / "_workspace" / "technology_catalog").mkdir(parents=True)
    (installed.parent / "technology_catalog").mkdir()
    assert shipped_workspace() == installed.parent


def test_a_wheel_uses_the_packed_copy(installed: Path) -> None:
    """Proves that a plain install finds its data where no checkout stands beside it."""
    (installed / "_workspace" / "technology_catalog").mkdir(parents=True)
    assert shipped_workspace() == installed / "_workspace"


def test_an_installation_without_data_says_so(installed: Path) -> None:
    """Proves that missing data is told with a remedy, not met later as an unknown measure."""
    with pytest.raises(WorkspaceMissing, match="install decarb again"):
        shipped_workspace()


def test_the_nearest_ancestor_is_the_workspace(tmp_path: Path) -> None:
    """Proves that of two nested workspaces the inner one serves the inner scenario.

    Searching from the root downwards would answer `tmp_path`.
    """
    inner = tmp_path / "scenarios" / "inner"
    for folder in (tmp_path, inner):
        (folder / "technology_catalog").mkdir(parents=True)
    scenario = inner / "scenarios" / "mill" / "scenario.yaml"
    assert workspace_of(scenario) == inner
    assert workspace_of(tmp_path / "scenarios" / "mill" / "scenario.yaml") == tmp_path
    assert workspace_of(inner) == inner


def test_a_relative_path_is_taken_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that `../scenario.yaml` climbs before it searches: `a/..` is not inside `a`."""
    (tmp_path / "a" / "technology_catalog").mkdir(parents=True)
    (tmp_path / "technology_catalog").mkdir()
    monkeypatch.chdir(tmp_path / "a")
    assert workspace_of(Path("x.yaml")) == tmp_path / "a"
    assert workspace_of(Path("../x.yaml")) == tmp_path


def test_a_scenario_outside_any_workspace_uses_the_shipped_one(installed: Path) -> None:
    """Proves the fallback: a lone scenario.yaml still finds the shipped catalog."""
    packed = installed / "_workspace"
    (packed / "technology_catalog").mkdir(parents=True)
    assert workspace_of(installed.parent.parent / "lone" / "scenario.yaml") == packed
