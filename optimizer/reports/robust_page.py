"""A decision for several futures as files: figures for programs, a table, a page for people."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from optimizer.files.atomic import whole_folder
from optimizer.reports.blocks import Chart, Plain
from optimizer.reports.charts_robust import (
    headline,
    plans_in_futures,
    regrets,
    view_of,
)
from optimizer.reports.study_page import study_page
from optimizer.reports.tables import DIGITS
from optimizer.studies.two_stage import TwoStage


def store_robust(found: TwoStage, out: Path, lang: str = "en", *, force: bool = False) -> None:
    """Write the study's folder, whole or not at all: robust.json (each plan whole),
    decisions.csv and robust.html.

    Raises FileExistsError for a folder that is there, unless `force`.
    """
    with whole_folder(out, force=force) as folder:
        text = json.dumps(found.as_dict(), ensure_ascii=False, indent=1, allow_nan=False)
        (folder / "robust.json").write_text(text + "\n", encoding="utf-8")
        decisions(found).to_csv(folder / "decisions.csv", index=False, float_format=DIGITS,
                                encoding="utf-8", lineterminator="\n")  # fmt: skip
        (folder / "robust.html").write_text(robust_page(found, lang), encoding="utf-8")


def robust_page(found: TwoStage, lang: str) -> str:
    """HTML: regrets with all costs, and what follows in each future."""
    view = view_of(found, lang)
    title = view.say("robust.title", name=view.subject.name[lang])
    blocks: list[Chart | Plain] = [regrets(view, found)]
    if found.decision("expected").expected is not None:
        blocks.append(plans_in_futures(view, found))
    year = found.decide_to
    return study_page(view, title, headline(view, found), blocks, "robust.searched", year=year)


def decisions(found: TwoStage) -> pd.DataFrame:
    """A row a decision: cost and regret by future, mean, largest regret, worst share [money]."""
    money = f"{found.subject.currency}{found.subject.price_year}"
    rows = []
    for one in found.decisions:
        row: dict[str, object] = {"decision": one.kind, "for": one.of}
        pairs = list(zip(found.futures, one.costs, one.regrets, strict=True))
        row |= {f"cost_{future.id} [{money}]": cost for future, cost, _ in pairs}
        row |= {f"regret_{future.id} [{money}]": lost for future, _, lost in pairs}
        row[f"expected [{money}]"] = one.expected
        row[f"largest_regret [{money}]"] = one.most_regret
        row[f"worst_{found.tail:g} [{money}]"] = one.cvar
        row[f"bound [{money}]"] = one.bound
        rows.append(row)
    return pd.DataFrame(rows)
