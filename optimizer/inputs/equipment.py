"""Pieces of equipment that a rule on efficiency grades counts."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.inputs.assembly import Assembly
from optimizer.inputs.held_rules import Piece
from optimizer.schema.measure import Investment
from optimizer.schema.policy_rules import EquipmentGrade


def pieces_of(rule: EquipmentGrade, assembly: Assembly) -> tuple[Piece, ...]:
    """Assets and measures of the rule's classes, each with whether it has the grade."""
    return tuple(_pieces(rule, assembly))


def _pieces(rule: EquipmentGrade, assembly: Assembly) -> Iterator[Piece]:
    def good(grade: int | None) -> bool:
        return grade is not None and grade <= rule.grade

    for asset in assembly.scenario.assets:
        if asset.equipment in rule.classes:
            yield Piece(asset.id, "old", good(asset.grade))
            if asset.renewal is not None:
                yield Piece(asset.id, "renewed", good(asset.renewal.grade))
    for measure in assembly.bundle.measures:
        if isinstance(measure, Investment) and measure.equipment in rule.classes:
            yield Piece(measure.id, "built", good(measure.grade))
