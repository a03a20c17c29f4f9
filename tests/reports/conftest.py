"""One made-up run folder for all tests of the reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reports.fake_run import write_fake_run


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run of fake_run.py, written once."""
    return write_fake_run(tmp_path_factory.mktemp("results") / "fake-1")
