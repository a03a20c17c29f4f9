"""docs/benchmarks.md: prose by hand, and between marks what was measured."""

from __future__ import annotations

from collections.abc import Mapping

MARK = "<!-- {}: {} -->"
"""Around each block of the page that is written anew: its name, and begins or ends."""


def page(text: str, blocks: Mapping[str, str]) -> str:
    """The page with the named blocks written anew; all else stays as it is.

    Raises ValueError for a block without its marks.
    """
    for name, block in blocks.items():
        begins, ends = MARK.format(name, "begins"), MARK.format(name, "ends")
        before, found, rest = text.partition(begins)
        _, closed, after = rest.partition(ends)
        if not (found and closed):
            raise ValueError(f"the page has no place for '{name}': {begins} … {ends}")
        text = f"{before}{begins}\n{block}\n{ends}{after}"
    return text
