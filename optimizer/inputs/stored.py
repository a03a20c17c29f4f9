"""The inputs of a stored run, laid out again as the workspace that they came from."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from optimizer.errors import InputErrors, Problem
from optimizer.files.paths import resolve_inside
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.load import load

HOMES: Final = {
    "policies": "scenarios/library/policies",
    "emission_factors": "scenarios/library/emission_factors",
    "technology_catalog": "technology_catalog",
}
"""Folder of inputs/ -> where its files stand in a workspace."""
MANIFEST, SERIES = "manifest.json", "series.csv"


@contextmanager
def stored_inputs(run: Path) -> Iterator[Bundle]:
    """The bundle that a run was made from, read from its inputs/ alone; its files are there only
    inside the block.

    Raises InputErrors with what is missing, damaged or not valid.
    """
    with stored_workspace(run) as (scenario, root):
        yield load(scenario, data=root)


@contextmanager
def stored_workspace(run: Path) -> Iterator[tuple[Path, Path]]:
    """The scenario file and the root of a workspace that holds a run's inputs/ and nothing else,
    for loading them with changes; only inside the block. Raises as `stored_inputs`."""
    with TemporaryDirectory(prefix="decarb-") as folder:
        root = Path(folder).resolve()
        (root / HOMES["technology_catalog"]).mkdir()
        yield _laid_out(run / "inputs", root), root


def _laid_out(inputs: Path, root: Path) -> Path:
    """Copy every file to its place under `root`; the place of the scenario."""
    scenario = root / "scenarios" / "stored" / "scenario.yaml"
    for name, origin in _files(inputs):
        above = Path(name).parts[0]
        if name == SERIES:
            continue
        try:
            source = resolve_inside(inputs, name)
            place = resolve_inside(root, _home(above, name, origin))
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)
        except (OSError, ValueError) as error:
            raise _unreadable(inputs / name, str(error)) from None
        scenario = place if name == "scenario.yaml" else scenario
    return scenario


def _home(above: str, name: str, origin: str) -> str:
    """Where a file stood: a library's in its folder, the scenario and measured series at the place
    that they were read from, if that lies inside a workspace."""
    if above in HOMES:
        return f"{HOMES[above]}/{Path(name).name}"
    inside = not Path(origin).is_absolute() and ".." not in Path(origin).parts
    if inside:
        return origin
    return "scenarios/stored/scenario.yaml" if name == "scenario.yaml" else Path(origin).name


def _files(inputs: Path) -> list[tuple[str, str]]:
    """(name inside inputs/, where it came from) of every file of the manifest."""
    try:
        listed = json.loads((inputs / MANIFEST).read_text(encoding="utf-8"))["files"]
        return [(str(entry["file"]), str(entry["origin"])) for entry in listed]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unreadable(inputs / MANIFEST, type(error).__name__) from None


def _unreadable(path: Path, found: str) -> InputErrors:
    allowed = "a file of a run folder written by `decarb solve`"
    return InputErrors([Problem(str(path), 0, 0, "inputs", found, allowed)])
