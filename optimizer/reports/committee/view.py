"""All that the committee pack shows: the decision sheet, its run as reports see it, what was
checked, and the studies that stand beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from optimizer.plan.digest import Digest
from optimizer.plan.verify import VerifyReport
from optimizer.reports import numbers
from optimizer.reports.loan_file.grid import Num
from optimizer.reports.view import View
from optimizer.studies.decision_sheet import Decision, DecisionSheet
from optimizer.studies.projects import Project
from optimizer.studies.stored_study import Studies

DIMS: Final = ("measure", "contract")
SMALLEST: Final = 0.5
"""Money below it is printed as 0."""


@dataclass(frozen=True)
class CommitteeView:
    """What every part of the pack reads. ``digest``: of the run; ``studies``: that were given."""

    sheet: DecisionSheet
    view: View
    studies: Studies
    checked: VerifyReport
    digest: Digest

    @property
    def lang(self) -> str:
        """Language of the pack."""
        return self.view.lang

    def told(self, key: str, /, **values: object) -> str:
        """The sentence `committee.<key>` in the pack's language."""
        return self.view.say(f"committee.{key}", **values)

    def name(self, identifier: str) -> str:
        """Name of a measure or contract; its id where it has none."""
        named = (self.view.name(dim, identifier) for dim in DIMS)
        return next((name for name in named if name != identifier), identifier)

    def driver(self, path: str) -> str:
        """Name of a driver; its path where it has none."""
        names: Mapping[str, str] = self.sheet.drivers.get(path, {})
        return names.get(self.lang, path)

    @cached_property
    def money(self) -> numbers.MoneyScale:
        """One scale for all money of the decision sheet."""
        return numbers.money_scale(max(self._amounts(), default=0.0), self.view.currency, self.lang)

    def _amounts(self) -> Iterator[float]:
        for tranche in self.sheet.tranches:
            yield abs(tranche.net)
        for one in self.sheet.decisions:
            if one.value is not None and one.value.cost is not None:
                yield abs(one.value.cost)

    def scaled(self, amount: float | None, formula: str = "") -> Num:
        """An amount in that scale."""
        return Num(None if amount is None else amount / self.money.divisor, formula)

    def about(self, amount: float) -> str:
        """An amount with its unit; what is below half a unit of the currency is 0."""
        return self.money.shown(self.known(amount))

    def known(self, amount: float) -> float:
        """An amount, or 0 where it is below half a unit of the currency."""
        return amount if abs(amount) >= SMALLEST else 0.0

    def head(self, key: str) -> str:
        """A head of a column of money: its word and the scale."""
        return self.in_money(self.told(key))

    def in_money(self, words: str) -> str:
        """Words with the scale of all money."""
        return f"{words} [{self.money.label}]"

    @cached_property
    def asking(self) -> Mapping[str, Project]:
        """Projects that ask for money of their own, in the order of the decisions."""
        found = {one.id: one.project for one in self.sheet.decisions}
        return {id: each for id, each in found.items() if each is not None and each.capex}

    def asked(self, one: Decision) -> float:
        """What a project asks for in all its years, after grants [money of those years, real]."""
        if one.project is None:
            return 0.0
        return sum(one.project.capex.values()) - sum(one.project.grants.values())

    @property
    def base(self) -> int:
        """Year to which present values are discounted."""
        return int(self.view.summary["horizon"]["base_year"])

    @property
    def price_year(self) -> int:
        """Whose prices all money has."""
        return int(self.view.summary["price_year"])
