"""What was measured, as Markdown tables."""

from __future__ import annotations

from collections.abc import Sequence

from tests.benchmarks.measure import AGREED, HAND_OVER, STAGES, Line, lines_of
from tests.benchmarks.race import Entry
from tests.benchmarks.races import RACES

NAMES = {
    "ours": "Decarb",
    "raw": "numpy by hand",
    "highs": "HiGHS alone, our matrix",
    "pypsa": "PyPSA",
    "oemof": "oemof.solph",
    "flixopt": "flixopt",
}
REFERENCES = {"hand_over": "raw"}
"""The contender that others are a multiple of; ours where none is named."""


def reference(race: str) -> str:
    return REFERENCES.get(race, "ours")


def table(race: str, entries: Sequence[Entry]) -> str:
    """One row a size and contender, in the order in which they ran."""
    build_only = RACES[race].build_only
    stages = STAGES[:3] if build_only else STAGES
    counted = HAND_OVER if race in REFERENCES else stages
    base = NAMES[reference(race)]
    heads = ["days", "years", "makes", "contender", "rows × columns", "imports", *stages]
    heads += ["build + hand" if race in REFERENCES else "data … last stage", f"÷ {base}"]
    heads += ["÷ in CPU time", "MB"]
    heads += [] if build_only else ["objective"]
    rows = [_row(line, stages, build_only) for line in lines_of(entries, reference(race), counted)]
    rows += [
        [str(e.size.days), str(e.size.years), str(e.size.variants), NAMES[e.contender],
         f"failed: {e.result['failed']}"] + [""] * (len(heads) - 5)
        for e in entries if "failed" in e.result
    ]  # fmt: skip
    return markdown(heads, rows, words=(3,))


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]], words: Sequence[int]) -> str:
    """A table with its numbers to the right; ``words``: columns of words, to the left."""
    rule = ["---" if i in words else "---:" for i in range(len(heads))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [heads, rule, *rows])


def _row(line: Line, stages: Sequence[str], build_only: bool) -> list[str]:
    rows, columns, _ = line.shape
    cells = [str(line.size.days), str(line.size.years), str(line.size.variants)]
    cells += [NAMES[line.contender], f"{thousands(rows)} × {thousands(columns)}"]
    cells += [digits(line.imports)]
    cells += [digits(line.seconds[s]) if s in line.seconds else "–" for s in stages]
    cells += [digits(line.total), digits(line.ratio), digits(line.processor_ratio)]
    cells += [thousands(line.memory)]
    return cells if build_only else [*cells, _objective(line)]


def _objective(line: Line) -> str:
    """The objective, marked where it differs by more than is agreed."""
    if line.objective is None or line.difference is None:
        return "–"
    shown = thousands(line.objective)
    return shown if line.difference <= AGREED else f"{shown} (off by {line.difference:.1e})"


def digits(value: float) -> str:
    """Two digits that count, no exponent: 0.0034, 0.21, 1.9, 42."""
    if value >= 10:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def thousands(value: float) -> str:
    """Whole, with thin spaces."""
    return f"{value:,.0f}".replace(",", "\u202f")
