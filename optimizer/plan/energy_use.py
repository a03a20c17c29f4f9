"""Energy and power that a plan uses, from its dispatch; the definitions are the model's
(model/energy_use.py), own generation used on site being never below 0."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.inputs.case import ByYear, Case, GeneratorUnit, Varying
from optimizer.inputs.held_rules import NonFossilRule, TceRule
from optimizer.model.energy_totals import is_generated, metered, power_makers, powers
from optimizer.model.energy_use import clean, hourly
from optimizer.model.financing import plants_with_certificates
from optimizer.solve.solution import Solution


@dataclass(frozen=True)
class EnergyUse:
    """MWh by year, (Y,): of each metered carrier what is bought, used and own; of power what is
    used, and what clean contracts claim, traceable or not; what of it is matched by the hour; what
    plants of third parties generate whose certificates the site has."""

    case: Case
    bought: dict[str, ByYear]
    used: dict[str, ByYear]
    own: dict[str, ByYear]
    power: ByYear
    traceable: ByYear
    certified: ByYear
    hourly: ByYear
    third_parties: ByYear

    def energy(self, rule: TceRule) -> ByYear:
        """Energy used, at the rule's conversion [tce]."""
        power = {c.id for c in powers(self.case)}
        parts = [
            (rule.power if name in power else rule.heat) * used for name, used in self.used.items()
        ]
        return sum(parts, np.zeros(len(self.case.years)))

    def non_fossil(self, rule: NonFossilRule) -> ByYear:
        """Traceable power, certificates if the rule counts them, generated heat, biomass [tce]."""
        power = {c.id for c in powers(self.case)}
        total = rule.power * (self.traceable + self.certified * rule.certificates)
        for carrier in metered(self.case):
            if carrier.id not in power:
                grown = self.bought[carrier.id] * (carrier.biogenic > carrier.factor)
                total = total + rule.heat * (self.own[carrier.id] + grown)
        return total


def energy_use(case: Case, solution: Solution, purchased: dict[str, ByYear]) -> EnergyUse:
    """What the dispatch of a solution uses; ``purchased``: MWh by carrier, (Y,)."""
    reader = _Reader(case, solution)
    inside = {c.id: reader.inside(c.id) for c in case.carriers}
    own = {
        c: np.maximum(0.0, flow) if is_generated(case, c) else reader.none
        for c, flow in inside.items()
    }
    counted = [c.id for c in metered(case)]
    power = [c.id for c in powers(case)]
    bought = {c.id: purchased[c.id] for c in case.carriers}
    contracts = clean(case)
    kept = sum((own[c] - reader.bought_back(c) for c in power), reader.none)
    return EnergyUse(
        case=case,
        bought=bought,
        used={c: bought[c] + inside[c] for c in counted},
        own=own,
        power=sum((bought[c] + inside[c] + reader.made(c) for c in power), reader.none),
        traceable=kept + reader.claimed([g.id for g in contracts if g.traceable]),
        certified=reader.claimed([g.id for g in contracts if not g.traceable]),
        hourly=kept + reader.claimed([g.id for g in hourly(case)]),
        third_parties=sum(
            (reader.total(solution.step("flow", u)) for u in plants_with_certificates(case)),
            reader.none,
        ),
    )


@dataclass(frozen=True)
class _Reader:
    case: Case
    solution: Solution

    @property
    def none(self) -> ByYear:
        return np.zeros(len(self.case.years))

    def total(self, flow: ByYear) -> ByYear:
        """MWh a year of a step variable."""
        summed: ByYear = (flow * self.case.axis.hours_a_year).sum(axis=(1, 2))
        return summed

    def inside(self, carrier: str) -> ByYear:
        """generated - exported - vented [MWh]."""
        flow = -self.solution.step("export", carrier) - self.solution.step("vent", carrier)
        for unit in self.case.units:
            if isinstance(unit, GeneratorUnit) and unit.output == carrier:
                flow = flow + self.solution.step("flow", unit.id)
        return self.total(flow)

    def made(self, carrier: str) -> ByYear:
        """What converters that give electricity give of one, less what they take of it [MWh]."""
        total = self.none
        for unit in power_makers(self.case):
            for sign, flows in ((1.0, unit.outputs), (-1.0, unit.inputs)):
                for each in flows:
                    if each.carrier == carrier:
                        run = self.solution.step("flow", unit.id)
                        total = total + sign * self.total(self.varying(each.ratio) * run)
        return total

    def varying(self, value: Varying) -> ByYear:
        return self.case.series[value] if isinstance(value, str) else np.array(value)

    def bought_back(self, carrier: str) -> ByYear:
        """Own generation used whose certificates are sold [MWh]."""
        found = self.solution.yearly("bought_back")
        return np.array([found.get((carrier, y), 0.0) for y in self.case.years], float)

    def claimed(self, contracts: list[str]) -> ByYear:
        claims = self.solution.yearly("claimed")
        return np.array([sum(claims[g, y] for g in contracts) for y in self.case.years], float)
