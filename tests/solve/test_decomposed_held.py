"""Gates of packs on energy are rows over yearly sums, so that the search by parts keeps them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.inputs.held_rules import HeldRule, Threshold
from tests import held
from tests.everything import MADE, everything
from tests.solve.agreeing import holds_to

LARGE = (Threshold(over=True, value=30_000.0),)
WITHOUT = 8_473_725.0
"""Cost of the plant with every component under its policy, without any gate of a pack."""


@pytest.mark.parametrize(
    "gate",
    [
        held.intensity((9.0, 0.9, 0.65)),
        held.non_fossil((0.5, 0.75, 0.8), certificates=False),
        held.traceable((0.8, 0.9, 0.95), thresholds=LARGE),
        held.footprint((None, 6.0, 5.0), MADE, ledger="market"),
        held.energy_per_product((6.2, None, None), MADE),
        held.equipment((1.0, None, None), ("boiler", "old", False), ("boiler", "renewed", True)),
    ],
)
def test_both_methods_agree_under_a_gate(gate: HeldRule) -> None:
    """Proves bound <= optimum <= cost where the gate costs something: the optimum is above that of
    the plant without it. Totals that the cuts left out would leave it there."""
    case = everything()
    found = holds_to(replace(case, policy=replace(case.policy, held=(gate,))), exact_to=1e-4)
    assert found.bound > WITHOUT
