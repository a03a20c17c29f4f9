"""What the site makes, year by year, and what it buys to make it of."""

from __future__ import annotations

from optimizer.inputs.assembly import Assembly, name_of
from optimizer.inputs.bundle import measure_loc
from optimizer.inputs.case import ByYear
from optimizer.inputs.value_chain import MaterialContractOption, MaterialOption, ProductOption
from optimizer.inputs.yearly import locked
from optimizer.schema.measure import MaterialContract
from optimizer.schema.production import Material


def produced(assembly: Assembly) -> ByYear:
    """Units of product a year: the amount at output 1 x the year's output, shape (Y,); 0 where
    the scenario names no product, which the cross-checks refuse where one is needed."""
    production = assembly.scenario.production
    amount = production.amount if production is not None else 0.0
    return locked(amount * assembly.by_year(assembly.scenario.output, ("output",)))


def product_option(assembly: Assembly) -> ProductOption | None:
    """None where the scenario names no product."""
    production = assembly.scenario.production
    if production is None:
        return None
    return ProductOption(name_of(production.name), produced(assembly))


def material_options(assembly: Assembly) -> tuple[MaterialOption, ...]:
    """All materials of the scenario, in its order."""
    return tuple(
        _material(material, assembly, number)
        for number, material in enumerate(assembly.scenario.materials)
    )


def _material(material: Material, assembly: Assembly, number: int) -> MaterialOption:
    """need = amount [t/unit] x units; transport = distance [km] x factor [t/t/km]."""
    loc = ("materials", number)
    way = assembly.constant(0.0)
    if material.transport is not None:
        factor = assembly.by_year(material.transport.factor, (*loc, "transport", "factor"))
        way = locked(material.transport.distance * factor)
    return MaterialOption(
        id=material.id,
        name=name_of(material.name),
        need=locked(material.amount * produced(assembly)),
        factor=assembly.by_year(material.factor, (*loc, "factor")),
        transport=way,
    )


def material_contract_option(
    contract: MaterialContract, assembly: Assembly
) -> MaterialContractOption:
    """Premium by year [money/t], factor [t/t] and the largest amount a year [t]."""
    first, available = contract.first_year or assembly.years[0], contract.available
    limits = assembly.rule(None)
    if available is not None:
        table = assembly.by_year(available, measure_loc(contract.id, "available"))
        limits = tuple(float(value) for value in table)
    return MaterialContractOption(
        id=contract.id,
        name=name_of(contract.name),
        material=contract.material,
        price=assembly.money_by_year(contract.price, measure_loc(contract.id, "price")),
        factor=assembly.by_year(contract.factor, measure_loc(contract.id, "factor")),
        available=limits,
        earliest=assembly.first_index(first),
    )
