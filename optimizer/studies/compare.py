"""One factory under several policies: a plan each, by one search that remembers the plant."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from optimizer.errors import InputErrors, NoPlan, Problem, SolverFailure, StoppedWithoutPlan
from optimizer.inputs.assemble import assemble
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.case import Case, PolicyRule
from optimizer.inputs.load import load
from optimizer.inputs.policy_choice import PolicyChoice, set_aside
from optimizer.inputs.valuation import given_ceiling
from optimizer.plan.auto_periods import plan_of
from optimizer.plan.extract import extract
from optimizer.plan.settings import Kept, Listener, Settings
from optimizer.plan.summary import status, summary
from optimizer.solve.live import LiveSearch
from optimizer.solve.solution import Solution
from optimizer.studies.compare_residual import Yardsticks
from optimizer.studies.comparison import Compared, Comparison, figures_of
from optimizer.words import text

SCENARIO: Final = "scenario"
"""Names the policy as the scenario itself has it."""
STACK: Final = "+"
Begins = Callable[[int, int, str], None]
"""Told before each plan: its number from 1, how many there are, its name."""


@dataclass(frozen=True)
class Question:
    """What to compare. ``policies``: packs, stacks of packs "a+b", or "scenario"."""

    scenario: Path
    policies: tuple[str, ...]
    data: Path | None = None
    sets: tuple[str, ...] = ()
    keep_own_limits: bool = False
    """Whether caps and credit rules that the scenario writes itself hold beside every pack."""
    ceiling: str | None = None
    """Such as "300 CNY/t": splits what remains under policies that have no ceiling, and limits
    nothing."""


def compare_policies(
    question: Question,
    settings_of: Callable[[Bundle], Settings],
    listener: Listener | None = None,
    begins: Begins = lambda number, count, name: None,
) -> Comparison:
    """The plan of each policy, in the order asked; a policy that no plan can keep, or that doesn't
    fit the scenario, is a result.

    Ctrl-C ends the comparison after the plan that is searched. Raises InputErrors for a scenario
    with problems of its own and for policies that don't exist, before anything is solved; NoPlan
    only where not even the baseline runs.
    """
    own, bundles = _bundles(question)
    given = question.ceiling
    price = None if given is None else given_ceiling(own.scenario, given, "--ceiling")
    search = _Search(settings_of(own), listener or Listener(), price)
    plans: list[Compared] = []
    for number, (key, bundle) in enumerate(bundles.items(), start=1):
        begins(number, len(bundles), key)
        if isinstance(bundle, Bundle):
            plans.append(search.plan(key, bundle))
        else:
            name, ledger = {"en": key, "zh": key}, own.scenario.policy.ledger
            plans.append(Compared(key, name, ledger, "refused", bundle))
        if search.interrupted:
            break
    scenario = own.scenario
    return Comparison(
        {"id": scenario.id, "en": scenario.name.en, "zh": scenario.name.zh},
        scenario.currency,
        scenario.price_year,
        scenario.policy.ledger,
        tuple(set_aside(own.scenario_document)),
        question.keep_own_limits,
        tuple(plans),
        {id: {"en": en, "zh": zh} for id, (en, zh) in search.rules.items()},
        search.interrupted,
    )


def _bundles(question: Question) -> tuple[Bundle, dict[str, Bundle | tuple[Problem, ...]]]:
    """The scenario as it is, and under each policy, or why it doesn't fit the scenario."""
    own = load(question.scenario, data=question.data, sets=question.sets)
    bundles: dict[str, Bundle | tuple[Problem, ...]] = {}
    problems: list[Problem] = []
    for key in question.policies:
        if key == SCENARIO:
            bundles[key] = own
            continue
        packs = tuple(key.split(STACK))
        option = f"--policies {key}"
        choice = PolicyChoice(packs, question.keep_own_limits, own.scenario.policy.ledger, option)
        try:
            bundles[key] = load(
                question.scenario, data=question.data, sets=question.sets, remake=choice
            )
        except InputErrors as errors:
            bundles[key] = errors.problems
            problems.extend(each for each in errors.problems if each.file == option)
    if problems:
        raise InputErrors(problems)
    return own, bundles


def _name(key: str, bundle: Bundle) -> dict[str, str]:
    """Names of the packs in both languages; the scenario's own policy has a word."""
    if key == SCENARIO:
        return {lang: text("compare.scenario", lang) for lang in ("en", "zh")}
    names = [pack.name for pack in bundle.packs]
    return {"en": " + ".join(n.en for n in names), "zh": " + ".join(n.zh for n in names)}


@dataclass
class _Search:
    """Plans so far by what limits them, and what their searches found out about the plant.

    ``baselines`` by how emissions are counted: no rule changes them.
    """

    settings: Settings
    listener: Listener
    ceiling: float | None
    live: LiveSearch = field(default_factory=LiveSearch)
    baselines: dict[tuple[str, str], Solution] = field(default_factory=dict)
    found: list[tuple[PolicyRule, Compared]] = field(default_factory=list)
    rules: dict[str, tuple[str, str]] = field(default_factory=dict)
    interrupted: bool = False

    def __post_init__(self) -> None:
        self.yardsticks = Yardsticks(self.settings, self.listener, self.live, self.ceiling)

    def plan(self, key: str, bundle: Bundle) -> Compared:
        """The plan of one policy; one with the same limits as a plan before is that plan."""
        name, full = _name(key, bundle), assemble(bundle)
        self.rules |= {rule.id: rule.name for rule in full.policy.held}
        for policy, before in self.found:
            if policy == full.policy:
                return before.renamed(key, name, bundle.unheld)
        began = time.perf_counter()
        compared = replace(
            self._solved(Compared(key, name, full.policy.ledger, "stopped"), full),
            unheld=bundle.unheld,
            seconds=time.perf_counter() - began,
        )
        self.found.append((full.policy, compared))
        return compared

    def _solved(self, asked: Compared, full: Case) -> Compared:
        counted = full.policy.ledger, full.policy.export_treatment
        kept = Kept(self.baselines.get(counted), search=self.live)
        try:
            made = plan_of(full, self.settings, self.listener, kept)
        except NoPlan as none:
            if none.baseline:
                raise
            return replace(asked, status="no_plan", reasons=none.reasons)
        except (StoppedWithoutPlan, SolverFailure) as failure:
            self.interrupted = getattr(failure, "interrupted", False)
            return replace(asked, reasons=(failure,))
        self.interrupted = made.search.ending == "interrupted"
        self.baselines[counted] = made.baseline
        plan, baseline = extract(made.plan), extract(made.baseline)
        facts = summary(made.plan.matrix.case, made, plan, baseline, asked.key, self.settings)
        found = replace(asked, status=status(made.search), figures=figures_of(facts, plan))
        if self.interrupted:
            return found
        yardstick = self.yardsticks.of(full, facts)
        self.interrupted = self.yardsticks.interrupted
        return replace(found, yardstick=yardstick)
