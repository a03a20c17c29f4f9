"""The fingerprint by which a stored run recognises its input files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any


def sha256_of(path: Path) -> str:
    """The SHA-256 (FIPS 180-4) of a file's bytes, 64 hexadecimal digits; OSError if unreadable."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_of_data(data: Any) -> str:
    """The SHA-256 of what a JSON file holds, however it is laid out: keys sorted, no spaces."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
