"""`decarb catalog`: what can be built, with every figure and where it comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import CHECK_FAILED, options
from optimizer.cli.tables import print_table

if TYPE_CHECKING:
    from optimizer.inputs.catalog_files import Catalog

KINDS = ("converter", "generator", "storage", "saving", "process", "contract", "credit")

_COLUMNS = ("id", "name", "kind", "size", "capex_cn", "capex_eu", "life", "trust")


@click.group("catalog", epilog="Example:  decarb catalog list --kind storage")
def command() -> None:
    """List, show and check the measures of the technology catalog."""


@command.command("list", epilog="Example:  decarb catalog list --kind converter")
@click.option("--kind", type=click.Choice(KINDS), help="Measures of one kind only.")
@options.workspace
@options.as_json
@options.lang
def list_command(kind: str | None, workspace: Path, as_json: bool, lang: str) -> None:
    """List the measures with their sizes, prices, lives and trust."""
    from optimizer.inputs.catalog_listing import row
    from optimizer.words import text

    found = [
        row(entry)
        for entry in _read(workspace).entries.values()
        if kind in (None, entry.measure.kind)
    ]
    if as_json:
        click.echo(options.json_text(found))
        return
    headings = [text(f"cli.catalog.{column}", lang) for column in _COLUMNS]
    print_table(headings, [_cells(each, lang) for each in found])


@command.command("show", epilog="Example:  decarb catalog show pv_rooftop")
@click.argument("measure", metavar="ID")
@options.workspace
@options.as_json
@options.lang
def show_command(measure: str, workspace: Path, as_json: bool, lang: str) -> None:
    """Show every figure of one measure, and the source of each.

    ID may be that of a mode of financing: the measure is shown, its modes among the figures.
    """
    from optimizer.errors import nearest
    from optimizer.inputs.catalog_listing import details
    from optimizer.inputs.modes import modes

    catalog = _read(workspace)
    known = modes(catalog, {})
    entry = catalog.entries.get(known[measure].of if measure in known else measure)
    if entry is None:
        guess = nearest(measure, [*catalog.entries, *known])
        hint = f"Did you mean {guess!r}?" if guess else "See: decarb catalog list"
        raise click.BadParameter(f"No measure {measure!r}. {hint}", param_hint="ID")
    facts = details(entry, catalog)
    if as_json:
        click.echo(options.json_text(facts))
        return
    _show(facts, lang)


@command.command("check", epilog="Example:  decarb catalog check")
@options.workspace
@options.as_json
@options.lang
@click.pass_context
def check_command(ctx: click.Context, workspace: Path, as_json: bool, lang: str) -> None:
    """Check that every figure has a source; exit code 5 if one has none."""
    from optimizer.inputs.catalog_listing import checked
    from optimizer.words import text

    found = checked(_read(workspace))
    if as_json:
        click.echo(options.json_text(found))
    else:
        for place in found["without_source"]:
            click.echo(text("cli.catalog.no_source", lang, **place))
        for place in found["unknown_reference"]:
            click.echo(text("cli.catalog.no_reference", lang, **place))
        for place in found["no_figure"]:
            click.echo(text("cli.catalog.no_figure", lang, **place))
        trusts = [f"{text(f'cli.trust.{t}', lang)} {n}" for t, n in found["trust"].items()]
        counts = {"measures": found["measures"], "figures": found["figures"]}
        click.echo(text("cli.catalog.total", lang, **counts, trusts=", ".join(trusts)))
    if any(found[key] for key in ("without_source", "unknown_reference", "no_figure")):
        ctx.exit(CHECK_FAILED)


def _cells(each: dict[str, Any], lang: str) -> list[str]:
    """One line of the list in words."""
    from optimizer.words import text

    trust = text(f"cli.trust.{each['trust']}", lang) if each["trust"] else "–"
    words = {"name": each["name"][lang], "kind": text(f"cli.kind.{each['kind']}", lang)}
    return [({**each, **words, "trust": trust})[column] for column in _COLUMNS]


def _read(workspace: Path) -> Catalog:
    """The catalog of the workspace around a folder; InputErrors if it isn't valid."""
    from optimizer.errors import InputErrors
    from optimizer.inputs.catalog_files import read_catalog
    from optimizer.workspace import workspace_of

    catalog = read_catalog(workspace_of(workspace))
    if catalog.problems:
        raise InputErrors(catalog.problems)
    return catalog


def _show(facts: dict[str, Any], lang: str) -> None:
    """One measure on a terminal: its fields with their sources, then the sources in full."""
    from optimizer.words import text

    click.echo(f"{facts['name'][lang]} ({facts['id']}, {facts['family']}), {facts['file']}")
    headings = [text(f"cli.catalog.{column}", lang) for column in ("field", "value", "source")]
    rows = []
    used: dict[str, Any] = {}
    for each in facts["fields"]:
        notes = each["sources"]
        used.update({note["ref"]: note["reference"] for note in notes})
        told = [f"{note['ref']} ({text('cli.trust.' + note['trust'], lang)})" for note in notes]
        rows.append([each["field"], each["value"], "; ".join(told)])
    print_table(headings, rows)
    for ref, said in used.items():
        if said is not None:
            link = f" {said['link']}" if said["link"] else ""
            click.echo(f"{ref}: {said['issuer']}, {said['title']}, {said['year']}.{link}")
