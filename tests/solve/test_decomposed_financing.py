"""Modes of financing in both methods: one optimum, with charges, buy-backs, on-site power."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from optimizer.inputs import case as c
from tests import plants as p
from tests.certified import everything_certified
from tests.everything import YEARS
from tests.model.bought_plant import bought_back
from tests.model.financing_plant import financed, owned, works_for_hire
from tests.solve.agreeing import holds_to


def everything_financed() -> c.Case:
    """Every component; a third party offers the PV at 70 to 90 % of an hourly price, its
    certificates its own, the heat pump may be leased for two years and then bought."""
    case = everything_certified()
    pv, hp = (next(o for o in case.measures if o.id == name) for name in ("pv", "hp"))
    lease = c.Rates(60e3, 1e3, 0.01)
    third = financed(pv, "pv_third", 15, c.Rates(), rate=0.05, fixed_om_share=0.0)
    leased = financed(hp, "hp_leased", 2, lease, c.Rates(100e3, 5e3), 0.05)
    sun = next(u for u in case.units if u.id == "pv")
    pump = next(u for u in case.units if u.id == "hp")
    assert isinstance(sun, c.GeneratorUnit)
    paid = c.OnSitePower("price", p.by_year([0.7, 0.8, 0.9], YEARS), p.by_year(2.0, YEARS))
    free = np.zeros(len(YEARS))
    theirs = replace(sun, id="pv_third", variable_om=0.0, sold_certificates=free, paid=paid)
    others = tuple(owned(o) if o.id == "pv" else o for o in case.measures)
    return replace(
        case, measures=(*others, third, leased),
        units=(*case.units, theirs, replace(pump, id="hp_leased")),
    )  # fmt: skip


def bought_in_the_tail() -> c.Case:
    """A roof of 2 MW, half of it taken at an hourly price, that is bought dear or a year later."""
    return bought_back((2026, 2027), 2029, rate=0.05, series=True, trend=(10.0, 1.0))


@pytest.mark.parametrize("build", [works_for_hire, everything_financed, bought_in_the_tail])
def test_both_methods_choose_alike_among_modes(build: Any) -> None:
    """Proves that charges and prices by the hour reach the master through its links: a price that
    stayed in the steps would bend the bound."""
    holds_to(build())
