"""Credits that no plan may use in some years, for people: which, when, by which rule."""

from __future__ import annotations

from typing import Any

from optimizer.inputs.case import Case


def excluded_credits(case: Case) -> list[dict[str, Any]]:
    """A line a credit, rule and criterion; the names are None for the scenario's own rule."""
    return [
        {
            "credit": credit.id,
            "rule": each.rule,
            "rule_name_en": each.name[0] if each.name else None,
            "rule_name_zh": each.name[1] if each.name else None,
            "criterion": each.criterion,
            "years": [y for y, out in zip(case.years, each.years, strict=True) if out],
        }
        for credit in case.credits
        for each in credit.exclusions
    ]
