"""What the sections say where a run differs from the usual."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import numpy as np

from optimizer.reports.blocks import Chart, Plain, Section
from optimizer.reports.html import open_run, render
from optimizer.reports.section_allowed import allowed
from optimizer.reports.section_check import _name, check
from optimizer.reports.section_cost import cost
from optimizer.reports.section_run import run
from optimizer.reports.section_why import why
from optimizer.reports.view import View


def view_of(run_folder: Path, **changes: Any) -> View:
    """The made-up run in English with some keys of its summary replaced."""
    view = open_run(run_folder, "en")
    summary = copy.deepcopy(dict(view.summary)) | changes
    return View(view.plan, view.baseline, summary, view.inputs, "en")


def said(section: Section, heading: str) -> str:
    """All text under a heading."""
    block = next(b for b in section.blocks if isinstance(b, Plain) and b.heading == heading)
    cells = [cell for row in (block.table.rows if block.table else ()) for cell in row]
    return " ".join([*block.paragraphs, *cells])


def test_typical_days_tell_what_they_lose(run_folder: Path) -> None:
    """Proves the arithmetic: 60 negative steps of an hour less 18 weighted ones are 42 h lost."""
    shown = said(run(view_of(run_folder)), "What the typical days leave out")
    assert "42" in shown
    assert "off by −2.0\u202f% at worst" in shown
    assert "No demand is left unmet" in shown
    assert "caps were lowered by up to 12.0\u202ft" in shown


def test_unmet_demand_is_named(run_folder: Path) -> None:
    """Proves that a shortfall of the full year reaches the reader: 12 MWh of steam."""
    check_full = {"cost_difference": 1e5, "cost_difference_share": 0.001,
                  "unmet": {"electricity": 0.0, "steam": 12.0}, "added_days": 0,
                  "tightened_caps": []}  # fmt: skip
    section = run(view_of(run_folder, full_year=check_full))
    assert "Unmet on the full year: Steam 12.0\u202fMWh." in said(
        section, "What the typical days leave out"
    )


def test_a_plan_of_the_full_year_lost_nothing(run_folder: Path) -> None:
    """Proves that no table of errors is shown where nothing was aggregated."""
    section = run(
        view_of(run_folder, axis="full", stored_axis="full", typical_days=None, full_year=None)
    )
    assert "nothing was aggregated" in said(section, "What the typical days leave out")


def test_a_broken_target_is_called_broken(run_folder: Path) -> None:
    """Proves that the verdict is recomputed: net 14 766 t is above a target of 14 000 t."""
    years = copy.deepcopy(list(view_of(run_folder).summary["years"]))
    years[-1]["net_target"] = 14_000.0
    assert allowed(view_of(run_folder, years=years)).finding == "Broken: Net target 2030."


def test_a_stopped_search_is_not_called_cheapest(run_folder: Path) -> None:
    """Proves honest status: a feasible plan's page says stopped, and never "Cheapest of"."""
    view = view_of(run_folder, status="feasible")
    assert "stopped" in check(view).finding
    assert "Cheapest of the offered" not in render(view).partition("<body>")[2]


def test_each_end_of_the_horizon_is_stated(run_folder: Path) -> None:
    """Proves that the reader learns which one was chosen; only `extended` has a tail."""
    horizon = dict(view_of(run_folder).summary["horizon"])
    for end, words in (("salvage", "handed back"), ("within_horizon", "2030 only")):
        changed = view_of(run_folder, horizon=horizon | {"end": end})
        shown = said(cost(changed), "End of the horizon")
        assert words in shown
        assert "after the last planning year" not in shown


def test_what_was_not_built_is_named(run_folder: Path) -> None:
    """Proves that three of six offered measures are listed as left out."""
    shown = said(why(view_of(run_folder)), "Offered, not built")
    assert "Electric boiler, Battery, Insulation of the steam network" in shown


def test_a_measure_without_source_says_so(run_folder: Path) -> None:
    """Proves that silence isn't trust: the contract has no source note, so it is unconfirmed."""
    shown = said(check(view_of(run_folder)), "Sources and trust")
    assert "no source given unconfirmed" in shown


def test_an_empty_plan_still_has_a_report(run_folder: Path) -> None:
    """Proves that nothing built, nothing binding and no credits raise nowhere."""
    view = view_of(run_folder, build=[], assets=[], credits=[], binding=[], derived=[])
    page = render(view)
    assert "No rule is at its limit" in page
    assert all(isinstance(b, Chart | Plain) for b in why(view).blocks)


def test_a_changed_credit_is_named_as_people_name_it(run_folder: Path) -> None:
    """Proves the look-up in all of measures, contracts and credits, and the id for a stranger."""
    view = open_run(run_folder, "zh")
    credit = view.ids("credit")[0]
    assert _name(view, credit) == view.name("credit", credit) != credit
    assert _name(view, "not_offered") == "not_offered"


def gated(run_folder: Path, value: float) -> View:
    """The made-up run under a gate of 1.8 t/tce that has `value` t on 1,000 tce, in 2030 alone."""
    view = view_of(run_folder)
    nothing = [np.nan] * 4
    rows = {"value": [*nothing, value], "per": [*nothing, 1e3], "limit": [*nothing, 1.8]}
    coords = {"name_en": "Carbon per energy", "unit": "t", "per_unit": "tce", "sense": "at_most"}
    plan = view.plan.assign({f"rule_{k}": (("rule", "year"), [v]) for k, v in rows.items()})
    plan = plan.assign_coords(rule=["cn/N-02"])
    plan = plan.assign_coords({f"rule_{k}": ("rule", [v]) for k, v in coords.items()})
    return View(plan, view.baseline, view.summary, view.inputs, "en")


def test_a_gate_is_shown_with_both_parts_of_its_ratio(run_folder: Path) -> None:
    """Proves limit, ratio, tonnes and tce: 1,500 t over 1,000 tce are 1.5, within 1.8; with 1,900 t
    the finding names the gate and the year as broken. A ratio alone would hide more energy."""
    kept = allowed(gated(run_folder, 1_500.0))
    shown = said(kept, "Gates of policy packs").replace("\u202f", " ").replace("\u2009", " ")
    for cell in ("Carbon per energy (cn/N-02)", "2030", "≤ 1.8", "1.5", "1 500 t", "1 000 tce"):
        assert cell in shown
    assert "Carbon per energy 2030" not in kept.finding
    assert "Carbon per energy 2030" in allowed(gated(run_folder, 1_900.0)).finding


def test_credits_that_a_rule_keeps_out_are_named(run_folder: Path) -> None:
    """Proves that a reader sees which credit, in which years, by whose rule and why; and that
    nothing is shown where every credit may be used."""
    heading = "Credits that rules keep out"
    line = {"credit": "forest", "criterion": "max_age", "years": [2029, 2030]}
    pack = {"rule": "iso/I-05", "rule_name_en": "Young credits", "rule_name_zh": "新近信用"}
    own = {"rule": "policy.offset.eligible", "rule_name_en": None, "rule_name_zh": None}
    shown = said(allowed(view_of(run_folder, excluded_credits=[line | pack, line | own])), heading)
    for word in ("Young credits (iso/I-05)", "2029, 2030", "too old", "own choice of credits"):
        assert word in shown
    section = allowed(view_of(run_folder, excluded_credits=[]))
    assert heading not in [b.heading for b in section.blocks if isinstance(b, Plain)]


def test_saving_is_what_the_rows_above_it_leave(run_folder: Path) -> None:
    """Proves that a reader may subtract: 208.4 less 152.6 is 55.8, within 3.2 of uncertainty.

    To the digit that is known the rows read 208, 153 and 56, and no reader gets 56 from the two.
    """
    npv = {"baseline": 208.4e6, "plan": 152.6e6, "saving": 55.8e6}
    full = {"cost_difference": 2.4e6, "cost_difference_share": 0.016, "unmet": {}, "added_days": 0,
            "tightened_caps": []}  # fmt: skip
    view = view_of(run_folder, npv=npv, gap_money=0.8e6, full_year=full)
    shown = said(cost(view), "Net present cost")
    for number in ("208.4", "152.6", "55.8"):
        assert f" {number} " in shown


def test_a_changed_measure_that_no_plan_has_keeps_its_name(run_folder: Path) -> None:
    """Proves the name in the catalog, not the id: greener material isn't a measure of plan.nc."""
    view = view_of(run_folder)
    view.inputs.measures["scrap_steel"] = {"name": {"en": "Steel from scrap", "zh": "废钢"}}
    try:
        assert _name(view, "scrap_steel") == "Steel from scrap"
    finally:
        del view.inputs.measures["scrap_steel"]
    assert _name(view, "unheard_of") == "unheard_of"
