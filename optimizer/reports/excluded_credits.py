"""Credits that rules on their quality keep out of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from optimizer.reports.blocks import Plain, Table
from optimizer.reports.view import View

HEAD = ("credit", "rule", "criterion", "years")


def excluded_credits(view: View) -> list[Plain]:
    """A line a credit, rule and criterion; nothing where every credit on offer may be used."""
    rows = [
        [view.name("credit", each["credit"]), _rule(view, each),
         view.say(f"criterion.{each['criterion']}"), ", ".join(map(str, each["years"]))]
        for each in view.summary.get("excluded_credits") or ()
    ]  # fmt: skip
    if not rows:
        return []
    table = Table(view.say("table.excluded_credits"), [view.say(f"word.{h}") for h in HEAD], rows)
    return [Plain(view.say("heading.excluded_credits"), [view.say("excluded_credits.note")], table)]


def _rule(view: View, each: Mapping[str, Any]) -> str:
    name = each[f"rule_name_{view.lang}"]
    if name is None:
        return view.say("rule.own_eligible")
    return view.say("rule.of_pack", name=name, rule=each["rule"])
