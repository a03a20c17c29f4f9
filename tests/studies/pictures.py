"""The two pictures of docs/cost_curves.md: `python -m tests.studies.pictures`, with a Chromium."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from optimizer.reports.charts_curve import view_of, way_down
from optimizer.reports.charts_naive import naive
from optimizer.studies.cost_curve import cost_curve
from optimizer.studies.plant import Plant
from tests.studies.overlapping_plant import GAS_TONNES, overlapping

IMG = Path(__file__).parents[2] / "docs" / "img"
WIDTH, HEIGHT = 900, 460


def draw() -> None:
    """Write both PNGs."""
    curve = cost_curve(Plant(overlapping(GAS_TONNES - 1800)), 12, with_naive=True)
    view = view_of(curve, "en")
    for name, chart in (
        ("naive_curve", naive(view, curve)),
        ("optimal_path", way_down(view, curve)),
    ):
        assert chart is not None
        chart.figure.update_layout(width=WIDTH, height=HEIGHT)
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "page.html"
            chart.figure.write_html(page, config={"displayModeBar": False})
            subprocess.run(
                ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars",
                 f"--screenshot={IMG / name}.png",
                 f"--window-size={WIDTH + 40},{HEIGHT + 40}", page.as_uri()],
                check=True, capture_output=True,
            )  # fmt: skip


if __name__ == "__main__":
    draw()
