"""Units of the step layer: what runs, in MW, MWh or t/h."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from optimizer.inputs.case.common import ByYear, Varying
from optimizer.inputs.case.financing import OnSitePower


@dataclass(frozen=True)
class Flow:
    """MWh of ``carrier`` per MWh of the reference flow (or per t captured)."""

    carrier: str
    ratio: Varying


@dataclass(frozen=True)
class Recovery:
    """Flow at most ``share`` of what a service (its demand) or unit (its reference flow) has.

    A source that is an asset means what its old and its renewed unit have together.
    """

    source: str
    source_is_service: bool
    share: float


@dataclass(frozen=True)
class ConverterUnit:
    id: str
    reference: str
    inputs: tuple[Flow, ...]
    outputs: tuple[Flow, ...]
    availability: Varying = 1.0
    recovery: Recovery | None = None
    minimum_load: float = 0.0
    variable_om: float = 0.0


@dataclass(frozen=True)
class GeneratorUnit:
    """``sold_certificates``: price by year [money/MWh] of those of all its output; None: kept.
    ``paid``: what its owner is paid for its output; None: it is the site's."""

    id: str
    output: str
    availability: Varying
    variable_om: float = 0.0
    sold_certificates: ByYear | None = None
    paid: OnSitePower | None = None


@dataclass(frozen=True)
class StorageUnit:
    """``power_ratio``: MW per MWh. ``loss``: share of the level lost in ``axis.dt`` hours.
    ``cycle``: what ends at the level it began with."""

    id: str
    carrier: str
    power_ratio: float
    efficiency_charge: float
    efficiency_discharge: float
    loss: float
    lowest_level: float
    variable_om: float = 0.0
    cycle: Literal["day", "year"] = "day"


@dataclass(frozen=True)
class CaptureUnit:
    """Captures at most ``rate`` of its sources' CO2, step by step; capacity in t/h."""

    id: str
    units: tuple[str, ...]
    process_sources: tuple[str, ...]
    rate: float
    inputs: tuple[Flow, ...]
    durability: float
    variable_om: float = 0.0


StepUnit = ConverterUnit | GeneratorUnit | StorageUnit | CaptureUnit
