"""Reads a text file whole and refuses what no editor should have put there."""

from __future__ import annotations

import re
from pathlib import Path

from optimizer.errors import InputErrors, Problem

_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    "\U00010000-\U0010ffff]"
)
"""Control characters, lone surrogates and the signs that turn the direction of reading: a terminal
obeys the first, the second can't be written, and behind the third a name looks like another."""


def unprintable(text: str) -> re.Match[str] | None:
    """The first character of `text` that nobody should print, if there is one."""
    return _UNPRINTABLE.search(text)


def read_text(path: Path, shown_as: str, largest: int, hint: str = "") -> str:
    """The text of a UTF-8 file, with or without byte order mark, of at most `largest` bytes.

    Raises InputErrors for a missing or larger file (with `hint`), another encoding, and control
    characters; the last two with line and column.
    """

    def refused(line: int, column: int, found: str, allowed: str, hint: str = "") -> InputErrors:
        return InputErrors([Problem(shown_as, line, column, "", found, allowed, hint)])

    try:
        with path.open("rb") as file:
            raw = file.read(largest + 1)
    except (OSError, ValueError) as error:
        found = getattr(error, "strerror", None) or "no readable file"
        raise refused(0, 0, found, "a file that can be read") from None
    if len(raw) > largest:
        raise refused(0, 0, "a larger file", f"at most {largest / 1e6:g} MB", hint)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # the decoder counts from behind a byte order mark
        body = raw.removeprefix(b"\xef\xbb\xbf")
        line = body.count(b"\n", 0, error.start) + 1
        column = error.start - body.rfind(b"\n", 0, error.start)
        found = f"byte 0x{body[error.start]:02x}"
        raise refused(line, column, found, "UTF-8 text", "Save the file as UTF-8.") from None
    if odd := unprintable(text):
        line = text.count("\n", 0, odd.start()) + 1
        column = odd.start() - text.rfind("\n", 0, odd.start())
        found = f"U+{ord(odd.group()):04X}"
        raise refused(line, column, found, "printable text", "Delete this character.")
    return text
