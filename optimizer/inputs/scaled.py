"""Figures as they are written, times a number: "0.333 CNY/kWh" times 2 is "0.666 CNY/kWh"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from optimizer import names

_QUANTITY: Final = re.compile(r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)( .+)?")
_MONEY: Final = re.compile(r"[kM]?([A-Z]{3})([0-9]{4})?(/.*)?")
_AXES: Final = ("interpolate",)
ALLOWED: Final = "a number, a quantity, a table or list of these, or a record with prices"


class NoFigure(ValueError):
    """What stands there can't be multiplied; `found` shows it, `hint` says what to name instead."""

    def __init__(self, found: str, hint: str = "") -> None:
        super().__init__(found, hint)
        self.found, self.hint = found, hint


def scaled(node: Any, factor: float) -> Any:
    """Every figure of raw data times a factor, units as written.

    Of a record (a mapping that isn't a table by year) prices alone: capex has sizes beside its
    prices, and they are left. Raises NoFigure where nothing, or not all, can be multiplied: text,
    dates, and a record whose price is a series.
    """
    if isinstance(node, dict):
        return _table(node, factor) if _is_table(node) else _record(node, factor)
    if isinstance(node, list):
        if not node:
            raise NoFigure("[]")
        return [scaled(item, factor) for item in node]
    made = _figure(node, factor)
    if made is None:
        raise NoFigure(str(node))
    return made


def one_figure(node: Any) -> tuple[float, str] | None:
    """Number and unit (empty: none) of raw data that is a single figure; None for all else."""
    found = _QUANTITY.fullmatch(str(node).strip()) if isinstance(node, str | int | float) else None
    if found is None or isinstance(node, bool):
        return None
    return float(found[1]), (found[2] or "").strip()


def _is_table(node: dict[Any, Any]) -> bool:
    return any(isinstance(key, int) for key in node)


def _table(node: dict[Any, Any], factor: float) -> dict[Any, Any]:
    return {k: value if k in _AXES else scaled(value, factor) for k, value in node.items()}


def _record(node: dict[Any, Any], factor: float) -> dict[Any, Any]:
    if not _has_price(node):
        raise NoFigure(", ".join(map(str, node)), "Name one of its fields.")
    return dict(_prices(node, factor))


def _prices(node: Any, factor: float) -> Any:
    """Raw data with all money in it multiplied, the rest left."""
    if isinstance(node, dict):
        if "series" in node:
            raise NoFigure("series", "A series is multiplied by its level: name that.")
        return {key: _prices(value, factor) for key, value in node.items()}
    if isinstance(node, list):
        return [_prices(item, factor) for item in node]
    return _figure(node, factor) if _is_price(node) else node


def _has_price(node: Any) -> bool:
    if isinstance(node, dict):
        return any(map(_has_price, node.values()))
    if isinstance(node, list):
        return any(map(_has_price, node))
    return _is_price(node)


def _is_price(node: Any) -> bool:
    found = _QUANTITY.fullmatch(node.strip()) if isinstance(node, str) else None
    money = _MONEY.fullmatch((found[2] or "").strip()) if found else None
    return money is not None and money[1] in names.CURRENCIES


def _figure(node: Any, factor: float) -> Any:
    """A number or the text of a quantity, multiplied in decimals; None where it is neither."""
    if isinstance(node, bool) or node is None:
        return None
    if isinstance(node, int | float):
        return float(Decimal(str(node)) * Decimal(str(factor)))
    found = _QUANTITY.fullmatch(node.strip()) if isinstance(node, str) else None
    if found is None:
        return None
    value = Decimal(found[1]) * Decimal(str(factor))
    return f"{float(value)!r}{found[2] or ''}"
