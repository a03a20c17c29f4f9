"""Gates on the efficiency grade of equipment: of what stands, a share is good enough."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from optimizer.inputs.held_rules import EquipmentRule, Piece
from optimizer.model.gates import limit_of, of_kind, room
from optimizer.model.layer import YearlyLayer, named


def add_equipment_rules(layer: YearlyLayer) -> None:
    """Pieces count, not their sizes; a measure built twice counts twice."""
    rules, index = of_kind(layer, EquipmentRule)
    builds = {option.id: option.max_builds for option in layer.case.measures}

    def at_grade(_: Any, r: str, y: int) -> Any:
        """Enough of the equipment that stands is good: limit x pieces <= pieces at the grade
        [1]."""
        rule, limit = rules[r], limit_of(layer, rules[r], y)
        most = sum((float(builds.get(piece.owner, 1)) for piece in rule.pieces), 0.0)
        free = room(layer, rule, y, most)
        good = [piece for piece in rule.pieces if piece.good]
        return limit * _standing(layer, rule.pieces, y) <= _standing(layer, good, y) + free

    named(layer.model, "equipment_at_grade", [at for at in index if rules[at[0]].pieces], at_grade)


def _standing(layer: YearlyLayer, pieces: Iterable[Piece], year: int) -> Any:
    """Units that stand; of a measure that isn't on offer none does."""
    m = layer.model
    states = {"old": m.asset_old, "renewed": m.asset_renewed, "built": m.on}
    found = ((states[piece.state], (piece.owner, year)) for piece in pieces)
    return sum((state[at] for state, at in found if at in state), 0.0)
