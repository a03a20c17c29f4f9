"""Entries of catalogues and taxonomies that a measure falls under."""

from __future__ import annotations

from optimizer.loans.financed import Financed
from optimizer.reports.loan_file.view import LoanView


def codes_of(view: LoanView, financed: Financed) -> str:
    """Code, name, pack and trust of each entry that fits; what falls under none says so."""
    measure, told = financed.measure, []
    for loaded in view.found.packs.values():
        for entry in loaded.pack.entries:
            if entry.fits.fits(measure.id, measure.kind, measure.tags):
                name, pack = view.text(entry.name), view.text(loaded.pack.name)
                trust = view.view.say(f"cli.trust.{entry.trust}")
                told.append(
                    view.told("codes.entry", code=entry.code, name=name, pack=pack, trust=trust)
                )
    return "; ".join(told) or "–"
