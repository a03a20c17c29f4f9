"""Rules by the words that people read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from optimizer.reports import numbers
from optimizer.reports.view import View
from optimizer.words import text, text_or


def rule_name(rule: str, lang: str, of_pack: Callable[[str], str]) -> str:
    """The word of a rule as summary.json names it: `gross_cap`, `area:roof` or pack/rule.

    ``of_pack`` gives the name of a pack's rule by its id pack/rule.
    """
    if "/" in rule:
        return text("rule.of_pack", lang, name=of_pack(rule), rule=rule)
    name, _, index = rule.partition(":")
    shown = text_or(f"rule.{name}", name, lang)
    if not index:
        return shown
    return text("rule.indexed", lang, rule=shown, index=text_or(f"{name}.{index}", index, lang))


def whole_cost(view: View, rule: str) -> str:
    """What a plan would save without a rule, as an interval; a dash where it wasn't searched."""
    found = [row for row in view.summary.get("rule_costs") or () if row["rule"] == rule]
    if not found or found[0]["low"] is None:
        return numbers.NOTHING
    low, high = found[0]["low"], found[0]["high"]
    unsure = (high - low) / 10
    most = view.money.shown(high, unsure)
    if found[0]["noise"]:
        return view.say("rule_cost.noise", most=most)
    return view.say("rule_cost.interval", least=view.money.number(low, unsure), most=most)


def marginal_words(row: Mapping[str, Any], currency: str, lang: str) -> str:
    """What the last unit of a binding rule costs, such as "103 CNY/t"; a dash where unknown."""
    worth, unit = row.get("marginal"), row.get("marginal_unit")
    if worth is None or unit is None:
        return numbers.NOTHING
    name = unit.removeprefix("money/")
    return text(f"marginal.{name}", lang, amount=numbers.significant(worth), currency=currency)
