"""Can I check it? How the plan was found, how to recompute it, where its figures come from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from optimizer.reports import numbers, search
from optimizer.reports.blocks import Plain, Section, Table
from optimizer.reports.factors import factors
from optimizer.reports.view import View


def check(view: View) -> Section:
    """The section `check`."""
    blocks = [
        _solver(view), *_resolution(view), _verify(view), _derived(view), factors(view),
        _overrides(view), _sources(view),
    ]  # fmt: skip
    ends = {"optimal": "optimal", "no_bound": "unknown"}
    status = ends.get(search.outcome(view), "feasible")
    finding = view.say(
        f"finding.check_{status}", axis=view.term("axis_name", str(view.summary["axis"])),
        gap=search.gap_money(view), share=search.gap_share(view),
    )  # fmt: skip
    return Section("check", view.say("question.check"), finding, blocks)


def _solver(view: View) -> Plain:
    """Status, bound and gap with its axis, method and seconds."""
    s, fine = view.summary, search.number(view.summary["gap_money"]) / 10
    rows = [
        [view.say("check.status"), view.term("status", str(s["status"]))],
        [view.say("check.cost"), view.money.shown(s["decision_cost"], fine)],
        [view.say("check.bound"), view.money.shown(search.number(s["bound"]), fine)],
        [view.say("check.gap"), f"{search.gap_money(view)} ({search.gap_share(view)})"],
        [view.say("check.asked"), search.asked(view) or numbers.NOTHING],
        [view.say("check.gap_saving"), numbers.percent(search.number(s["gap_share_of_saving"]), 1)],
    ]
    if view.valued:
        rows.append([view.say("check.valuation"), view.money.shown(s["valuation"], fine)])
    if s.get("full_year"):
        rows.append([view.say("check.full"), view.money.shown(s["net_present_cost"], fine)])
        share = s["full_year"].get("cost_difference_share_of_saving")
        if share is not None:
            rows.append([view.say("check.full_saving"), numbers.percent(share, 1)])
    rows += [
        [view.say("check.axis"), view.term("axis_name", str(s["axis"]))],
        [view.say("check.method"), view.term("method", str(s["method"]))],
    ]
    rows += [
        [view.say("check.seconds", stage=view.term("stage", str(k))), numbers.with_unit(v, "s", 2)]
        for k, v in (s.get("seconds") or {}).items()
        if isinstance(v, int | float)
    ]
    head = [view.say("check.what"), view.say("check.value")]
    table = Table(view.say("table.solver"), head, rows, frozenset({1}))
    return Plain(view.say("heading.solver"), [view.say("check.meaning")], table)


def _resolution(view: View) -> list[Plain]:
    """What 'auto' chose the typical days from; nothing where they were given."""
    found = view.summary.get("resolution")
    if not found:
        return []
    keys = ("typical_days", "steps", "days_searched", "full_year_cost", "regret", "time_taken")
    head = [*(view.say(f"word.{key}") for key in keys), view.say("word.taken")]
    head.insert(3, view.say("check.gap"))
    largest = float(found["largest_regret"])
    fine = largest * abs(float(view.summary["npv"]["saving"])) / 10
    rows = [_rung(view, one, fine) for one in found["tried"]]
    said = view.say("resolution.said", share=numbers.percent(largest, 1))
    table = Table(view.say("table.resolution"), head, rows, frozenset({0, 2, 3, 4, 5, 6}))
    return [Plain(view.say("heading.resolution"), [said], table)]


def _rung(view: View, one: Mapping[str, Any], fine: float) -> list[str]:
    """The row of one resolution, its cost to `fine` money; dashes where no plan was found."""
    count, gap, cost = one["segments"], one["gap"], one["full_year_cost"]
    share = one["regret_share_of_saving"]
    return [
        str(one["periods"]),
        view.say("resolution.segments", count=count) if count else view.say("resolution.whole"),
        numbers.NOTHING if one["days"] is None else str(one["days"]),
        numbers.NOTHING if gap is None else numbers.percent(float(gap), 2),
        numbers.NOTHING if cost is None else _to(view, float(cost), fine),
        numbers.NOTHING if share is None else numbers.percent(float(share), 2),
        numbers.with_unit(float(one["seconds"]), "s", 2),
        "✓" if one["chosen"] else "",
    ]


def _to(view: View, amount: float, fine: float) -> str:
    """An amount with as many digits as tell `fine` money: plans differ by less than three show."""
    scale = view.money
    decimals = max(0, -math.floor(math.log10(fine / scale.divisor))) if fine else 0
    return f"{numbers.grouped(amount / scale.divisor, decimals)}{numbers.THIN}{scale.label}"


def _verify(view: View) -> Plain:
    """How a stranger recomputes the plan, and what that shows."""
    said = [view.say("verify.how", run=view.summary["run"]), view.say("verify.shows")]
    return Plain(view.say("heading.verify"), said)


def _derived(view: View) -> Plain:
    """Series that were made from a few figures instead of metered."""
    keys = [str(key) for key in view.summary.get("derived") or ()]
    key = "derived.some" if keys else "derived.none"
    said = view.say(key, series=view.say("list.separator").join(keys))
    return Plain(view.say("heading.derived"), [said])


def _overrides(view: View) -> Plain:
    """Catalog fields that the scenario changed, with its reason."""
    given = (view.inputs.scenario.get("measures") or {}).get("override") or {}
    head = [view.say("word.measure"), view.say("word.fields"), view.say("word.reason")]
    rows = [
        [_name(view, m), ", ".join(k for k in fields if k != "why"),
         str(fields.get("why") or numbers.NOTHING)]
        for m, fields in given.items()
    ]  # fmt: skip
    if not rows:
        return Plain(view.say("heading.overrides"), [view.say("overrides.none")])
    table = Table(view.say("table.overrides"), head, rows)
    return Plain(view.say("heading.overrides"), table=table)


def _sources(view: View) -> Plain:
    """Sources of what is built, contracted and cancelled, each with its trust."""
    used = dict.fromkeys(row["measure"] for row in view.summary["build"])
    for dim, variable in (("contract", "contracted"), ("credit", "credits")):
        for identifier in view.ids(dim):
            if float(view.plan[variable].sel({dim: identifier}).max()) > 0:
                used[identifier] = None
    rows = [row for measure in used for row in _sources_of(view, str(measure))]
    head = [view.say(f"word.{k}") for k in ("measure", "fields", "source", "trust")]
    table = Table(view.say("table.sources"), head, rows)
    said = view.say("sources.finding", count=sum(row[-1] == _unconfirmed(view) for row in rows))
    return Plain(view.say("heading.sources"), [said], table)


def _unconfirmed(view: View) -> str:
    return view.say("trust.unconfirmed")


def _name(view: View, identifier: str) -> str:
    """Name of a measure, contract or credit; that of the catalog where the plan doesn't have it."""
    dims = ("measure", "contract", "credit")
    given = (view.inputs.measures.get(identifier) or {}).get("name") or {}
    unoffered = str(given.get(view.lang) or identifier)
    return next((view.name(d, identifier) for d in dims if identifier in view.ids(d)), unoffered)


def _sources_of(view: View, measure: str) -> list[list[str]]:
    """One row a source note; a measure without any says so, in place of silence."""
    name = _name(view, measure)
    notes = (view.inputs.measures.get(measure) or {}).get("sources") or ()
    if not notes:
        return [[name, numbers.NOTHING, view.say("sources.missing"), _unconfirmed(view)]]
    rows = []
    for note in notes:
        entry = view.inputs.references.get(str(note["ref"]), {})
        parts = [entry.get(k) for k in ("issuer", "title", "year", "link")] + [note.get("note")]
        shown = ", ".join(str(part) for part in parts if part) or str(note["ref"])
        trust = view.term("trust", str(note["trust"]))
        rows.append([name, ", ".join(map(str, note["fields"])), shown, trust])
    return rows
