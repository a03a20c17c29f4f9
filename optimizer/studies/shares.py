"""What each measure and contract of a plan is worth: it is left out, the others are kept.

Asked on typical days, with the policy's rules, credits, budget and requirements set aside, so that
only the measure itself is missed; assets are renewed and retired as in the plan or as in the
baseline, whichever is cheaper, and all that is kept is dispatched anew. Such worths don't add up
where measures stand in each other's light: what lacks or is too much, the interaction, is shared
out by the size of each one's worth, so that the shares add up to the plan's saving.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import xarray as xr

from optimizer.errors import SolverFailure
from optimizer.inputs.assemble import assemble
from optimizer.inputs.case import Case
from optimizer.inputs.stored import stored_inputs
from optimizer.plan.store import Run
from optimizer.studies.decided import Decided
from optimizer.studies.kept_plan import KeptPlan, tonnes_emitted, unruled
from optimizer.studies.residual import searched

Begins = Callable[[int, int, str], None]
"""Told before each question: its number from 1, how many there are, the id left out."""


@dataclass(frozen=True)
class Share:
    """What one is worth [money, present cost of the base year; t of gross emissions to the end].

    ``alone``, ``tonnes_alone``: by leaving it out, None where the others can't do without it;
    ``saving``, ``tonnes``: its share of what all save together.
    """

    id: str
    alone: float | None
    tonnes_alone: float | None
    saving: float
    tonnes: float


@dataclass(frozen=True)
class Shares:
    """``saving``, ``tonnes``: of the stored plan. ``measured``: what all of them save together on
    ``periods`` representative days, to which the shares add up; ``rest``: credits, what rules make
    the plan do, and what these days miss. ``interaction``: ``measured`` less what each is worth by
    leaving it out, added up."""

    periods: int
    saving: float
    tonnes: float
    measured: float
    tonnes_measured: float
    rest: float
    tonnes_rest: float
    interaction: float
    tonnes_interaction: float
    items: tuple[Share, ...]

    def as_dict(self) -> dict[str, Any]:
        """The shares as JSON shows them."""
        return asdict(self)


def shares_of_run(run: Run, begins: Begins = lambda number, count, name: None) -> Shares:
    """Shares of a stored run's saving, on the representative days that it was searched on.

    Raises InputErrors for inputs that can't be read, else as `shares_of`.
    """
    with stored_inputs(run.path) as bundle:
        case = assemble(bundle)
    return shares_of(searched(case, run.summary), run.plan, run.baseline, begins)


def shares_of(
    case: Case,
    plan: xr.Dataset,
    baseline: xr.Dataset,
    begins: Begins = lambda number, count, name: None,
) -> Shares:
    """Shares of a stored plan's saving; ``case`` on the typical days that it was searched on.

    Raises SolverFailure where the kept decisions have no dispatch there, KeyboardInterrupt.
    """
    plant = KeptPlan(unruled(case, plan), plan, baseline)
    ids = plant.chosen()
    base, everything = plant.baseline(), plant.without(())
    if base is None or everything is None:
        raise SolverFailure("the stored decisions have no dispatch on the typical days")
    left: dict[str, Decided | None] = {}
    for number, name in enumerate(ids, start=1):
        begins(number, len(ids), name)
        left[name] = plant.without((name,))
    saving = float(baseline.attrs["net_present_cost"]) - float(plan.attrs["net_present_cost"])
    tonnes = tonnes_emitted(case, baseline) - tonnes_emitted(case, plan)
    money = {k: None if d is None else d.cost - everything.cost for k, d in left.items()}
    gross = {k: None if d is None else d.cumulative - everything.cumulative
             for k, d in left.items()}  # fmt: skip
    measured = base.cost - everything.cost
    tonnes_measured = base.cumulative - everything.cumulative
    shared, gross_shared = shared_out(money, measured), shared_out(gross, tonnes_measured)
    items = tuple(Share(k, money[k], gross[k], shared[k], gross_shared[k]) for k in ids)
    return Shares(
        periods=len(case.axis.weight),
        saving=saving,
        tonnes=tonnes,
        measured=measured,
        tonnes_measured=tonnes_measured,
        rest=saving - measured,
        tonnes_rest=tonnes - tonnes_measured,
        interaction=measured - sum(v or 0.0 for v in money.values()),
        tonnes_interaction=tonnes_measured - sum(v or 0.0 for v in gross.values()),
        items=items,
    )


def shared_out(worth: Mapping[str, float | None], total: float) -> dict[str, float]:
    """Shares that add up to the total: each one's worth, and of what lacks or is too much a part by
    the size of its worth; where some can't be done without (None), these have all of that, in equal
    parts."""
    known = {name: value for name, value in worth.items() if value is not None}
    missing = total - sum(known.values())
    vital = [name for name in worth if name not in known]
    if vital:
        return {name: known.get(name, missing / len(vital)) for name in worth}
    size = sum(map(abs, known.values()))
    if size == 0:
        return {name: missing / len(known) for name in known}
    return {name: value + missing * abs(value) / size for name, value in known.items()}
