"""What is bought: each measure with size, price, life, codes and what documents state of it; and
how its saving is measured and verified."""

from __future__ import annotations

from optimizer.loans.financed import Financed
from optimizer.reports.loan_file.codes import codes_of
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Kind, Num
from optimizer.reports.loan_file.metering import Meter, baseline_content, meters
from optimizer.reports.loan_file.view import LoanView


def measures(view: LoanView) -> Grid:
    """A row a financed measure."""
    rows: dict[str, list[Cell]] = {}
    reductions = {row["measure"]: row for row in view.facts["proceeds"]}
    for each in view.subject.measures:
        row = reductions[each.id]
        rows[each.id] = [
            view.name(each.id), each.id, view.view.say(f"cli.kind.{each.measure.kind}"),
            _size(view, each), ", ".join(map(str, row["years"])), Num(row["price"]), each.life,
            getattr(each.measure, "grade", None) or "–", row["reduction"], row["saving"],
            codes_of(view, each), stated(view, each.id), None,
        ]  # fmt: skip
    kinds: list[tuple[str, Kind]] = [
        ("id", "text"), ("kind", "text"), ("size", "text"), ("years", "text"), ("price", "money"),
        ("life", "number"), ("grade", "text"), ("reduction", "number"), ("saving", "money"),
        ("codes", "text"), ("stated", "text"), ("supplier", "fill"),
    ]  # fmt: skip
    money = ("price", "saving")
    columns = [Column("measure", view.view.say("word.measure"))]
    columns += [
        Column(
            key,
            view.money(f"measures.{key}") if key in money else view.told(f"measures.{key}"),
            kind,
        )
        for key, kind in kinds
    ]
    return Grid("measures", view.told("measures.table"), columns, rows)


def _size(view: LoanView, each: Financed) -> str:
    """Capacity by year of build, with its unit; "whole" for what is done or not."""
    built = [row for row in view.view.summary["build"] if row["measure"] == each.id]
    if not built:
        return "–"
    if built[0]["unit"] == "unit":
        return view.told("measures.whole")
    shown = [f"{row['capacity']:,.4g} {view.view.unit(row['unit'])}" for row in built]
    return ", ".join(shown)


def stated(view: LoanView, measure: str) -> str:
    """What documents state of a measure: name of the evidence and value."""
    names = {
        e.id: view.text(e.name)
        for pack in view.found.packs.values()
        for rule in pack.pack.rules
        for e in rule.evidence
    }
    told = [
        f"{names.get(each.item.id, each.item.id)}: {each.item.value}"
        for each in view.subject.evidence.pieces
        if each.item.measure == measure and each.state != "changed"
    ]
    return "; ".join(told) or "–"


def measuring(view: LoanView) -> Grid:
    """How each saving is measured: option, boundary, baseline, formula, how often, by whom."""
    found: dict[str, list[Meter]] = {}
    for meter in meters(view):
        found.setdefault(meter.measure, []).append(meter)
    rows: dict[str, list[Cell]] = {}
    for each in view.subject.measures:
        kind = each.measure.kind
        rows[each.id] = [
            view.name(each.id),
            view.told(f"mv.option.{kind}"),
            _boundary(view, found.get(each.id, [])),
            view.told(f"mv.baseline.{kind}"),
            *baseline_content(view, each),
            *(view.told(f"mv.{key}.{kind}") for key in ("formula", "often")),
            None,
        ]
    columns = [Column("measure", view.view.say("word.measure"))]
    for key in ("option", "boundary", "baseline", "energy", "emissions", "formula", "often"):
        number = key in ("energy", "emissions")
        columns.append(Column(key, view.told(f"mv.{key}"), "number" if number else "text"))
    columns.append(Column("person", view.told("mv.person"), "fill"))
    return Grid("measuring", view.told("mv.table"), columns, rows)


def _boundary(view: LoanView, found: list[Meter]) -> str:
    places = [view.told(f"meter.{meter.place}", of=meter.of) for meter in found]
    return view.view.say("list.separator").join(places) or "–"


def meter_list(view: LoanView) -> Grid:
    """A row a meter: where, of what, and what the plan expects of it in each planning year."""
    rows: dict[str, list[Cell]] = {
        f"{meter.measure}_{meter.key}": [
            view.name(meter.measure), view.told(f"meter.{meter.place}", of=meter.of), meter.unit,
            *(float(value) for value in meter.expected), None,
        ]
        for meter in meters(view)
    }  # fmt: skip
    columns = [
        Column("measure", view.view.say("word.measure")),
        Column("meter", view.told("meter")),
    ]
    columns.append(Column("unit", view.told("unit")))
    columns += [Column(f"y{year}", str(year), "number") for year in view.subject.plan.years]
    columns.append(Column("number", view.told("meter.number"), "fill"))
    return Grid("meters", view.told("meter.table"), columns, rows)
