"""summary.json against plan.nc and baseline.nc: what people read is what the plan holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.borrowed import check_borrowed_facts
from optimizer.plan.verify.eligibility import check_excluded
from optimizer.plan.verify.purchase import additional_share
from optimizer.plan.verify.reading import UnreadableRun
from optimizer.plan.verify.report import COUNT, MONEY, YEAR, Rows
from optimizer.plan.verify.rule_costs import check_rule_costs
from optimizer.plan.verify.summary_facts import check_facts
from optimizer.plan.verify.summary_parts import check_parts
from optimizer.plan.verify.value_chain import check_footprint_summary
from optimizer.plan.verify.worth import check_worth

LEDGERS = ("location", "market")
YEARLY = (
    "gross",
    "net",
    "scope1",
    "scope2_location",
    "scope2_market",
    "removal",
    "gross_cap",
    "net_target",
    "offset_share",
    "offset_share_bound",
)


def read_summary(run: Path) -> Mapping[str, Any]:
    """summary.json as a mapping; raises UnreadableRun if it is missing or damaged."""
    return read_object(run / "summary.json")


def read_object(path: Path) -> Mapping[str, Any]:
    """A JSON file that holds one object; raises UnreadableRun if it is missing or damaged."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnreadableRun(f"{path}: there is no {path.name}") from None
    except (OSError, ValueError) as error:
        raise UnreadableRun(f"{path}: can't be read as JSON ({str(error)[:120]})") from None
    if not isinstance(data, dict):
        raise UnreadableRun(f"{path}: must hold one object")
    return data


def check_summary(
    plan: Book, baseline: Book | None, summary: Mapping[str, Any], rows: Rows
) -> None:
    """`summary_follows_plan`: costs, yearly figures and builds of the summary, those it states."""
    costs = {"net_present_cost": _cost(plan)}
    if summary.get("axis") == summary.get("stored_axis"):
        costs["decision_cost"] = _decision(plan)
    costs |= {"npv.plan": _cost(plan), "valuation": _decision(plan) - _cost(plan)}
    if baseline is not None:
        costs |= {"npv.baseline": _cost(baseline), "npv.saving": _cost(baseline) - _cost(plan)}
    for path, value in costs.items():
        shown = _at(summary, path)
        if shown is not None:
            scale = abs(_cost(plan))
            rows.equal("summary_follows_plan", [shown], [value], [[path]], MONEY, scale)
    try:
        _check_years(plan, baseline, summary, rows)
        _check_builds(plan, summary, rows)
        check_parts(plan, summary, rows)
        check_borrowed_facts(plan, summary, rows)
        check_facts(plan, baseline, summary, rows)
        check_worth(plan, baseline, summary, rows)
        check_excluded(plan, summary, rows)
        check_rule_costs(summary, rows)
        check_footprint_summary(plan, baseline, summary, rows)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UnreadableRun(f"summary.json: not laid out as documented ({error!r})") from None


def _cost(book: Book) -> float:
    return float(book.stored.attrs.get("net_present_cost", np.nan))


def _decision(book: Book) -> float:
    return float(book.stored.attrs.get("decision_cost", np.nan))


def _at(summary: Mapping[str, Any], path: str) -> float | None:
    node: Any = summary
    for key in path.split("."):
        node = node.get(key) if isinstance(node, dict) else None
    return None if node is None else float(node)


def _check_years(plan: Book, baseline: Book | None, summary: Mapping[str, Any], rows: Rows) -> None:
    credits = plan.stored.get("credits", list(plan.credits)).sum(axis=0)
    years = {year: number for number, year in enumerate(plan.years)}
    for entry in summary.get("years", ()):
        place = years[int(entry["year"])]
        known = {key: plan.stored.get(key)[place] for key in YEARLY}
        known["credits"] = credits[place]
        known["additional_share"] = additional_share(plan)[place]
        known |= {f"gross_{x}": known["scope1"] + known[f"scope2_{x}"] for x in LEDGERS}
        if baseline is not None:
            known["baseline"] = baseline.stored.get("gross")[place]
        for key, value in known.items():
            if key not in entry or (entry[key] is None and np.isnan(value)):
                continue
            shown = np.nan if entry[key] is None else float(entry[key])
            label = [[f"years.{entry['year']}.{key}"]]
            rows.equal("summary_follows_plan", [shown], [value], label, YEAR)


def _check_builds(plan: Book, summary: Mapping[str, Any], rows: Rows) -> None:
    if "build" not in summary:
        return
    listed: dict[tuple[str, int], float] = {}
    for entry in summary["build"]:
        key = (str(entry["measure"]), int(entry["year"]))
        listed[key] = listed.get(key, 0.0) + float(entry["capacity"])
    for name, added in plan.added.items():
        for year, size in zip(plan.years, added, strict=True):
            shown = listed.pop((name, year), 0.0)
            if shown or size:
                label = [[f"build.{name}.{year}"]]
                rows.equal("summary_follows_plan", [shown], [size], label, COUNT)
    for (name, year), size in listed.items():
        rows.equal("summary_follows_plan", [size], [0.0], [[f"build.{name}.{year}"]], COUNT)
