"""A loan pack: one file of scenarios/library/loan_rules/, what a lender or label asks of a loan."""

from __future__ import annotations

from typing import Final, Literal, get_args

from optimizer.schema.loan_rules import LoanRule
from optimizer.schema.pack_parts import PackHead

LoanStanding = Literal["label", "catalogue", "facility", "subsidy", "taxonomy", "lender"]
LOAN_STANDINGS: Final = get_args(LoanStanding)


class LoanPack(PackHead):
    standing: LoanStanding
    """What the rules are; what meets them is a pre-assessment, never a certificate."""
    rules: tuple[LoanRule, ...] = ()
