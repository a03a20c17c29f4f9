"""The plant with every component, and certificates: of its own power sold."""

from __future__ import annotations

from dataclasses import replace

from optimizer.inputs import case as c
from tests import plants as p
from tests.everything import YEARS, everything


def everything_certified() -> c.Case:
    """Every component; the certificates of its PV are sold at 9, 8 and 7 a MWh."""
    case, price = everything(), p.by_year([9.0, 8.0, 7.0], YEARS)
    units = tuple(
        replace(unit, sold_certificates=price) if isinstance(unit, c.GeneratorUnit) else unit
        for unit in case.units
    )
    policy = replace(case.policy, export_treatment="none")
    return replace(case, units=units, policy=policy)
