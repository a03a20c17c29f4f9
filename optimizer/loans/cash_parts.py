"""Cash for debt service by cost class: what a lender counts, and what is left out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer.loans.cash import RENEWAL
from optimizer.loans.subject import Subject
from optimizer.names import CARBON_CLASSES, EQUIPMENT_CLASSES

Array = NDArray[np.float64]
BOUGHT = "overnight"


@dataclass(frozen=True)
class CashParts:
    """What the cash for debt service is made of, real money by year (T,), above 0 where the plan
    saves; `level`: nominal money per real money [1]."""

    years: Array
    saved: Mapping[str, Array]
    """Cost class -> what the plan saves in it; renewals are those of its own measures."""
    carbon: Array
    """Carbon and certificates where they cost more than in the baseline, never above 0."""
    tax: Array
    """Tax on what the plan earns, never below 0."""
    real: Array
    """saved + carbon - tax."""
    level: Array
    left_out: Mapping[str, Array]
    """Cost class -> what the plan saves in it and no lender should count."""


def cash_parts(subject: Subject) -> CashParts:
    """The parts of `Subject.cash`; tax is what the other parts leave of it."""
    flow, counted = subject.flow, subject.saved
    classes = flow["cash_class"].values.astype(str)
    carbon = np.isin(classes, CARBON_CLASSES)
    apart = np.isin(classes, EQUIPMENT_CLASSES) | carbon | _of_today(flow, classes)
    saved, dearer = _by_class(flow, ~apart), np.minimum(counted.carbon, 0.0)
    real = counted.nominal / counted.level
    before: Array = sum(saved.values(), dearer)
    tax = np.maximum(before - real, 0.0)
    left_out = _by_class(flow, apart)
    return CashParts(counted.years, saved, dearer, tax, real, counted.level, left_out)


def _of_today(flow: xr.Dataset, classes: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Lines that renew today's equipment: no measure is bought under the item's name."""
    items = flow["item"].values.astype(str)
    found: NDArray[np.bool_] = (classes == RENEWAL) & ~np.isin(items, items[classes == BOUGHT])
    return found


def _lines(flow: xr.Dataset, chosen: NDArray[np.bool_]) -> Array:
    saved: Array = flow["difference"].transpose("line", "year").values[chosen]
    return saved


def _by_class(flow: xr.Dataset, chosen: NDArray[np.bool_]) -> dict[str, Array]:
    """Cost class -> what its lines among these save, in the order of the lines."""
    classes = flow["cash_class"].values.astype(str)
    return {
        name: _lines(flow, chosen & (classes == name)).sum(axis=0)
        for name in dict.fromkeys(classes[chosen].tolist())
    }
