"""The shipped factories give the figures that results/reference/ holds."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from optimizer import api
from optimizer.plan.verify import verify
from tests.cli.solving import without_reports
from tests.reference.figures import (
    FACTORIES,
    STORED,
    bundle_of,
    can_load,
    data_of,
    exact_figures,
    scenario_file,
    stored,
    versions,
)

EXACT = 1e-6
"""Relative; HiGHS keeps every row of a linear problem to 1e-7."""
LOOSE = 0.1
"""Gap of the search that is repeated: it ends soon, and its interval still holds the optimum."""


@pytest.fixture(params=FACTORIES)
def factory(request: pytest.FixtureRequest) -> str:
    """Each shipped factory; without its measured data, skipped with the reason."""
    name = str(request.param)
    if not can_load(name):
        pytest.skip(f"{name}: no folder of measured data (DECARB_TEST_DATA)")
    return name


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """(dotted path, value) of everything in nested mappings; lists are values."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}" if path else str(key))
    else:
        yield path, value


def agree(expected: Any, found: Any) -> bool:
    """Numbers to a millionth, counts and names exactly."""
    if isinstance(expected, float) and isinstance(found, int | float):
        return math.isclose(expected, found, rel_tol=EXACT, abs_tol=EXACT)
    return bool(expected == found)


def changes(expected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """One line a figure that differs."""
    old, new = dict(leaves(expected)), dict(leaves(found))
    return [
        f"{path}: {old.get(path)} is stored, {new.get(path)} found"
        for path in sorted(old.keys() | new.keys())
        if path not in old or path not in new or not agree(old[path], new[path])
    ]


def renewal(factory: str) -> str:
    """What to do about a difference."""
    made, here = stored(factory)["versions"], versions()
    other = ", ".join(f"{k} {made.get(k)} -> {v}" for k, v in here.items() if made.get(k) != v)
    return (
        f"Libraries that differ from those of the stored figures: {other or 'none'}.\n"
        "If the change is meant, renew the file with a line that says why:\n"
        f'  python -m tests.reference.make --why "..." {factory}'
    )


def test_base_year_baseline_and_shape_are_those_stored(factory: str) -> None:
    """Proves that base-year tonnes, the baseline's cost and path, what is on offer and the size of
    the problem are as stored.

    A wrong weight of a typical day, a price counted twice or a lost row shows here, in seconds and
    without a search: the baseline is one linear problem, with one optimum.
    """
    expected, found = stored(factory), exact_figures(factory)
    different = changes({key: expected[key] for key in found}, found)
    assert not different, "\n".join([f"{factory}:", *different, renewal(factory)])


def test_a_plan_costs_less_than_its_proven_bound_allows_and_has_its_reason() -> None:
    """Proves that each stored file is whole: bound <= cost, the gap is theirs, a reason is given.

    gap = (cost - bound) / cost; the dairy's 32.03 of 32.48 million, for one, are 1.4 %.
    """
    for name in FACTORIES:
        figures = stored(name)
        interval = figures["decision_cost"]
        assert interval["bound"] <= interval["cost"]
        gap = (interval["cost"] - interval["bound"]) / interval["cost"]
        assert interval["gap"] == pytest.approx(gap, rel=1e-6), name
        assert figures["why"]
        assert all(line.strip() for line in figures["why"])
    assert sorted(p.stem for p in STORED.glob("*.json")) == sorted(FACTORIES)


def test_a_changed_figure_is_named_with_both_values() -> None:
    """Proves that the comparison sees a ten-thousandth, a lost key, a new one and another count,
    and that a ten-millionth is the solver's."""
    old = {"npv": 1000.0, "rows": 10, "path": {"2026": 5.0, "2027": 4.0}}
    assert changes(old, old | {"npv": 1000.0001}) == []
    new = {"npv": 1000.1, "rows": 11, "path": {"2026": 5.0, "2028": 4.0}}
    assert changes(old, new) == [
        "npv: 1000.0 is stored, 1000.1 found",
        "path.2027: 4.0 is stored, None found",
        "path.2028: None is stored, 4.0 found",
        "rows: 10 is stored, 11 found",
    ]


@pytest.mark.slow
def test_another_search_proves_an_interval_that_overlaps(
    factory: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that the optimum hasn't moved: two searches of one problem prove two intervals that
    both hold its optimum, so the larger bound is at most the smaller cost. And the plan keeps every
    rule by the verifier's own arithmetic.

    A rule that was lost or added shifts the optimum out of the stored interval, by more than the
    loose gap hides where the rule binds; a plan that breaks a rule fails a row.
    """
    without_reports(monkeypatch)
    bundle = bundle_of(factory)
    settings = api.settings_of(bundle, gap=LOOSE, full_year=False)
    run = api.solve(
        api.Job(scenario_file(factory), tmp_path / "run", data_of(factory), settings=settings),
        bundle,
    )
    kept, found = stored(factory)["decision_cost"], run.summary
    message = f"{found['bound']} to {found['decision_cost']}, stored {kept}\n{renewal(factory)}"
    slack = EXACT * kept["cost"]
    assert found["status"] == "optimal"
    assert found["bound"] <= kept["cost"] + slack, message
    assert kept["bound"] <= found["decision_cost"] + slack, message
    report = verify(run.path)
    assert report.ok, report.failed
