"""Loan packs of a workspace: what lenders and labels ask, as data."""

from __future__ import annotations

from pathlib import Path

from optimizer.inputs.loaded_pack import Loaded, files_in, read_as, read_every
from optimizer.schema.loan_pack import LoanPack
from optimizer.schema.validation import read_loan_pack

FOLDER = Path("scenarios") / "library" / "loan_rules"
LoadedLoanPack = Loaded[LoanPack]


def read_pack(path: Path, shown_as: str) -> LoadedLoanPack:
    """One loan pack; raises InputErrors with everything that is wrong in the file."""
    return read_as(path, shown_as, read_loan_pack)


def read_all(root: Path) -> dict[str, LoadedLoanPack]:
    """Every loan pack of the library by name; InputErrors with the problems of all files."""
    return read_every(files_in(root / FOLDER), root, read_pack)
