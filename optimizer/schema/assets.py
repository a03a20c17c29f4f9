"""What stands at a factory today, and what a renewal of it is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from optimizer.schema.fields import (
    Capacity,
    Frozen,
    Grade,
    Id,
    Money,
    Text,
    YearlyCapacityPrice,
    Years,
)
from optimizer.schema.technology import (
    Conversion,
    ConverterTechnology,
    GeneratorTechnology,
    StorageTechnology,
)


class AssetRenewal(Frozen):
    """Like with like, of today's grade: its own price and efficiency."""

    capex: Money
    lifetime: Years
    inputs: dict[Id, Conversion] | None = None
    fixed_om: YearlyCapacityPrice | None = None
    grade: Grade | None = None
    """Of the new one; None: not stated, which no rule on grades takes for kept."""


class ExistingAsset(Frozen):
    """What stands today. ``end_of_life``: the last year that it may stand unrenewed."""

    id: Id
    name: Text
    capacity: Capacity
    built: int
    lifetime: Years
    end_of_life: int | None = None
    book_value: Money | None = None
    resale: Money | None = None
    """Received when it is retired before its end of life."""
    dismantling: Money | None = None
    fixed_om: YearlyCapacityPrice | None = None
    renewal: AssetRenewal | None = None
    """None: it can't be renewed."""
    equipment: Id | None = None
    """Class of equipment under a mandatory efficiency standard, such as motors."""
    grade: Grade | None = None


class ConverterAsset(ExistingAsset, ConverterTechnology):
    kind: Literal["converter"]


class GeneratorAsset(ExistingAsset, GeneratorTechnology):
    kind: Literal["generator"]


class StorageAsset(ExistingAsset, StorageTechnology):
    kind: Literal["storage"]


Asset = Annotated[ConverterAsset | GeneratorAsset | StorageAsset, Field(discriminator="kind")]
