"""Credits beside the way down: at their price, as wide as they are allowed to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.inputs.case import Case, CreditOption
from optimizer.studies.plant import Plant


@dataclass(frozen=True)
class CreditStep:
    """``tonnes``: the most that may be cancelled, at the study's weights [t]; ``cost``: their price
    for these, present value [money]. Credits that share a limit each show the whole of it."""

    id: str
    tonnes: float
    cost: float


def credit_steps(plant: Plant, gross: Mapping[int, float]) -> tuple[CreditStep, ...]:
    """The credits that are for sale, cheapest first; ``gross``: the plan's emissions by year [t].

    The limit of a year is what is for sale, the policy's share of its basis, and never more than
    what the plan emits. Money is weighted as tonnes are: a tonne costs the mean of its prices, or
    the price of the target year.
    """
    found, case, weight = [], plant.case, plant.weight
    for credit in case.credits:
        most = [_most(case, credit, i, gross[year]) for i, year in enumerate(case.years)]
        tonnes, cost = float(weight @ most), float((weight * most) @ credit.price)
        if plant.basis == "target_year":
            cost /= plant.per_year
        if tonnes > 0:
            found.append(CreditStep(credit.id, tonnes, cost))
    return tuple(sorted(found, key=lambda one: one.cost / one.tonnes))


def _most(case: Case, credit: CreditOption, at: int, gross: float) -> float:
    """Tonnes of a credit that a year may use."""
    policy = case.policy
    first = policy.first_credit_year or case.years[0]
    if at < credit.earliest or case.years[at] < first:
        return 0.0
    bases = {
        "base_year": policy.base_emissions,
        "gross": gross,
        "reduction": policy.base_emissions - gross,
    }
    limits = [gross]
    share, sold = policy.offset_share[at], credit.available[at]
    if share is not None and policy.offset_basis is not None:
        limits.append(share * bases[policy.offset_basis])
    if sold is not None:
        limits.append(sold)
    return max(0.0, min(limits))
