"""What following the rules up to a year alone bars, or makes dearer, in the years after it.

With assets that live long the cheapest way to an early target may stand in the way of a later one:
Vogt-Schilb and Hallegatte 2014, "Marginal abatement cost curves and the optimal timing of
mitigation measures". So two plans are set side by side: the scenario's own, which knows all years,
and one that knows caps, targets and gates up to a year alone and goes on from there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from optimizer.inputs.case import Case
from optimizer.solve.explain import broken_promises
from optimizer.solve.matrix import Matrix
from optimizer.solve.offers import Portfolio, with_years_held
from optimizer.solve.promises import Reason
from optimizer.solve.stamp import stamp
from optimizer.studies.changes import Changes, changes
from optimizer.studies.decided import Decided, Sizes
from optimizer.studies.expected import rules_to
from optimizer.studies.plant import Found, Plant

ALIKE: Final = 1e-6
"""Share of the cost by which two plans differ at least."""


@dataclass(frozen=True)
class LockIn:
    """``year``: up to which rules were known, later ones taken to be like it; prices, budget and
    output are known throughout. ``changes``: from the plan of all years to that one, of what
    stands or runs by ``year``.

    ``plan``: what goes on from there under all rules; it costs more than the plan of all years, by
    ``low`` to ``high`` [money]. None where these ``promises`` can't be kept any more.
    """

    year: int
    short: Decided
    changes: Changes
    promises: tuple[Reason, ...] = ()
    plan: Decided | None = None
    cost: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def bars(self) -> bool:
        """Whether no plan keeps the later rules any more."""
        return self.plan is None

    @property
    def noise(self) -> bool:
        """Whether the searches can't tell what it costs from nothing."""
        if self.cost is None or self.low is None or self.high is None or self.plan is None:
            return False
        return abs(self.cost) <= max((self.high - self.low) / 2, ALIKE * abs(self.plan.cost))

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON shows it."""
        said = {lang: [p.said(lang) for p in self.promises] for lang in ("en", "zh")}
        return asdict(self) | {"promises": said, "bars": self.bars, "noise": self.noise}


def middle_year(case: Case) -> int:
    """The planning year in the middle, the earlier of two."""
    return case.years[(len(case.years) - 1) // 2]


def lock_in(plant: Plant, plan: Found, year: int) -> LockIn | None:
    """The plan of all years against one that knows the rules up to ``year`` alone; None where no
    rule changes afterwards. Raises StoppedWithoutPlan, SolverFailure."""
    case, now = plant.case, plant.case.years.index(year)
    sighted = rules_to(case, now)
    if sighted.policy == case.policy:
        return None
    short = plant.ask(sighted)
    if short is None:  # the later rules are the laxer ones
        return None
    past = case.years[: now + 1]
    kept: Portfolio = short.kept

    def committed(matrix: Matrix) -> Matrix:
        return with_years_held(matrix, kept, past)

    moved = changes(_by(plan.plan, past), _by(short.plan, past))
    found = plant.ask(case, change=committed)
    if found is None:
        return LockIn(
            year,
            short.plan,
            moved,
            broken_promises(stamp(case), committed, seconds=plant.time_limit),
        )
    return LockIn(
        year, short.plan, moved, (), found.plan, found.cost - plan.cost,
        max(found.bound - plan.cost, 0.0), found.cost - plan.bound,
    )  # fmt: skip


def _by(plan: Decided, years: Collection[int]) -> Decided:
    """Of a plan what stands, runs or is decided in some years."""
    assets = {
        asset: {fate: year for fate, year in fates.items() if year in years}
        for asset, fates in plan.assets.items()
    }
    return replace(
        plan,
        standing=_of_years(plan.standing, years),
        contracted=_of_years(plan.contracted, years),
        assets={asset: fates for asset, fates in assets.items() if fates},
    )


def _of_years(sizes: Sizes, years: Collection[int]) -> Sizes:
    found = {
        id: {year: size for year, size in by.items() if year in years} for id, by in sizes.items()
    }
    return {id: by for id, by in found.items() if by}
