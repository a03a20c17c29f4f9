"""A study of cost against emissions as its page sees it: words, names, money and tonnes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from optimizer import words
from optimizer.reports import numbers
from optimizer.reports.palette import palette
from optimizer.studies.decided import Decided
from optimizer.studies.subject import Subject

KILO = 1e3
DECIMALS: Final = 2
NOTHING: Final = 1e-5
"""Of the largest amount of a page: less is nothing."""


def titled(text: str) -> dict[str, object]:
    """The title of a horizontal axis, in the size of the vertical one's."""
    return {"text": text, "font": {"size": 11}}


@dataclass(frozen=True)
class StudyView:
    """``largest``: amount of money in whose scale present values are shown."""

    subject: Subject
    lang: str
    largest: float

    def say(self, key: str, /, **values: object) -> str:
        """The sentence `key` in the reader's language; {gases} are those that are counted."""
        return words.text(key, self.lang, **{"gases": self.gases, **values})

    @property
    def gases(self) -> str:
        """What the tonnes stand for: CO₂, or CO₂e."""
        return self.subject.gases.replace("2", "₂")

    def name(self, identifier: str) -> str:
        """Name of a measure, contract, credit or asset; its id where it has none."""
        return self.subject.names.get(identifier, {}).get(self.lang, identifier)

    def names(self, identifiers: object) -> str:
        """Names of several, in a row; a dash for none."""
        listed = [self.name(str(i)) for i in identifiers]  # type: ignore[attr-defined]
        return self.say("list.separator").join(listed) or numbers.NOTHING

    def lives(self, identifiers: Iterable[str]) -> str:
        """Years that measures stand and contracts run, in a row; a dash for none."""
        years = (str(self.subject.lives.get(i, numbers.NOTHING)) for i in identifiers)
        return self.say("list.separator").join(years) or numbers.NOTHING

    @property
    def currency(self) -> str:
        """The currency as people call it."""
        code = self.subject.currency
        return words.text_or(f"currency.{code.lower()}", code, self.lang)

    @cached_property
    def money(self) -> numbers.MoneyScale:
        """One scale for all present values."""
        return numbers.money_scale(self.largest, self.currency, self.lang)

    @property
    def tonnes(self) -> str:
        """Which tonnes are counted, in words: discounted over the years, or of the target year."""
        s = self.subject
        return self.say(
            f"study.tonnes_{s.basis}", ledger=self.say(f"ledger.{s.ledger}"), first=s.years[0],
            to=s.evaluate_to, last=s.last, rate=numbers.percent(s.rate), base=s.base_year,
        )  # fmt: skip

    @property
    def costs(self) -> str:
        """Which money is counted: present value, base year, price year."""
        s = self.subject
        return self.say("study.costs", base=s.base_year, price_year=s.price_year)

    @property
    def per_tonne_unit(self) -> str:
        """Money per tonne: its unit, whether yearly or cumulative, discounted or not, whose
        money."""
        s = self.subject
        return self.say(
            f"study.per_tonne_{s.basis}", currency=self.currency, price_year=s.price_year,
            last=s.last,
        )  # fmt: skip

    def money_of(self, amount: float) -> str:
        """An amount in the page's scale, all with the same decimals; none where it has no scale."""
        decimals = DECIMALS if self.money.divisor > 1 else 0
        return numbers.grouped(amount / self.money.divisor, decimals)

    def interval(self, low: float, high: float) -> str:
        """A difference of money as the interval that both searches prove, in the page's scale:
        noise where it may be nothing, 0 where it is."""
        if max(abs(low), abs(high)) < NOTHING * self.largest:
            return numbers.grouped(0)
        unsure = (high - low) / 10
        shown = [self.money.number(amount, unsure) for amount in (low, high)]
        if shown[0] == shown[1]:
            return shown[0]
        key = "compare.noise" if low <= 0 <= high else "compare.interval"
        return self.say(key, low=shown[0], high=shown[1])

    def per_tonne(self, money: float, tonnes: float) -> float:
        """Money per tonne in that unit; nan without tonnes."""
        return self.subject.per_tonne(money, tonnes)

    def tonnes_shown(self, tonnes: float) -> str:
        """Tonnes with their unit, in kt where there are many."""
        return (
            numbers.with_unit(tonnes / KILO, "kt")
            if abs(tonnes) >= KILO
            else numbers.with_unit(tonnes, "t")
        )

    def size(self, identifier: str, size: float) -> str:
        """A capacity with its unit, GWh a year of a contract; a whole measure shows nothing."""
        unit = self.subject.units.get(identifier)
        if unit is None:
            return numbers.size(size / KILO, "GWh/a")
        if unit == "unit":
            return "" if round(size) <= 1 else numbers.size(size, "1")
        return numbers.size(size, words.text_or(f"capacity_unit.{unit}", unit, self.lang))

    def described(self, plan: Decided) -> str:
        """What a plan has, a line each: first year, name, largest size."""
        first, chosen = plan.first(), plan.chosen()
        order = sorted(first, key=lambda i: (first[i], self.name(i)))
        lines = (f"{first[i]} {self.name(i)} {self.size(i, chosen[i])}".rstrip() for i in order)
        return "<br>".join(lines) or self.say("study.nothing_built")

    @cached_property
    def colours(self) -> dict[str, str]:
        """A colour for each thing on offer, the same in every picture of the study."""
        return dict(palette([], self.subject.names).things)
