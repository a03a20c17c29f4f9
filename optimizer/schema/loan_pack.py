"""A loan pack: one file of scenarios/library/loan_rules/, what a lender or label asks of a loan."""

from __future__ import annotations

from typing import Final, Literal, get_args

from pydantic import Field, model_validator

from optimizer.schema.fields import Frozen, Id, Text
from optimizer.schema.loan_rules import LoanRule, Selection
from optimizer.schema.measure import Trust
from optimizer.schema.pack_parts import PackHead

LoanStanding = Literal["label", "catalogue", "facility", "subsidy", "taxonomy", "lender"]
LOAN_STANDINGS: Final = get_args(LoanStanding)


class Entry(Frozen):
    """An entry of a catalogue or taxonomy, and the measures that fall under it by their nature.

    That a measure falls under an entry doesn't say that it keeps the entry's conditions.
    """

    code: str = Field(min_length=1)
    name: Text
    fits: Selection
    trust: Trust
    source: tuple[Id, ...] = Field(min_length=1)
    """Keys of the pack's `sources`."""

    @model_validator(mode="after")
    def _names_something(self) -> Entry:
        if self.fits.empty():
            raise ValueError("fits: give kinds, tags or measures")
        return self


class LoanPack(PackHead):
    standing: LoanStanding
    """What the rules are; what meets them is a pre-assessment, never a certificate."""
    entries: tuple[Entry, ...] = ()
    """What the loan file names beside each measure as its code; in the order of the catalogue."""
    rules: tuple[LoanRule, ...] = ()
