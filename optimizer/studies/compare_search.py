"""Plans to compare, each by one search that remembers the plants it was asked about."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from optimizer.errors import NoPlan, SolverFailure, StoppedWithoutPlan
from optimizer.inputs.assemble import assemble
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.case import Case, PolicyRule
from optimizer.inputs.in_force import passing
from optimizer.plan.auto_periods import plan_of
from optimizer.plan.extract import extract
from optimizer.plan.settings import Kept, Listener, Settings
from optimizer.plan.summary import status, summary
from optimizer.solve.live import LiveSearch
from optimizer.solve.solution import Solution
from optimizer.studies.compare_residual import Yardsticks
from optimizer.studies.comparison import Compared
from optimizer.studies.figures import figures_of

Begins = Callable[[int, int, str], None]
"""Told before each plan: its number from 1, how many there are, its name."""


@dataclass
class Searches:
    """Plans so far, and what their searches found out about the plants.

    ``one_plant``: all plans are of one plant under other policies. Then equal policies have equal
    plans (``found``), how emissions are counted decides the baseline (``baselines``), and what is
    left can be split by a ceiling.
    """

    settings: Settings
    listener: Listener
    ceiling: float | None = None
    one_plant: bool = True
    live: LiveSearch = field(default_factory=LiveSearch)
    baselines: dict[tuple[str, str], Solution] = field(default_factory=dict)
    found: list[tuple[PolicyRule, Compared]] = field(default_factory=list)
    rules: dict[str, tuple[str, str]] = field(default_factory=dict)
    interrupted: bool = False
    any_plan: bool = False

    def __post_init__(self) -> None:
        self.yardsticks = Yardsticks(self.settings, self.listener, self.live, self.ceiling)

    def plan(self, key: str, name: dict[str, str], bundle: Bundle) -> Compared:
        """The plan of one bundle; of one plant a policy with the same limits has the same plan."""
        full = assemble(bundle)
        self.rules |= {rule.id: rule.name for rule in full.policy.held}
        asked = Compared(
            key, name, full.policy.ledger, "stopped", unheld=bundle.unheld,
            passing=passing(bundle.packs, full.years),
        )  # fmt: skip
        for policy, before in self.found if self.one_plant else ():
            if policy == full.policy:
                return before.same_for(asked)
        began = time.perf_counter()
        compared = replace(self._solved(asked, full), seconds=time.perf_counter() - began)
        self.found.append((full.policy, compared))
        return compared

    def _solved(self, asked: Compared, full: Case) -> Compared:
        counted = full.policy.ledger, full.policy.export_treatment
        known = self.baselines.get(counted) if self.one_plant else None
        kept = Kept(known, search=self.live)
        try:
            made = plan_of(full, self.settings, self.listener, kept)
        except NoPlan as none:
            if none.baseline and self.one_plant:
                raise
            return replace(asked, status="no_plan", reasons=none.reasons)
        except (StoppedWithoutPlan, SolverFailure) as failure:
            self.interrupted = getattr(failure, "interrupted", False)
            return replace(asked, reasons=(failure,))
        except KeyboardInterrupt:
            if not self.any_plan:
                raise
            self.interrupted = True
            return asked
        self.any_plan = True
        self.interrupted = made.search.ending == "interrupted"
        self.baselines[counted] = made.baseline
        plan, baseline = extract(made.plan), extract(made.baseline)
        facts = summary(made.plan.matrix.case, made, plan, baseline, asked.key, self.settings)
        found = replace(asked, status=status(made.search), figures=figures_of(facts, plan))
        if self.interrupted or not self.one_plant:
            return found
        yardstick = self.yardsticks.of(full, facts)
        self.interrupted = self.yardsticks.interrupted
        return replace(found, yardstick=yardstick)
