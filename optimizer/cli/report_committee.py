"""`decarb report RUN --for committee`: the decision sheet of a stored plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli.progress import progress
from optimizer.cli.solving import results_alone, told_in
from optimizer.words import text

if TYPE_CHECKING:
    from optimizer.plan.store import Run
    from optimizer.reports.committee.view import CommitteeView
    from optimizer.studies.committee import Asked
    from optimizer.studies.decision_sheet import DecisionSheet
    from optimizer.studies.stored_study import Studies

PERCENT = 100


def committee(run: Path, lang: str, out: Path | None, given: dict[str, Any]) -> None:
    """Make the pack in a folder, and print the sheet, as JSON or in words."""
    from optimizer import api
    from optimizer.reports.browser import browser
    from optimizer.reports.committee.made import (
        committee_view,
        key_of,
        known_sheet,
        write_committee,
    )
    from optimizer.studies.committee import Asked
    from optimizer.studies.stored_study import read_studies

    stored = api.read_run(run)
    studies = read_studies(given["studies"], stored)
    folder = run if out is None else out
    if folder.exists() and not folder.is_dir():
        raise click.UsageError(f"--out {folder} is a file; give the folder to write into")
    if given["pdf"] or given["png"]:
        browser()
    asked = Asked(given["time_limit"], given["spread"] / PERCENT, gap=given["gap"])
    key = key_of(stored, asked, studies)
    sheet = known_sheet(folder, key)
    if sheet is None:
        sheet = _sheet(stored, asked, studies, lang)
    else:
        click.echo(text("committee.known", lang, path=folder / "committee.json"), err=True)
    view = committee_view(stored, sheet, studies, lang)
    for written in write_committee(view, folder, key, pdf=given["pdf"], png=given["png"]):
        click.echo(str(written), err=True)
    if given["as_json"]:
        click.echo(json.dumps(sheet.as_dict(), ensure_ascii=False, indent=1, allow_nan=False))
        return
    _print(view)


def _sheet(run: Run, asked: Asked, studies: Studies, lang: str) -> DecisionSheet:
    """The decision sheet, progress on stderr."""
    from optimizer.reports.html import view_of
    from optimizer.studies.committee import decision_sheet

    view = view_of(run, lang)

    def told(what: str, **values: Any) -> None:
        if "id" in values:
            known = (view.name(dim, values["id"]) for dim in ("contract", "measure"))
            values["name"] = next((n for n in known if n != values["id"]), values["id"])
        click.echo(text(f"study.begins_{what}", lang, **values), err=True)

    with results_alone(), told_in(lang), progress(lang) as listener:
        return decision_sheet(run, asked, studies, told, listener.progress)


def _print(view: CommitteeView) -> None:
    """The headline, a table a verdict, and the money asked by year."""
    from optimizer.cli.tables import print_table
    from optimizer.reports.committee import decisions, money
    from optimizer.reports.loan_file.grid import shown

    click.echo(decisions.headline(view))
    for grid in (*decisions.groups(view), money.tranches(view)):
        click.echo(f"\n{grid.caption}")
        rows = [
            [shown(cell, column) for cell, column in zip(row, grid.columns, strict=True)]
            for row in grid.rows.values()
        ]
        print_table([column.head for column in grid.columns], rows)
