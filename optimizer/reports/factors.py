"""Emission factors of a run that come from a library: what was named, found, and how sure."""

from __future__ import annotations

from optimizer.errors import InputErrors
from optimizer.inputs.factor_files import files_in
from optimizer.inputs.factor_lookup import Resolution
from optimizer.inputs.factors import look_up
from optimizer.reports import numbers
from optimizer.reports.blocks import Plain, Table
from optimizer.reports.inputs_copy import InputsCopy
from optimizer.reports.view import View

FOLDER = "emission_factors"


def factors(view: View) -> Plain:
    """A row for each factor that the scenario takes from a library."""
    rows = [_row(view, each) for each in _found(view.inputs)]
    if not rows:
        return Plain(view.say("heading.factors"), [view.say("factors.none")])
    keys = ("carrier", "fields", "factor", "taken_from", "projection", "source", "trust")
    head = [view.say(f"word.{key}") for key in keys]
    table = Table(view.say("table.factors"), head, rows, frozenset({2}))
    return Plain(view.say("heading.factors"), [view.say("factors.some")], table)


def _found(inputs: InputsCopy) -> list[Resolution]:
    """What the run's own copy of the libraries gives; raises InputErrors if it lacks a figure."""
    found = look_up(inputs.document, files_in(inputs.folder / FOLDER), inputs.folder)
    if found.problems:
        raise InputErrors(found.problems)
    return list(found.found.values())


def _row(view: View, one: Resolution) -> list[str]:
    """Carrier, field, kg/kWh, what it is, how it goes on, source, trust."""
    entry = one.name.zh if view.lang == "zh" else one.name.en
    purpose = view.term("purpose", one.purpose) if one.purpose else None
    what = [one.library.id, entry, purpose, None if one.year is None else str(one.year)]
    source = [one.source.name, one.source.dated, one.source.link]
    carrier = str(one.loc[2] if one.loc[0] == "base_year" else one.loc[1])
    return [
        view.name("carrier", carrier),
        str(one.loc[1] if one.loc[0] == "base_year" else one.loc[2]),
        f"{one.value:.5g}{numbers.THIN}kg/kWh",
        ", ".join(part for part in what if part),
        _projection(view, one),
        ", ".join(part for part in source if part),
        view.term("trust", one.trust),
    ]


def _projection(view: View, one: Resolution) -> str:
    """The yearly change and who says so, or that the figure is held."""
    if one.projection is None:
        return view.say("factors.held") if one.year else numbers.NOTHING
    share = numbers.percent(one.projection.change, 2)
    return view.say("factors.projected", share=share, source=one.projection.source)
