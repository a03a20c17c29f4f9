"""`decarb factors`: the libraries of emission factors, with source and trust of every figure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import options
from optimizer.cli.tables import print_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from optimizer.inputs.factor_files import LoadedLibrary

_LIST = ("id", "name", "kind", "entries", "figures", "trust")
_SHOWN = {
    "grid": ("id", "name", "purpose", "year", "kg_per_kwh", "trust", "source"),
    "fuel": ("id", "name", "ncv", "carbon_kg_per_gj", "oxidation", "kg_per_gj", "kg_per_kwh",
              "kg_per_kg", "kg_per_m3", "trust", "source"),
    "gwp": ("id", "name", "set", "gwp", "trust", "source"),
}  # fmt: skip
_DIGITS = {"kg_per_gj": ".2f", "kg_per_kwh": ".5g", "kg_per_kg": ".4g", "kg_per_m3": ".4g"}


@click.group("factors", epilog="Example:  decarb factors show cn_grid jiangsu")
def command() -> None:
    """List and show the emission factors that scenarios can name."""


@command.command("list", epilog="Example:  decarb factors list --lang zh")
@options.workspace
@options.as_json
@options.lang
def list_command(workspace: Path, as_json: bool, lang: str) -> None:
    """List the libraries: grids, fuels, warming potentials, and how sure their figures are."""
    from optimizer.inputs.factor_listing import row
    from optimizer.words import text

    found = [row(library) for library in _read(workspace).values()]
    if as_json:
        click.echo(options.json_text(found))
        return
    headings = [text(f"cli.factors.{column}", lang) for column in _LIST]
    print_table(headings, [[_cell(each, column, lang) for column in _LIST] for each in found])


@command.command("show", epilog="Example:  decarb factors show cn_fuels natural_gas")
@click.argument("library", metavar="LIBRARY")
@click.argument("entry", metavar="ENTRY", required=False)
@options.workspace
@options.as_json
@options.lang
def show_command(
    library: str, entry: str | None, workspace: Path, as_json: bool, lang: str
) -> None:
    """Show the figures of a library, or of one region, fuel or gas, with their sources."""
    from optimizer.inputs.factor_listing import details

    libraries = _read(workspace)
    if library not in libraries:
        raise _unknown("library", library, libraries, "LIBRARY")
    facts = details(libraries[library])
    if entry is not None:
        known = dict.fromkeys(each["id"] for each in facts["figures"])
        if entry not in known:
            raise _unknown("entry", entry, known, "ENTRY")
        facts["figures"] = [each for each in facts["figures"] if each["id"] == entry]
    if as_json:
        click.echo(options.json_text(facts))
    else:
        _print(facts, lang)


def _print(facts: dict[str, Any], lang: str) -> None:
    """Figures, the notes on some, and the sources that they name."""
    from optimizer.words import text

    click.echo(f"{facts['name'][lang]} ({facts['id']}), {facts['file']}")
    if facts["note"]:
        click.echo(facts["note"][lang])
    columns = _SHOWN[facts["kind"]]
    headings = [text(f"cli.factors.{column}", lang) for column in columns]
    cells = [[_cell(each, column, lang) for column in columns] for each in facts["figures"]]
    print_table(headings, cells)
    for key in dict.fromkeys(each["source"] for each in facts["figures"]):
        source = facts["sources"][key]
        parts = [source["name"], source["dated"], source["link"]]
        click.echo(f"{key}: {', '.join(part for part in parts if part)}")
    for each in facts["figures"]:
        if each["note"]:
            click.echo(f"{each['id']}: {each['note']}")


def _cell(each: dict[str, Any], column: str, lang: str) -> str:
    """One figure or word of a line."""
    from optimizer.words import text

    value = each[column]
    if column == "name":
        return str(value[lang])
    if isinstance(value, dict):
        return ", ".join(f"{text(f'cli.trust.{k}', lang)} {count}" for k, count in value.items())
    if column == "trust":
        return text(f"cli.trust.{value}", lang)
    if column in ("purpose", "kind"):
        return text(f"cli.factors.{column}.{value}", lang)
    if isinstance(value, float):
        return format(value, _DIGITS.get(column, "g"))
    return "" if value is None else str(value)


def _read(workspace: Path) -> dict[str, LoadedLibrary]:
    """The libraries of the workspace around a folder; InputErrors if any is wrong."""
    from optimizer.inputs.factor_files import read_all
    from optimizer.workspace import workspace_of

    return read_all(workspace_of(workspace))


def _unknown(kind: str, named: str, known: Iterable[str], parameter: str) -> click.BadParameter:
    from optimizer.errors import nearest

    guess = nearest(named, known)
    hint = f"Did you mean {guess!r}?" if guess else "See: decarb factors list"
    return click.BadParameter(f"No {kind} {named!r}. {hint}", param_hint=parameter)
