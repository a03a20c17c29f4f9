"""Laying one set of raw fields over another, as overrides and policy packs do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def merged(base: Mapping[Any, Any], over: Mapping[Any, Any]) -> dict[Any, Any]:
    """`base` with the fields of `over`; neither is changed.

    Mappings are merged field by field, but a table by year is replaced whole, and so are lists. A
    field that `over` leaves empty (null) is taken away.
    """
    result = dict(base)
    for key, value in over.items():
        before = result.get(key)
        if value is None:
            result.pop(key, None)
        elif before is not None and _is_record(value) and _is_record(before):
            result[key] = merged(before, value)
        else:
            result[key] = value
    return result


def _is_record(value: Any) -> bool:
    """A mapping by field name; a table by year is a value."""
    return isinstance(value, dict) and not any(isinstance(key, int) for key in value)
