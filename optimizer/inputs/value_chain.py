"""The product, what is bought to make it, and greener supplies, as the case knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optimizer.inputs.case import ByYear, Name, Rule


@dataclass(frozen=True)
class ProductOption:
    """``made``: units by year."""

    name: Name
    made: ByYear


@dataclass(frozen=True)
class MaterialOption:
    """``need`` [t] by year; ``factor`` and ``transport``: t CO2e per t of it, to the supplier's
    gate and from there to the site."""

    id: str
    name: Name
    need: ByYear
    factor: ByYear
    transport: ByYear


@dataclass(frozen=True)
class MaterialContractOption:
    """``price``: premium [money/t]; ``factor``: t CO2e per t; ``available`` [t], None unlimited."""

    id: str
    name: Name
    material: str
    price: ByYear
    factor: ByYear
    available: Rule
    earliest: int
