"""What a plain `pip install` carries: the program, its data, its command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run(arguments: list[str], folder: Path, **variables: str) -> str:
    """Run Python with `arguments` in `folder`; return stdout, or fail with stderr."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("through_sdist", [False, True])
def test_a_wheel_alone_can_write_a_workspace(tmp_path: Path, through_sdist: bool) -> None:
    """Proves that an installed wheel finds the data that it carries, with no checkout in reach.

    Without the forced data folders `init` would end with WorkspaceMissing. The wheel is built
    from the checkout and, again, from the source archive, which must hold the same data.
    """
    source = tmp_path / "source"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "optimizer", source / "optimizer", ignore=ignored)
    for name in ("technology_catalog/heat.yaml", "scenarios/mill/scenario.yaml"):
        (source / name).parent.mkdir(parents=True)
        (source / name).write_text("id: mill\n", encoding="utf-8")
    if through_sdist:
        run(["-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path / "dist")], source)
        archive = next((tmp_path / "dist").glob("*.tar.gz"))
        shutil.unpack_archive(archive, tmp_path / "unpacked", filter="data")
        source = next((tmp_path / "unpacked").iterdir())
    run(["-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "wheels")], source)
    wheel = next((tmp_path / "wheels").glob("*.whl"))
    installed = tmp_path / "installed"
    shutil.unpack_archive(wheel, installed, format="zip")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run(["-m", "optimizer.cli", "init", "mine"], elsewhere, PYTHONPATH=str(installed))
    assert (elsewhere / "mine/technology_catalog/heat.yaml").is_file()
    assert (elsewhere / "mine/scenarios/mill/scenario.yaml").is_file()
    assert "decarb = optimizer.cli:main" in next(
        installed.glob("*.dist-info/entry_points.txt")
    ).read_text(encoding="utf-8")
