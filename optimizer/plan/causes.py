"""What each ledger of scope 2 counts, by cause: so that the two stand side by side and add up.

A cause is what nobody claims, the claims under one contract, own generation, or exports. Its energy
has tonnes in both ledgers; the sums over the causes are the two ledgers, the differences the bridge
between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.inputs.case import ByYear, CarrierOption, Case, ContractOption, GeneratorUnit
from optimizer.model.certificates import sellers, sold_carriers
from optimizer.model.energy_totals import is_generated
from optimizer.plan.shapes import Table, table
from optimizer.solve.solution import Solution


@dataclass(frozen=True)
class Cause:
    """``id``: carrier:unclaimed, carrier:contract:<its id>, carrier:own, carrier:bought_back (own
    generation whose certificates are sold) or carrier:export.

    ``energy`` [MWh], ``location`` and ``market`` [t] by year, (Y,). What is claimed has the year's
    average of the grid in the location ledger. Exports emit below 0, if the policy counts them.
    """

    id: str
    energy: ByYear
    location: ByYear
    market: ByYear


def scope2_causes(case: Case, solution: Solution, purchased: dict[str, ByYear]) -> list[Cause]:
    """The causes of every carrier of scope 2; ``purchased``: MWh by carrier, (Y,)."""
    reader = _Reader(case, solution)
    return [
        cause
        for carrier in case.carriers
        if carrier.scope == 2
        for cause in reader.causes(carrier, purchased[carrier.id])
    ]


def cause_variables(causes: list[Cause], years: int) -> dict[str, Table]:
    """`cause_energy`, `cause_location`, `cause_market`."""
    units = {"energy": "MWh", "location": "t", "market": "t"}
    found = {}
    for name, unit in units.items():
        values = np.array([getattr(cause, name) for cause in causes]).reshape(-1, years)
        found[f"cause_{name}"] = table(("cause", "year"), values, unit)
    return found


@dataclass(frozen=True)
class _Reader:
    case: Case
    solution: Solution

    @property
    def none(self) -> ByYear:
        return np.zeros(len(self.case.years))

    def causes(self, carrier: CarrierOption, bought: ByYear) -> Iterator[Cause]:
        claims = {g.id: (g.factor, self._claimed(g.id)) for g in self._contracts(carrier)}
        imported = self._tonnes(carrier, self._bought(carrier))
        average = np.divide(imported, bought, out=self.none, where=bought > 0)
        unclaimed = bought - sum((mwh for _, mwh in claims.values()), self.none)
        if carrier.purchase is not None:
            yield Cause(
                f"{carrier.id}:unclaimed",
                unclaimed,
                average * unclaimed,
                carrier.residual * unclaimed,
            )
        for name, (factor, mwh) in claims.items():
            yield Cause(f"{carrier.id}:contract:{name}", mwh, average * mwh, factor * mwh)
        if is_generated(self.case, carrier.id):
            back = self._bought_back(carrier.id)
            yield Cause(f"{carrier.id}:own", self._own(carrier) - back, self.none, self.none)
            if carrier.id in sold_carriers(self.case):
                name = f"{carrier.id}:bought_back"
                yield Cause(name, back, self.none, carrier.residual * back)
        if carrier.sale is not None:
            yield self._exported(carrier)

    def _contracts(self, carrier: CarrierOption) -> list[ContractOption]:
        return [g for g in self.case.contracts if g.carrier == carrier.id]

    def _exported(self, carrier: CarrierOption) -> Cause:
        """Exports; by market only those whose certificates stay with the power."""
        power = self.solution.step("export", carrier.id)
        energy, counts = self._total(power), self.case.policy.export_treatment == "grid_factor"
        sold = self._sold(carrier.id) - self._bought_back(carrier.id)
        return Cause(
            f"{carrier.id}:export",
            energy,
            -counts * self._tonnes(carrier, power),
            -counts * carrier.residual * (energy - sold),
        )

    def _sold(self, carrier: str) -> ByYear:
        """Generated while its certificates are sold [MWh]."""
        units = (u.id for u in sellers(self.case) if u.output == carrier)
        return sum((self._total(self.solution.step("flow", u)) for u in units), self.none)

    def _bought_back(self, carrier: str) -> ByYear:
        found = self.solution.yearly("bought_back")
        return np.array([found.get((carrier, y), 0.0) for y in self.case.years], float)

    def _claimed(self, contract: str) -> ByYear:
        claims = self.solution.yearly("claimed")
        return np.array([claims[contract, y] for y in self.case.years], float)

    def _bought(self, carrier: CarrierOption) -> ByYear:
        """import + delivered [MW], (Y, P, H)."""
        power = self.solution.step("import", carrier.id)
        for contract in self._contracts(carrier):
            power = power + self.solution.step("delivered", contract.id)
        return power

    def _own(self, carrier: CarrierOption) -> ByYear:
        """max(0, generated - exported - vented): what leaves is taken from own generation first; of
        what leaves beyond it nothing was generated [MWh]."""
        power = -self.solution.step("export", carrier.id) - self.solution.step("vent", carrier.id)
        for unit in self.case.units:
            if isinstance(unit, GeneratorUnit) and unit.output == carrier.id:
                power = power + self.solution.step("flow", unit.id)
        return np.maximum(0.0, self._total(power))

    def _tonnes(self, carrier: CarrierOption, power: ByYear) -> ByYear:
        """At the grid's factor, hour by hour where it varies [t]."""
        if carrier.factor_series is not None:
            power = power * self.case.series[carrier.factor_series]
        return carrier.factor * self._total(power)

    def _total(self, power: ByYear) -> ByYear:
        """MWh a year of a step variable."""
        summed: ByYear = (power * self.case.axis.hours_a_year).sum(axis=(1, 2))
        return summed
