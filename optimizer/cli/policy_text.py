"""Policy packs in words on a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli.tables import print_table
from optimizer.words import text

if TYPE_CHECKING:
    from optimizer.plan.judge import Judgement

_LIST = ("id", "name", "standing", "edition", "rules", "in_model", "trust")
_RULES = ("rule", "name", "severity", "asks", "ledger", "trust", "source", "in_model")


def print_list(packs: list[dict[str, Any]], lang: str) -> None:
    """One line a pack."""
    headings = [text(f"cli.policy.{column}", lang) for column in _LIST]
    rows = []
    for pack in packs:
        standing = text(f"cli.policy.standing.{pack['standing']}", lang)
        words = {"name": pack["name"][lang], "standing": standing, "trust": _trust(pack, lang)}
        rows.append([str({**pack, **words}[column]) for column in _LIST])
    print_table(headings, rows)


def print_pack(facts: dict[str, Any], lang: str) -> None:
    """One pack: whose rules they are, each rule, what is open, sources, attestations."""
    standing = text(f"cli.policy.standing.{facts['standing']}", lang)
    click.echo(f"{facts['name'][lang]} ({facts['id']}), {facts['file']}")
    said = {"issuer": facts["issuer"][lang], "edition": facts["edition"], "standing": standing}
    click.echo(text("cli.policy.issued", lang, **said))
    if facts["note"]:
        click.echo(facts["note"][lang])
    if facts["rules"]:
        headings = [text(f"cli.policy.{column}", lang) for column in _RULES]
        print_table(headings, [_rule_cells(rule, lang) for rule in facts["rules"]])
    for rule in facts["rules"]:
        for kind in ("note", "undetermined"):
            if rule[kind]:
                said = {"rule": rule["id"], "said": rule[kind][lang]}
                click.echo(text(f"cli.policy.{kind}", lang, **said))
    for key, source in facts["sources"].items():
        trust = text(f"cli.trust.{source['trust']}", lang)
        parts = [source["name"], source["dated"], source["link"]]
        click.echo(f"{key} ({trust}): {', '.join(part for part in parts if part)}")
    for each in facts["attestations"]:
        state = text(f"cli.policy.state.{each['state']}", lang)
        click.echo(text("cli.policy.attested", lang, **{**each, "state": state}))


def print_check(found: dict[str, Any], lang: str) -> None:
    """What holds together, field by field, then what is not known."""
    names = [pack["id"] for pack in found["packs"]] or [text("cli.validate.none", lang)]
    click.echo(text("cli.policy.stack", lang, file=found["file"], packs=", ".join(names)))
    for field in found["fields"]:
        _print_field(field, lang)
    for out in found["excluded_credits"]:
        words = {
            "years": ", ".join(map(str, out["years"])),
            "criterion": text(f"criterion.{out['criterion']}", lang),
        }
        click.echo(text("cli.policy.excluded", lang, **(out | words)))
    for each in found["unknown"]:
        why = each["said"][lang] if each["said"] else text(f"cli.policy.why.{each['why']}", lang)
        severity = text(f"cli.policy.severity.{each['severity']}", lang)
        said = {**each, "why": why, "severity": severity}
        click.echo(text("cli.policy.unknown", lang, **said))
    gates = found["unsure_gates"]
    if gates:
        listed = ", ".join(gates)
        click.echo(text("cli.policy.unsure", lang, count=len(gates), gates=listed))


def print_judgement(
    judgement: Judgement, summary: Mapping[str, Any], lang: str, broken: list[str] | None
) -> None:
    """Every rule year by year, where each was read, and all gates together; whether the plan
    verifies, where that was asked."""
    from optimizer.reports.rule_rows import flags, overall, rule_costs, rules_table, sources

    costs = rule_costs(summary, summary["currency"], lang)
    table = rules_table(judgement, costs, lang)
    if table.rows:
        print_table(table.head, table.rows)
        click.echo("\n" + "\n".join(sources(judgement, lang)))
    click.echo("\n" + overall(judgement, lang))
    for flag in flags(judgement, lang):
        click.echo(flag)
    if judgement.changed:
        click.echo(text("judge.changed", lang, files=", ".join(judgement.changed)))
    if broken is not None:
        rows = text("list.separator", lang).join(broken)
        click.echo(text("judge.broken" if broken else "judge.verified", lang, rows=rows))
    click.echo(text("judge.pre_assessment", lang))


def _print_field(field: dict[str, Any], lang: str) -> None:
    """Who gives the field; if they differ or the scenario has its own, what binds when."""
    given = "; ".join(f"{each['pack']} {each['rule']}: {_value(each['value'])}"
                      for each in field["given"])  # fmt: skip
    click.echo(text("cli.policy.field", lang, field=field["field"], given=given))
    if field["scenario"] is not None:
        own = _value(field["scenario"])
        click.echo("  " + text("cli.policy.own", lang, value=own))
    elif field["differ"]:
        for year, bound in field["years"].items():
            if bound["value"] is not None:
                said = {"year": year, "value": f"{bound['value']:g}", "by": ", ".join(bound["by"])}
                click.echo("  " + text("cli.policy.binds", lang, **said))
    if field["looser"]:
        years = ", ".join(map(str, field["looser"]))
        click.echo("  " + text("cli.policy.looser", lang, years=years))


def _trust(facts: dict[str, Any], lang: str) -> str:
    if not facts["trust"]:
        return "–"
    return text(f"cli.trust.{facts['trust']}", lang)


def _rule_cells(rule: dict[str, Any], lang: str) -> list[str]:
    """One rule as a line of the table."""
    return [
        rule["id"],
        rule["name"][lang],
        text(f"cli.policy.severity.{rule['severity']}", lang),
        _asks(rule, lang),
        text(f"cli.policy.ledger.{rule['ledger']}", lang) if rule["ledger"] else "–",
        text(f"cli.trust.{rule['trust']}", lang),
        ", ".join(rule["source"]),
        ", ".join(rule["fields"]) or "–",
    ]


def _asks(rule: dict[str, Any], lang: str) -> str:
    """Type, parameters by year, condition and evidence in one cell."""
    parts = [text(f"cli.policy.type.{rule['type']}", lang)]
    for key, value in rule["parameters"].items():
        parts.append(_parameter(text(f"cli.policy.parameter.{key}", lang), value, lang))
    if rule["denominator"]:
        parts.append(text(f"cli.policy.of.{rule['denominator']}", lang))
    for condition in rule["applies_if"]:
        quantity = text(f"cli.policy.quantity.{condition['quantity']}", lang)
        sign = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<"}
        shown = {"quantity": quantity, "sign": sign[condition["comparison"]]}
        parts.append(text("cli.policy.if", lang, **shown, value=condition["value"]))
    parts += [each["name"][lang] for each in rule["evidence"]]
    return "; ".join(parts)


def _parameter(name: str, value: Any, lang: str) -> str:
    """A parameter with its value; of one that is yes or no, the word for it."""
    if isinstance(value, bool):
        return text("cli.policy.yes" if value else "cli.policy.no", lang, parameter=name)
    return f"{name} {_value(value)}"


def _value(raw: Any) -> str:
    """A value as written; a table by year as its years, a list as its items."""
    if isinstance(raw, dict):
        return ", ".join(f"{key}: {_value(value)}" for key, value in raw.items())
    if isinstance(raw, list):
        return " ".join(map(str, raw))
    return str(raw)
