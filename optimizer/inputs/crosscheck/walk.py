"""Every value of a kind inside schema objects, with its path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.inputs.bundle import Bundle, measure_loc
from optimizer.inputs.located import Loc
from optimizer.schema.fields import Frozen, Yearly
from optimizer.schema.measure import Investment, Measure
from optimizer.units import Quantity

_MARKETS = ("cn", "eu", "any")
_PRICED = ("capex", "fixed_om")


def tables(bundle: Bundle) -> Iterator[tuple[Loc, Yearly[Any]]]:
    """Every yearly table of the scenario and of the offered measures."""
    for loc, value in _all(bundle):
        if isinstance(value, Yearly):
            yield loc, value


def amounts(bundle: Bundle) -> Iterator[tuple[Loc, Quantity]]:
    """Every amount of money that the scenario uses; of measures those of its market only."""
    for loc, value in _all(bundle):
        inner = _inside(value, loc) if isinstance(value, Yearly) else [(loc, value)]
        for place, amount in inner:
            if isinstance(amount, Quantity) and amount.currency is not None:
                yield place, amount


def market_block(measure: Investment, field: str, market: str) -> str | None:
    """Which block of `capex` or `fixed_om` serves a market: its own, else any; None if neither."""
    blocks = getattr(measure, field)
    return next((name for name in (market, "any") if getattr(blocks, name) is not None), None)


def _all(bundle: Bundle) -> Iterator[tuple[Loc, Any]]:
    yield from _walk(bundle.scenario, ())
    for measure in bundle.measures:
        for loc, value in _walk(measure, ()):
            if _in_market(measure, loc, bundle.scenario.market):
                yield measure_loc(measure.id, *loc), value


def _in_market(measure: Measure, loc: Loc, market: str) -> bool:
    if len(loc) < 2 or loc[0] not in _PRICED or loc[1] not in _MARKETS:
        return True
    return isinstance(measure, Investment) and loc[1] == market_block(measure, str(loc[0]), market)


def _walk(node: Any, loc: Loc) -> Iterator[tuple[Loc, Any]]:
    """Values that aren't records, mappings or lists; a yearly table is one value."""
    if isinstance(node, Yearly) or not isinstance(node, Frozen | dict | tuple):
        yield loc, node
        return
    for key, value in _children(node):
        yield from _walk(value, (*loc, key))


def _inside(table: Yearly[Any], loc: Loc) -> Iterator[tuple[Loc, Any]]:
    yield loc, table.constant
    for year, value in table.values.items():
        yield (*loc, year), value


def _children(node: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(node, Frozen):
        for name in type(node).model_fields:
            yield name, getattr(node, name)
    elif isinstance(node, dict):
        yield from node.items()
    else:
        yield from enumerate(node)
