"""The same blocks expanded by Pyomo itself, step by step: slow, plain, the check of the
stamping."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.case import Case
from optimizer.model.layer import YearlyLayer
from optimizer.model.seam import Name, link_variable, total_names
from optimizer.model.seasons import season_stores
from optimizer.model.step import declare_step, kept_levels, write_step, yearly_tables
from optimizer.model.yearly import build_yearly


@dataclass
class _Numbers:
    """A step's access to numbers and to the yearly model's own variables."""

    layer: YearlyLayer
    tables: dict[Name, Any]
    year: int
    period: int
    hour: int

    def series(self, key: str) -> float:
        return float(self.layer.case.series[key][self.period, self.hour])

    def yearly(self, name: Name) -> float:
        return float(self.tables[name][self.layer.at(self.year)])

    def link(self, name: Name) -> Any:
        return link_variable(self.layer, name, self.year, self.period)

    def level_before(self, storage: str) -> Any:
        if self.hour == 0 and storage in {u.id for u in season_stores(self.layer.case)}:
            return self.link(("day_start", storage))
        before = (self.hour - 1) % self.layer.case.axis.steps
        return self.layer.model.steps[self.year, self.period, before].x["level", storage]

    def hours(self) -> float:
        return float(self.layer.case.axis.step_hours[self.period, self.hour])

    def kept(self, storage: str) -> float:
        return float(kept_levels(self.layer.case)[storage][self.period, self.hour])


def expand(case: Case) -> YearlyLayer:
    """The whole model as one Pyomo model; ``model.steps[year, period, step]`` are its steps."""
    layer = build_yearly(case)
    m, tables = layer.model, yearly_tables(case)
    periods, hours = range(len(case.axis.weight)), range(case.axis.steps)
    m.steps = pyo.Block([(y, p, h) for y in case.years for p in periods for h in hours])
    for block in m.steps.values():
        declare_step(case, block)
    for (y, p, h), block in m.steps.items():
        write_step(case, block, _Numbers(layer, tables, y, p, h))

    def total(m: Any, kind: str, item: str, y: int) -> Any:
        """A year's total is the weighted sum over its steps: total = sum weight x hours x rate."""
        hours_a_year = case.axis.hours_a_year
        return m.total[kind, item, y] == sum(
            float(hours_a_year[p, h]) * m.steps[y, p, h].rate[kind, item]
            for p in periods
            for h in hours
        )

    index = [(*name, y) for name in total_names(case) for y in case.years]
    m.total_is_sum = pyo.Constraint(pyo.Set(initialize=index, dimen=3), rule=total)

    def end(m: Any, u: str, y: int, p: int) -> Any:
        """A day ends at the level of its last step: day_end = level [MWh]."""
        return m.day_end[u, y, p] == m.steps[y, p, case.axis.steps - 1].x["level", u]

    ends = [(u.id, y, p) for u in season_stores(case) for y in case.years for p in periods]
    m.day_end_is_level = pyo.Constraint(pyo.Set(initialize=ends, dimen=3), rule=end)
    return layer
