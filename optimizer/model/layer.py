"""What the add_… functions of the yearly layer share: the Pyomo model and its registers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import pyomo.environ as pyo

from optimizer.inputs.case import Case, MeasureOption

Timing = Literal["recurring", "one_off", "year_start"]


@dataclass(frozen=True)
class CostLine:
    """One class of cost of one item; money of the year, undiscounted."""

    cost_class: str
    item: str
    timing: Timing


@dataclass
class YearlyLayer:
    """``costs[line][year]`` and ``emissions[scope, source][year]`` are Pyomo expressions.

    The objective and the ledgers sum what is registered here and nothing else, so that a report's
    breakdown is the objective by construction.
    """

    case: Case
    tight: bool = True
    """Whether sizes end at the largest useful one; not where budget or area may give way."""
    model: Any = field(default_factory=pyo.ConcreteModel)
    costs: dict[CostLine, dict[int, Any]] = field(default_factory=dict)
    emissions: dict[tuple[str, str], dict[int, Any]] = field(default_factory=dict)

    @property
    def years(self) -> tuple[int, ...]:
        return self.case.years

    def at(self, year: int) -> int:
        """Position of a planning year in the ByYear arrays."""
        return year - self.case.years[0]

    def cost(
        self, kind: str, item: str, year: int, value: Any, timing: Timing = "recurring"
    ) -> None:
        """Register what ``item`` costs in ``year``; several values of one line add up."""
        line = self.costs.setdefault(CostLine(kind, item, timing), {})
        line[year] = line.get(year, 0.0) + value

    def emit(self, scope: str, source: str, year: int, tonnes: Any) -> None:
        line = self.emissions.setdefault((scope, source), {})
        line[year] = line.get(year, 0.0) + tonnes

    def emitted(self, scope: str, year: int) -> Any:
        """Sum of what is registered for a scope in a year."""
        return sum(
            (by[year] for (s, _), by in self.emissions.items() if s == scope and year in by), 0.0
        )


def standing_builds(measure: MeasureOption, years: tuple[int, ...], year: int) -> list[int]:
    """Build years whose unit stands in ``year``: within its life, or for ever if renewed by
    force."""
    first = years[0] + measure.earliest
    oldest = years[0] if measure.renewal == "forced" else year - measure.life_years + 1
    return [v for v in years if max(first, oldest) <= v <= year]


def build_years(measure: MeasureOption, years: tuple[int, ...]) -> list[int]:
    return [v for v in years if v >= years[0] + measure.earliest]


def named(model: Any, name: str, index: Any, rule: Any) -> None:
    """Attach an indexed constraint under the name that docs/model.md gives it, if it has
    members."""
    members = list(index)

    def stated(block: Any, *at: Any) -> Any:
        row = rule(block, *at)
        if isinstance(row, bool):
            return pyo.Constraint.Feasible if row else pyo.Constraint.Infeasible
        return row

    if members:
        setattr(model, name, pyo.Constraint(pyo.Set(initialize=members, dimen=None), rule=stated))


def hold(variable: Any, value: float) -> None:
    """Bound a variable to one value; it stays a column, so that a what-if can free it again."""
    variable.setlb(value)
    variable.setub(value)
