"""What emissions cost a site: an emissions trading scheme, and CBAM on what it exports to the EU.

The two are never one figure: allowances are paid where the factory stands, certificates by the
importer, on other emissions, after other benchmarks.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field

from optimizer.schema.fields import (
    EmissionsPerProduct,
    Frozen,
    Mass,
    MoneyPerMass,
    Share,
    Yearly,
)

Surplus = Literal["sold", "worthless"]
T = TypeVar("T")


def _each_once(parts: tuple[T, ...]) -> tuple[T, ...]:
    if len(set(parts)) < len(parts):
        raise ValueError("must name each part once")
    return parts


Scope1Parts = Annotated[
    tuple[Literal["fuel", "process"], ...], Field(min_length=1), AfterValidator(_each_once)
]
EmbeddedParts = Annotated[
    tuple[Literal["fuel", "process", "scope2"], ...],
    Field(min_length=1),
    AfterValidator(_each_once),
]


class FixedAllocation(Frozen):
    """An amount of free allowances a year, whatever is made or emitted."""

    type: Literal["fixed"]
    amount: Yearly[Mass]
    surplus: Surplus = "sold"


class OutputBasedAllocation(Frozen):
    """Benchmark x what is produced x (1 - decline)."""

    type: Literal["output_based"]
    benchmark: EmissionsPerProduct
    decline: Yearly[Share] = Yearly[float](constant=0.0)
    """Share by which each year's benchmark lies below the given one."""
    surplus: Surplus = "sold"


class VerifiedAllocation(Frozen):
    """As many free allowances as covered emissions: nothing to pay, and nothing to gain."""

    type: Literal["equals_verified"]


Allocation = Annotated[
    FixedAllocation | OutputBasedAllocation | VerifiedAllocation, Field(discriminator="type")
]


class CarbonPrice(Frozen):
    """Allowances for what ``covers`` names of scope 1; without ``allocation`` none are free."""

    price: Yearly[MoneyPerMass]
    covers: Scope1Parts = ("fuel", "process")
    allocation: Allocation | None = None


class Cbam(Frozen):
    """Certificates that importers in the EU owe for the factory's goods, and who bears them.

    Certificates [t] = exported x (embedded - benchmark x factor x production), at least 0.
    """

    price: Yearly[MoneyPerMass]
    exported: Yearly[Share]
    """Share of the production that goes to the EU."""
    benchmark: EmissionsPerProduct
    factor: Yearly[Share]
    """Share of the benchmark that EU makers still get free."""
    covers: EmbeddedParts = ("fuel", "process")
    """Embedded emissions that count; ``scope2`` is location-based."""
    borne: Yearly[Share] = Yearly[float](constant=1.0)
    """Share of the importer's cost that comes back to the factory in its prices."""
