"""What a unit of product carries: by source from the cradle to the gate, and by category."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import xarray as xr
from numpy.typing import NDArray

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart, Plain, Section, Table, numbers_from
from optimizer.reports.chart import picture, safe
from optimizer.reports.view import View

Numbers = NDArray[np.float64]
KG = 1000.0  # per tonne
CATEGORIES = ("scope3_1", "scope3_3", "scope3_4")
HEIGHT = 360  # pixels
DRAWN = 1e-3  # share of the whole under which a source is not drawn
DIMS = ("carrier", "material", "use", "measure")


@dataclass(frozen=True)
class Part:
    """kg per unit by year (Y,) of one source in one scope or category."""

    scope: str
    item: str
    per_unit: Numbers


def product(view: View) -> list[Section]:
    """The section `product`; none where the scenario names no product."""
    if not view.summary.get("footprint"):
        return []
    shown = view.summary["footprint"]
    first, last = shown["years"][0], shown["years"][-1]
    finding = view.say(
        "finding.product", name=shown[f"name_{view.lang}"], first=first["year"], last=last["year"],
        before=numbers.significant(first["baseline_kg_per_unit"]),
        after=numbers.significant(last["kg_per_unit"]),
        ledger=view.say(f"ledger.{shown['ledger']}"),
    )  # fmt: skip
    blocks: list[Chart | Plain] = [_bars(view), _categories(view), *_materials(view)]
    return [Section("product", view.say("question.product"), finding, blocks)]


def parts(ds: xr.Dataset, ledger: str) -> Iterator[Part]:
    """Sources of scope 1, of scope 2 in a ledger, and of scope 3, over what is made."""
    made = np.asarray(ds["made"].values, dtype=float)
    counted = ("scope1", f"scope2_{ledger}", *CATEGORIES)
    values = ds["emitted"].transpose("source", "year").values
    for source, tonnes in zip(ds["source"].values, values, strict=True):
        scope, _, item = str(source).partition(":")
        if scope in counted:
            per_unit = np.divide(KG * tonnes, made, out=np.zeros(len(made)), where=made > 0)
            yield Part(scope, item, per_unit)


def frame(ds: xr.Dataset, side: str, ledger: str) -> pd.DataFrame:
    """A row a year and source, kg per unit; empty where no product is made."""
    if "made" not in ds:
        return pd.DataFrame()
    rows = [
        (side, int(year), part.scope, part.item, float(value))
        for part in parts(ds, ledger)
        for year, value in zip(ds["year"].values, part.per_unit, strict=True)
    ]
    columns = ["case", "year", "scope", "source", "footprint [kg/unit]"]
    return pd.DataFrame(rows, columns=columns)


def _bars(view: View) -> Chart:
    """Stacked by source, the baseline's total beside it."""
    found = sorted(
        parts(view.plan, view.summary["ledger"]), key=lambda p: CATEGORIES.count(p.scope)
    )
    whole = max(float(np.sum([np.abs(part.per_unit) for part in found], axis=0).max()), 1e-12)
    drawn = [part for part in found if np.abs(part.per_unit).max() > DRAWN * whole]
    traces: list[object] = [
        go.Bar(x=view.years, y=part.per_unit, name=safe(_name(view, part)),
               marker={"color": _colour(view, part, number)})
        for number, part in enumerate(drawn)
    ]  # fmt: skip
    before = [row["baseline_kg_per_unit"] for row in view.summary["footprint"]["years"]]
    traces.append(
        go.Scatter(x=view.years, y=before, name=view.say("word.baseline"), mode="lines+markers",
                   line={"color": palette.BASELINE, "dash": "dash"})
    )  # fmt: skip
    figure = picture(traces, view.say("axis.footprint"), HEIGHT, view.years)
    figure.update_layout(barmode="relative", bargap=0.45, margin={"t": 84})
    largest = max(drawn, key=lambda part: part.per_unit[-1], default=None)
    finding = view.say("finding.footprint_none", last=view.last)
    if largest is not None:
        share = largest.per_unit[-1] / max(float(sum(p.per_unit[-1] for p in found)), 1e-12)
        finding = view.say("finding.footprint", source=_name(view, largest), last=view.last,
                           share=numbers.percent(float(share)))  # fmt: skip
    return Chart("footprint", finding, view.say("note.footprint"), figure, _table(view, found))


def _name(view: View, part: Part) -> str:
    dim = next((d for d in DIMS if part.item in view.ids(d)), "use")
    return view.say(f"part.{part.scope.removesuffix('_location').removesuffix('_market')}",
                    name=view.name(dim, part.item))  # fmt: skip


def _colour(view: View, part: Part, number: int) -> str:
    """A carrier has its own colour, paler for what lies upstream of it; materials have others."""
    own = view.colours.carriers.get(part.item) or view.colours.things.get(part.item)
    if part.scope not in CATEGORIES:
        return own or palette.PROCESS
    if own is not None:
        return palette.pale(own)
    return palette.MEASURE_COLOURS[number % len(palette.MEASURE_COLOURS)]


def _table(view: View, found: list[Part]) -> Table:
    """kg per unit, a row a source, a column a year, the sums of plan and baseline below."""
    head = [view.say("word.source"), *map(str, view.years)]
    rows = [[_name(view, p), *(numbers.significant(float(v)) for v in p.per_unit)] for p in found]
    shown = view.summary["footprint"]["years"]
    for word, key in (("total", "kg_per_unit"), ("baseline", "baseline_kg_per_unit")):
        sums = [numbers.significant(row[key]) for row in shown]
        rows.append([view.say(f"word.{word}"), *sums])
    return Table(view.say("table.footprint"), head, rows, numbers_from(len(head)))


def _categories(view: View) -> Plain:
    """Units made, and scope 3 of the site in tonnes by category."""
    keys = [key for key in CATEGORIES if any(r[key] for r in view.summary["footprint"]["years"])]
    head = [view.say("word.year"), view.say("word.made")]
    head += [f"{view.say(f'category.{key}')} [t]" for key in keys]
    rows = [
        [str(r["year"]), numbers.grouped(r["made"]), *(numbers.grouped(r[key]) for key in keys)]
        for r in view.summary["footprint"]["years"]
    ]
    table = Table(view.say("table.scope3"), head, rows, numbers_from(len(head)))
    return Plain(view.say("heading.scope3"), [view.say("scope3.note")], table)


def _materials(view: View) -> list[Plain]:
    """Amount, factor, what is bought greener in the last year, source and trust of each."""
    rows = [_material(view, each) for each in view.inputs.scenario.get("materials") or ()]
    if not rows:
        return []
    keys = ("material", "amount", "factor", "procured", "source", "trust")
    table = Table(view.say("table.materials"), [view.say(f"word.{key}") for key in keys], rows,
                  frozenset({3}))  # fmt: skip
    return [Plain(view.say("heading.materials"), [], table)]


def _material(view: View, raw: Mapping[str, Any]) -> list[str]:
    factor = raw["factor"]
    if isinstance(factor, Mapping):
        factor = ", ".join(f"{key}: {value}" for key, value in factor.items())
    bought = 0.0
    for contract in view.ids("material_contract"):
        if (view.inputs.measures.get(contract) or {}).get("material") == raw["id"]:
            bought += float(view.plan["procured"].sel(material_contract=contract).values[-1])
    return [
        view.name("material", raw["id"]), str(raw["amount"]), str(factor),
        f"{numbers.grouped(bought)}{numbers.THIN}t", str(raw["source"]),
        view.term("trust", str(raw["trust"])),
    ]  # fmt: skip
