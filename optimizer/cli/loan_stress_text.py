"""A loan's stress on a terminal."""

from __future__ import annotations

from typing import Any

import click

from optimizer.cli.tables import print_table
from optimizer.reports.loan_stress_words import (
    breaking,
    case_name,
    figure_or_why,
    finding,
    of_baseline,
    ratio,
)
from optimizer.words import text


def print_stress(stress: dict[str, Any] | None, lang: str) -> None:
    """Finding, a row a case with its DSCR by year, and what was done."""
    if stress is None:
        click.echo(text("loan.stress.none", lang))
        return
    covenant = f"{stress['covenant']:.2f}"
    click.echo("\n" + text("loan.stress.title", lang, covenant=covenant))
    click.echo(finding(stress, lang))
    years = [str(row["year"]) for row in stress["cases"][0]["years"]]
    names = ("case", "least", "llcr", "breaks")
    case, least, life, breaks = (text(f"loan.stress.column.{name}", lang) for name in names)
    rows = [_row(each, lang) for each in stress["cases"]]
    print_table([case, *years, least, life, breaks], rows)
    broken = [case_name(each, lang) for each in stress["cases"] if not each["keeps_rules"]]
    if broken:
        click.echo(text("loan.stress.rules_broken", lang, cases=", ".join(broken)))
    click.echo(text("loan.stress.how", lang, periods=stress["periods"]))
    for said in of_baseline(stress["baseline_excess"], lang):
        click.echo(said)


def _row(case: dict[str, Any], lang: str) -> list[str]:
    figures = [figure_or_why(case[name], lang) for name in ("dscr", "llcr")]
    ratios = [ratio(row["dscr"]) for row in case["years"]]
    return [case_name(case, lang), *ratios, *figures, breaking(case, lang)]
