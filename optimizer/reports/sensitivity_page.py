"""What a plan hangs on as files: figures for programs, tables, a page for people."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from optimizer.files.atomic import whole_folder
from optimizer.reports.blocks import Chart, Plain
from optimizer.reports.charts_sensitivity import (
    effects_chart,
    headline,
    roles_block,
    tornado,
    view_of,
)
from optimizer.reports.study_page import study_page
from optimizer.reports.tables import DIGITS
from optimizer.studies.sensitivity import Sensitivity


def store_sensitivity(
    found: Sensitivity, out: Path, lang: str = "en", *, force: bool = False
) -> None:
    """Write the study's folder, whole or not at all: sensitivity.json, points.csv (each plan
    tested), sensitivity.html. Raises FileExistsError for a folder that is there, unless `force`.
    """
    with whole_folder(out, force=force) as folder:
        text = json.dumps(found.as_dict(), ensure_ascii=False, indent=1, allow_nan=False)
        (folder / "sensitivity.json").write_text(text + "\n", encoding="utf-8")
        points(found).to_csv(folder / "points.csv", index=False, float_format=DIGITS,
                             encoding="utf-8", lineterminator="\n")  # fmt: skip
        (folder / "sensitivity.html").write_text(sensitivity_page(found, lang), encoding="utf-8")


def sensitivity_page(found: Sensitivity, lang: str) -> str:
    """HTML: the tornado, what becomes of each measure, elementary effects."""
    view = view_of(found, lang)
    blocks: list[Chart | Plain] = [tornado(view, found), roles_block(view, found)]
    effects = effects_chart(view, found)
    if effects is not None:
        blocks.append(effects)
    title = view.say("sensitivity.title", name=view.subject.name[lang])
    return study_page(view, title, headline(view, found), blocks, "study.searched_ruled")


def points(found: Sensitivity) -> pd.DataFrame:
    """A row a plan tested: factors, cost and bound [money], gross emissions [t], sizes."""
    money = f"{found.subject.currency}{found.subject.price_year}"
    rows = []
    for point in found.points:
        row: dict[str, object] = {
            f"{swing.driver.path}": point.factors.get(swing.driver.path, 1.0)
            for swing in found.swings
        }
        row |= {"status": point.status, f"decision_cost [{money}]": point.cost,
                f"bound [{money}]": point.bound,
                f"gross_{found.subject.last} [t]": point.gross}  # fmt: skip
        row |= {f"size_{id}": size for id, size in sorted(point.chosen.items())}
        rows.append(row)
    return pd.DataFrame(rows)
