"""Every value of a kind inside schema objects, with its path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.inputs.bundle import Bundle
from optimizer.inputs.located import Loc
from optimizer.schema.fields import Yearly
from optimizer.units import Quantity


def tables(bundle: Bundle) -> Iterator[tuple[Loc, Yearly[Any]]]:
    """Every yearly table of the scenario and of the offered measures."""
    for loc, value in bundle.leaves:
        if isinstance(value, Yearly):
            yield loc, value


def amounts(bundle: Bundle) -> Iterator[tuple[Loc, Quantity]]:
    """Every amount of money that the scenario uses; of measures those of its market only."""
    for loc, value in bundle.leaves:
        inner = _inside(value, loc) if isinstance(value, Yearly) else [(loc, value)]
        for place, amount in inner:
            if isinstance(amount, Quantity) and amount.currency is not None:
                yield place, amount


def _inside(table: Yearly[Any], loc: Loc) -> Iterator[tuple[Loc, Any]]:
    yield loc, table.constant
    for year, value in table.values.items():
        yield (*loc, year), value
