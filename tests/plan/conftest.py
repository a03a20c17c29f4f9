"""One hand-worked run folder for all tests of the verifier."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import xarray as xr

from optimizer.plan.verify import VerifyReport
from optimizer.plan.verify.reading import as_stored
from optimizer.plan.verify.run import Parts, read_parts, recompute
from tests.plan import tiny_run as tiny

Change = Callable[[xr.Dataset], None]


@pytest.fixture(scope="session")
def tiny_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run of tiny_run.py, written once; tests that damage it write their own."""
    return tiny.write_run(tmp_path_factory.mktemp("results") / "tiny-1")


@pytest.fixture(scope="session")
def parts(tiny_run: Path) -> Parts:
    """The same run, read once."""
    return read_parts(tiny_run)


@pytest.fixture
def own_run(tiny_run: Path, tmp_path: Path) -> Path:
    """A copy of the run, to be damaged."""
    return shutil.copytree(tiny_run, tmp_path / "tiny-1")


@pytest.fixture
def verify_changed(parts: Parts) -> Callable[..., VerifyReport]:
    """Verify the run with `change` applied to its plan (or its baseline), in memory."""

    def run(change: Change, which: str = "plan") -> VerifyReport:
        if which == "plan":
            data = tiny.dataset(tiny.plan_values(), tiny.plan_costs())
        else:
            data = tiny.dataset(tiny.baseline_values(), tiny.baseline_costs())
        change(data)
        stored = as_stored(f"{which}.nc", data)
        changed = {"plan": parts.plan, "baseline": parts.baseline, which: stored}
        return recompute(replace(parts, **changed))

    return run
