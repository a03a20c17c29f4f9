"""The commands as a person types them, run in this process so that warnings are errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from optimizer import cli

LOOSE = ("--periods", "1", "--gap", "0.1", "--time-limit", "100")
"""One typical day and the extreme days, a first good plan: seconds instead of minutes."""


def decarb(*words: str | Path) -> int:
    """The exit code of `decarb WORDS`."""
    return cli.run([str(word) for word in words])


def summary_of(run: Path) -> dict[str, Any]:
    """summary.json of a run folder."""
    figures: dict[str, Any] = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    return figures


def workspace_from(run: Path, target: Path) -> Path:
    """A workspace rebuilt from a run's inputs/, each file where the manifest says it came from.

    Returns the scenario. Files that were made for the run (series.csv) have no such place.
    """
    inputs = run / "inputs"
    manifest = json.loads((inputs / "manifest.json").read_text(encoding="utf-8"))
    origins = {entry["file"]: entry["origin"] for entry in manifest["files"]}
    for file, origin in origins.items():
        if file != "series.csv":
            place = target / origin
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes((inputs / file).read_bytes())
    return target / str(origins["scenario.yaml"])
