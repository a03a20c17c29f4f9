"""What measures avoid and save one by one, against what the plan does with all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from optimizer.studies.alone import Alone
from optimizer.studies.decided import Decided
from optimizer.studies.plant import Found


@dataclass(frozen=True)
class Avoided:
    """Tonnes fewer than the baseline's, at the study's weights [t], and money saved [money]."""

    tonnes: float
    money: float


@dataclass(frozen=True)
class Loss:
    """Interaction, of the plan's measures: what they avoid and save one by one (``alone``, each
    used to the full; ``as_planned``, as the plan builds them) less what the plan does, its credits
    apart. One that requires others counts for what it adds to them. ``left_out``: measures whose
    figures aren't known, in no sum."""

    alone: Avoided
    as_planned: Avoided
    plan: Avoided
    left_out: tuple[str, ...]

    @property
    def lost(self) -> Avoided:
        """What is counted twice where measures are added up."""
        return Avoided(self.alone.tonnes - self.plan.tonnes, self.alone.money - self.plan.money)

    @property
    def lost_as_planned(self) -> Avoided:
        """The same at the sizes and years of the plan."""
        tonnes = self.as_planned.tonnes - self.plan.tonnes
        return Avoided(tonnes, self.as_planned.money - self.plan.money)

    def rows(self) -> tuple[tuple[str, Avoided], ...]:
        """Each sum by the word for it."""
        return (
            ("alone", self.alone),
            ("planned", self.as_planned),
            ("plan", self.plan),
            ("lost", self.lost),
            ("lost_planned", self.lost_as_planned),
        )

    def as_dict(self) -> dict[str, Any]:
        """The loss as JSON shows it."""
        return {
            **asdict(self.lost),
            "as_planned": asdict(self.lost_as_planned),
            "sums": {"alone": asdict(self.alone), "as_planned": asdict(self.as_planned)},
            "plan": asdict(self.plan),
            "left_out": self.left_out,
        }


def interaction_loss(baseline: Decided, plan: Found, built: Sequence[Alone]) -> Loss:
    """One by one against the plan, whose credits reduce nothing and cost what they cost."""
    known = {one.id: one for one in built if one.as_planned is not None and one.cost is not None}
    to_the_full = {one.id: Avoided(one.tonnes or 0.0, -(one.cost or 0.0)) for one in known.values()}
    planned = {
        one.id: Avoided(one.as_planned[0], -one.as_planned[1])
        for one in known.values()
        if one.as_planned is not None
    }
    cost = plan.plan.cost - plan.plan.present.get("credits", 0.0)
    return Loss(
        alone=one_by_one(known, to_the_full),
        as_planned=one_by_one(known, planned),
        plan=Avoided(baseline.tonnes - plan.plan.tonnes, baseline.cost - cost),
        left_out=tuple(one.id for one in built if one.id not in known),
    )


def one_by_one(known: Mapping[str, Alone], figures: Mapping[str, Avoided]) -> Avoided:
    """Measures one by one; one that requires others counts for what it adds to these."""

    def own(id: str) -> Avoided:
        whole, needs = figures[id], [own(need) for need in known[id].needs if need in known]
        return Avoided(
            whole.tonnes - sum(need.tonnes for need in needs),
            whole.money - sum(need.money for need in needs),
        )

    every = [own(id) for id in known]
    return Avoided(sum(one.tonnes for one in every), sum(one.money for one in every))
