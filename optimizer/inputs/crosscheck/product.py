"""What is counted per unit of product needs a product."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.errors import Problem
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.located import Loc
from optimizer.schema.carbon import OutputBasedAllocation


def production_is_given(bundle: Bundle) -> Iterator[Problem]:
    """An allocation by output and CBAM count units of product."""
    scenario = bundle.scenario
    if scenario.production is not None:
        return
    hint = "Say what one unit is and how many are made at output 1: production: {name, amount}."
    for loc in _needs(bundle):
        allowed = "with 'production' in the scenario"
        yield bundle.problem(loc, allowed, hint, found="nothing that is produced")


def _needs(bundle: Bundle) -> Iterator[Loc]:
    """Where something per unit of product stands."""
    carbon = bundle.scenario.carbon
    if carbon is not None and isinstance(carbon.allocation, OutputBasedAllocation):
        yield ("carbon", "allocation", "benchmark")
    if bundle.scenario.cbam is not None:
        yield ("cbam", "benchmark")
