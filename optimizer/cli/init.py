"""`decarb init DIR`: a workspace of one's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import click

from optimizer.workspace import CATALOG, RESULTS, SCENARIOS, shipped_workspace

SHOWN_CLASHES = 5


def shipped_files(source: Path) -> Iterator[Path]:
    """Yield the data files of a workspace, relative to it, sorted; hidden ones and caches aside."""
    for folder in (CATALOG, SCENARIOS):
        for file in sorted((source / folder).rglob("*")):
            relative = file.relative_to(source)
            hidden = any(part.startswith((".", "__pycache__")) for part in relative.parts)
            if file.is_file() and not hidden:
                yield relative


def refuse_overwriting(target: Path, names: list[Path]) -> None:
    """Raise BadParameter, naming the files, if any of `names` stands in `target` already."""
    if target.exists() and not target.is_dir():
        raise click.BadParameter(f"{target} is a file, not a folder.", param_hint="DIR")
    clashes = [str(name) for name in names if (target / name).exists()]
    if clashes:
        listed = ", ".join(clashes[:SHOWN_CLASHES])
        more = len(clashes) - SHOWN_CLASHES
        tail = f" and {more} more" if more > 0 else ""
        raise click.BadParameter(
            f"{target} already holds {listed}{tail}; nothing was written. Name an empty folder.",
            param_hint="DIR",
        )


def write_workspace(source: Path, target: Path) -> int:
    """Copy the data files of `source` into `target`, add results/, return the number of files.

    Contents only are copied, so that the user may edit files that were installed read-only.
    """
    names = list(shipped_files(source))
    refuse_overwriting(target, names)
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)
    (target / RESULTS).mkdir(parents=True, exist_ok=True)
    return len(names)


@click.command("init", epilog="Example:  decarb init my-factory")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Write a workspace into DIR: the technology catalog, the scenarios, a place for results.

    Edit the copies as you like; commands use them for every scenario below DIR. A file that
    stands there already is never overwritten.
    """
    count = write_workspace(shipped_workspace(), folder)
    click.echo(f"{folder}: {count} files in {CATALOG}/ and {SCENARIOS}/")
    click.echo(f"Next: decarb validate {folder / SCENARIOS / '<name>' / 'scenario.yaml'}")
