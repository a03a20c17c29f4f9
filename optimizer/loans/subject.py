"""All that rules look at: plan, baseline, measures, loan and its cash, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from optimizer.inputs.loan_evidence import Evidence
from optimizer.loans.cash import Saved, saved
from optimizer.loans.contents import Contents, contents
from optimizer.loans.cover import Cover, cover
from optimizer.loans.financed import CENT, Financed, financed
from optimizer.loans.lending import Lending, lending
from optimizer.plan.cash_flow import cash_flow
from optimizer.plan.returns import Figure
from optimizer.plan.store import BASELINE, PLAN, Run
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.given import Given
from optimizer.plan.verify.reading import as_stored
from optimizer.schema.loan import Loan

Array = NDArray[np.float64]
NO_LOAN: Final = Figure(None, "no_loan")


@dataclass(frozen=True)
class Subject:
    """A run as a lender sees it. ``loan`` None: no terms are known, so its rules can't be judged.

    ``gwp``: set -> name of a refrigerant as `refrigerants.plain` has it -> potential.
    """

    run: Run
    given: Given
    loan: Loan | None
    evidence: Evidence
    gwp: dict[str, dict[str, float]]

    @cached_property
    def plan(self) -> Book:
        """The plan beside its inputs."""
        return Book(self.given, as_stored(PLAN, self.run.plan))

    @cached_property
    def baseline(self) -> Book:
        """The baseline beside the same inputs."""
        return Book(self.given, as_stored(BASELINE, self.run.baseline), baseline=True)

    @cached_property
    def contents(self) -> tuple[Contents, Contents]:
        """Of the carriers in plan and baseline."""
        return contents(self.plan), contents(self.baseline)

    @cached_property
    def flow(self) -> xr.Dataset:
        """Cash of plan against baseline, real."""
        return cash_flow(self.run.plan, self.run.baseline)

    @cached_property
    def saved(self) -> Saved:
        """What the plan saves, by what becomes of it for a lender."""
        return saved(self.given.scenario, self.flow, self.run.summary)

    @property
    def cash(self) -> tuple[Array, Array]:
        """(years, nominal cash available for debt service)."""
        return self.saved.years, self.saved.nominal

    @cached_property
    def shares(self) -> dict[str, dict[str, Any]]:
        """What `decarb measures` found of each measure; empty until it has been run."""
        return {item["id"]: item for item in (self.run.shares or {"items": ()})["items"]}

    @cached_property
    def measures(self) -> tuple[Financed, ...]:
        """What the loan is to pay for."""
        finances = self.loan.finances if self.loan is not None else ()
        return financed(self.given, self.run.plan, finances)

    @property
    def drawn(self) -> dict[tuple[str, int], float] | None:
        """What the plan draws by measure and year of build [nominal money], where its loan decided;
        None where it didn't, and where another amount is asked about."""
        own, plan = self.given.scenario.loan, self.run.plan
        if self.loan is None or own is None or "borrowed" not in plan:
            return None
        if self.loan.amount is None or self.loan.amount != own.amount:
            return None
        drawn = plan["borrowed"].transpose("measure", "year")
        return {
            (str(measure), int(year)): float(money)
            for measure, row in zip(plan["measure"].values, drawn.values, strict=True)
            for year, money in zip(plan["year"].values, row, strict=True)
            if money > CENT
        }

    @cached_property
    def lending(self) -> Lending | None:
        """The loan, sized if need be."""
        if self.loan is None:
            return None
        return lending(self.loan, self.measures, *self.cash, self.drawn)

    @cached_property
    def cover(self) -> Cover | None:
        """How the cash covers it."""
        return None if self.lending is None else cover(self.lending, *self.cash)

    @property
    def price(self) -> float:
        """Nominal price of all that is financed [money]."""
        return sum(sum(each.price.values()) for each in self.measures)

    @property
    def eligible(self) -> float:
        """The same, net of grants and other money [money]."""
        return sum(sum(each.eligible.values()) for each in self.measures)

    @property
    def price_share(self) -> float:
        """Price of what is financed over that of all that the plan builds [1]; 1 for nothing."""
        everything = financed(self.given, self.run.plan, ())
        total = sum(sum(each.price.values()) for each in everything)
        return self.price / total if total > CENT else 1.0

    @property
    def draws(self) -> tuple[date, ...]:
        """Days on which tranches are drawn."""
        return () if self.lending is None else tuple(t.day for t in self.lending.tranches)
