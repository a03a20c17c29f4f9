"""Gates of policy packs that have rows in the model, as data: one class a type of rule.

``limit`` is by planning year, None where the rule has no value or isn't in force. ``ledger`` is
that of the scope 2 emissions that the rule counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True)
class Threshold:
    """Met where the plan's own use of power [MWh/a] is over ``value``, or under it."""

    over: bool
    value: float


@dataclass(frozen=True)
class HeldRule:
    """``id`` is pack/rule, ``name`` English and Chinese. It applies where every threshold is
    met."""

    id: str
    name: tuple[str, str]
    limit: tuple[float | None, ...]
    thresholds: tuple[Threshold, ...]
    spare: tuple[float, ...]
    """What the rule is to be kept by, in the unit of its row, since another time axis missed it."""


@dataclass(frozen=True)
class NeverRisesRule(HeldRule):
    """Gross emissions at most ``limit`` times those of the year before; first the base year's."""

    ledger: Literal["location", "market"]
    base_emissions: float


@dataclass(frozen=True)
class ReductionRule(HeldRule):
    """Emissions of ``scopes`` at most ``limit`` times those of the base year [t]."""

    ledger: Literal["location", "market"]
    scopes: tuple[int, ...]
    base_emissions: float


@dataclass(frozen=True)
class IntensityRule(HeldRule):
    """Emissions before credits at most ``limit`` [t/tce] times the energy used.

    ``power`` and ``heat``: tce per MWh of electricity, and of anything else.
    """

    ledger: Literal["location", "market"]
    power: float
    heat: float


@dataclass(frozen=True)
class NonFossilRule(HeldRule):
    """Non-fossil energy at least ``limit`` times the energy used [tce], converted as above."""

    power: float
    heat: float
    certificates: bool


@dataclass(frozen=True)
class TraceableRule(HeldRule):
    """Physically traceable non-fossil power at least ``limit`` times the power used [MWh];
    ``third_parties``: whether their plants on site count."""

    third_parties: bool = True


@dataclass(frozen=True)
class HourlyRule(HeldRule):
    """Non-fossil power matched hour by hour at least ``limit`` times the power used [MWh]."""


@dataclass(frozen=True)
class FootprintRule(HeldRule):
    """Emissions of scopes 1, 2 and 3 before the gate at most ``limit`` [t/unit] times ``made``."""

    ledger: Literal["location", "market"]
    made: tuple[float, ...]


@dataclass(frozen=True)
class EnergyPerProductRule(HeldRule):
    """Energy used [tce], converted as above, at most ``limit`` [tce/unit] times ``made``."""

    power: float
    heat: float
    made: tuple[float, ...]


@dataclass(frozen=True)
class Piece:
    """An asset as it is (`old`) or `renewed`, or a measure (`built`); ``good``: at the grade."""

    owner: str
    state: Literal["old", "renewed", "built"]
    good: bool


@dataclass(frozen=True)
class EquipmentRule(HeldRule):
    """Pieces at the grade are at least ``limit`` times those that stand."""

    pieces: tuple[Piece, ...]


TceRule = IntensityRule | NonFossilRule | EnergyPerProductRule
"""Rules that count energy in tonnes of coal equivalent."""


def with_spare(
    rules: tuple[HeldRule, ...], years: tuple[int, ...], missed: Mapping[tuple[str, int], float]
) -> tuple[HeldRule, ...]:
    """The rules, each kept by what was missed of it, by (id, year), as well."""
    return tuple(
        replace(
            rule,
            spare=tuple(
                spare + missed.get((rule.id, year), 0.0)
                for year, spare in zip(years, rule.spare, strict=True)
            ),
        )
        for rule in rules
    )
