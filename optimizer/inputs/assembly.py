"""What every step of assembling a case shares: the bundle, the years, the problems found so far.

Each figure is read through here, so that a fault becomes a Problem at the place where the figure
was written and the remaining figures are still checked. After a fault a figure is 0; nothing
leaves `assemble` while there is a problem.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from optimizer.errors import InputErrors, Problem
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.case import ByYear, Name, Rule
from optimizer.inputs.economics import Exchange
from optimizer.inputs.located import Loc
from optimizer.inputs.time_axis import TimeAxis, full_axis
from optimizer.inputs.yearly import MissingYear, by_year, converted, rule_by_year
from optimizer.schema.fields import Text, Yearly
from optimizer.units import Quantity

T = TypeVar("T")
HOURS_A_YEAR = 8760.0
"""Hours of the profile year, which never has a 29 February."""


def name_of(text: Text) -> Name:
    """Both spellings of a name."""
    return Name(text.en, text.zh)


def sentence(text: str) -> str:
    """With a capital at its start and a full stop at its end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


class Assembly:
    """The bundle being turned into a case; `loc` below is a path as `Bundle.locate` takes it."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.scenario = bundle.scenario
        horizon = bundle.scenario.horizon
        self.years: tuple[int, ...] = tuple(range(horizon.first, horizon.last + 1))
        self.step_minutes = int(bundle.scenario.time.step.removesuffix(" min"))
        self.axis: TimeAxis = full_axis(self.step_minutes)
        self.exchange = Exchange.of(bundle.scenario)
        self.problems: list[Problem] = []

    def problem(self, loc: Loc, found: str, allowed: str, hint: str = "") -> None:
        """Remember a Problem at the field `loc`."""
        self.problems.append(self.bundle.problem(loc, allowed, hint, found=found))

    def attempt(self, loc: Loc, what: Callable[[], T], otherwise: T) -> T:
        """The result of `what`; its ValueError or InputErrors become problems at `loc`."""
        try:
            return what()
        except InputErrors as errors:
            self.problems.extend(errors.problems)
        except MissingYear as missing:
            hint = f"There is {missing}; between given years say `interpolate: linear` or `step`."
            self.problem(loc, self._written(loc), "given for every planning year", hint)
        except ValueError as error:
            self.problem(loc, self._written(loc), "usable", sentence(str(error)))
        return otherwise

    def _written(self, loc: Loc) -> str:
        """What stands at `loc`, if it is one word or number; else its name."""
        value = self.bundle.sources.written(loc)
        return str(loc[-1]) if value is None or isinstance(value, dict | list) else str(value)

    def finish(self) -> None:
        """Raise InputErrors with every problem found, if any."""
        if self.problems:
            raise InputErrors(self.problems)

    def money(self, amount: Quantity | None, loc: Loc) -> float:
        """An amount in the scenario's money, keeping what it is per; None is 0."""
        if amount is None:
            return 0.0
        return self.attempt(loc, lambda: self.exchange.bring(amount), 0.0)

    def price_per(self, amount: Quantity | None, unit: str, loc: Loc) -> float:
        """`amount` in the scenario's money, a Problem unless it is written per `unit`."""
        if amount is not None and amount.unit != unit:
            self.problem(loc, amount.text, f"a price in {unit}")
            return 0.0
        return self.money(amount, loc)

    def by_year(self, table: Yearly[float], loc: Loc) -> ByYear:
        """The table over the planning years, a Problem for each year that it leaves out."""
        return self.attempt(loc, lambda: by_year(table, self.years), self.constant(0.0))

    def money_by_year(self, table: Yearly[Quantity] | None, loc: Loc) -> ByYear:
        """A table of amounts in the scenario's money over the planning years; None is 0."""
        if table is None:
            return self.constant(0.0)

        def values() -> ByYear:
            return by_year(converted(table, self.exchange.bring), self.years)

        return self.attempt(loc, values, self.constant(0.0))

    def rule(self, table: Yearly[float] | None) -> Rule:
        """A limit over the planning years, None in years without one."""
        return rule_by_year(table, self.years)

    def money_rule(self, table: Yearly[Quantity] | None, loc: Loc) -> Rule:
        """A limit in money over the planning years, None in years without one."""
        if table is None:
            return self.rule(None)
        bring = self.exchange.bring
        return self.attempt(loc, lambda: self.rule(converted(table, bring)), self.rule(None))

    def constant(self, value: float) -> ByYear:
        """The same value in every planning year, (Y,)."""
        values = np.full(len(self.years), value, dtype=np.float64)
        values.setflags(write=False)
        return values

    def first_index(self, earliest_year: float) -> int:
        """Index of the first planning year at or after a year; Y if there is none."""
        later: Sequence[int] = [i for i, year in enumerate(self.years) if year >= earliest_year]
        return later[0] if later else len(self.years)
