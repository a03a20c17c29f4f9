"""A rule of a loan pack: one class a type, the closed vocabulary of what a lender can ask.

A rule looks at one quantity of a plan, of a measure in it or of the loan (`QUANTITIES`), at a value
that a document states, or at documents alone. No rule holds code.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import Field, ValidationInfo, field_validator, model_validator

from optimizer import units
from optimizer.schema.fields import Frozen, Id
from optimizer.schema.pack_parts import Evidence, PackRule

Level = Literal["measure", "plan", "loan"]
Comparison = Literal["at_least", "above", "at_most", "below"]
Kind = Literal["converter", "generator", "storage", "saving", "process", "contract", "credit"]


class Asked(NamedTuple):
    """What a quantity is of, and its unit."""

    level: Level
    unit: str


QUANTITIES: Final[Mapping[str, Asked]] = {
    "input_factor": Asked("measure", "t/MWh"),
    "hydrogen_intensity": Asked("measure", "t/t"),
    "system_saving": Asked("measure", "1"),
    "system_reduction": Asked("measure", "1"),
    "measure_reduction": Asked("measure", "t/a"),
    "funded_share": Asked("measure", "1"),
    "tail": Asked("measure", "a"),
    "emissions_reduction": Asked("plan", "t/a"),
    "energy_saving": Asked("plan", "MWh/a"),
    "reduction_from_base": Asked("plan", "1"),
    "reduction_from_baseline": Asked("plan", "1"),
    "covered_by_credits": Asked("plan", "t"),
    "payback": Asked("plan", "a"),
    "dscr": Asked("loan", "1"),
    "llcr": Asked("loan", "1"),
    "plcr": Asked("loan", "1"),
    "borrower_dscr": Asked("loan", "1"),
    "debt_share": Asked("loan", "1"),
    "equity_share": Asked("loan", "1"),
    "loan_over_eligible": Asked("loan", "1"),
    "rate_over_reference": Asked("loan", "1"),
}
"""docs/loan_rules.md says how each is computed."""
Quantity = Literal[
    "input_factor", "hydrogen_intensity", "system_saving", "system_reduction",
    "measure_reduction", "funded_share", "tail", "emissions_reduction", "energy_saving",
    "reduction_from_base", "reduction_from_baseline", "covered_by_credits", "payback", "dscr",
    "llcr", "plcr", "borrower_dscr", "debt_share", "equity_share", "loan_over_eligible",
    "rate_over_reference",
]  # fmt: skip


class Selection(Frozen):
    """Measures of one of the kinds, with one of the tags, or named; all that is given must fit."""

    kinds: tuple[Kind, ...] = ()
    tags: tuple[str, ...] = ()
    measures: tuple[Id, ...] = ()

    def empty(self) -> bool:
        """Whether it names nothing."""
        return not (self.kinds or self.tags or self.measures)

    def fits(self, id: str, kind: str, tags: tuple[str, ...]) -> bool:
        """Whether a measure is one of these; an empty selection takes all."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.tags or bool(set(tags) & set(self.tags)))
            and (not self.measures or id in self.measures)
        )


class AnyLoanRule(PackRule):
    """What every rule of a loan pack has."""

    applies_to: Selection = Selection()
    """Financed measures that it is about; one on plan or loan applies if there is one of them."""
    evidence: tuple[Evidence, ...] = ()
    """Documents that must be there, each with clause, value, date and hash."""


def _limit(value: Any, unit: str) -> float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"needs a number with a unit, such as '1.5 {unit}'")
    return units.parse(value if isinstance(value, str) else f"{value!r}", unit).value


class QuantityLimit(AnyLoanRule):
    """The quantity compares so with `limit`, in the quantity's unit."""

    type: Literal["limit"]
    quantity: Quantity
    comparison: Comparison
    limit: float

    @field_validator("limit", mode="before")
    @classmethod
    def _in_base_unit(cls, value: Any, info: ValidationInfo) -> float:
        asked = QUANTITIES.get(info.data.get("quantity", ""))
        return _limit(value, asked.unit if asked else "1")


class StatedLimit(AnyLoanRule):
    """The value that the first piece of evidence states compares so with `limit`."""

    type: Literal["stated"]
    per: Literal["measure", "loan"]
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    unit: Literal["1", "a", "t/MWh", "MWh", "MW"]
    comparison: Comparison
    limit: float

    @field_validator("limit", mode="before")
    @classmethod
    def _in_base_unit(cls, value: Any, info: ValidationInfo) -> float:
        return _limit(value, info.data.get("unit", "1"))


class RefrigerantLimit(AnyLoanRule):
    """Warming potential of the refrigerant that the first piece of evidence names at most `limit`.

    `gwp_set`: whose figures count, a set of the library of warming potentials.
    """

    type: Literal["refrigerant_gwp"]
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    gwp_set: Id
    limit: Annotated[float, Field(gt=0)]


class Purpose(AnyLoanRule):
    """What money may be used for: measures of `allowed`, none of `excluded`."""

    type: Literal["purpose"]
    allowed: Selection = Selection()
    excluded: Selection = Selection()

    @model_validator(mode="after")
    def _says_something(self) -> Purpose:
        if self.allowed.empty() and self.excluded.empty():
            raise ValueError("give 'allowed', 'excluded' or both")
        return self


class DrawWindow(AnyLoanRule):
    """Every tranche is drawn from `first` to `last`; None: open on that side."""

    type: Literal["draw_window"]
    first: date | None = None
    last: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> DrawWindow:
        if self.first is None and self.last is None:
            raise ValueError("give 'first', 'last' or both")
        if self.first is not None and self.last is not None and self.last < self.first:
            raise ValueError("'last' is before 'first'")
        return self


class Documents(AnyLoanRule):
    """Kept when each piece of evidence is there, for each measure or once for the loan."""

    type: Literal["documents"]
    per: Literal["measure", "loan"]
    evidence: tuple[Evidence, ...] = Field(min_length=1)


LoanRule = Annotated[
    QuantityLimit | StatedLimit | RefrigerantLimit | Purpose | DrawWindow | Documents,
    Field(discriminator="type"),
]


def level_of(rule: LoanRule) -> Level:
    """What a rule is judged for: each financed measure, the plan, or the loan."""
    if isinstance(rule, QuantityLimit):
        return QUANTITIES[rule.quantity].level
    if isinstance(rule, StatedLimit | Documents):
        return rule.per
    return "loan" if isinstance(rule, DrawWindow) else "measure"
