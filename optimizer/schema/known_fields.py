"""Which field names the schema knows at a place, for "did you mean"."""

from __future__ import annotations

from collections.abc import Sequence
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

TAG_FIELDS = ("kind", "shape", "type", "form", "mode")
"""The fields that decide which others there are."""


def known_fields(kind: Any, loc: Sequence[str | int]) -> list[str]:
    """Field names of the model or models that stand at pydantic's `loc` under the type `kind`."""
    here = _arms(kind)
    for part in loc:
        here = [arm for node in here for arm in _step(node, part)]
    return sorted({name for node in here if _is_model(node) for name in node.model_fields})


def _is_model(node: Any) -> bool:
    return isinstance(node, type) and issubclass(node, BaseModel)


def _arms(annotation: Any) -> list[Any]:
    """The plain types that an annotation stands for."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _arms(get_args(annotation)[0])
    if origin is Union or origin is UnionType:
        return [arm for member in get_args(annotation) for arm in _arms(member)]
    return [annotation]


def _step(node: Any, part: str | int) -> list[Any]:
    """What lies under `part` in one type; a union's tag keeps the type that bears it."""
    if _is_model(node):
        if any(part in _literals(node, name) for name in TAG_FIELDS):
            return [node]
        field = node.model_fields.get(part)
        return _arms(field.annotation) if field else []
    arguments = get_args(node)
    if get_origin(node) is dict:
        return _arms(arguments[1])
    if get_origin(node) in (tuple, list):
        return _arms(arguments[0])
    return []


def _literals(node: Any, name: str) -> tuple[Any, ...]:
    field = node.model_fields.get(name)
    if field is None or get_origin(field.annotation) is not Literal:
        return ()
    return get_args(field.annotation)
