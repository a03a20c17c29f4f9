"""Verdicts: by pack, by measure under each pack, and rule by rule with number, limit and source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from optimizer.loans.shown import PERCENT, SIGNS
from optimizer.loans.verdict import worst
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Kind, Num
from optimizer.reports.loan_file.view import LoanView

GATE: Final = "gate"


def packs(view: LoanView) -> Grid:
    """A row a pack: edition, file, verdict of its gates."""
    rows: dict[str, list[Cell]] = {
        pack["id"]: [
            pack["name"][view.lang], pack["edition"], view.verdict(pack["verdict"]),
            *_counts(view, pack["id"]),
        ]
        for pack in view.facts["packs"]
    }  # fmt: skip
    keys: list[tuple[str, Kind]] = [("pack", "text"), ("edition", "text"), ("verdict", "text")]
    keys += [(key, "year") for key in ("fails", "cannot_determine", "met")]
    columns = [Column(key, view.told(f"rules.{key}"), kind) for key, kind in keys]
    return Grid("packs", view.told("rules.packs"), columns, rows)


def _counts(view: LoanView, pack: str) -> list[Cell]:
    """Gates that fail, that can't be determined, and that are met."""
    found = [
        rule["verdict"]
        for rule in view.facts["rules"]
        if rule["pack"] == pack and rule["severity"] == GATE
    ]
    met = sum(verdict.startswith("meets") for verdict in found)
    return [found.count("fails"), found.count("cannot_determine"), met]


def of_measures(view: LoanView) -> Grid:
    """A row a financed measure, a column a pack: the verdict of the rules on measures."""
    rows: dict[str, list[Cell]] = {}
    for each in view.subject.measures:
        cells = [
            view.verdict(
                worst(
                    found.verdict
                    for found in view.found.findings
                    if (found.pack, found.measure) == (pack, each.id)
                    and found.rule.severity == GATE
                )
            )
            for pack in view.found.packs
        ]
        rows[each.id] = [view.name(each.id), *cells]
    columns = [Column("measure", view.view.say("word.measure"))]
    columns += [Column(pack["id"], pack["name"][view.lang]) for pack in view.facts["packs"]]
    return Grid("of_measures", view.told("rules.of_measures"), columns, rows)


def rules(view: LoanView, pack: str) -> Grid:
    """A row a rule of a pack: what it asks, its verdict, number and limit, source, trust, and what
    is missing or would turn it."""
    rows: dict[str, list[Cell]] = {}
    for rule in view.facts["rules"]:
        if rule["pack"] == pack:
            rows[rule["id"]] = [
                rule["id"],
                rule["name"][view.lang],
                view.view.say(f"cli.policy.severity.{rule['severity']}"),
                view.verdict(rule["verdict"]),
                _figure(rule["value"], rule),
                SIGNS.get(rule["comparison"] or "", ""),
                _figure(rule["limit"], rule),
                "" if rule["unit"] in (None, "1") else rule["unit"],
                "; ".join(rule["source"]),
                view.view.say(f"cli.trust.{rule['trust']}"),
                "\n".join(_reasons(view, rule["findings"])),
            ]
    keys: list[tuple[str, Kind]] = [
        ("rule", "text"), ("asks", "text"), ("severity", "text"), ("verdict", "text"),
        ("value", "number"), ("sign", "text"), ("limit", "number"), ("unit", "text"),
        ("source", "text"), ("trust", "text"), ("turn", "text"),
    ]  # fmt: skip
    columns = [Column(key, view.told(f"rules.{key}"), kind) for key, kind in keys]
    (name,) = (each["name"][view.lang] for each in view.facts["packs"] if each["id"] == pack)
    return Grid(f"rules_{pack}", name, columns, rows)


def _figure(value: Any, rule: dict[str, Any]) -> Cell:
    """A number with its kind, or the text of a date or name."""
    if value is None or isinstance(value, str):
        return value
    return Num(float(value), kind="share" if rule["quantity"] in PERCENT else None)


def _reasons(view: LoanView, findings: Sequence[dict[str, Any]]) -> list[str]:
    """What keeps a rule from being met and what would turn it, like measures together."""
    alike: dict[str, list[str]] = {}
    for each in findings:
        said = [why[view.lang] for why in each["why"]]
        said += [each["turn"][view.lang]] if each["turn"] is not None else []
        said += [note[view.lang] for note in each["notes"]]
        if said:
            about = alike.setdefault("; ".join(said), [])
            about += [view.name(each["measure"])] if each["measure"] else []
    return [
        view.told("rules.about", measures=_named(view, about), said=said) if about else said
        for said, about in alike.items()
    ]


def _named(view: LoanView, about: Sequence[str]) -> str:
    """Names of measures; one word where they are all that is financed."""
    if len(about) == len(view.subject.measures) > 1:
        return view.told("rules.every")
    return view.view.say("list.separator").join(about)
