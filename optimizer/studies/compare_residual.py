"""What compared plans leave, each held against a ceiling: one search more a way of counting."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from optimizer.errors import NoPlan, SolverFailure, StoppedWithoutPlan
from optimizer.inputs.case import Case, Rule
from optimizer.plan.search import search
from optimizer.plan.settings import Clock, Listener, Settings
from optimizer.solve.live import LiveSearch
from optimizer.solve.solution import Solution
from optimizer.studies.residual import Yardstick, searched, shown, unhindered

Asked = tuple[Any, ...]


@dataclass
class Yardsticks:
    """What the plant emits at each ceiling asked about so far, by ledger, ceiling and time axis.

    ``given``: the ceiling of policies without one of their own, [money/t]; ``live``: the search
    that the plans themselves come from.
    """

    settings: Settings
    listener: Listener
    live: LiveSearch
    given: float | None = None
    known: dict[Asked, tuple[float, ...] | None] = field(default_factory=dict)
    interrupted: bool = False

    def of(self, full: Case, summary: dict[str, Any]) -> Yardstick | None:
        """That of a policy's plan, whose case on the full year and summary these are; None without
        any ceiling."""
        own = full.policy.ceiling
        if own is not None and any(own.price):
            return Yardstick(own.price, "policy", self._least(full, own.price, summary))
        if self.given is None:
            return None
        price = (self.given,) * len(full.years)
        return Yardstick(price, "command", self._least(full, price, summary))

    def _least(self, full: Case, price: Rule, summary: dict[str, Any]) -> tuple[float, ...] | None:
        """Gross emissions without hindrance, (Y,) [t]; None where the search stopped early."""
        policy, days = full.policy, summary.get("typical_days") or {}
        counted = policy.ledger, policy.export_treatment, policy.gases
        asked = *counted, price, days.get("asked"), days.get("segments")
        if asked not in self.known:
            self.known[asked] = self._searched(unhindered(searched(full, summary), price), price)
        return self.known[asked]

    def _searched(self, case: Case, price: Rule) -> tuple[float, ...] | None:
        try:
            matrix, x, outcome = search(case, self.settings, Clock({}, self.listener), self.live)
        except (NoPlan, StoppedWithoutPlan, SolverFailure) as failure:
            self.interrupted = self.interrupted or getattr(failure, "interrupted", False)
            return None
        self.interrupted = self.interrupted or outcome.ending == "interrupted"
        gross = Solution(matrix, x).yearly("gross")
        tonnes = [float(gross[year]) for year in case.years]
        return shown(tonnes, price, case.money.weight, outcome.objective - outcome.bound)
