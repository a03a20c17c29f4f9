"""Why a credit may not be used in some years, as the case knows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Criterion = Literal["types", "storage", "max_age", "ex_post", "regions", "programmes", "labels"]
OWN_RULE = "policy.offset.eligible"
"""Where a scenario says itself which credits count."""


@dataclass(frozen=True)
class Exclusion:
    """``rule`` (pack/rule, or the scenario's own field) shuts a credit out for one criterion.

    ``name``: the rule's, English and Chinese, None for the scenario's own. ``years``: a flag for
    each planning year.
    """

    rule: str
    name: tuple[str, str] | None
    criterion: Criterion
    years: tuple[bool, ...]
