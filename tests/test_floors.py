"""The floors of the house: import-linter's contracts hold, and each one catches its breach."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"

BREACHES = [
    ("words/breach.py", "import optimizer.solve", "a floor imports only the floors below it"),
    ("schema/breach.py", "import optimizer.files", "a floor imports only the floors below it"),
    ("attic.py", "", "a floor imports only the floors below it"),
    ("plan/breach.py", "import pyomo.environ", "pyomo only in model and solve"),
    ("model/breach.py", "from highspy import Highs", "highspy only in solve"),
    ("plan/breach.py", "import plotly.graph_objects", "plotly only in reports"),
    ("inputs/breach.py", "from pydantic import BaseModel", "pydantic only in schema"),
    ("inputs/breach.py", "from ruamel.yaml import YAML", "ruamel and openpyxl only in files"),
    ("reports/breach.py", "import openpyxl", "ruamel and openpyxl only in files"),
    ("api.py", "import click", "click only in cli"),
    ("plan/breach.py", "import tsam", "pvlib and tsam only in inputs"),
    ("reports/breach.py", "from pvlib import pvsystem", "pvlib and tsam only in inputs"),
    ("cli/breach.py", "from SALib.sample import morris", "SALib and distributed only in studies"),
]


def copy_house(place: Path) -> Path:
    """Copy the package and its contracts into `place`; return the copy's package folder."""
    shutil.copy(ROOT / "pyproject.toml", place)
    ignored = shutil.ignore_patterns("__pycache__", "_workspace")
    shutil.copytree(ROOT / "optimizer", place / "optimizer", ignore=ignored)
    return place / "optimizer"


def lint(place: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package in `place`."""
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_contract_holds(tmp_path: Path) -> None:
    """Proves that the code keeps all ten contracts; a breach would end with code 1."""
    copy_house(tmp_path)
    done = lint(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Contracts: 10 kept, 0 broken." in done.stdout


@pytest.mark.parametrize(("module", "line", "contract"), BREACHES)
def test_a_breach_is_caught(tmp_path: Path, module: str, line: str, contract: str) -> None:
    """Proves that one forbidden import breaks the contract that forbids it.

    A contract that names the wrong module, or excuses too many, would report KEPT. The module
    `attic` imports nothing: it is caught because it stands on no floor.
    """
    planted = copy_house(tmp_path) / module
    planted.write_text(f'"""A breach, planted."""\n\n{line}\n', encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert contract in done.stdout.partition("Broken contracts")[2]


def test_the_verifier_is_cut_off_even_through_a_middleman(tmp_path: Path) -> None:
    """Proves that plan.verify -> plan.middle -> pyomo is caught, not direct imports alone."""
    package = copy_house(tmp_path)
    (package / "plan/middle.py").write_text("import optimizer.model.far\n", encoding="utf-8")
    (package / "model/far.py").write_text("import pyomo.environ\n", encoding="utf-8")
    (package / "plan/verify/near.py").write_text("import optimizer.plan.middle\n", encoding="utf-8")
    done = lint(tmp_path)
    broken = done.stdout.partition("Broken contracts")[2]
    assert done.returncode == 1, done.stdout + done.stderr
    assert "the verifier cannot reach what it checks, even indirectly" in broken
    assert "not allowed to import optimizer.model" in broken
    assert "not allowed to import pyomo" in broken
