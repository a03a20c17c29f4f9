"""From valid schema objects to the case on the full year. Equations: docs/model.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType

from optimizer.inputs.assembly import Assembly, name_of
from optimizer.inputs.assets import asset_option, asset_units
from optimizer.inputs.base_year import base_year_data
from optimizer.inputs.borrowing import borrowing_rule
from optimizer.inputs.bundle import Bundle, measure_loc
from optimizer.inputs.carbon import carbon_rule, cbam_rule
from optimizer.inputs.carriers import carrier_options, process_sources, service_options
from optimizer.inputs.case import (
    AssetOption,
    Case,
    ContractOption,
    CreditOption,
    MeasureOption,
    SavingEffect,
    StepUnit,
)
from optimizer.inputs.contracts import contract_option, credit_option
from optimizer.inputs.economics import money_terms
from optimizer.inputs.financing import with_owners
from optimizer.inputs.options import measure_option
from optimizer.inputs.product import (
    material_contract_option,
    material_options,
    product_option,
)
from optimizer.inputs.rules import budget_rule, grant_options, policy_rule
from optimizer.inputs.series_table import SeriesTable
from optimizer.inputs.step_units import step_unit
from optimizer.inputs.tax import tax_rule, vat_rule
from optimizer.inputs.valuation import internal_carbon_price
from optimizer.inputs.value_chain import MaterialContractOption
from optimizer.inputs.whole_measures import (
    Uses,
    capture_unit,
    process_effect,
    saving_effect,
    saving_uses,
)
from optimizer.schema.measure import Contract, Credit, MaterialContract, Measure, Process, Saving


@dataclass
class _Gathered:
    """What the assets and measures of the case become."""

    units: list[StepUnit] = field(default_factory=list)
    assets: list[AssetOption] = field(default_factory=list)
    measures: list[MeasureOption] = field(default_factory=list)
    savings: list[SavingEffect] = field(default_factory=list)
    contracts: list[ContractOption] = field(default_factory=list)
    credits: list[CreditOption] = field(default_factory=list)
    material_contracts: list[MaterialContractOption] = field(default_factory=list)


def assemble(bundle: Bundle) -> Case:
    """The case on all 365 days, in base units and the scenario's money.

    Raises InputErrors with every fault that only the values show: series that can't be read or
    fit, money without an exchange rate or price index, years without a figure, units that clash.
    """
    return assemble_with_notes(bundle)[0]


def assemble_with_notes(bundle: Bundle) -> tuple[Case, tuple[str, ...]]:
    """As `assemble`, and in sentences what looks strange in measured series but may be right."""
    assembly = Assembly(bundle)
    series = SeriesTable(assembly)
    carriers = carrier_options(series)
    services = service_options(series)
    gathered = _gathered(series)
    scenario = bundle.scenario
    base = base_year_data(assembly)
    case = Case(
        id=scenario.id,
        name=name_of(scenario.name),
        currency=scenario.currency,
        price_year=scenario.price_year,
        years=assembly.years,
        axis=assembly.axis,
        series=MappingProxyType(dict(series.values)),
        roles=MappingProxyType(dict(series.roles)),
        money=money_terms(scenario, assembly.years),
        area=dict(scenario.site.area),
        connection=scenario.site.connection,
        base=base,
        carriers=carriers,
        services=services,
        process_sources=process_sources(assembly),
        units=with_owners(gathered.units, carriers, series),
        measures=tuple(gathered.measures),
        savings=tuple(gathered.savings),
        assets=tuple(gathered.assets),
        contracts=tuple(gathered.contracts),
        credits=tuple(gathered.credits),
        grants=grant_options(assembly),
        budget=budget_rule(assembly),
        policy=policy_rule(assembly, base),
        carbon=carbon_rule(assembly),
        cbam=cbam_rule(assembly),
        derived=tuple(sorted(series.derived)),
        internal_carbon_price=internal_carbon_price(assembly),
        product=product_option(assembly),
        materials=material_options(assembly),
        material_contracts=tuple(gathered.material_contracts),
        tax=tax_rule(assembly),
        vat=vat_rule(assembly),
        borrowing=borrowing_rule(gathered.measures, assembly),
    )
    assembly.finish()
    return case, tuple(series.notes)


def _gathered(series: SeriesTable) -> _Gathered:
    gathered = _Gathered()
    for index, asset in enumerate(series.assembly.scenario.assets):
        gathered.units += asset_units(asset, series, ("assets", index))
        gathered.assets.append(asset_option(asset, series.assembly, ("assets", index)))
    for measure in series.assembly.bundle.measures:
        _gather_measure(measure, series, gathered)
    return gathered


def _gather_measure(measure: Measure, series: SeriesTable, gathered: _Gathered) -> None:
    assembly = series.assembly
    if isinstance(measure, Contract):
        gathered.contracts.append(contract_option(measure, series))
        return
    if isinstance(measure, Credit):
        gathered.credits.append(credit_option(measure, assembly))
        return
    if isinstance(measure, MaterialContract):
        gathered.material_contracts.append(material_contract_option(measure, assembly))
        return
    uses: Uses = {}
    if isinstance(measure, Saving):
        uses = saving_uses(measure, series)
        gathered.savings.append(saving_effect(measure))
    elif not isinstance(measure, Process):
        unit = measure.capacity.max.unit
        loc = measure_loc(measure.id)
        gathered.units.append(step_unit(measure, measure.id, unit, series, loc))
    elif measure.captures:
        gathered.units.append(capture_unit(measure, assembly))
    else:
        gathered.savings.append(process_effect(measure, assembly))
    gathered.measures.append(measure_option(measure, uses, assembly))


def never_in_time(case: Case) -> tuple[str, ...]:
    """Ids of what can't operate within the planning years, lead time and first year considered."""
    earliest = {option.id: option.earliest for option in case.measures}
    earliest |= {option.id: option.earliest for option in case.contracts}
    earliest |= {option.id: option.earliest for option in case.credits}
    earliest |= {option.id: option.earliest for option in case.material_contracts}
    return tuple(option for option, index in earliest.items() if index >= len(case.years))
