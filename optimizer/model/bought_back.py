"""Own generation used on site whose certificates are sold: the market ledger counts it as bought.

Which generator's power leaves the site isn't metered: exports are taken from the sellers' first.
What is used of theirs is then max(0, generated - exported). Every rule wants it low, so a row from
below is enough, and what is stored is the maximum itself.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.model.certificates import sellers, sold_carriers
from optimizer.model.layer import YearlyLayer, named


def add_bought_back(layer: YearlyLayer) -> None:
    """bought_back[carrier, y] >= 0 [MWh], for carriers whose own generation sells certificates."""
    m = layer.model
    index = [(c, y) for c in sold_carriers(layer.case) for y in layer.years]
    m.bought_back = pyo.Var(index, bounds=(0, None))

    def above(m: Any, c: str, y: int) -> Any:
        """What isn't exported is used: bought back >= generated with sold certificates - exported
        [MWh]."""
        return m.bought_back[c, y] >= _unexported(layer, c, y)

    named(m, "bought_back_above_unexported", index, above)


def sold_generation(layer: YearlyLayer, carrier: str, year: int) -> Any:
    """What is generated of a carrier while its certificates are sold [MWh]."""
    units = [unit.id for unit in sellers(layer.case) if unit.output == carrier]
    return sum((layer.model.total["sold_certificates", u, year] for u in units), 0.0)


def bought_back(layer: YearlyLayer, carrier: str, year: int) -> Any:
    """What of that is used on site [MWh]."""
    sold = carrier in sold_carriers(layer.case)
    return layer.model.bought_back[carrier, year] if sold else 0.0


def overstated(layer: YearlyLayer, year: int) -> Any:
    """At least what a year's market-based emissions are above those of max(0, generated -
    exported) [t]: residual factor x (bought back - generated + exported). A rule that allows more
    where the year before emitted more takes it off, lest a plan emit on paper."""
    at, carriers = layer.at(year), layer.case.carriers
    if layer.case.policy.export_treatment != "none":
        return 0.0
    return sum(
        (
            float(c.residual[at])
            * (bought_back(layer, c.id, year) - _unexported(layer, c.id, year))
            for c in carriers
            if c.id in sold_carriers(layer.case)
        ),
        0.0,
    )


def _unexported(layer: YearlyLayer, carrier: str, year: int) -> Any:
    """Generated with sold certificates less all exports of the carrier [MWh]."""
    option = next(c for c in layer.case.carriers if c.id == carrier)
    exported = layer.model.total["export", carrier, year] if option.sale is not None else 0.0
    return sold_generation(layer, carrier, year) - exported
