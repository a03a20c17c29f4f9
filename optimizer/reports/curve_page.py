"""A cost curve as files: figures for programs, tables, and a page for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from optimizer.reports.blocks import Chart, Plain
from optimizer.reports.charts_alone import alone, interaction
from optimizer.reports.charts_curve import view_of, way_down
from optimizer.reports.charts_left_out import left_out
from optimizer.reports.charts_lock_in import lock_in
from optimizer.reports.charts_naive import naive
from optimizer.reports.charts_pareto import against, open_of, plans_of_points
from optimizer.reports.charts_schedule import schedule
from optimizer.reports.curve_prices import at_prices
from optimizer.reports.curve_steps import steps_table
from optimizer.reports.study_page import opening, study_page
from optimizer.reports.study_view import StudyView
from optimizer.reports.tables import DIGITS
from optimizer.studies.cost_curve import CostCurve

NOTHING = 1e-6
"""Share of the baseline's cost that counts as no saving."""


def write_curve(curve: CostCurve, folder: Path, lang: str) -> None:
    """curve.json, tables/*.csv and curve.html."""
    text = json.dumps(curve.as_dict(), ensure_ascii=False, indent=1)
    (folder / "curve.json").write_text(text, encoding="utf-8")
    tables = folder / "tables"
    tables.mkdir()
    for name, frame in frames(curve).items():
        frame.to_csv(
            tables / f"{name}.csv", index=False, float_format=DIGITS, encoding="utf-8",
            lineterminator="\n",
        )  # fmt: skip
    (folder / "curve.html").write_text(curve_page(curve, lang), encoding="utf-8")


def curve_page(curve: CostCurve, lang: str) -> str:
    """HTML of a curve: the way down with its steps, the schedule, alone, left out, the loss."""
    view = view_of(curve, lang)
    title = view.say("curve.title", name=view.subject.name[lang])
    begins = opening(view, title, headline(view, curve)).also(against(view, curve.front))
    return study_page(view, begins, list(_blocks(view, curve)))


def headline(view: StudyView, curve: CostCurve) -> str:
    """What the cheapest plan saves and avoids, and what lies beyond it."""
    base, points = curve.front.baseline, curve.front.points
    first, last, unsure = points[0].plan, points[-1].plan, open_of(curve.front)
    key = "headline" if abs(base.cost - first.cost) > NOTHING * abs(base.cost) else "headline_none"
    return view.say(
        f"curve.{key}", money=view.money.shown(base.cost - first.cost, unsure),
        first=view.tonnes_shown(base.tonnes - first.tonnes),
        beyond=view.tonnes_shown(first.tonnes - last.tonnes),
        cost=view.money.shown(last.cost - first.cost, unsure),
    )  # fmt: skip


def _blocks(view: StudyView, curve: CostCurve) -> Iterator[Chart | Plain]:
    yield way_down(view, curve)
    table = steps_table(view, curve)
    yield Plain(table.caption, table=table)
    for block in (
        at_prices(view, curve), schedule(view, curve), lock_in(view, curve),
        plans_of_points(view, curve.front), alone(view, curve), left_out(view, curve),
        interaction(view, curve), naive(view, curve),
    ):  # fmt: skip
        if block is not None:
            yield block
    yield Plain(view.say("curve.left_aside"), [view.say("curve.excluded")])


def frames(curve: CostCurve) -> dict[str, pd.DataFrame]:
    """Tables by name, ids and base units: standalone, path, steps, leave_one_out."""
    shown = curve.as_dict()
    path = [
        {key: row[key] for key in ("gross", "cost", "bound", "supported", "proven", "knee")}
        | {key: " ".join(row[key]) for key in ("enters", "leaves")}
        for row in shown["path"]
    ]
    return {
        "standalone": pd.DataFrame(map(_flat, shown["standalone"])),
        "path": pd.DataFrame(path),
        "steps": pd.DataFrame(map(_flat, shown["steps"])),
        "leave_one_out": pd.DataFrame(map(_flat, shown["leave_one_out"])),
    }


def _flat(row: dict[str, object]) -> dict[str, object]:
    """Lists as words between blanks, groups as columns of their own."""
    found: dict[str, object] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            found |= {f"{key}_{inner}": " ".join(ids) for inner, ids in value.items()}
        elif isinstance(value, (list, tuple)):
            found[key] = " ".join(map(str, value))
        else:
            found[key] = value
    return found
