"""Gates of packs as the model gets them, for cases built by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from optimizer.inputs import held_rules as h


def _common(id: str, limit: Sequence[float | None], fields: dict[str, Any]) -> tuple[Any, ...]:
    names = (f"Rule {id}", f"规则 {id}")
    spare = fields.pop("spare", (0.0,) * len(limit))
    return f"pack/{id}", names, tuple(limit), fields.pop("thresholds", ()), spare


def never_rises(limit: Sequence[float | None], base: float, **fields: Any) -> h.NeverRisesRule:
    """Growth by year over the year before, the first over `base` [t]."""
    common = _common("T-4", limit, fields)
    return h.NeverRisesRule(*common, fields.get("ledger", "location"), base)


def reduction(
    limit: Sequence[float | None], base: float, *scopes: int, **fields: Any
) -> h.ReductionRule:
    """What may be left of `base` [t] in some scopes, by year."""
    common = _common("B-1", limit, fields)
    return h.ReductionRule(*common, fields.get("ledger", "location"), scopes, base)


def intensity(
    limit: Sequence[float | None], power: float = 0.2856, heat: float = 0.12, **fields: Any
) -> h.IntensityRule:
    """t/tce by year; electricity at `power`, all else at `heat` tce/MWh."""
    common = _common("N-2", limit, fields)
    return h.IntensityRule(*common, fields.get("ledger", "location"), power, heat)


def non_fossil(
    limit: Sequence[float | None],
    power: float = 0.2856,
    heat: float = 0.12,
    *,
    certificates: bool = True,
    **fields: Any,
) -> h.NonFossilRule:
    """Share by year, converted as above."""
    return h.NonFossilRule(*_common("N-3", limit, fields), power, heat, certificates)


def traceable(limit: Sequence[float | None], **fields: Any) -> h.TraceableRule:
    """Share of the power used, by year."""
    return h.TraceableRule(*_common("N-5", limit, fields))


def hourly(limit: Sequence[float | None], **fields: Any) -> h.HourlyRule:
    """Share of the power used, by year."""
    return h.HourlyRule(*_common("B-15", limit, fields))


def footprint(
    limit: Sequence[float | None], made: Sequence[float], **fields: Any
) -> h.FootprintRule:
    """t a unit by year, of so many units."""
    common = _common("G-7", limit, fields)
    return h.FootprintRule(*common, fields.get("ledger", "location"), tuple(made))


def energy_per_product(
    limit: Sequence[float | None],
    made: Sequence[float],
    power: float = 0.1229,
    heat: float = 0.12,
    **fields: Any,
) -> h.EnergyPerProductRule:
    """tce a unit by year, converted as above, of so many units."""
    return h.EnergyPerProductRule(*_common("G-4", limit, fields), power, heat, tuple(made))


def equipment(
    limit: Sequence[float | None], *pieces: tuple[str, str, bool], **fields: Any
) -> h.EquipmentRule:
    """Share by year; pieces as (owner, state, whether it has the grade)."""
    found: Any = tuple(h.Piece(owner, state, good) for owner, state, good in pieces)  # type: ignore[arg-type]
    return h.EquipmentRule(*_common("G-5", limit, fields), found)
