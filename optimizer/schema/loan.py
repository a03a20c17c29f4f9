"""What a scenario says of the loan that pays for its measures; money and rates are nominal."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from optimizer.schema.credit_lines import NEARLY, CreditLine, DebtFields, Tranche
from optimizer.schema.fields import Frozen, Id, Money, Ratio, Share


class Borrower(Frozen):
    """The borrower's accounts beside this project, nominal money a year."""

    ebitda: Money
    debt_service: Money
    """Of debts that there are and that no credit line tells."""


class Loan(DebtFields):
    """Terms of a loan. Without an `amount` it is sized: the most that `cover` allows, but at most
    `share` of the eligible cost."""

    amount: Money | None = None
    repayment: Literal["equal_principal", "equal_instalment", "bullet", "sculpted"] = (
        "equal_principal"
    )
    """Sculpted: the same share of each year's cash, as project finance has it."""
    reference_rate: Share | None = None
    """What rules compare the rate with, such as the loan prime rate of the same tenor."""
    cover: Ratio | None = None
    """Least yearly debt service cover ratio that the loan is sized for."""
    share: Share | None = None
    """Largest loan over the eligible cost."""
    lock_up: Ratio | None = None
    """Debt service cover ratio below which nothing may be paid out to the owner."""
    default_at: Ratio | None = None
    """Ratio below which the lender may call the loan."""
    borrower: Borrower | None = None
    finances: tuple[Id, ...] = ()
    """Measures that it pays for; left out: all that are built for money."""
    tranches: tuple[Tranche, ...] = ()
    """Left out: one for each year with eligible cost, drawn on its first day."""
    other_money: dict[Id, Money] = Field(default_factory=dict)
    """Measure -> what another loan or fund pays of its price."""
    credit_lines: tuple[CreditLine, ...] = ()
    """Other debts of the borrower that are told line by line."""
    decides: Literal["nothing", "rate", "budget", "both"] = "nothing"
    """What of the loan counts while a plan is chosen: the interest that its rate saves, its draws
    as money beside the budget; else it is judged afterwards."""
    ordinary_rate: Share | None = None
    """What the borrower pays elsewhere for a loan of the same terms."""
    repaid_from: Literal["savings", "budget"] = "savings"
    """Whether debt service takes from later budgets, where its draws add to them."""

    @model_validator(mode="after")
    def _covenants_agree(self) -> Loan:
        if (self.lock_up is None) != (self.default_at is None):
            raise ValueError("'lock_up' and 'default_at' go together")
        if (self.default_at or 0.0) > (self.lock_up or 0.0):
            raise ValueError("default_at must be at most lock_up")
        if self.repayment == "sculpted" and self.grace > 0:
            raise ValueError("sculpted repayment has no grace: it follows the cash")
        return self

    @model_validator(mode="after")
    def _can_be_sized(self) -> Loan:
        if self.amount is None and (self.cover is None or self.share is None):
            raise ValueError("give 'amount', or 'cover' and 'share', which size it")
        if self.amount is not None and self.amount.value <= 0:
            raise ValueError("amount must be above 0")
        return self

    @model_validator(mode="after")
    def _can_decide(self) -> Loan:
        if self.repaid_from == "budget" and not self.enlarges_budget:
            raise ValueError("repaid_from: budget needs decides: budget, or both")
        if self.decides == "nothing":
            return self
        if self.amount is None:
            raise ValueError("decides needs 'amount', the most that may be drawn")
        if self.repayment == "sculpted" and (self.rate_counts or self.repaid_from == "budget"):
            raise ValueError(
                "sculpted service is a share of the cash of the plan that is sought: with it "
                "decides can be budget, repaid_from savings"
            )
        if self.rate_counts and self.ordinary_rate is None:
            raise ValueError("decides: rate needs 'ordinary_rate', what the rate is set against")
        return self

    @property
    def rate_counts(self) -> bool:
        """Whether the interest saved moves the choice of a plan."""
        return self.decides in ("rate", "both")

    @property
    def enlarges_budget(self) -> bool:
        """Whether its draws are money beside the budget."""
        return self.decides in ("budget", "both")

    @model_validator(mode="after")
    def _tranches_add_up(self) -> Loan:
        if self.tranches and abs(sum(each.share for each in self.tranches) - 1) > NEARLY:
            raise ValueError("the shares of the tranches must add up to 1")
        return self
