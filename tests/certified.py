"""The plant with every component, and certificates: of its own power sold, bought by the hour."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.inputs import case as c
from tests import held
from tests import plants as p
from tests.everything import YEARS, everything


def everything_certified() -> c.Case:
    """Every component; the certificates of its PV are sold at 9, 8 and 7 a MWh, and
    certificates of two shapes are on offer hour by hour."""
    case, price = everything(), p.by_year([9.0, 8.0, 7.0], YEARS)
    units = tuple(
        replace(unit, sold_certificates=price) if isinstance(unit, c.GeneratorUnit) else unit
        for unit in case.units
    )
    gates = (*case.policy.held, held.hourly((0.01, 0.02, 0.02)))
    policy = replace(case.policy, export_treatment="none", held=gates)
    deal = next(g for g in case.contracts if g.id == "certificates")
    hourly = [
        replace(
            deal,
            id=f"hourly_{name}",
            shape=f"{name}.shape",
            hourly=True,
            traceable=False,
            tenor=tenor,
        )
        for name, tenor in (("green", 1), ("windy", 2))
    ]
    windy = np.array([[0.4, 1.6, 1.0], [2.0, 0.0, 1.0]]) / 8760
    return replace(
        case, units=units, policy=policy, contracts=(*case.contracts, *hourly),
        series={**case.series, "windy.shape": windy},
    )  # fmt: skip
