"""All that the loan file shows: an assessment, its run as reports see it, what was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from optimizer.loans.assess import Assessment
from optimizer.loans.facts import facts
from optimizer.loans.stress import Stress
from optimizer.loans.subject import Subject
from optimizer.plan.digest import Digest
from optimizer.plan.verify import VerifyReport
from optimizer.reports.view import View
from optimizer.schema.fields import Text


@dataclass(frozen=True)
class Asked:
    """How the file was asked for: loan packs, loan terms in place of the scenario's, its day."""

    packs: tuple[str, ...]
    dated: date
    terms: Mapping[str, str] = field(default_factory=dict)
    lang: str = "en"


@dataclass(frozen=True)
class LoanView:
    """What every part of the loan file reads."""

    found: Assessment
    view: View
    asked: Asked
    checked: VerifyReport
    digest: Digest
    stress: Stress | None = None
    """None without a loan."""

    @property
    def subject(self) -> Subject:
        """The run as a lender sees it."""
        return self.found.subject

    @property
    def lang(self) -> str:
        """Language of the file."""
        return self.view.lang

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The assessment as `decarb loan --json` prints it."""
        return facts(self.found)

    @property
    def currency(self) -> str:
        """What people call the scenario's currency."""
        return self.view.currency

    def told(self, key: str, /, **values: object) -> str:
        """The sentence `loan_file.<key>` in the file's language."""
        return self.view.say(f"loan_file.{key}", **values)

    def verdict(self, name: str) -> str:
        """The words for a verdict."""
        return self.view.say(f"loan.verdict.{name}")

    def money(self, key: str) -> str:
        """A head of a column of money: its word and the currency."""
        return f"{self.told(key)} [{self.currency}]"

    def name(self, measure: str) -> str:
        """Name of a measure in the file's language."""
        return self.text(self.subject.given.measures[measure].name)

    def carrier(self, identifier: str) -> str:
        """Name of a carrier in the file's language."""
        return self.text(self.subject.given.scenario.carriers[identifier].name)

    def use(self, identifier: str) -> str:
        """Name of a service or process source in the file's language."""
        scenario = self.subject.given.scenario
        names = {each.id: each.name for each in scenario.services}
        names |= {each.id: each.name for each in scenario.process_emissions}
        return self.text(names[identifier])

    def text(self, name: Text) -> str:
        """A name in the file's language."""
        return name.zh if self.lang == "zh" else name.en
