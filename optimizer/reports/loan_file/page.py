"""The loan file as one HTML page that opens offline and prints on A4."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from plotly.offline import get_plotlyjs

from optimizer.reports.blocks import Chart
from optimizer.reports.chart import FONTS, embedded
from optimizer.reports.html import TEMPLATES, environment
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Part, Prose, shown, value_of
from optimizer.reports.loan_file.view import LoanView

WORDS = ("text", "fill")


def page(view: LoanView, parts: Sequence[Part]) -> str:
    """HTML of the parts; fetches nothing, and every name in it is text."""
    charts = [block for part in parts for block in part.blocks if isinstance(block, Chart)]
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    own = (TEMPLATES / "loan.css").read_text(encoding="utf-8")
    return environment().get_template("loan.html").render(
        lang=view.lang,
        say=view.view.say,
        style=Markup(style.replace("FONTS", FONTS) + own),
        plotly_js=Markup(get_plotlyjs().replace("</script", "<\\/script")) if charts else "",
        subtitle=view.told("subtitle", run=view.subject.run.path.name,
                          plant=view.view.summary["scenario"][f"name_{view.lang}"]),
        verdict=view.facts["verdict"],
        parts=[(part, [_block(block) for block in part.blocks if not _for_book(block)])
               for part in parts if part.only != "book"],
        drawn={c.id: embedded(c.id, c.figure, c.finding) for c in charts},
    )  # fmt: skip


def _for_book(block: object) -> bool:
    return isinstance(block, Grid) and block.only == "book"


def _block(block: Grid | Prose | Chart) -> dict[str, object]:
    """What the template prints: kind, and finished text of each cell."""
    if isinstance(block, Chart):
        return {"kind": "chart", "chart": block}
    if isinstance(block, Prose):
        return {"kind": "prose", "heading": block.heading, "paragraphs": block.paragraphs}
    rows = [
        (key == block.total, [_cell(c, col) for c, col in zip(row, block.columns, strict=True)])
        for key, row in block.rows.items()
    ]
    head = [(column.head, _look(None, column), column.key) for column in block.columns]
    return {"kind": "grid", "id": block.key, "caption": block.caption, "head": head, "rows": rows}


def _cell(cell: Cell, column: Column) -> tuple[str, str]:
    """What is printed, and how."""
    return shown(cell, column), _look(cell, column)


def _look(cell: Cell, column: Column) -> str:
    """`n` for numbers, set flush right; words in a column of numbers may wrap."""
    if column.kind in WORDS:
        return column.kind
    return "words" if isinstance(value_of(cell), str) else "n"
