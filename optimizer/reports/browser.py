"""Pages as PDF and as pictures, by a Chromium that is there; pages need no network for it."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from optimizer.errors import ExtraMissing

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
                "msedge")  # fmt: skip
"""What a browser that prints without a window is called on the path."""
WIDTH: Final = 1080
"""Pixels of a picture."""
TALL: Final = 200
"""Pixels of the window in which a page's height is measured."""
SECONDS: Final = 120.0
DRAWN: Final = 8000
"""Milliseconds of a page's own time, in which everything is drawn."""
MEASURE: Final = """<script>addEventListener("load", function () {
  document.documentElement.setAttribute("data-tall", document.documentElement.scrollHeight);
});</script>"""


def browser() -> str:
    """The browser's path. Raises ExtraMissing, which says what was looked for."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        told = (
            f"PDF and PNG need Chromium or a browser made from it, and none of {', '.join(NAMES)} "
            "is on the path: install one (Debian: apt install chromium), or print the page from "
            "any browser"
        )
        raise ExtraMissing(told)
    return found


def print_pdf(page: Path, target: Path) -> Path:
    """A page on A4 sheets. Raises ExtraMissing; OSError where the browser fails."""
    _run(page, f"--print-to-pdf={target.resolve()}", "--no-pdf-header-footer")
    return _made(target)


def picture(html: str, target: Path) -> Path:
    """A page as one PNG, as tall as it is. Raises as `print_pdf`."""
    with tempfile.TemporaryDirectory(prefix="decarb-") as folder:
        page = Path(folder) / "page.html"
        page.write_text(html.replace("</head>", f"{MEASURE}</head>", 1), encoding="utf-8")
        drawn = _run(page, "--dump-dom", f"--window-size={WIDTH},{TALL}")
        tall = re.search(r'data-tall="(\d+)"', drawn)
        height = max(int(tall[1]) if tall else 0, TALL)
        _run(page, f"--screenshot={target.resolve()}", f"--window-size={WIDTH},{height}")
    return _made(target)


def _run(page: Path, *options: str) -> str:
    """What the browser prints; no network, a profile of its own."""
    with tempfile.TemporaryDirectory(prefix="decarb-") as profile:
        done = subprocess.run(
            [browser(), *_quiet(profile), *options, page.resolve().as_uri()],
            capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    if done.returncode:
        raise OSError(f"{browser()} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return done.stdout


def _quiet(profile: str) -> Sequence[str]:
    return ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            f"--virtual-time-budget={DRAWN}", f"--user-data-dir={profile}",
            "--host-resolver-rules=MAP * ~NOTFOUND")  # fmt: skip


def _made(target: Path) -> Path:
    if not target.is_file():
        raise OSError(f"the browser wrote no {target}")
    return target
