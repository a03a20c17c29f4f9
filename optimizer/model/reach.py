"""How far a unit can ever run: what can take its products, what can feed it, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.case import (
    CaptureUnit,
    CarrierOption,
    Case,
    ConverterUnit,
    Flow,
    GeneratorUnit,
    ServiceOption,
    StorageUnit,
    Varying,
)
from optimizer.model.bounds import HOURS_A_YEAR, unit_sizes

Power = NDArray[np.float64]
"""MW (or t/h) by year, period and step; broadcastable to (Y, P, H); infinite where unbounded."""


def flow_limits(case: Case, size: Mapping[str, float]) -> dict[str, float]:
    """Capacity beyond which a converter or generator never runs, by unit of a measure.

    ``size``: largest capacity of all builds of each measure. A product is bounded where its carrier
    is neither vented, nor sold without limit, nor serves one that is; an input where it is not
    bought; a recoverer by its source. Any one of them bounds the flow, and flow <= availability x
    installed turns it into a capacity. Units without a bound are left out.
    """
    reach = _Reach(case, unit_sizes(case) | dict(size))
    limits: dict[str, float] = {}
    for unit in case.units:
        if unit.id in size and isinstance(unit, ConverterUnit | GeneratorUnit):
            most = reach.capacity(unit)
            if np.isfinite(most):
                limits[unit.id] = most
    return limits


@dataclass(frozen=True)
class _Reach:
    case: Case
    size: Mapping[str, float]

    def capacity(self, unit: ConverterUnit | GeneratorUnit) -> float:
        """Highest of (largest flow / availability) over the steps that have any."""
        flow = self._flow(unit)
        available = np.broadcast_to(self._value(unit.availability), flow.shape)
        runs = available > 0
        return float((flow[runs] / available[runs]).max(initial=0.0))

    def _flow(self, unit: ConverterUnit | GeneratorUnit) -> Power:
        """Largest reference flow that its carriers and its source leave room for."""
        limit = np.full(self._shape, np.inf)
        if isinstance(unit, GeneratorUnit):
            return self._taken(unit.output)
        for flow in unit.outputs:
            limit = np.minimum(limit, self._per(self._taken(flow.carrier), flow))
        for flow in unit.inputs:
            limit = np.minimum(limit, self._per(self._given(flow.carrier), flow))
        if unit.recovery is not None:
            limit = np.minimum(limit, unit.recovery.share * self._source(unit.recovery.source))
        return limit

    def _per(self, power: Power, flow: Flow) -> Power:
        """Reference flow for the power of one carrier; no bound where none is needed."""
        ratio = np.broadcast_to(self._value(flow.ratio), self._shape)
        full: Power = np.broadcast_to(power, self._shape)
        most: Power = np.divide(full, ratio, out=np.full(self._shape, np.inf), where=ratio > 0)
        return most

    def _taken(self, carrier: str) -> Power:
        """All that could take a carrier at once; infinite if it can be vented or sold freely."""
        option = self._carrier(carrier)
        sale = 0.0 if option.sale is None else option.sale.limit
        if option.vent or sale is None:
            return np.full(self._shape, np.inf)
        taken = np.full(self._shape, sale) + self._demand(carrier) + self._extra(carrier)
        for unit in self.case.units:
            if isinstance(unit, ConverterUnit | CaptureUnit):
                ratios = [self._value(f.ratio) for f in unit.inputs if f.carrier == carrier]
                taken = taken + self.size[unit.id] * sum(ratios, np.zeros(()))
            elif isinstance(unit, StorageUnit) and unit.carrier == carrier:
                taken = taken + self.size[unit.id] * unit.power_ratio
        return sum((self._taken(cooler) for cooler in option.serves), taken)

    def _given(self, carrier: str) -> Power:
        """All that could supply a carrier at once; infinite if it, or a hotter one, is bought."""
        if self._carrier(carrier).purchase is not None:
            return np.full(self._shape, np.inf)
        given = np.zeros(self._shape)
        for unit in self.case.units:
            if isinstance(unit, ConverterUnit):
                ratios = [self._value(f.ratio) for f in unit.outputs if f.carrier == carrier]
                run = self.size[unit.id] * self._value(unit.availability)
                given = given + run * sum(ratios, np.zeros(()))
            elif isinstance(unit, GeneratorUnit) and unit.output == carrier:
                given = given + self.size[unit.id] * self._value(unit.availability)
            elif isinstance(unit, StorageUnit) and unit.carrier == carrier:
                given = given + self.size[unit.id] * unit.power_ratio
        hotter = (c.id for c in self.case.carriers if carrier in c.serves)
        return sum((self._given(each) for each in hotter), given)

    def _demand(self, carrier: str) -> Power:
        """Demand of the carrier's services before savings."""
        services = (s for s in self.case.services if s.carrier == carrier)
        loads = (_load(self.case, s) for s in services)
        return sum(loads, np.zeros(self._shape))

    def _extra(self, carrier: str) -> Power:
        """What savings and process changes may add: ratio x share x what they act on."""
        services = {s.id: s for s in self.case.services}
        amounts = {s.id: s.amount[:, None, None] / HOURS_A_YEAR for s in self.case.process_sources}
        total = np.zeros(self._shape)
        for effect in self.case.savings:
            for flow in effect.adds:
                if flow.carrier == carrier and effect.use in services:
                    base = _load(self.case, services[effect.use])
                    total = total + self._value(flow.ratio) * effect.share * base
                elif flow.carrier == carrier:
                    total = total + self._value(flow.ratio) * effect.share * amounts[effect.use]
        return total

    def _source(self, source: str) -> Power:
        """What a source gives off: a service's demand, or the most its units can run."""
        for service in self.case.services:
            if service.id == source:
                return _load(self.case, service)
        asset = next((a for a in self.case.assets if a.id == source), None)
        units = {source} if asset is None else {asset.old_unit, asset.renewed_unit}
        return sum(
            (
                np.full(self._shape, self.size[u.id]) * self._value(u.availability)
                for u in self.case.units
                if u.id in units and isinstance(u, ConverterUnit | GeneratorUnit)
            ),
            np.zeros(self._shape),
        )

    def _value(self, value: Varying) -> Power:
        return self.case.series[value][None] if isinstance(value, str) else np.full((), value)

    def _carrier(self, carrier: str) -> CarrierOption:
        return next(c for c in self.case.carriers if c.id == carrier)

    @property
    def _shape(self) -> tuple[int, int, int]:
        axis = self.case.axis
        return len(self.case.years), len(axis.weight), axis.steps


def _load(case: Case, service: ServiceOption) -> Power:
    """Demand of a service before savings [MW]."""
    load: Power = service.activity[:, None, None] * case.series[service.demand]
    return load
