"""What the audit found: what the ceiling guarantees, how sharply, and measure by measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from optimizer.reports import numbers
from optimizer.reports.blocks import Plain, Table, numbers_from
from optimizer.reports.view import View


def block(view: View) -> list[Plain]:
    """One block; none where the run wasn't audited."""
    if view.audit is None:
        return []
    return [Plain(view.say("heading.audit"), lines(view), measure_table(view))]


def lines(view: View) -> list[str]:
    """Outcome, what the mode guarantees, the certificate, the time axis."""
    found = _audit(view)
    certificate = found["certificate"]
    gap = float(certificate["gap_money"])
    scored = found["severity"] == "score"
    outcome = "fails_score" if scored and found["outcome"] == "fails" else found["outcome"]
    said = [
        view.say(f"audit.outcome.{outcome}"),
        *([view.say("audit.severity.score")] if scored else []),
        view.say(f"audit.mode.{found['mode']}", price=_ceiling(view)),
        view.say(
            "audit.certificate", gap=view.money.shown(gap, gap / 10),
            tonnes=numbers.with_unit(float(certificate["speaks_from"]), "t"),
        ),
    ]  # fmt: skip
    if certificate["better"]:
        less = float(found["plan"]["cost"]) - float(certificate["cost"])
        said.append(view.say("audit.better", less=view.money.shown(less, less / 10)))
    days = found["typical_days"]
    typical = "audit.typical_score" if scored else "audit.typical"
    axis = view.say("audit.full") if days is None else view.say(typical, days=days)
    return [*said, axis]


def _ceiling(view: View) -> str:
    """The ceiling with its unit: one price, or the lowest and the highest of all years."""
    prices = [float(price) for price in _audit(view)["ceiling"].values() if price]
    return view.say("word.per_t", price=numbers.span(prices, 4), currency=view.currency)


def left_out(view: View) -> dict[str, str]:
    """Verdict on each measure that isn't built, in words; nothing without an audit."""
    asked = [] if view.audit is None else view.audit["measures"]
    return {one["measure"]: verdict(view, one) for one in asked if one["question"] == "build"}


def measure_table(view: View) -> Table:
    """A row a question: what was forced, the change of what is paid, credits and gross, verdict."""
    money = view.money
    keys = ("measure", "question", "paid_change", "credits_change", "gross_change", "cost_per_t",
            "noise_per_t", "verdict")  # fmt: skip
    units = {"paid_change": money.label, "credits_change": "t", "gross_change": "t",
             "cost_per_t": f"{view.currency}/t", "noise_per_t": f"{view.currency}/t"}  # fmt: skip
    head = [
        view.say(f"audit.head.{key}") + (f" [{units[key]}]" if key in units else "") for key in keys
    ]
    rows = [_row(view, one) for one in _audit(view)["measures"]]
    return Table(view.say("table.audit"), head, rows, numbers_from(len(head) - 1, 2))


def _row(view: View, one: Mapping[str, Any]) -> list[str]:
    asked = view.say(f"audit.question.{one['question']}", year=one["year"])
    together = view.say("list.separator").join(_name(view, n) for n in one["together"])
    if together:
        asked = view.say("audit.together", asked=asked, others=together)
    change = one["difference"]
    figures = [numbers.NOTHING] * 5
    if change is not None:
        figures = [
            view.money.number(float(change["paid"])),
            *(numbers.grouped(float(change[key])) for key in ("credits", "gross")),
            *(_per_t(change[key]) for key in ("per_t", "noise")),
        ]
    return [_name(view, one["measure"]), asked, *figures, verdict(view, one)]


def verdict(view: View, one: Mapping[str, Any]) -> str:
    """The verdict in words, with the figure or the name that it rests on."""
    change = one["difference"] or {}
    values = {
        "cost": _per_t(change.get("per_t")),
        "noise": _per_t(change.get("noise")),
        "by": "" if one["by"] is None else _obstacle(view, str(one["by"])),
    }
    key = str(one["verdict"])
    if key == "inconclusive" and one["difference"] is None:
        key = "no_plan" if one["free"]["ending"] == "infeasible" else "stopped"
    return view.say(f"audit.verdict.{key}", unit=f"{view.currency}/t", **values)


def _obstacle(view: View, row: str) -> str:
    """Budget, an area of the site, lead time, connection or rules."""
    name, _, index = row.partition(":")
    shown = view.term("obstacle", name)
    return view.say("rule.indexed", rule=shown, index=view.term(name, index)) if index else shown


def _name(view: View, identifier: str) -> str:
    dims = ("measure", "contract", "asset")
    return next((view.name(d, identifier) for d in dims if identifier in view.ids(d)), identifier)


def _per_t(value: Any) -> str:
    return numbers.NOTHING if value is None else numbers.grouped(float(value))


def _audit(view: View) -> Mapping[str, Any]:
    assert view.audit is not None
    return view.audit
