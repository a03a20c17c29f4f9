"""One environment a peer, made when it is first needed and again when its pins change."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CACHE = ROOT / ".bench"
PEERS = ("pypsa", "oemof", "flixopt")


def interpreter(peer: str) -> Path:
    """The Python of a peer's environment; made from tests/benchmarks/<peer>.txt if it isn't there.

    Raises subprocess.CalledProcessError if pip can't install the pins.
    """
    folder, pins = CACHE / peer, (HERE / f"{peer}.txt").read_text(encoding="utf-8")
    python, made = folder / "bin" / "python", folder / "made-from.txt"
    if made.exists() and made.read_text(encoding="utf-8") == pins:
        return python
    print(f"making {folder.relative_to(ROOT)} ...", file=sys.stderr)
    venv.create(folder, with_pip=True, clear=True)
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", str(HERE / f"{peer}.txt")], check=True)
    made.write_text(pins, encoding="utf-8")
    return python
