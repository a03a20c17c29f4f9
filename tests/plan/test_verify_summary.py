"""Every figure that summary.json works out of the plan is worked out again."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
import xarray as xr

from optimizer.plan.verify.harmless import CHANGE
from optimizer.plan.verify.reading import UnreadableRun, as_stored
from optimizer.plan.verify.report import VerifyReport
from optimizer.plan.verify.run import Parts, recompute
from tests.plan import tiny_run as tiny

FIGURES = (
    "net_present_cost", "npv.saving", "years.0.gross", "years.1.credits", "years.0.capex",
    "years.1.capex", "years.0.opex", "years.1.opex", "years.0.grants", "years.1.budget",
    "build.1.capacity", "build.1.capex", "credits.0.tonnes", "credits.0.cost",
    "full_year.cost_difference", "full_year.cost_difference_share",
)  # fmt: skip


def told(parts: Parts, path: str, value: Any, data: xr.Dataset | None = None) -> VerifyReport:
    """The report on the tiny run with one entry of its summary set."""
    summary: Any = copy.deepcopy(dict(parts.summary))
    *above, last = (int(k) if k.isdigit() else k for k in path.split("."))
    node = summary
    for key in above:
        node = node[key]
    node[last] = value(node[last]) if callable(value) else value
    plan = parts.plan if data is None else as_stored("plan.nc", data)
    return recompute(replace(parts, summary=summary, plan=plan))


@pytest.mark.parametrize("path", FIGURES)
def test_a_ten_thousandth_of_a_summary_figure_is_seen(parts: Parts, path: str) -> None:
    """Proves that each stated figure times 1.0001 fails: capex 2,700,000 may not read 2,700,270."""
    report = told(parts, path, lambda figure: figure * (1 + CHANGE))
    assert [row.name for row in report.failed] == ["summary_follows_plan"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("assets", [{"asset": "boiler", "year": 2027, "event": "retired"}]),
        ("credits", []),
        ("full_year.unmet.heat", 1.0),
        ("binding", [{"rule": "gross_cap", "year": 2027, "limit": 7000.0, "value": 6683.94}]),
        ("binding", [{"rule": "no_rule", "year": 2027, "limit": 1.0, "value": 1.0}]),
        ("years.1.budget", None),
    ],
)
def test_what_the_plan_does_not_hold_is_seen(parts: Parts, path: str, value: Any) -> None:
    """Proves that an invented event or rule fails, and so does a credit, unmet demand or budget
    left out; 6,683.94 of 7,000 t is not at the limit."""
    report = told(parts, path, value)
    assert [row.name for row in report.failed] == ["summary_follows_plan"]


def test_a_rule_at_its_limit_must_be_listed(parts: Parts) -> None:
    """Proves that a rule which binds can't be kept quiet: 6,999.99 of 7,000 t is at the limit.

    Listed with its figures, only 2027's gross of the summary's table is still wrong; kept quiet, or
    listed with a value of a ten-thousandth more, a second figure is.
    """
    data = tiny.dataset(tiny.plan_values(), tiny.plan_costs())
    data["gross"].values[1] = 6999.99
    quiet = told(parts, "binding", [], data)
    entry = {"rule": "gross_cap", "year": 2027, "limit": 7000.0, "value": 6999.99}
    listed = told(parts, "binding", [entry], data)
    wrong = told(parts, "binding", [entry | {"value": 6999.99 * (1 + CHANGE)}], data)
    reports = (listed, quiet, wrong)
    assert [
        row.failed for r in reports for row in r.failed if row.name == "summary_follows_plan"
    ] == [1, 2, 2]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("scenario.name_en", "Tinier"),
        ("currency", "EUR"),
        ("price_year", 2026),
        ("ledger", "location"),
        ("horizon.evaluate_to", 2027),
        ("horizon.end", "salvage"),
        ("base_year.year", 2024),
        ("base_year.metered_emissions", 12264.0 * (1 + CHANGE)),
        ("base_year.metered_energy.natural_gas", 21900.0 * (1 + CHANGE)),
        ("base_year.metered_energy.coal", 1.0),
        ("base_year.baseline.1", 12264.0 * (1 + CHANGE)),
        ("base_year.output_effect.0", 1.0),
        ("base_year.grid_effect.1", 1.0),
        ("base_year.constant_factors.1", 12264.0 * (1 + CHANGE)),
    ],
)
def test_what_the_inputs_do_not_say_is_seen(parts: Parts, path: str, value: Any) -> None:
    """Proves that the frame of the figures is held too: 5 million CNY may not read 5 million EUR,
    and no base year may be made larger so that a reduction looks deeper."""
    failed = told(parts, path, value).failed
    assert [(row.name, row.failed) for row in failed] == [("summary_follows_inputs", 1)]


def test_the_money_of_the_stored_plan_is_that_of_the_inputs(parts: Parts) -> None:
    """Proves that plan.nc may not call its CNY euros: both its currency and its year are read."""
    data = tiny.dataset(tiny.plan_values(), tiny.plan_costs())
    data.attrs |= {"currency": "EUR", "price_year": 2020}
    (row,) = told(parts, "ledger", "market", data).failed
    assert (row.name, row.failed) == ("summary_follows_inputs", 2)


@pytest.mark.parametrize(
    ("path", "value", "failed"),
    [
        ("bound", lambda bound: bound + 100.0, 2),
        ("gap", lambda gap: gap * (1 + CHANGE), 1),
        ("gap_money", 900.0, 1),
        ("gap_asked", 1e-9, 1),
    ],
)
def test_the_gap_follows_from_cost_and_bound(
    parts: Parts, path: str, value: Any, failed: int
) -> None:
    """Proves that the gap can't be made to look smaller than cost less bound.

    Cost - bound is 1,000: a bound moved by 100 contradicts gap_money and gap; "optimal" with a gap
    above the one asked for contradicts itself.
    """
    (row,) = told(parts, path, value).failed
    assert (row.name, row.failed) == ("gap_follows_bound", failed)


def test_a_summary_of_another_layout_is_no_run(parts: Parts) -> None:
    """Proves one line instead of a traceback: metered energy must be a mapping by carrier."""
    with pytest.raises(UnreadableRun, match="not laid out"):
        told(parts, "base_year.metered_energy", [1.0])
