"""Each rule of a run, year by year: limit, value, slack, trust and verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from optimizer.plan.binding import TIGHT
from optimizer.plan.judge import Judged, Judgement
from optimizer.reports import numbers
from optimizer.reports.blocks import Plain, Table
from optimizer.reports.rule_names import marginal_words, rule_name, whole_cost
from optimizer.reports.view import View
from optimizer.words import text

HEAD = ("rule", "year", "limit", "value", "slack", "costs", "verdict", "trust")
DIGITS = 4
Costs = Mapping[tuple[str, int], str]


def verdicts(view: View) -> list[Plain]:
    """Each rule with its verdict, and where each was read."""
    heading, judgement = view.say("judge.heading"), view.judgement
    if isinstance(judgement, str):
        return [Plain(heading, [view.say("judge.unreadable", why=judgement)])]
    said = [overall(judgement, view.lang), view.say("judge.pre_assessment")]
    if not judgement.rules:
        return [Plain(heading, said[:1])]
    read = Plain(view.say("judge.sources"), sources(judgement, view.lang))
    costs = rule_costs(view.summary, view.currency, view.lang)
    said += [*flags(judgement, view.lang), view.say("marginal.note")]
    searched = view.summary.get("rule_costs") or ()
    for rule in (row["rule"] for row in searched):
        name = rule_name(rule, view.lang, lambda of_pack: view.name("rule", of_pack))
        said.append(view.say("judge.without", rule=name, saved=whole_cost(view, rule)))
    return [Plain(heading, said, rules_table(judgement, costs, view.lang)), read]


def rules_table(judgement: Judgement, costs: Costs, lang: str) -> Table:
    """A row a rule and year in which it asks something; one row where no figure decides it."""
    head = [text(f"judge.head.{key}", lang) for key in HEAD]
    rows = [
        row for rule in judgement.rules for row in rule_rows(rule, judgement.years, costs, lang)
    ]
    return Table(text("judge.table", lang), head, rows, frozenset({1, 2, 3, 4, 5}))


def rule_costs(summary: Mapping[str, Any], currency: str, lang: str) -> Costs:
    """What the last unit of each binding rule costs, in words, by (rule, year)."""
    return {
        (row["rule"], row["year"]): marginal_words(row, currency, lang)
        for row in summary.get("binding") or ()
    }


def rule_rows(rule: Judged, years: tuple[int, ...], costs: Costs, lang: str) -> Iterator[list[str]]:
    """Cells as HEAD names them; a year that misses its limit says so beside the verdict."""
    name = text("rule.of_pack", lang, name=rule.name[lang], rule=rule.id)
    ending = [verdict_words(rule, lang), trust_words(rule, lang)]
    figures = rule.figures
    if figures is None or not figures.asked.any():
        yield [name, *(numbers.NOTHING,) * 5, *ending]
        return
    sign = "≥" if figures.at_least else "≤"
    for i, year in enumerate(years):
        if figures.asked[i]:
            amounts = [amount(x[i], figures.unit) for x in (figures.value, figures.slack)]
            limit = f"{sign} {amount(figures.limit[i], figures.unit)}"
            binds = figures.slack[i] <= TIGHT * abs(figures.limit[i])
            cost = (
                costs.get((rule.limits or "", year), numbers.NOTHING) if binds else numbers.NOTHING
            )
            yield [name, str(year), limit, *amounts, cost, *ending]


def amount(value: float, unit: str) -> str:
    """A figure in its rule's unit: tonnes whole, shares in percent."""
    if unit == "1":
        return numbers.percent(value, 2)
    shown = numbers.grouped(value) if unit == "t" else numbers.significant(value, DIGITS)
    return shown if shown == numbers.NOTHING else f"{shown}{numbers.THIN}{unit}"


def verdict_words(rule: Judged, lang: str) -> str:
    """The verdict, and why where nothing is asked or nothing can be determined; what is no gate
    says so."""
    shown = text(f"judge.verdict.{rule.verdict}", lang)
    if rule.severity != "gate":
        severity = text(f"cli.policy.severity.{rule.severity}", lang)
        shown = text("judge.no_gate", lang, verdict=shown, severity=severity)
    if rule.why is None:
        return shown
    if rule.why == "undetermined" and rule.open is not None:
        why = rule.open[lang]
    else:
        why = text(f"judge.why.{rule.why}", lang)
    return text("judge.because", lang, verdict=shown, why=why)


def trust_words(rule: Judged, lang: str) -> str:
    """Whose rule it is and how sure its text: the company's own is no law."""
    if rule.standing == "company":
        return text("judge.company", lang)
    return text(f"cli.trust.{rule.trust}", lang)


def sources(judgement: Judgement, lang: str) -> list[str]:
    """Where each rule was read and the attestations it rests on, a line a rule."""
    lines = []
    for rule in judgement.rules:
        read = [_source(source, lang) for source in rule.sources]
        lines.append(text("judge.source", lang, rule=rule.id, sources="; ".join(read)))
        for each in rule.attestations:
            state = text(f"cli.policy.state.{each['state']}", lang)
            lines.append(text("cli.policy.attested", lang, **{**each, "state": state}))
        for each in rule.evidence:
            lines.append(text("judge.evidence", lang, **{**each, "rule": rule.id}))
    return lines


def flags(judgement: Judgement, lang: str) -> list[str]:
    """What a verdict alone doesn't say: years that rules of a pack aren't in force in or give no
    limit for, and years in which only more energy keeps carbon per energy, in tonnes and tce."""
    joint = text("list.separator", lang)
    ended = [
        text("judge.ended", lang, pack=pack, years=numbers.year_spans(years, joint),
             rules=joint.join(rule.id.partition("/")[2] for rule in rules))
        for (pack, years), rules in judgement.ended.items()
    ]  # fmt: skip
    passed_over = [
        text("judge.silent", lang, rule=rule.id, years=numbers.year_spans(rule.silent, joint))
        for rule in judgement.rules
        if rule.silent
    ]
    return [*ended, *passed_over, *_head_start(judgement, lang), *_diluted(judgement, lang)]


def _head_start(judgement: Judgement, lang: str) -> list[str]:
    """That much of the base year is gone before any measure."""
    found = judgement.head_start
    if found is None:
        return []
    less = found.base - found.baseline
    return [
        text(
            "judge.head_start", lang, year=found.year, first=found.first,
            base=numbers.grouped(found.base), less=numbers.grouped(less),
            share=numbers.percent(less / found.base),
        )
    ]  # fmt: skip


def _diluted(judgement: Judgement, lang: str) -> list[str]:
    return [
        text(
            "judge.diluted", lang, rule=rule.id, year=each.year,
            tonnes=_signed(each.tonnes), tce=_signed(each.tce),
        )
        for rule in judgement.rules
        for each in rule.diluted
    ]  # fmt: skip


def _signed(change: float) -> str:
    """A change with its sign, whole."""
    return f"{'+' if round(change) > 0 else ''}{numbers.grouped(change)}"


def _source(source: object, lang: str) -> str:
    """Name, date, address and trust of a source."""
    assert isinstance(source, dict)
    parts = [source["name"], source.get("dated"), source.get("link")]
    trust = text(f"cli.trust.{source['trust']}", lang)
    return ", ".join([*(str(part) for part in parts if part), trust])


def overall(judgement: Judgement, lang: str) -> str:
    """One sentence: the worst verdict of the gates, and how many are unsure."""
    if not judgement.gates:
        return text("judge.no_gates", lang)
    if judgement.verdict == "not_applicable":
        return text("judge.nothing_judged", lang, gates=len(judgement.gates))
    counts = {
        "verdict": text(f"judge.verdict.{judgement.verdict}", lang),
        "gates": len(judgement.gates),
        "unsure": len(judgement.unsure),
    }
    return text("judge.overall", lang, **counts)
