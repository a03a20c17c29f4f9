"""Carriers, what they cost and emit; services and process emissions."""

from __future__ import annotations

from optimizer.inputs.assembly import Assembly, name_of
from optimizer.inputs.case import (
    ByYear,
    CarrierOption,
    DemandCharge,
    ProcessSource,
    Purchase,
    Sale,
    ServiceOption,
)
from optimizer.inputs.located import Loc
from optimizer.inputs.series_table import SeriesTable
from optimizer.inputs.yearly import locked
from optimizer.schema.fields import Yearly
from optimizer.schema.scenario import Carrier
from optimizer.schema.tariffs import Tariff


def carrier_options(series: SeriesTable) -> tuple[CarrierOption, ...]:
    """All carriers of the scenario, in its order."""
    assembly = series.assembly
    options = []
    for key, carrier in assembly.scenario.carriers.items():
        loc: Loc = ("carriers", key)
        tariff = assembly.scenario.tariffs.get(key)
        factor, residual = _factors(carrier, assembly, loc)
        shape = carrier.factor_series
        options.append(
            CarrierOption(
                id=key,
                name=name_of(carrier.name),
                kind=carrier.kind,
                scope=carrier.scope,
                factor=factor,
                factor_series=(
                    series.factor(shape, key, (*loc, "factor_series")) if shape else None
                ),
                residual=residual,
                biogenic=carrier.biogenic,
                vent=carrier.vent,
                serves=carrier.serves,
                purchase=_purchase(key, tariff, series) if tariff else None,
                sale=_sale(key, tariff, series) if tariff else None,
                upstream=_upstream(carrier, assembly, loc),
            )
        )
    return tuple(options)


def _upstream(carrier: Carrier, assembly: Assembly, loc: Loc) -> ByYear | None:
    """Emissions before the energy reaches the site [t/MWh]."""
    if carrier.upstream is None:
        return None
    return assembly.by_year(carrier.upstream, (*loc, "upstream"))


def _factors(carrier: Carrier, assembly: Assembly, loc: Loc) -> tuple[ByYear, ByYear]:
    """Emission factor and market residual [t/MWh]; the residual is the factor where not given."""
    if carrier.factor is None:
        if carrier.scope is not None:
            hint = "A carrier with a scope emits: say how much, '0 kg/kWh' if nothing."
            assembly.problem((*loc, "factor"), "", "an emission factor", hint)
        return assembly.constant(0.0), assembly.constant(0.0)
    factor = assembly.by_year(carrier.factor, (*loc, "factor"))
    if carrier.residual is None:
        return factor, factor
    return factor, assembly.by_year(carrier.residual, (*loc, "residual"))


def _net_of_vat(tariff: Tariff, assembly: Assembly) -> float:
    """What takes the value-added tax off a price of the tariff: 1 / (1 + rate) [1]."""
    rate = assembly.scenario.economics.vat
    return 1.0 if tariff.vat == "excluded" or rate is None else 1.0 / (1.0 + rate)


def _purchase(key: str, tariff: Tariff, series: SeriesTable) -> Purchase:
    """Price = level x series + adder; a flat price by year is the level, without a series."""
    assembly, loc, net = series.assembly, ("tariffs", key), _net_of_vat(tariff, series.assembly)
    if tariff.price is not None:
        name, level = None, assembly.money_by_year(tariff.price, (*loc, "price"))
        if tariff.level != Yearly[float](constant=1.0):
            assembly.problem((*loc, "level"), "a level", "left out", "It multiplies a series.")
    else:
        assert tariff.series is not None
        name = series.price(tariff.series, (*loc, "series"))
        level = assembly.by_year(tariff.level, (*loc, "level"))
    limit = tariff.limit
    if limit is not None and assembly.scenario.carriers[key].kind == "electricity":
        hint = "The largest import of electricity is site.connection."
        assembly.problem((*loc, "limit"), f"{limit:g} MW", "left out", hint)
        limit = None
    charge = None
    if tariff.demand_charge is not None:
        where = (*loc, "demand_charge", "price")
        price = assembly.money_by_year(tariff.demand_charge.price, where)
        charge = DemandCharge(price=locked(net * price), per=tariff.demand_charge.per)
    return Purchase(
        series=name,
        level=locked(net * level),
        adder=locked(net * assembly.money_by_year(tariff.adder, (*loc, "adder"))),
        limit=limit,
        demand_charge=charge,
    )


def _sale(key: str, tariff: Tariff, series: SeriesTable) -> Sale | None:
    assembly, loc, export = series.assembly, ("tariffs", key, "export"), tariff.export
    if export is None:
        return None
    if export.price is not None:
        name, level = None, assembly.money_by_year(export.price, (*loc, "price"))
    else:
        assert export.series is not None
        name, level = series.price(export.series, (*loc, "series")), assembly.constant(1.0)
    return Sale(
        series=name,
        level=locked(_net_of_vat(tariff, assembly) * level),
        adder=assembly.constant(0.0),
        limit=export.limit,
        beyond_own_generation=export.beyond_own_generation,
    )


def service_options(series: SeriesTable) -> tuple[ServiceOption, ...]:
    """Services with activity = fixed share + (1 - fixed share) x output index."""
    assembly = series.assembly
    output = assembly.by_year(assembly.scenario.output, ("output",))
    options = []
    for index, service in enumerate(assembly.scenario.services):
        fixed = service.fixed_share
        options.append(
            ServiceOption(
                id=service.id,
                name=name_of(service.name),
                carrier=service.carrier,
                demand=service.demand,
                excess=series.demand(service.demand, service.id, ("services", index, "demand")),
                activity=locked(fixed + (1.0 - fixed) * output),
            )
        )
    return tuple(options)


def process_sources(assembly: Assembly) -> tuple[ProcessSource, ...]:
    """Process emissions by year, times the output index for those that follow it [t]."""
    output = assembly.by_year(assembly.scenario.output, ("output",))
    sources = []
    for index, source in enumerate(assembly.scenario.process_emissions):
        amount = assembly.by_year(source.amount, ("process_emissions", index, "amount"))
        follows = locked(amount * output) if source.follows_output else amount
        sources.append(ProcessSource(id=source.id, name=name_of(source.name), amount=follows))
    return tuple(sources)
