"""What a plain YAML scalar means: the core schema of YAML 1.2 (10.3) minus its surprises.

Refused, because readers disagree on them: leading zeros, other bases, underscores, bare dates, nan
and infinity.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

Scalar = str | int | float | bool | None

LONGEST_NUMBER = 40

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_REFUSED = (
    (
        re.compile(r"[-+]?0[0-9]+(?:\.[0-9]*)?|[-+]?0[oxbOXB][0-9a-fA-F]+"),
        "a decimal number without leading zeros",
        "Quote it if it is a name.",
    ),
    (
        re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?"),
        "a number without underscores",
        "Quote it if it is a name.",
    ),
    (
        re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?"),
        "a quoted date",
        "Put it in quotes so that it stays the text that you see.",
    ),
    (_NOT_FINITE, "a finite number", "Leave the key out if there is no value."),
)


@dataclass(frozen=True)
class Refused:
    """Why a scalar isn't read: what is `allowed` in its place, and what to do."""

    allowed: str
    hint: str


def plain_value(text: str) -> Scalar | Refused:
    """The value of an unquoted scalar: None, bool, int, float or else the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    for pattern, allowed, hint in _REFUSED:
        if pattern.fullmatch(text):
            return Refused(allowed, hint)
    whole = _INT.fullmatch(text)
    if not whole and not _FLOAT.fullmatch(text):
        return text
    value = int(text) if whole and len(text) <= LONGEST_NUMBER else float(text)
    if len(text) > LONGEST_NUMBER or not math.isfinite(value):
        return Refused("a finite number of at most 40 characters", "Shorten it, or quote a name.")
    return value
