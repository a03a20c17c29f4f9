"""Writes a folder that is whole or absent, whatever happens half-way."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_folder(target: Path, force: bool = False) -> Iterator[Path]:
    """Yields an empty folder beside `target` that takes its name when the block ends well.

    If the block raises, also by Ctrl-C, the new folder is removed and an old `target` stays as it
    was. An existing target raises FileExistsError unless `force`; with it, the old folder is
    removed once the new one stands in its place. A file at `target` is never replaced.
    """
    _refuse_existing(target, force)
    target.parent.mkdir(parents=True, exist_ok=True)
    mark = secrets.token_hex(4)
    fresh = target.parent / f".{target.name}.{mark}.part"
    fresh.mkdir()
    try:
        yield fresh
        _refuse_existing(target, force)
        _take_place(fresh, target, target.parent / f".{target.name}.{mark}.old")
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _refuse_existing(target: Path, force: bool) -> None:
    """Raises FileExistsError if something stands at `target` that may not be replaced."""
    if not target.exists() and not target.is_symlink():
        return
    if target.is_symlink() or not target.is_dir():
        raise FileExistsError(f"{target} is not a folder and is not replaced")
    if not force:
        raise FileExistsError(f"{target} exists already and is not replaced unless forced")


def _take_place(fresh: Path, target: Path, aside: Path) -> None:
    """Renames `fresh` to `target`; an old target waits at `aside` and comes back on failure."""
    replaced = target.exists()
    if replaced:
        target.rename(aside)
    try:
        fresh.rename(target)
    except BaseException:
        if replaced:
            aside.rename(target)
        raise
    if replaced:
        shutil.rmtree(aside, ignore_errors=True)
