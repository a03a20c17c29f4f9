"""What a measure needs to stand."""

from __future__ import annotations

from optimizer.inputs.case import Case, MeasureOption, modes_of


def required(case: Case, option: MeasureOption) -> tuple[str, ...]:
    """Ids of all that may serve what a measure requires, whoever owns it."""
    return tuple(mode for name in option.requires for mode in modes_of(case.measures, name))
