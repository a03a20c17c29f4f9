"""Tax on what a plan earns. Standard corporate income tax, straight-line depreciation."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from optimizer.schema.fields import Frozen, Share, Years

Losses = Literal["carried", "refused", "relieved"]


class Tax(Frozen):
    """`depreciation`: years by id of a measure or asset, else by kind, else for `any`."""

    rate: Share
    """Of what the plan earns above its baseline, less depreciation."""
    depreciation: dict[str, Years] = Field(min_length=1)
    method: Literal["straight_line"] = "straight_line"
    losses: Losses
    """Of a year in which the plan earns less than the baseline: `carried` to later years, `refused`
    for good, or `relieved` at once by other profit of the same taxpayer."""
