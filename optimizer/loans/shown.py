"""How the figures of rules are shown, on a terminal and in the loan file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SIGNS: Final[Mapping[str, str]] = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<"}
PERCENT: Final = (
    "debt_share", "equity_share", "rate_over_reference", "system_saving", "system_reduction",
    "reduction_from_base", "reduction_from_baseline", "funded_share", "loan_over_eligible",
)  # fmt: skip
"""Quantities that are shown as shares in percent."""
