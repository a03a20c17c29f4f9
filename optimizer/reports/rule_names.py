"""Rules by the words that people read."""

from __future__ import annotations

from collections.abc import Callable

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
