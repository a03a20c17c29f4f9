"""Near-optimal alternatives as files: figures for programs, two tables, a page for people."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from optimizer.files.atomic import whole_folder
from optimizer.reports.blocks import Chart, Plain
from optimizer.reports.charts_alternatives import (
    goals_table,
    good_plans,
    headline,
    must_can_cannot,
    view_of,
)
from optimizer.reports.study_page import study_page
from optimizer.reports.tables import DIGITS
from optimizer.studies.alternatives import Alternatives


def store_alternatives(
    found: Alternatives, out: Path, lang: str = "en", *, force: bool = False
) -> None:
    """Write the study's folder, whole or not at all: alternatives.json (each plan whole),
    offers.csv, plans.csv and alternatives.html.

    Raises FileExistsError for a folder that is there, unless `force`.
    """
    with whole_folder(out, force=force) as folder:
        _write(found, folder, lang)


def _write(found: Alternatives, folder: Path, lang: str) -> None:
    text = json.dumps(found.as_dict(), ensure_ascii=False, indent=1, allow_nan=False)
    (folder / "alternatives.json").write_text(text + "\n", encoding="utf-8")
    for name, table in (("offers", offers(found)), ("plans", plans(found))):
        table.to_csv(folder / f"{name}.csv", index=False, float_format=DIGITS,
                     encoding="utf-8", lineterminator="\n")  # fmt: skip
    (folder / "alternatives.html").write_text(alternatives_page(found, lang), encoding="utf-8")


def alternatives_page(found: Alternatives, lang: str) -> str:
    """HTML: what must, can and can't be, what goals come to, plans side by side."""
    view = view_of(found, lang)
    title = view.say("alternatives.title", name=view.subject.name[lang])
    blocks: list[Chart | Plain] = [
        must_can_cannot(view, found),
        goals_table(view, found),
        good_plans(view, found),
    ]
    return study_page(view, title, headline(view, found), blocks, "study.searched_ruled")


def offers(found: Alternatives) -> pd.DataFrame:
    """A row a measure or contract: verdicts by share, costs with and without it [money]."""
    money = f"{found.subject.currency}{found.subject.price_year}"
    rows = []
    for one in found.offers:
        row: dict[str, object] = {"id": one.id}
        row |= {
            f"within_{share:g}": verdict
            for share, verdict in zip(found.within, one.verdicts, strict=True)
        }
        row |= {
            f"{name} [{money}]": getattr(one, name)
            for name in ("with_bound", "with_cost", "without_bound", "without_cost")
        }
        rows.append(row)
    return pd.DataFrame(rows)


def plans(found: Alternatives) -> pd.DataFrame:
    """A row a goal and share: its value and bound, cost, and sizes by measure."""
    money = f"{found.subject.currency}{found.subject.price_year}"
    rows = []
    for one in found.plans:
        row: dict[str, object] = {
            "within": one.within,
            "goal": one.kind,
            "of": one.of,
            "unit": one.unit,
            "value": one.value,
            "bound": one.bound,
            "proven": one.proven,
            f"decision_cost [{money}]": one.cost,
            f"net_present_cost [{money}]": one.plan.cost,
        }
        row |= {f"size_{id}": size for id, size in sorted(one.plan.chosen().items())}
        rows.append(row)
    return pd.DataFrame(rows)
