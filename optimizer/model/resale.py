"""Bought power that could leave the site again, through a store or a fuel that is made of it.

Step by step nothing is bought to be sold (``export_within_own``), but a store gives back what it
was charged with, and so does a fuel cell whose hydrogen was electrolysed. Over a year, what is sold
and wasn't first made here was bought.
"""

from __future__ import annotations

from optimizer.inputs.case import Case, ConverterUnit, GeneratorUnit, StorageUnit


def resold_carriers(case: Case) -> list[str]:
    """Carriers under contract and on sale of which bought energy could be sold on."""
    claimed = {contract.carrier for contract in case.contracts}
    return [
        c.id
        for c in case.carriers
        if c.sale is not None
        and c.purchase is not None
        and c.id in claimed
        and _returns(case, c.id)
    ]


def _returns(case: Case, carrier: str) -> bool:
    """Whether a store of a carrier, or a converter from what is made of it, gives it back."""
    stored = any(isinstance(u, StorageUnit) and u.carrier == carrier for u in case.units)
    return stored or len(_giving(case, carrier)) > len(first_makers(case, carrier))


def first_makers(case: Case, carrier: str) -> list[ConverterUnit]:
    """Converters that give a carrier from anything but itself and what is made of it alone."""
    remade = _made_of(case, carrier)
    return [u for u in _giving(case, carrier) if not (u.inputs and _takes(u) <= remade)]


def _made_of(case: Case, carrier: str) -> set[str]:
    """A carrier and what there is only as made of it, such as hydrogen by electrolysis: nobody
    sells it to the site, nothing generates it, and each of its converters takes nothing else."""
    found = {carrier}
    while more := {c.id for c in case.carriers if c.id not in found and _only(case, c.id, found)}:
        found |= more
    return found


def _only(case: Case, carrier: str, known: set[str]) -> bool:
    """Whether a carrier comes from nothing but known ones."""
    option = next(c for c in case.carriers if c.id == carrier)
    generated = any(isinstance(u, GeneratorUnit) and u.output == carrier for u in case.units)
    hotter = {c.id for c in case.carriers if carrier in c.serves}
    giving = _giving(case, carrier)
    if option.purchase is not None or generated or not (hotter or giving):
        return False
    return hotter <= known and all(u.inputs and _takes(u) <= known for u in giving)


def _giving(case: Case, carrier: str) -> list[ConverterUnit]:
    units = (u for u in case.units if isinstance(u, ConverterUnit))
    return [u for u in units if carrier in {flow.carrier for flow in u.outputs}]


def _takes(unit: ConverterUnit) -> set[str]:
    return {flow.carrier for flow in unit.inputs}
