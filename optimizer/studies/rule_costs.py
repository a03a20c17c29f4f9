"""What each binding rule costs in whole: the plan's optimum less the optimum without that rule.

Both lie between bound and cost of their searches on the same time axis, so the difference is known
as an interval; a rule that is left out never makes the optimum dearer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from optimizer.errors import SolverFailure, StoppedWithoutPlan
from optimizer.inputs.axis_choice import on_typical_days
from optimizer.inputs.case import Case
from optimizer.inputs.without_rule import can_be_left_out, without_rule
from optimizer.plan.search import search
from optimizer.plan.settings import Clock, Listener, Made, Settings
from optimizer.solve.highs import Outcome
from optimizer.solve.live import LiveSearch


@dataclass(frozen=True)
class Ends:
    """What a search proved and found [money]; None for what it didn't."""

    bound: float | None
    cost: float | None

    @classmethod
    def of(cls, outcome: Outcome | None) -> Ends:
        """Of an outcome; nothing of a search that stopped without a plan."""
        ends = (np.nan, np.nan) if outcome is None else (outcome.bound, outcome.objective)
        return cls(*(float(end) if np.isfinite(end) else None for end in ends))


@dataclass(frozen=True)
class RuleCost:
    """``low`` to ``high``: present money of the base year that the plan would save without the
    rule; None where the search without it found no plan in its time. They follow from bound and
    cost ``with_rule`` and ``without_rule``, both of the decision."""

    rule: str
    low: float | None
    high: float | None
    with_rule: Ends
    without_rule: Ends

    def as_dict(self) -> dict[str, Any]:
        """As summary.json shows it."""
        return asdict(self) | {"noise": self.is_noise}

    @property
    def is_noise(self) -> bool:
        """Whether the searches can't tell that the rule costs anything."""
        return self.low is None or self.low <= 0.0


def rule_costs(
    full: Case,
    made: Made,
    settings: Settings,
    binding: Sequence[str],
    live: LiveSearch,
    listener: Listener | None = None,
) -> Iterator[RuleCost]:
    """Each of the binding rules that can be left out, in order, each once; Ctrl-C ends the list.

    ``live``: the search that found the plan, which knows the plant. Raises ValueError for periods
    'auto', whose searches were on several axes.
    """
    if settings.periods == "auto":
        raise ValueError("periods 'auto' searches on several axes: give a number of typical days")
    case = full
    if settings.periods != "full":
        case = on_typical_days(full, settings.periods, settings.segments)[0]
    for rule in dict.fromkeys(binding):
        if can_be_left_out(case, rule):
            clock = Clock({}, listener or Listener())
            clock.listener.stage("rule_costs")
            try:
                _, _, outcome = search(without_rule(case, rule), settings, clock, live)
            except (StoppedWithoutPlan, SolverFailure):
                yield RuleCost(rule, None, None, Ends.of(made.search), Ends.of(None))
            else:
                yield _cost(rule, made.search, outcome)
                if outcome.ending == "interrupted":
                    return


def _cost(rule: str, plan: Outcome, freed: Outcome) -> RuleCost:
    """[bound - cost without, cost - bound without], never below 0 at its upper end."""
    ends = Ends.of(plan), Ends.of(freed)
    if not (np.isfinite(plan.bound) and np.isfinite(freed.bound)):
        return RuleCost(rule, None, None, *ends)
    low, high = plan.bound - freed.objective, plan.objective - freed.bound
    return RuleCost(rule, float(max(0.0, low)), float(max(0.0, high)), *ends)
