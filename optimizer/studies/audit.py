"""Whether a stored plan leaves out what is cheaper than the ceiling, measure by measure.

Everything is asked on the typical days that the plan was searched on. The plan itself is never
changed: where the audit finds a cheaper one, the scenario is to be solved again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from optimizer.errors import InputErrors, Problem, StoppedWithoutPlan, nearest
from optimizer.inputs.assemble import assemble
from optimizer.inputs.case import Case
from optimizer.inputs.stored import stored_inputs
from optimizer.plan.store import Run
from optimizer.studies.audit_freed import could_bar, freed, in_the_way
from optimizer.studies.audit_questions import Question, does_more, lumpy, questions
from optimizer.studies.audit_verdicts import (
    RESOLUTION,
    Ruler,
    difference,
    outcome,
    speaks_from,
    verdict,
)
from optimizer.studies.audited import Answered, Audited, figures, stored_decisions, stored_sizes
from optimizer.studies.residual import searched, shown, split, unhindered

Begins = Callable[[int, int, str], None]
"""Told before each question: its number from 1, how many there are, what is asked."""


@dataclass(frozen=True)
class Asked:
    """How to audit. ``gap``: of each search, a share; ``time_limit``: of all of them [s];
    ``measures``: only these."""

    gap: float = 0.001
    time_limit: float = 300.0
    measures: tuple[str, ...] = ()


def audit(
    run: Run, asked: Asked, begins: Begins = lambda number, count, name: None
) -> dict[str, Any]:
    """The audit of a run as audit.json holds it (docs/plan_file.md).

    Raises InputErrors for a run without a ceiling or for a measure that isn't on offer,
    StoppedWithoutPlan where the stored plan can't be built on the typical days.
    """
    return audit_of(_case(run), run, asked, begins)


def audit_of(
    case: Case, run: Run, asked: Asked, begins: Begins = lambda number, count, name: None
) -> dict[str, Any]:
    """The same for the case that the run's search saw; ``run`` gives plan and summary.

    Raises InputErrors and StoppedWithoutPlan as `audit`.
    """
    began, rule = time.perf_counter(), case.policy.ceiling
    assert rule is not None
    valued = replace(case, policy=replace(case.policy, ceiling=replace(rule, binds=True)))
    plant = Audited(valued, asked.gap)
    found = _Inquiry(valued, plant, asked, begins, run, chosen=rule.binds).findings()
    return found | {"seconds": round(time.perf_counter() - began, 2)}


def _case(run: Run) -> Case:
    """The case that the run's search saw; an error where no ceiling is set."""
    with stored_inputs(run.path) as bundle:
        full = assemble(bundle)
    if full.policy.ceiling is None or not any(full.policy.ceiling.price):
        hint = "Give the scenario policy.ceiling.price, or a pack with an abatement ceiling."
        allowed = "a price in some year: without one there is nothing to audit"
        where = str(run.path / "inputs" / "scenario.yaml")
        raise InputErrors([Problem(where, 0, 0, "policy.ceiling", "none", allowed, hint)])
    return searched(full, run.summary)


@dataclass
class _Inquiry:
    """One audit under way. ``chosen``: whether the plan was chosen under the ceiling; if not, its
    sizes are as much a decision as what it builds."""

    case: Case
    plant: Audited
    asked: Asked
    begins: Begins
    run: Run
    chosen: bool
    done: int = 0
    count: int = 2
    freed: dict[str, Answered] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rule = self.case.policy.ceiling
        assert rule is not None
        price = np.array([p or 0.0 for p in rule.price])
        self.ruler = Ruler(self.case.money.weight, price, rule.mode == "displaced_credit")
        self.ends = time.perf_counter() + self.asked.time_limit

    def findings(self) -> dict[str, Any]:
        """Everything that audit.json holds but the seconds."""
        self._known()
        sizes = {} if self.chosen else stored_sizes(self.case, self.run.plan)
        stored = stored_decisions(self.case, self.run.plan)
        plan = self.plant.kept(stored, sizes, self._limit("plan"))
        if not plan.found:
            said = "the whole decisions of the plan have no dispatch on its typical days"
            raise StoppedWithoutPlan(said)
        wanted = [q for q in questions(self.plant.matrix, plan.builds) if self._wanted(q)]
        rows = in_the_way(
            self.case, [b["rule"] for b in self.run.summary["binding"]],
            late=any(not q.possible for q in wanted),
        )  # fmt: skip
        self.count += len(rows) + 1 + 2 * sum(q.possible for q in wanted)
        best = self.plant.free(self._limit("certificate"))
        least = min(max(best.bound, self._proven()), plan.bound)
        for row in rows:
            self.freed[row] = self.plant.changed(freed(self.case, row), self._limit(row))
        found = [self._measure(question, plan, least) for question in wanted]
        unhindered_plan = self._unhindered()
        verdicts = [one["verdict"] for one in found]
        better = best.cost < plan.bound - RESOLUTION * abs(plan.cost)
        return {
            **self._facts(),
            "plan": figures(plan),
            "certificate": {
                "bound": least, "cost": best.cost if best.found else None, "better": better,
                "gap_money": plan.cost - least,
                "speaks_from": speaks_from(self.ruler, plan.cost - least),
            },
            "measures": found,
            "freed": {row: figures(one) for row, one in self.freed.items()},
            "unhindered": figures(unhindered_plan),
            "years": self._years(unhindered_plan),
            "outcome": outcome(verdicts, better),
        }  # fmt: skip

    def _proven(self) -> float:
        """The bound that the run's own search has of the same problem: not where days were added to
        it, or its caps lowered, after the full year."""
        check, bound = self.run.summary.get("full_year") or {}, self.run.summary.get("bound")
        changed = any(check.get(k) for k in ("added_days", "tightened_caps", "tightened_gates"))
        return -np.inf if bound is None or changed else float(bound)

    def _known(self) -> None:
        """InputErrors with the measures that aren't on offer."""
        offered = [m.id for m in self.case.measures] + [g.id for g in lumpy(self.case)]
        unknown = [name for name in self.asked.measures if name not in offered]
        guesses = {name: nearest(name, offered) for name in unknown}
        if unknown:
            raise InputErrors(
                [
                    Problem(f"--measure {name}", 0, 0, "measure", name, "a measure on offer",
                            f'Did you mean "{guess}"?' if guess else "")
                    for name, guess in guesses.items()
                ]
            )  # fmt: skip

    def _wanted(self, question: Question) -> bool:
        return not self.asked.measures or question.measure in self.asked.measures

    def _facts(self) -> dict[str, Any]:
        days = self.run.summary.get("typical_days")
        rule = self.case.policy.ceiling
        assert rule is not None
        return {
            "run": self.run.summary["run"],
            "mode": rule.mode,
            "severity": "gate" if self.chosen else "score",
            "ceiling": {str(y): p for y, p in zip(self.case.years, rule.price, strict=True)},
            "axis": self.run.summary["axis"],
            "typical_days": None if days is None else days["asked"],
            "gap_asked": self.asked.gap,
        }

    def _limit(self, name: str) -> float:
        """When the next question must end: an even share of the time that is left."""
        self.done += 1
        self.begins(self.done, max(self.count, self.done), name)
        now = time.perf_counter()
        return now + max(1.0, (self.ends - now) / max(1, self.count - self.done + 1))

    def _measure(self, question: Question, plan: Answered, least: float) -> dict[str, Any]:
        """One question: with the other whole decisions held, then with all free."""
        near = far = Answered("infeasible", np.inf, np.inf)
        if question.possible:
            near = self.plant.forced(question, self._limit(question.measure), plan.decisions)
            far = self.plant.forced(question, self._limit(question.measure))
        best = min(near, far, key=lambda one: one.cost)
        bound = max(far.bound if np.isfinite(far.bound) else least, least)
        compared = difference(self.ruler, plan, best, least, bound) if best.found else None
        by = self._in_its_way(question, plan, barred=far.ending == "infeasible")
        return {
            "measure": question.measure,
            "question": question.kind,
            "year": question.year,
            "together": [name for name in question.together if name != question.measure],
            "held": figures(near),
            "free": figures(far),
            "difference": None if compared is None else asdict(compared),
            "by": by,
            "verdict": verdict(plan, best, compared, by),
        }

    def _in_its_way(self, question: Question, plan: Answered, *, barred: bool) -> str | None:
        """Without which row the measure does more; None where none of them alone is enough.
        ``barred``: no plan has it, so rows that aren't at their limit now may be in its way."""
        for row, answer in self.freed.items():
            if answer.found and does_more(question, answer.builds, plan.builds):
                return row
        if not barred or not question.possible:
            return None
        option = next(o for o in self.case.measures if o.id == question.measure)
        for row in could_bar(self.case, option.area):
            ends = time.perf_counter() + max(1.0, (self.ends - time.perf_counter()) / 10)
            case = freed(self.case, row)
            if self.plant.possible(case, question, ends):
                return row
        return None

    def _unhindered(self) -> Answered:
        """The plan that the ceiling alone holds back."""
        rule = self.case.policy.ceiling
        assert rule is not None
        case = unhindered(self.case, rule.price)
        return self.plant.changed(case, self._limit("residual"))

    def _years(self, least: Answered) -> list[dict[str, float]]:
        """What is left of each year's gross emissions, and how much of it is above the ceiling."""
        rule = self.case.policy.ceiling
        assert rule is not None
        weight, left_open = self.case.money.weight, least.cost - least.bound
        known = shown(least.gross, rule.price, weight, left_open) if least.found else None
        remaining = self.run.plan["gross"].values
        parts = split(remaining, known, rule.price)
        return [
            {"year": year, "remaining": float(left), "residual": float(kept),
             "unabated": float(rest)}
            for year, left, kept, rest in zip(self.case.years, remaining, *parts, strict=True)
        ]  # fmt: skip
