"""Generators whose certificates are sold: the site has their power, not what it may claim of it."""

from __future__ import annotations

from optimizer.inputs.case import Case, GeneratorUnit


def sellers(case: Case) -> list[GeneratorUnit]:
    """Generators that sell the certificates of all that they generate."""
    units = (unit for unit in case.units if isinstance(unit, GeneratorUnit))
    return [unit for unit in units if unit.sold_certificates is not None]


def sold_carriers(case: Case) -> list[str]:
    """Carriers with such a generator, in the order of the case."""
    made = {unit.output for unit in sellers(case)}
    return [carrier.id for carrier in case.carriers if carrier.id in made]
