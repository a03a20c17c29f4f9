"""Where a workspace is: the folder that holds technology_catalog/, scenarios/ and results/."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

CATALOG = "technology_catalog"
SCENARIOS = "scenarios"
RESULTS = "results"
PACKED = "_workspace"


class WorkspaceMissing(FileNotFoundError):
    """The installation carries no workspace: it was built without its data."""


def shipped_workspace() -> Path:
    """Find the workspace that comes with the program.

    A checkout's own folders come first, for an editable install also leaves a copy of the data
    beside the installed package, and that copy grows old. Raises WorkspaceMissing if there is
    neither.
    """
    package = Path(str(files("optimizer"))).resolve()
    for folder in (package.parent, package / PACKED):
        if (folder / CATALOG).is_dir():
            return folder
    raise WorkspaceMissing(
        f"no {CATALOG}/ beside or inside {package}: the installation is incomplete, "
        "install decarb again"
    )


def workspace_of(path: Path) -> Path:
    """Find the workspace that a scenario belongs to.

    The nearest ancestor of `path` (a file or a folder, the folder itself included) that holds
    technology_catalog/; else the shipped workspace.
    """
    place = path.resolve()
    for folder in (place, *place.parents):
        if (folder / CATALOG).is_dir():
            return folder
    return shipped_workspace()
