"""Keeps file names that stand in inputs inside the folder that they belong to."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath


def resolve_inside(root: Path, relative: str) -> Path:
    """The absolute path of `relative` under `root`, with symlinks followed; it need not exist.

    Raises ValueError, in words fit for a Problem's hint, for an empty or absolute name (of Linux or
    Windows), "..", backslashes, control characters, or a symlink that leads out of `root`.
    """
    if not relative or not relative.isprintable():
        raise ValueError("A file name must be printable text and not empty.")
    windows = PureWindowsPath(relative)
    if PurePosixPath(relative).is_absolute() or windows.drive or windows.root:
        raise ValueError(f'"{relative}" is absolute; name the file relative to its folder.')
    if "\\" in relative:
        raise ValueError(f'"{relative}" has a backslash; separate folders by "/".')
    if ".." in PurePosixPath(relative).parts:
        raise ValueError(f'"{relative}" leads upwards; files stay inside their folder.')
    home = root.resolve()
    try:
        found = (home / relative).resolve()
    except (OSError, RuntimeError):
        raise ValueError(f'"{relative}" can\'t be followed; its links run in a circle.') from None
    if not found.is_relative_to(home):
        raise ValueError(f'"{relative}" is a link that leads out of its folder.')
    return found
