"""Every value inside the scenario and the measures on offer, with its path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from optimizer.inputs.located import CATALOG, Loc
from optimizer.schema.fields import Frozen, Yearly
from optimizer.schema.measure import Investment, Measure
from optimizer.schema.scenario import Scenario

MARKETS: Final = ("cn", "eu", "any")
PRICED: Final = ("capex", "fixed_om")


def leaves(scenario: Scenario, measures: Sequence[Measure]) -> Iterator[tuple[Loc, Any]]:
    """Values that aren't records, mappings or lists, a yearly table being one value; of measures
    those of the scenario's market only."""
    yield from _walk(scenario, ())
    for measure in measures:
        for loc, value in _walk(measure, ()):
            if _in_market(measure, loc, scenario.market):
                yield (CATALOG, measure.id, *loc), value


def market_block(measure: Investment, field: str, market: str) -> str | None:
    """Which block of `capex` or `fixed_om` serves a market: its own, else any; None if neither."""
    blocks = getattr(measure, field)
    return next((name for name in (market, "any") if getattr(blocks, name) is not None), None)


def _in_market(measure: Measure, loc: Loc, market: str) -> bool:
    if len(loc) < 2 or loc[0] not in PRICED or loc[1] not in MARKETS:
        return True
    return isinstance(measure, Investment) and loc[1] == market_block(measure, str(loc[0]), market)


def _walk(node: Any, loc: Loc) -> Iterator[tuple[Loc, Any]]:
    if isinstance(node, Yearly) or not isinstance(node, Frozen | dict | tuple):
        yield loc, node
        return
    for key, value in _children(node):
        yield from _walk(value, (*loc, key))


def _children(node: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(node, Frozen):
        for name in type(node).model_fields:
            yield name, getattr(node, name)
    elif isinstance(node, dict):
        yield from node.items()
    else:
        yield from enumerate(node)
