"""Plain data, as JSON has it, read back as the objects that it was written from."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")


def read_as(kind: type[T], data: Any) -> T:
    """``data`` as an object of ``kind``: dataclasses from mappings (keys that they lack are left),
    years from text. Raises ValueError that names the first field that doesn't fit."""
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as errors:
        first = errors.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise ValueError(f"{place}: {first['msg']}") from None
