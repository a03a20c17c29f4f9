"""Every constraint has its row in docs/model.md and a test that fails without it."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyomo.environ as pyo
import pytest

from optimizer.inputs import case as c
from optimizer.inputs.trade_off import TradeOff
from optimizer.model.yearly import build_yearly
from optimizer.solve.symbols import symbolic_step
from tests import plants as p
from tests.borrowed import everything_borrowed
from tests.certified import everything_certified
from tests.everything import YEARS, everything
from tests.lenders import ask, by_build, lender, plant
from tests.model.bought_plant import bought_back
from tests.model.solving import without
from tests.model.test_lender_sculpted import drawn
from tests.seasons import everything_over_the_year

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs" / "model.md"


def _many_savings() -> c.Case:
    """More savings on one use than a bundle holds."""
    base = everything()
    names = [f"saving{i}" for i in range(7)]
    return replace(
        base,
        measures=(*base.measures, *(p.measure(n, YEARS) for n in names)),
        savings=(*base.savings, *(c.SavingEffect(n, "cooling", 0.1, ()) for n in names)),
    )


def _ceiling_on_gross() -> c.Case:
    base, rule = everything(), c.CeilingRule((None, 50.0, 50.0), "residual")
    return replace(base, policy=replace(base.policy, ceiling=rule))


def _traded_off() -> c.Case:
    """Everything, as a study of cost against emissions asks it."""
    trade = TradeOff(np.ones(len(YEARS)), most_tonnes=1e6, most_cost=1e9)
    return replace(everything(), trade_off=trade)


def _lent() -> c.Case:
    """Everything that a lender can ask, of a loan that may not pay for all builds."""
    asks = (
        ask("dscr", 1.0), ask("llcr", 1.0), ask("debt_share", 0.8), ask("covered_by_credits", 0.0),
        ask("reduction_from_baseline", 0.1),
    )  # fmt: skip
    return plant(lender(*asks, lent=by_build(1e4), pays_for={"small": YEARS[:1]}))


def _sculpted() -> c.Case:
    """What a lender asks of a loan that is repaid as the cash comes in."""
    return plant(lender(ask("dscr", 1.0), ask("sculpted", 0.0), lent=drawn(1e4)))


def _constraints() -> list[str]:
    """Names of all constraints that the model of a case with every component has."""
    found: set[str] = set()
    cases = (
        everything(), _many_savings(), everything_over_the_year(), everything_certified(),
        _ceiling_on_gross(), _traded_off(), _lent(), everything_borrowed(), bought_back(),
        _sculpted(),
    )  # fmt: skip
    for case in cases:
        for model in (build_yearly(case).model, symbolic_step(case)):
            found |= {k.local_name for k in model.component_objects(pyo.Constraint)}
    return sorted(found)


@cache
def _proofs() -> dict[str, list[Callable[[], Any]]]:
    """Constraint -> tests of this folder that say they fail without it."""
    found: dict[str, list[Callable[[], Any]]] = {}
    for path in sorted(HERE.glob("test_*.py")):
        if path.name != "test_registry.py":
            for test in vars(importlib.import_module(f"tests.model.{path.stem}")).values():
                for name in getattr(test, "proves", ()):
                    found.setdefault(name, []).append(test)
    return found


def test_every_constraint_has_a_row_in_the_docs() -> None:
    """Proves that docs/model.md names every constraint of the model in backticks."""
    named = set(re.findall(r"`([a-z_]+)`", DOCS.read_text(encoding="utf-8")))
    assert [name for name in _constraints() if name not in named] == []


def test_every_constraint_has_a_test() -> None:
    """Proves that no constraint enters the model unproven, and that no proof names a lost one."""
    assert sorted(_proofs()) == _constraints()


@pytest.mark.parametrize("name", sorted(_proofs()))
def test_a_constraint_left_out_is_noticed(name: str) -> None:
    """Proves that each test fails once the rows of a constraint that it names are free.

    A test that still passes would show a number that the rule has no part in.
    """
    for test in _proofs()[name]:
        with without(name), pytest.raises(AssertionError):
            test()
