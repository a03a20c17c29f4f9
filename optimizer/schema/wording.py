"""pydantic's messages in the words of an input error: what was found, what is allowed, a hint."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from optimizer.errors import nearest
from optimizer.units import UnitError

LONGEST_SHOWN = 60

_PATTERNS = {
    r"^[A-Z]{3}$": "three capital letters, such as CNY",
    r"^([01]\d|2[0-3]):[0-5]\d$": "a time of day, such as '06:00'",
    r"^(0\d|1[0-2])-[0-3]\d$": "a month and day, such as '05-01'",
}
_TYPES = {
    "string_type": "text",
    "string_too_short": "text that isn't empty",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping of fields",
    "model_attributes_type": "a mapping of fields",
    "tuple_type": "a list",
    "list_type": "a list",
    "is_instance_of": "of another kind",
    "none_required": "empty",
    "invalid_key": "the name of a field, not a year",
}
_PHRASES: dict[str, Callable[[dict[str, Any]], str]] = {
    "greater_than_equal": lambda ctx: f"at least {ctx['ge']:g}",
    "greater_than": lambda ctx: f"above {ctx['gt']:g}",
    "less_than_equal": lambda ctx: f"at most {ctx['le']:g}",
    "less_than": lambda ctx: f"below {ctx['lt']:g}",
    "literal_error": lambda ctx: _one_of(ctx["expected"]),
    "union_tag_invalid": lambda ctx: _one_of(ctx["expected_tags"]),
    "union_tag_not_found": lambda ctx: "given, for it decides which fields there are",
    "string_pattern_mismatch": lambda ctx: _PATTERNS.get(ctx["pattern"], "text of another form"),
    "string_too_long": lambda ctx: f"text of at most {ctx['max_length']} characters",
    "too_short": lambda ctx: f"{ctx['min_length']} entries or more",
    "too_long": lambda ctx: f"{ctx['max_length']} entries or fewer",
}


def _one_of(choices: str) -> str:
    return f"one of {choices}" if choices.count("'") > 2 else choices


def worded(error: Any) -> tuple[str, str, str]:
    """(found, allowed, hint) of one entry of ValidationError.errors()."""
    kind, ctx, found = error["type"], error.get("ctx", {}), shown(error["input"])
    if kind == "value_error":
        return _of_value_error(ctx["error"], found)
    if kind in _PHRASES:
        allowed = _PHRASES[kind](ctx)
        guess = nearest(found, re.findall(r"'([^']*)'", allowed)) if "one of" in allowed else None
        return found, allowed, f'Did you mean "{guess}"?' if guess else ""
    if kind.startswith("int_"):
        return found, "a whole number", ""
    if kind.startswith("float_") or kind == "finite_number":
        return found, "a number", ""
    if kind.startswith("bool_"):
        return found, "true or false", ""
    return found, _TYPES.get(kind, "valid"), "" if kind in _TYPES else f"{error['msg']}."


def _of_value_error(error: Exception, found: str) -> tuple[str, str, str]:
    """The schema's own checks: their sentence says what must be so, or what to do."""
    if isinstance(error, UnitError):
        return error.found, error.allowed, error.hint
    said = str(error)
    for start in ("must be ", "needs "):
        if said.startswith(start):
            return found, said.removeprefix(start), ""
    return found, "complete and without contradiction", f"{said[:1].upper()}{said[1:]}."


def shown(value: Any) -> str:
    """A value as it may stand in one line; of a mapping or list only what it holds."""
    if isinstance(value, dict):
        text = "a mapping of " + (", ".join(map(str, value)) or "nothing")
    elif isinstance(value, list | tuple):
        text = f"a list of {len(value)}"
    elif isinstance(value, bool):
        text = str(value).lower()
    elif value is None:
        return "nothing"
    else:
        text = str(value)
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_SHOWN else flat[:LONGEST_SHOWN] + "…"
