"""A loan's assessment in words on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from optimizer.cli.tables import print_table
from optimizer.loans.shown import PERCENT, SIGNS
from optimizer.words import text

ALL = 0.9999
"""Share of the plan's price from which a loan pays for the whole plan."""

MONEY = {"price", "grants", "other_money", "loan", "own", "saving", "cash", "service"}
"""Columns whose amounts are in the scenario's currency."""


def print_assessment(found: dict[str, Any], lang: str) -> None:
    """Verdict, rules, what lacks and what would turn it, loan, proceeds, cover, impact."""
    packs = ", ".join(f"{p['name'][lang]} ({p['id']}, {p['edition']})" for p in found["packs"])
    click.echo(text("loan.title", lang, packs=packs, run=found["run"]))
    for pack in found["packs"]:
        click.echo(f"\n{pack['id']}: {text('loan.verdict.' + pack['verdict'], lang)}")
        rules = [rule for rule in found["rules"] if rule["pack"] == pack["id"]]
        _print_rules(rules, lang)
        _print_reasons(rules, lang)
    click.echo()
    if found["broken"]:
        click.echo(text("loan.broken", lang, rows=", ".join(found["broken"])))
    _print_loan(found, lang)
    _print_proceeds(found, lang)
    _print_cover(found, lang)
    _print_lines(found, lang)
    _print_owner(found, lang)
    _print_impact(found, lang)
    for item in found["evidence"]:
        if item["state"] != "holds":
            click.echo(text(f"loan.evidence.{item['state']}", lang, **item))


def _print_rules(rules: list[dict[str, Any]], lang: str) -> None:
    columns = ("rule", "name", "severity", "verdict", "value", "limit", "trust")
    rows = [
        [
            rule["id"],
            rule["name"][lang],
            text(f"cli.policy.severity.{rule['severity']}", lang),
            text(f"loan.verdict.{rule['verdict']}", lang),
            _number(rule["value"], rule),
            _limit(rule),
            text(f"cli.trust.{rule['trust']}", lang),
        ]
        for rule in rules
    ]
    print_table([text(f"loan.column.{column}", lang) for column in columns], rows)


def _limit(rule: dict[str, Any]) -> str:
    if rule["limit"] is None:
        return "–"
    sign = f"{SIGNS[rule['comparison']]} " if rule["comparison"] else ""
    return sign + _number(rule["limit"], rule)


def _number(value: Any, rule: dict[str, Any]) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if rule["quantity"] in PERCENT:
        return f"{100 * value:.4g} %"
    unit = "" if rule["unit"] in (None, "1") else f" {rule['unit']}"
    return f"{value:,.4g}{unit}" if abs(value) < 1e4 else f"{value:,.0f}{unit}"


def _print_reasons(rules: list[dict[str, Any]], lang: str) -> None:
    """Why a rule isn't met, measures with the same reasons together, and what would turn it."""
    for rule in rules:
        alike: dict[tuple[str, str], list[str]] = {}
        for each in rule["findings"]:
            said = [why[lang] for why in each["why"]]
            said += [each["turn"][lang]] if each["turn"] is not None else []
            said += [note[lang] for note in each["notes"]]
            if said:
                about = alike.setdefault((each["verdict"], "; ".join(said)), [])
                about += [each["measure"]] if each["measure"] else []
        for (verdict, said_so), measures in alike.items():
            about = [rule["id"], ", ".join(measures)]
            shown = text(f"loan.verdict.{verdict}", lang)
            click.echo(f"{' '.join(filter(None, about))}, {shown}: {said_so}")


def _print_loan(found: dict[str, Any], lang: str) -> None:
    loan = found["loan"]
    if loan is None:
        click.echo(text("loan.none", lang))
        return
    drawn = ", ".join(f"{t['drawn']} {t['amount']:,.0f}" for t in loan["tranches"])
    said = {
        "amount": f"{loan['amount']:,.0f} {found['currency']}",
        "sized": text(f"loan.sized.{loan['sized_by']}", lang),
        "tenor": f"{loan['tenor']:g}",
        "rate": f"{100 * loan['rate']:.3g} %",
        "repayment": text(f"loan.repayment.{loan['repayment']}", lang),
    }
    click.echo(text("loan.terms", lang, **said, drawn=drawn))


def _print_proceeds(found: dict[str, Any], lang: str) -> None:
    rows = found["proceeds"]
    summed = ["price", "grants", "other_money", "loan", "own"]
    summed += [name for name in ("reduction", "saving") if any(r[name] is not None for r in rows)]
    verdicts = {each["measure"]: each["verdict"] for each in found["measures"]}
    cells = [
        [
            row[f"name_{lang}"],
            *(_amount(row[column]) for column in summed),
            text(f"loan.verdict.{verdicts[row['measure']]}", lang),
        ]
        for row in rows
    ]
    sums = [_amount(sum(row[column] or 0.0 for row in rows)) for column in summed]
    cells.append([text("loan.total", lang), *sums, ""])
    print_table(_heads(("measure", *summed, "verdict"), found["currency"], lang), cells)
    if "reduction" in summed:
        click.echo(text("loan.shares", lang))


def _heads(columns: Sequence[str], currency: str, lang: str) -> list[str]:
    """Heads in words, those of money with its currency."""
    return [
        text(f"loan.column.{column}", lang) + f" [{currency}]" * (column in MONEY)
        for column in columns
    ]


def _amount(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def _print_cover(found: dict[str, Any], lang: str) -> None:
    cover = found["cover"]
    if cover is None:
        return
    columns = ["year", "cash", "service", "dscr"]
    columns += [name for name in ("state", "borrower") if cover["years"][0][name] is not None]
    rows = [[_cover_cell(row, column, lang) for column in columns] for row in cover["years"]]
    print_table(_heads(columns, found["currency"], lang), rows)
    said = {name: _ratio(cover[name]) for name in ("dscr", "llcr", "plcr")}
    click.echo(text("loan.cover", lang, **said))
    if "borrower" not in columns:
        click.echo(text("loan.project_only", lang))
    if cover["price_share"] < ALL:
        share = f"{100 * cover['price_share']:.3g} %"
        click.echo(text("loan.cash_whole", lang, share=share))
    real = cover["inflation"] is None
    rate = "" if real else f"{100 * cover['inflation']:.3g} %"
    click.echo(text("loan.cash_real" if real else "loan.cash_nominal", lang, rate=rate))


def _cover_cell(row: dict[str, Any], column: str, lang: str) -> str:
    if column == "year":
        return str(row["year"])
    if column == "state":
        return text(f"loan.state.{row['state']}", lang)
    return f"{row[column]:,.0f}" if column in ("cash", "service") else _ratio(row[column])


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _print_lines(found: dict[str, Any], lang: str) -> None:
    """Each credit line beside the loan."""
    for line in found["credit_lines"]:
        years = line["years"]
        said = {key: _amount(sum(row[key] for row in years)) for key in ("service", "subsidy")}
        click.echo(
            text(
                "loan.line", lang, name=line["name"][lang], currency=found["currency"],
                purpose=text(f"loan_file.lines.{line['purpose']}", lang),
                amount=_amount(line["amount"]), rate=f"{100 * line['rate']:.3g} %",
                tenor=f"{line['tenor']:g}", first=years[0]["year"], last=years[-1]["year"], **said,
            )
        )  # fmt: skip


def _print_owner(found: dict[str, Any], lang: str) -> None:
    owner = found["owner"]
    if owner is None:
        return
    irr, back = owner["irr"]["value"], owner["payback"]["value"]
    why = {
        key: text(f"worth.reason.{owner[key]['reason']}", lang)
        for key in ("irr", "payback")
        if owner[key]["value"] is None
    }
    said = {
        "npv": _amount(owner["npv"]),
        "rate": f"{100 * owner['rate']:.3g} %",
        "irr": why["irr"] if irr is None else f"{100 * irr:.3g} %",
        "payback": why["payback"]
        if back is None
        else text("loan.stress.years", lang, size=f"{back:.3g}"),
        "subsidy": _amount(owner["subsidy"]),
    }
    click.echo(text("loan.owner", lang, currency=found["currency"], **said))


def _print_impact(found: dict[str, Any], lang: str) -> None:
    shown = {
        key: f"{value:,.0f}" if key != "attribution" else f"{100 * value:,.1f} %"
        for key, value in found["impact"].items()
        if value is not None
    }
    key = "loan.impact" if found["loan"] is not None else "loan.impact_alone"
    click.echo(text(key, lang, **shown, currency=found["currency"]))
