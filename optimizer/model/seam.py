"""The one seam between the yearly layer and the step layer, by name.

Links are yearly variables that a step refers to; totals are yearly sums of step quantities that
the yearly layer prices, counts and bounds; ends are the levels of seasonal stores after a period's
last step. Nothing else passes between the two.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.case import CaptureUnit, CarrierOption, Case, ContractOption, StepUnit
from optimizer.model.certificates import sellers
from optimizer.model.energy_totals import energy_totals
from optimizer.model.financing import third_party_plants
from optimizer.model.layer import YearlyLayer
from optimizer.model.resale import resold_carriers
from optimizer.model.savings import savings_by_use
from optimizer.model.seasons import season_stores

Name = tuple[str, ...]
BY_PERIOD = ("peak_day", "day_start", "day_span")
"""Links that differ by period too."""


def billed(case: Case) -> list[CarrierOption]:
    """Carriers whose peak import is paid for."""
    return [
        c for c in case.carriers if c.purchase is not None and c.purchase.demand_charge is not None
    ]


def energy_contracts(case: Case) -> list[ContractOption]:
    return [g for g in case.contracts if g.form == "energy"]


def hourly_contracts(case: Case) -> list[ContractOption]:
    """Certificates that are matched hour by hour."""
    return [g for g in case.contracts if g.hourly]


def captures(case: Case) -> list[CaptureUnit]:
    return [unit for unit in case.units if isinstance(unit, CaptureUnit)]


def grows_connection(case: Case) -> bool:
    return any(option.connection for option in case.measures)


def link_names(case: Case) -> list[Name]:
    """Yearly quantities that a step may refer to; those of BY_PERIOD differ by period too."""
    names: list[Name] = [("installed", unit.id) for unit in case.units]
    names += [("remaining", use) for use in savings_by_use(case)]
    names += [("on", measure) for measure in sorted({e.measure for e in case.savings if e.adds})]
    by_step = [*energy_contracts(case), *hourly_contracts(case)]
    names += [("contracted", g.id) for g in by_step]
    names += [("peak_day", carrier.id) for carrier in billed(case)]
    if grows_connection(case):
        names.append(("connection",))
    for unit in season_stores(case):
        names += [("day_start", unit.id), ("day_span", unit.id)]
    return names


def link_variable(layer: YearlyLayer, name: Name, year: int, period: int) -> Any:
    """The yearly variable behind a link."""
    m = layer.model
    if name[0] in BY_PERIOD:
        return getattr(m, name[0])[name[1], year, period]
    if name[0] == "connection":
        return m.connection[year]
    return getattr(m, name[0])[name[1], year]


def total_names(case: Case) -> list[Name]:
    """Yearly sums over weighted steps that some cost, ledger or rule uses."""
    names: list[Name] = []
    for c in case.carriers:
        if c.purchase is not None:
            names.append(("import", c.id))
            if c.purchase.series is not None:
                names.append(("import_priced", c.id))
            if c.factor_series is not None and c.scope == 2:
                names.append(("import_shaped", c.id))
        if c.sale is not None:
            names.append(("export", c.id))
            if c.sale.series is not None:
                names.append(("export_priced", c.id))
            if c.factor_series is not None and c.scope == 2:
                names.append(("export_shaped", c.id))
    names += [("delivered", g.id) for g in energy_contracts(case)]
    names += [("matched", g.id) for g in hourly_contracts(case)]
    names += [("sold_certificates", unit.id) for unit in sellers(case)]
    names += [("first_made", carrier) for carrier in resold_carriers(case)]
    names += [("reference", unit.id) for unit in case.units if _priced_run(unit)]
    plants = third_party_plants(case)
    names += [("flow_priced", u.id) for u in plants if u.paid is not None and u.paid.series]
    for unit in captures(case):
        names += [("captured_fossil", unit.id), ("captured_biogenic", unit.id)]
    return names + energy_totals(case)


def _priced_run(unit: StepUnit) -> bool:
    return bool(unit.variable_om) or getattr(unit, "paid", None) is not None


def add_totals(layer: YearlyLayer) -> None:
    """total[name, y]: MWh (priced: money at the reference tariff; captured: t)."""
    index = [(*name, y) for name in total_names(layer.case) for y in layer.years]
    layer.model.total = pyo.Var(pyo.Set(initialize=index, dimen=3), domain=pyo.Reals)
    for key, total in layer.model.total.items():
        if not (key[0].endswith("_priced") or key[0] in ("made", "first_made")):
            total.setlb(0)
    if grows_connection(layer.case):
        _add_connection(layer)


def _add_connection(layer: YearlyLayer) -> None:
    m, case = layer.model, layer.case
    m.connection = pyo.Var(layer.years, bounds=(0, None))

    def size(m: Any, y: int) -> Any:
        """The grid connection is what stands and what measures add: MW = MW + sum per capacity
        x installed."""
        added = sum(o.connection * m.installed[o.id, y] for o in case.measures if o.connection)
        return m.connection[y] == case.connection + added

    m.connection_size = pyo.Constraint(layer.years, rule=size)
