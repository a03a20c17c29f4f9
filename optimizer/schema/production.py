"""What a site makes."""

from __future__ import annotations

from optimizer.schema.fields import Frozen, ProductPerYear, Text


class Production(Frozen):
    """The one product that rules per unit of product look at."""

    name: Text
    """What one unit is, such as a tonne of castings."""
    amount: ProductPerYear
    """At output 1; each year's follows the scenario's ``output``."""
