"""Sources add up to the totals that plan.nc stores."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.reports import carbon
from tests.reports.fake_run import GRID, dataset

PLAN, BASELINE = dataset(planned=True), dataset(planned=False)


def test_sources_add_up_to_gross() -> None:
    """Proves that the stacked picture is as high as gross emissions, in every year, to 1e-9."""
    total = sum(s.tonnes for s in carbon.gross_by_source(PLAN, "market"))
    np.testing.assert_allclose(total, PLAN["gross"].values, rtol=1e-9)


def test_reductions_add_up_to_the_difference() -> None:
    """Proves that nothing is counted twice: their sum is baseline gross less plan gross."""
    parts = carbon.reductions(PLAN, BASELINE, "market")
    difference = BASELINE["gross"].values - PLAN["gross"].values
    np.testing.assert_allclose(sum(p.tonnes for p in parts), difference, rtol=1e-9)


def test_contracts_are_a_source_of_their_own() -> None:
    """Proves the split of scope 2: 6000 MWh claimed in 2030 at 0.49 t/MWh are 2940 t."""
    parts = {p.kind: p for p in carbon.reductions(PLAN, BASELINE, "market")}
    assert parts["contracts"].tonnes[-1] == pytest.approx(6000 * GRID[-1])


def test_electrifying_raises_scope_2() -> None:
    """Proves that a rise is not hidden: with the heat pump, scope 2 is a negative reduction."""
    parts = {p.kind: p for p in carbon.reductions(PLAN, BASELINE, "market")}
    assert parts["scope2"].tonnes[-1] < 0


def test_the_location_ledger_knows_no_contracts() -> None:
    """Proves that certificates change nothing location-based: no such source, the same fuels."""
    kinds = {p.kind for p in carbon.reductions(PLAN, BASELINE, "location")}
    assert kinds == {"scope1", "scope2"}


def test_captured_tonnes_lower_the_sum() -> None:
    """Proves the sign of capture: 900 t of process less 300 t captured leave 600 t of the two."""
    captured = PLAN.copy(deep=True)
    emitted = captured["emitted"].values.copy()
    emitted[1] = [900.0, -300.0, 0.0, 0.0, 0.0]
    captured["emitted"] = (("source", "year"), emitted)
    kiln = next(s for s in carbon.gross_by_source(captured, "market") if s.item == "kiln")
    assert kiln.tonnes[:2].sum() == 600.0


def test_causes_add_up_to_both_ledgers() -> None:
    """Proves that the two ledgers stand on the same energy: in 2030 the 6000 MWh claimed are 2940 t
    by location and 0 by market, and the sums over the causes are scope 2 of each ledger."""
    found = carbon.causes(PLAN)
    claimed = next(cause for cause in found if cause.kind == "contract")
    assert (claimed.item, claimed.location[-1], claimed.market[-1]) == ("green_power", 2940.0, 0.0)
    for ledger in ("location", "market"):
        total = sum(getattr(cause, ledger) for cause in found)
        np.testing.assert_allclose(total, PLAN[f"scope2_{ledger}"].values, rtol=1e-9)
