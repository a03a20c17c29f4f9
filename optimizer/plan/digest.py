"""One fingerprint of a run: of the files that its figures follow from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from optimizer.files.hashes import sha256_of
from optimizer.plan.store import AUDIT, BASELINE, PLAN, SHARES, SUMMARY

FILES = (PLAN, BASELINE, SUMMARY, SHARES, AUDIT)
INPUTS = "inputs"


@dataclass(frozen=True)
class Digest:
    """SHA-256 of each file by its path from the run folder, and of their list."""

    files: Mapping[str, str]

    @property
    def total(self) -> str:
        """SHA-256 of the lines "hash  file" that sha256sum prints, in the order of the paths."""
        lines = "".join(f"{value}  {name}\n" for name, value in self.files.items())
        return hashlib.sha256(lines.encode("utf-8")).hexdigest()


def run_digest(run: Path) -> Digest:
    """Of plan, baseline, summary, all that went in, and shares and audit where there are any.

    Reports, tables and workbooks aren't part of it: they can be written again. Raises OSError.
    """
    files = [run / name for name in FILES if (run / name).is_file()]
    files += [each for each in (run / INPUTS).rglob("*") if each.is_file()]
    found = {each.relative_to(run).as_posix(): sha256_of(each) for each in files}
    return Digest(dict(sorted(found.items())))
