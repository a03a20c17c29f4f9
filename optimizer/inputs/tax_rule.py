"""Tax as the cash flow sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class VatRule:
    """Value-added tax of ``rate`` on equipment, credited ``credited_after`` years later; a nominal
    amount, which ``inflation`` a year erodes."""

    rate: float
    credited_after: float
    inflation: float | None


@dataclass(frozen=True)
class TaxRule:
    """``years``: of depreciation, by id of a measure or asset. ``inflation`` a year, by which
    depreciation and carried losses, fixed in nominal money, lose worth; None: none is given."""

    rate: float
    losses: Literal["carried", "refused", "relieved"]
    years: Mapping[str, int]
    inflation: float | None
