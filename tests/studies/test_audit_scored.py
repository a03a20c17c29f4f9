"""The audit of a plan that wasn't chosen under the ceiling: what it built, and how large, is held.

Heat of 1.5 MW by day and 0.5 MW by night, 12 h each, from gas at 12.5 a MWh and 0.25 t, or from a
wood boiler of up to 1.5 MW at 13.0 without emissions and 4,380 a year for each MW. Its first 0.5 MW
run all year, 0.5 + 4,380 / 8,760 = 1.0 a MWh, 4 a tonne; what is beyond runs by day alone, 1.5 a
MWh, 6 a tonne. Credits cost 5, and net emissions must be 0: 8,760 x 0.25 = 2,190 t.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.studies.audit import Asked, audit_of
from tests import plants as p
from tests.model.solving import close
from tests.studies.audited_plant import CEILING, CREDIT, NONE, YEARS, run_without


def plant(*, binds: bool) -> c.Case:
    """The plant of the first lines, under a ceiling of 15 on credits."""
    base = p.boiler_plant(YEARS)
    wood = p.carrier("wood", YEARS, price=13.0, kind="fuel", scope=1, factor=0.0)
    unit = c.ConverterUnit("stove", "heat", (c.Flow("wood", 1.0),), (c.Flow("heat", 1.0),))
    stove = p.measure(
        "stove", YEARS, kind="converter", upper=1.5, slope=4_380.0 * 20, lower=0.0, life=20
    )
    ceiling = c.CeilingRule((CEILING,) * 2, "displaced_credit", binds=binds)
    return replace(
        base, axis=p.axis(steps=2), series={"load": np.array([[1.5, 0.5]])},
        carriers=(*base.carriers, wood), units=(*base.units, unit), measures=(stove,),
        credits=(c.CreditOption("q", p.name("q"), "avoidance", p.by_year(CREDIT, YEARS), NONE, 0),),
        policy=p.no_policy(YEARS, net_target=(0.0, 0.0), ceiling=ceiling),
    )  # fmt: skip


def found(*, binds: bool) -> dict[str, Any]:
    case = plant(binds=binds)
    return audit_of(case, run_without(case), Asked())


def test_a_size_that_credits_kept_small_is_caught() -> None:
    """Proves that sizes are held: 0.5 MW stand, and 1 MW more takes 1,095 t a year for 6 a tonne.
    Sized anew under the ceiling, the plan would pass for one that has it."""
    audit = found(binds=False)
    assert audit["severity"] == "score"
    assert audit["plan"]["builds"]["stove"] == {"2026": pytest.approx(0.5, rel=1e-5)}
    assert audit["plan"]["credits"] == [pytest.approx(1_095.0, rel=1e-4)] * 2
    (stove,) = audit["measures"]
    assert (stove["question"], stove["verdict"]) == ("enlarge", "cheaper")
    assert stove["difference"]["per_t"] == pytest.approx(6.0, rel=1e-3)
    assert audit["outcome"] == "fails"


def test_the_same_plant_chosen_under_the_ceiling_holds() -> None:
    """Proves the way out: 1.5 MW from the start, no credits, nothing left to ask."""
    audit = found(binds=True)
    assert audit["severity"] == "gate"
    assert audit["plan"]["builds"]["stove"] == {"2026": close(1.5)}
    assert (audit["measures"], audit["outcome"]) == ([], "holds")
