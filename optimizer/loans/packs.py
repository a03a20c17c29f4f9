"""Loan packs as they were read, with what somebody attested of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.inputs.attestations import Attested, attested_rules
from optimizer.inputs.loan_files import LoadedLoanPack


@dataclass(frozen=True)
class LoadedPacks:
    """Packs by name, in the order asked for."""

    loaded: Mapping[str, LoadedLoanPack]
    attestations: tuple[Attested, ...]

    def attested(self, pack: str) -> frozenset[str]:
        """Rules of a pack that somebody compared with their text."""
        return attested_rules(self.attestations, pack)
