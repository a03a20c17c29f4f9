"""The fingerprint by which a stored run recognises its input files."""

from __future__ import annotations

import hashlib
from pathlib import Path


def sha256_of(path: Path) -> str:
    """The SHA-256 (FIPS 180-4) of a file's bytes, 64 hexadecimal digits; OSError if unreadable."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
