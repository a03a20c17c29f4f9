"""How well the capex of a project is known: what is stated, else what is assumed, and its money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from optimizer.inputs.bundle import Bundle
from optimizer.inputs.catalog_figures import price_trust
from optimizer.inputs.leaves import market_block
from optimizer.schema.capex import Capex
from optimizer.schema.estimate import RANGES, UNSTATED
from optimizer.schema.measure import Built

OWN_FIGURE: Final = "scenario"
_PRICES: Final = ("fixed", "price", "points")


@dataclass(frozen=True)
class Estimate:
    """``low``, ``high``: shares of the capex by which the final cost may end below and above it,
    four times in five; ``estimate_class``: that they are those of, None for ends of their own;
    ``assumed``: nothing is stated, the class is that of a bare catalog figure. ``contingency``:
    share of the capex that is contingency, None where that isn't stated. ``source`` of the price:
    the trust of the catalog's, 'scenario' for the company's own figure, None where none is given.
    """

    low: float
    high: float
    estimate_class: int | None
    assumed: bool
    contingency: float | None
    source: str | None


def estimate_of(measure: Built, bundle: Bundle) -> Estimate:
    """How well the capex of a measure is known, in the scenario's market."""
    market = bundle.scenario.market
    block = market_block(measure, "capex", market)
    capex: Capex | None = None if block is None else getattr(measure.capex, block)
    own = bundle.scenario.measures.override.get(measure.id, {}).get("capex")
    source = OWN_FIGURE if _states_price(own) else price_trust(measure, market)
    accuracy = None if capex is None else capex.accuracy
    contingency = None if capex is None else capex.contingency
    low, high = RANGES[UNSTATED] if accuracy is None else accuracy.ends
    return Estimate(
        low=low,
        high=high,
        estimate_class=UNSTATED if accuracy is None else accuracy.estimate_class,
        assumed=accuracy is None,
        contingency=None if contingency is None else contingency.of_capex,
        source=source,
    )


def spread(asked: Mapping[str, float], estimates: Mapping[str, Estimate]) -> tuple[float, float]:
    """What projects cost more, each at its low end (at most 0) and each at its high end [money]:
    -sum asked x low, sum asked x high. All at once is rarer than each alone, so that four times in
    five the sum lies well inside."""
    low = sum(paid * estimates[id].low for id, paid in asked.items())
    high = sum(paid * estimates[id].high for id, paid in asked.items())
    return -low, high


def contingency(asked: Mapping[str, float], estimates: Mapping[str, Estimate]) -> float:
    """What of the money asked is stated to be contingency: sum asked x its share [money]."""
    return sum(paid * (estimates[id].contingency or 0.0) for id, paid in asked.items())


def _states_price(override: Any) -> bool:
    """Whether an override of capex gives a price, not its accuracy or contingency alone."""
    blocks = override.values() if isinstance(override, dict) else ()
    return any(key in block for block in blocks if isinstance(block, dict) for key in _PRICES)
