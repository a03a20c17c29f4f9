"""Pages as PDF and PNG: by a browser that is there, and a word on what is missing where none is."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest

from optimizer import cli
from optimizer.errors import ExtraMissing
from optimizer.reports.browser import WIDTH, browser, picture, print_pdf
from tests.reports.test_html import need_browser

TALL = 1777
PAGE = (
    "<!DOCTYPE html><html><head><title>x</title><style>body{margin:0}</style></head>"
    f"<body><div style='height:{TALL}px'>x</div></body></html>"
)


def without_browser(patch: pytest.MonkeyPatch) -> None:
    """A machine on which no browser is found."""
    patch.setattr(shutil, "which", lambda name: None)


def test_what_was_looked_for_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves a message to act on: names that were tried, and what to do instead."""
    without_browser(monkeypatch)
    with pytest.raises(ExtraMissing, match=r"chromium.*install one.*print the page"):
        browser()


def test_a_pack_without_browser_ends_before_it_searches(
    run_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Proves exit code 2 and nothing written: minutes of searches would otherwise go before the
    message."""
    without_browser(monkeypatch)
    out = tmp_path / "pack"
    asked = ["report", str(run_folder), "--for", "committee", "--pdf", "--out", str(out)]
    assert cli.run(asked) == cli.INPUT_OR_USAGE
    assert "Chromium" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.slow
def test_a_picture_is_as_tall_as_its_page(tmp_path: Path) -> None:
    """Proves that nothing is cut off: 1,777 pixels of page, at a fixed width; a window's own height
    would end it at 200. Width and height stand in bytes 16 to 24 of a PNG."""
    need_browser()
    made = picture(PAGE, tmp_path / "page.png").read_bytes()
    assert struct.unpack(">II", made[16:24]) == (WIDTH, TALL)


@pytest.mark.slow
def test_a_page_prints_as_pdf(tmp_path: Path) -> None:
    """Proves the kind of file, and more than one sheet for a page that is taller than A4."""
    need_browser()
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    made = print_pdf(page, tmp_path / "page.pdf").read_bytes()
    assert made.startswith(b"%PDF-")
    assert made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") >= 2 or b"/Count 2" in made
