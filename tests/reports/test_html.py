"""The report is one page that fetches nothing and lets no name become code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from optimizer.reports.html import build_report, write_report

LANGUAGES = ("en", "zh")
CHARTS = 15
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")


def without_plotly(page: str) -> str:
    """The page less the one large script."""
    return re.sub(r"<script>[^\0]*?</script>", "", page, count=1)


@pytest.fixture(scope="session", params=LANGUAGES)
def page(request: pytest.FixtureRequest, run_folder: Path) -> str:
    """The report of the made-up run."""
    return build_report(run_folder, request.param)


def test_nothing_is_fetched(page: str) -> None:
    """Proves that it opens offline: no address in src, href, url() or @import."""
    own = without_plotly(page)
    assert not re.search(r"""(?:src|href)\s*=\s*["']?\s*(?:https?:)?//""", own)
    assert not re.search(r"@import|url\(", own)
    assert page.count("Plotly.newPlot") >= CHARTS
    assert "cdn.plot.ly" not in own


def test_plotly_is_embedded_once(page: str) -> None:
    """Proves the size: 4.8 MB once; a second copy would be near 10 MB."""
    assert 4.5e6 < len(page) < 6e6


def test_a_name_from_a_file_is_text(page: str) -> None:
    """Proves escaping: the fixture's source is called <script>alert(1)</script> & lamps."""
    own = without_plotly(page)
    assert "<script>alert" not in own
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; lamps" in own


def test_every_chart_has_its_table(page: str) -> None:
    """Proves that each picture can be read as numbers: as many tables folded as pictures."""
    own = without_plotly(page)
    assert own.count('class="plot"') == CHARTS
    assert own.count("<details>") == CHARTS


def test_no_placeholder_and_no_nan_is_left(page: str) -> None:
    """Proves that every sentence is filled: braces of a word, nan or None would show."""
    shown = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", without_plotly(page), flags=re.S)
    assert not re.search(r"\{[a-z_]+\}", shown)
    assert not re.search(r"\b(nan|None|inf)\b", shown)


def test_derived_series_sources_and_horizon_are_stated(run_folder: Path) -> None:
    """Proves the small print: derived keys, trust, the tail's 62 %, what verify shows."""
    page = without_plotly(build_report(run_folder, "en"))
    for said in ("pv_roof, steam_load", "unconfirmed", "Costs are counted to 2040",
                 "62\u202f% of the plan", "decarb verify results/fake-1",
                 "Negative-price hours lost"):  # fmt: skip
        assert said in page


def test_the_same_run_gives_the_same_page(run_folder: Path) -> None:
    """Proves determinism: no clock, no random id."""
    assert build_report(run_folder, "en") == build_report(run_folder, "en")


def need_browser() -> str:
    """Chromium's path; without it the test is skipped, or fails where one is required."""
    if BROWSER:
        return BROWSER
    if os.environ.get("DECARB_REQUIRE_BROWSER") == "1":
        pytest.fail("DECARB_REQUIRE_BROWSER=1, but there is no chromium")
    pytest.skip("needs chromium, which is not installed")


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_browser_without_network_draws_every_chart(
    run_folder: Path, tmp_path: Path, lang: str
) -> None:
    """Proves that all pictures appear with every host name unresolvable; an error stops one."""
    browser = need_browser()
    file = write_report(run_folder, lang, tmp_path / "report.html")
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=10000",
         "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={tmp_path / 'profile'}",
         "--dump-dom", file.as_uri()],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert done.stdout.count("plot js-plotly-plot") == CHARTS
