"""sha256 of every file in inputs/ against its manifest, reported apart from the rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from optimizer.plan.verify.report import HashCheck

MANIFEST = "manifest.json"


def check_hashes(inputs: Path) -> tuple[HashCheck, ...]:
    """One check a file: as recorded, changed, missing or not recorded."""
    try:
        recorded = dict(_recorded(json.loads((inputs / MANIFEST).read_text(encoding="utf-8"))))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return (HashCheck(MANIFEST, False, f"can't be read ({type(error).__name__})"),)
    present = {p.relative_to(inputs).as_posix(): p for p in inputs.rglob("*") if p.is_file()}
    present.pop(MANIFEST, None)
    checks = []
    for name in sorted({*recorded, *present}):
        if name not in present:
            checks.append(HashCheck(name, False, "missing"))
        elif name not in recorded:
            checks.append(HashCheck(name, False, "not in the manifest"))
        else:
            same = hashlib.sha256(present[name].read_bytes()).hexdigest() == recorded[name]
            checks.append(HashCheck(name, same, "as recorded" if same else "changed"))
    return tuple(checks)


def _recorded(manifest: Any) -> Iterator[tuple[str, str]]:
    """(file, sha256) of a manifest whose `files` is a list of entries or a mapping by file."""
    files = manifest["files"]
    if isinstance(files, dict):
        for name, entry in files.items():
            yield name, entry["sha256"] if isinstance(entry, dict) else str(entry)
    else:
        for entry in files:
            yield str(entry.get("file") or entry["path"]), str(entry["sha256"])
