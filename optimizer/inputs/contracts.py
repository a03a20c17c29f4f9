"""Green power contracts and credits."""

from __future__ import annotations

from optimizer.inputs.assembly import Assembly, name_of
from optimizer.inputs.bundle import measure_loc
from optimizer.inputs.case import ContractOption, CreditOption
from optimizer.inputs.credit_quality import exclusions, first_use
from optimizer.inputs.options import whole_years
from optimizer.inputs.series_table import SeriesTable
from optimizer.schema.measure import Contract, Credit

YEARLY_ENERGY = "MWh/a"


def contract_option(contract: Contract, series: SeriesTable) -> ContractOption:
    """Sizes in MWh/a, price by year in money/MWh, and its delivery shape."""
    assembly = series.assembly
    sizes = contract.capacity
    if sizes.max.unit != YEARLY_ENERGY:
        where = measure_loc(contract.id, "capacity", "max")
        hint = "A contract is for energy a year, such as '5 GWh/a'."
        assembly.problem(where, sizes.max.text, "in MWh/a", hint)
    shape = measure_loc(contract.id, "shape")
    first = contract.first_year or assembly.years[0]
    paid = "price" if contract.form == "energy" else "premium"
    return ContractOption(
        id=contract.id,
        name=name_of(contract.name),
        carrier=contract.carrier,
        form=contract.form,
        lower=sizes.min.value if sizes.min else 0.0,
        upper=sizes.max.value,
        price=assembly.money_by_year(contract.paid, measure_loc(contract.id, paid)),
        pay=contract.pay,
        shape=series.contract_shape(contract.shape, contract.id, shape),
        factor=contract.factor,
        traceable=contract.traceable,
        tenor=whole_years(contract.tenor),
        earliest=assembly.first_index(first),
        in_force=contract.id in assembly.scenario.contracts_in_force,
        hourly=contract.matching == "hourly",
        additional=contract.additional,
        last_in_force=_last_in_force(contract, assembly),
    )


def _last_in_force(contract: Contract, assembly: Assembly) -> int | None:
    """Index of the last planning year of today's volume; None where it doesn't end."""
    last = contract.in_force_until
    if last is None:
        return None
    if contract.id not in assembly.scenario.contracts_in_force:
        where = measure_loc(contract.id, "in_force_until")
        hint = "Name it in contracts_in_force too, or leave the year out."
        assembly.problem(where, str(last), "a year of a contract that is in force", hint)
    return max(-1, min(last, assembly.years[-1]) - assembly.years[0])


def credit_option(credit: Credit, assembly: Assembly) -> CreditOption:
    """Price by year [money/t] and the largest amount a year [t], None without a limit."""
    available, scenario = credit.available, assembly.scenario
    limits = assembly.rule(None)
    if available is not None:
        table = assembly.by_year(available, measure_loc(credit.id, "available"))
        limits = tuple(float(value) for value in table)
    return CreditOption(
        id=credit.id,
        name=name_of(credit.name),
        type=credit.type,
        price=assembly.money_by_year(credit.price, measure_loc(credit.id, "price")),
        available=limits,
        earliest=assembly.first_index(first_use(credit, assembly.years[0])),
        exclusions=exclusions(credit, scenario, assembly.bundle.packs, assembly.years),
    )
