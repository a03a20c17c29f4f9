"""Why these measures? Where the emissions come from, what reduces them, what was not built."""

from __future__ import annotations

import numpy as np

from optimizer.reports import (
    audit,
    charts_build,
    charts_carbon,
    charts_ledgers,
    numbers,
    search,
)
from optimizer.reports.blocks import Chart, Plain, Section, Table, numbers_from
from optimizer.reports.contracts import contracts
from optimizer.reports.view import View


def why(view: View) -> Section:
    """The section `why`."""
    ledger = str(view.summary["ledger"])
    blocks: list[Chart | Plain] = [
        charts_carbon.way_down(view, ledger),
        charts_carbon.remaining_by_source(view, ledger),
        charts_ledgers.two_ledgers(view),
        contracts(view),
        Plain(view.say("heading.build"), table=charts_build.build_table(view)),
        _assets(view),
        _not_built(view),
        _base_year(view),
    ]
    offered = len(view.ids("measure"))
    built = len({row["measure"] for row in view.summary["build"]})
    finding = view.say(
        _finding(view, built), built=built, offered=offered, gap=search.gap_money(view)
    )
    return Section("why", view.say("question.why"), finding, blocks)


def _finding(view: View, built: int) -> str:
    """Key of the sentence: how many are built, and how far the search got."""
    if built < 2:
        return "finding.why_one" if built else "finding.why_none"
    ends = {"optimal": "why", "no_bound": "why_unknown"}
    return f"finding.{ends.get(search.outcome(view), 'why_stopped')}"


def asset_table(view: View) -> Table:
    """What stands today and is renewed or retired; no rows where all stays."""
    head = [view.say("word.year"), view.say("word.asset"), view.say("word.event")]
    rows = [
        [str(e["year"]), view.name("asset", e["asset"]), view.say(f"asset.{e['event']}")]
        for e in view.summary["assets"]
    ]
    return Table(view.say("table.assets"), head, rows)


def _assets(view: View) -> Plain:
    heading, table = view.say("heading.assets"), asset_table(view)
    if not table.rows:
        return Plain(heading, [view.say("assets.none")])
    return Plain(heading, table=table)


def _not_built(view: View) -> Plain:
    """Measures on offer that the plan leaves out, with what an audit says of each."""
    built, said = {row["measure"] for row in view.summary["build"]}, audit.left_out(view)
    names = [
        view.say("not_built.judged", name=view.name("measure", m), verdict=said[m])
        if m in said
        else view.name("measure", m)
        for m in view.ids("measure")
        if m not in built
    ]
    joint = view.say("list.separator")
    key = "not_built.some" if names else "not_built.none"
    return Plain(view.say("heading.not_built"), [view.say(key, names=joint.join(names))])


def _base_year(view: View) -> Plain:
    """From the meters of the base year to the baseline, before any measure."""
    base = view.summary["base_year"]
    columns = [np.array(base[k], dtype=float) for k in ("output_effect", "grid_effect", "baseline")]
    head = [
        view.say("word.year"),
        f"{view.say('word.base_year', year=base['year'])} [t]",
        *(f"{view.say(f'word.{k}')} [t]" for k in ("output_effect", "grid_effect", "baseline")),
    ]
    metered = numbers.grouped(float(base["metered_emissions"]))
    rows = [
        [str(year), metered, *(numbers.grouped(float(c[i])) for c in columns)]
        for i, year in enumerate(view.years)
    ]
    table = Table(view.say("table.base_year"), head, rows, numbers_from(len(head)))
    change = float(columns[2][-1]) / float(base["metered_emissions"] or np.nan) - 1.0
    key = "base_year.falls" if change < 0 else "base_year.rises"
    sentence = view.say(
        key, year=base["year"], last=view.last, change=numbers.percent(abs(change)),
    )  # fmt: skip
    return Plain(view.say("heading.base_year"), [sentence], table)
