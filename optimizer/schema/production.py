"""What a site makes, and what it buys to make it of."""

from __future__ import annotations

from pydantic import Field

from optimizer.schema.fields import (
    EnergyPerProduct,
    Frozen,
    Id,
    Length,
    MassPerProduct,
    MassRatio,
    ProductPerYear,
    Text,
    TransportFactor,
    Yearly,
)
from optimizer.schema.measure import Trust


class EnergyLimits(Frozen):
    """Energy per unit of product that standards ask, which differ by product: by year.

    ``limit``: level 3, which every site keeps; ``advanced``: level 1; ``benchmark``: what the
    country's list of benchmarks names for the trade.
    """

    limit: Yearly[EnergyPerProduct] | None = None
    advanced: Yearly[EnergyPerProduct] | None = None
    benchmark: Yearly[EnergyPerProduct] | None = None


class Production(Frozen):
    """The one product that rules per unit of product look at."""

    name: Text
    """What one unit is, such as a tonne of castings."""
    amount: ProductPerYear
    """At output 1; each year's follows the scenario's ``output``."""
    energy: EnergyLimits = EnergyLimits()
    """In the energy that the standard counts: what a pack's rule converts electricity by."""


class Transport(Frozen):
    """How a material comes to the site, paid for by its buyer: scope 3, category 4."""

    distance: Length
    factor: Yearly[TransportFactor]
    """t CO2e per t and km, such as "0.08 kg/t/km"."""


class Material(Frozen):
    """A purchased material or part: scope 3, category 1."""

    id: Id
    name: Text
    amount: MassPerProduct
    """What one unit of product takes, waste included."""
    factor: Yearly[MassRatio]
    """t CO2e per t, from cradle to its supplier's gate, such as "2.1 kg/kg"."""
    transport: Transport | None = None
    source: str = Field(min_length=1)
    """Who says so, of the factor and the amount."""
    trust: Trust
