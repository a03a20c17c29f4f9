"""What foresight is worth as files: figures for programs and a page for people."""

from __future__ import annotations

import json
from pathlib import Path

from optimizer.files.atomic import whole_folder
from optimizer.reports.blocks import Chart, Plain
from optimizer.reports.charts_myopic import (
    emissions,
    expected_table,
    headline,
    schedule,
    view_of,
    worth_table,
)
from optimizer.reports.study_page import study_page
from optimizer.studies.myopic import Foresight


def store_myopic(found: Foresight, out: Path, lang: str = "en", *, force: bool = False) -> None:
    """Write the study's folder, whole or not at all: myopic.json and myopic.html.

    Raises FileExistsError for a folder that is there, unless `force`.
    """
    with whole_folder(out, force=force) as folder:
        text = json.dumps(found.as_dict(), ensure_ascii=False, indent=1, allow_nan=False)
        (folder / "myopic.json").write_text(text + "\n", encoding="utf-8")
        (folder / "myopic.html").write_text(myopic_page(found, lang), encoding="utf-8")


def myopic_page(found: Foresight, lang: str) -> str:
    """HTML: what either way costs or misses, emissions by year, what starts when."""
    view = view_of(found, lang)
    worth = worth_table(view, found)
    blocks: list[Chart | Plain] = [
        Plain(worth.caption, [view.say("myopic.how")], worth),
        emissions(view, found),
        schedule(view, found),
    ]
    expected = expected_table(view, found)
    if expected is not None:
        blocks.append(Plain(expected.caption, table=expected))
    title = view.say("myopic.title", name=view.subject.name[lang])
    return study_page(view, title, headline(view, found), blocks, "study.searched_ruled")
