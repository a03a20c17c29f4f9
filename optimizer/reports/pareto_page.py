"""A front as files: figures for programs, a table, and a page for people."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from optimizer.reports.charts_pareto import (
    against,
    cost_and_emissions,
    headline,
    plans_of_points,
    view_of,
)
from optimizer.reports.study_page import opening, study_page
from optimizer.reports.tables import DIGITS
from optimizer.studies.pareto import Front


def write_front(front: Front, folder: Path, lang: str) -> None:
    """pareto.json (each point with its plan), pareto.csv and pareto.html."""
    text = json.dumps(front.as_dict(), ensure_ascii=False, indent=1)
    (folder / "pareto.json").write_text(text, encoding="utf-8")
    points(front).to_csv(folder / "pareto.csv", index=False, float_format=DIGITS,
                         encoding="utf-8", lineterminator="\n")  # fmt: skip
    (folder / "pareto.html").write_text(pareto_page(front, lang), encoding="utf-8")


def pareto_page(front: Front, lang: str) -> str:
    """HTML of a front: its picture, what each point builds, and the points as a table."""
    view = view_of(front, lang)
    title = view.say("pareto.title", name=view.subject.name[lang])
    blocks = [
        cost_and_emissions(view, front),
        plans_of_points(view, front),
    ]
    begins = opening(view, title, headline(view, front)).also(against(view, front))
    return study_page(view, begins, blocks)


def points(front: Front) -> pd.DataFrame:
    """A row a point: t and money in base units, gross emissions by year, sizes by measure."""
    money = f"{front.subject.currency}{front.subject.price_year}"
    rows = []
    for number, point in enumerate(front.points, start=1):
        plan = point.plan
        row: dict[str, object] = {
            "point": number,
            f"tonnes_{front.subject.basis} [t]": plan.tonnes,
            "tonnes_undiscounted [t]": plan.cumulative,
            f"net_present_cost [{money}]": plan.cost,
            f"bound [{money}]": point.bound,
            "within_gap": point.proven,
            "knee": point.knee,
            "carbon_price_reaches": point.supported,
        }
        row |= {f"gross_{year} [t]": tonnes for year, tonnes in plan.gross.items()}
        row |= {f"size_{id}": size for id, size in sorted(plan.chosen().items())}
        rows.append(row)
    return pd.DataFrame(rows)
