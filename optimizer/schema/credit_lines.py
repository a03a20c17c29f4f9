"""What a loan has in common with the credit lines beside it: days, subsidies, repayment by draw."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from optimizer.schema.fields import Frozen, Id, Money, Share, Text, Years, YearsOrNone

QUARTERS = 4
NEARLY = 1e-9
LONGEST = 60
"""Years: no loan for equipment is longer."""


class Tranche(Frozen):
    """A part of a loan and the day on which it is drawn."""

    drawn: date
    share: Annotated[Share, Field(gt=0)]


class InterestSubsidy(Frozen):
    """Interest that the state pays; it is the owner's, never cash for debt service."""

    rate: Annotated[Share, Field(gt=0)]
    """A year, of what is owed; never above the loan's own rate."""
    time: Years
    """From the first draw on, in whole quarters."""


class DebtFields(Frozen):
    """Terms that every debt has."""

    tenor: Annotated[Years, Field(le=LONGEST)]
    """From each draw to its last repayment, grace included; whole quarters."""
    rate: Share
    """A year, paid by quarters."""
    grace: YearsOrNone = 0.0
    """Time after a draw in which only interest is paid."""
    upfront_fee: Share = 0.0
    """Of the loan, once."""
    commitment_fee: Share = 0.0
    """Of what isn't drawn yet, a year."""
    interest_subsidy: InterestSubsidy | None = None

    @model_validator(mode="after")
    def _whole_quarters(self) -> DebtFields:
        subsidy = 0.0 if self.interest_subsidy is None else self.interest_subsidy.time
        spans = {"tenor": self.tenor, "grace": self.grace, "interest_subsidy.time": subsidy}
        for name, span in spans.items():
            if abs(span * QUARTERS - round(span * QUARTERS)) > NEARLY:
                raise ValueError(f"{name} must be whole quarters of a year, such as '8 a'")
        if self.grace >= self.tenor:
            raise ValueError("grace must be below the tenor")
        return self


class CreditLine(DebtFields):
    """Another debt of the borrower beside the loan that is judged."""

    id: Id
    name: Text
    purpose: Literal["plan", "company"]
    """Plan: it pays for what the plan builds, and without the plan it isn't taken. Company: it is
    owed in any case, so that the plan changes nothing of it."""
    amount: Money
    """In all, drawn by the tranches."""
    repayment: Literal["equal_principal", "equal_instalment", "bullet"] = "equal_principal"
    tranches: Annotated[tuple[Tranche, ...], Field(min_length=1)]
    """Days of its draws, before the plan too."""

    @model_validator(mode="after")
    def _drawn_whole(self) -> CreditLine:
        if self.amount.value <= 0:
            raise ValueError("amount must be above 0")
        if abs(sum(each.share for each in self.tranches) - 1) > NEARLY:
            raise ValueError("the shares of the tranches must add up to 1")
        return self
