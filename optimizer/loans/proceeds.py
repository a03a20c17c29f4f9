"""Use of proceeds and what they achieve: tables that add up to the loan."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.loans.of_measure import measure_reduction
from optimizer.loans.of_plan import emissions_reduction, energy_saving, reduced_by_year
from optimizer.loans.subject import Subject

Array = NDArray[np.float64]
MILLION = 1e6


def use_of_proceeds(subject: Subject) -> list[dict[str, Any]]:
    """One row a measure, nominal money: price = loan + grants + other money + own.

    `tranches`: what each tranche pays of it, by its day; all rows add up to the tranches, and those
    to the loan. An amount above the eligible cost shows as `own` below 0. `reduction` [t/a] and
    `saving` (present real money): shares of the plan's, None until `decarb measures` has run.
    """
    lending, rows = subject.lending, []
    for each in subject.measures:
        price, granted = sum(each.price.values()), sum(each.granted.values())
        loan = 0.0 if lending is None else lending.given(each.id)
        rows.append(
            {
                "measure": each.id,
                "name_en": each.measure.name.en,
                "name_zh": each.measure.name.zh,
                "years": sorted(each.price),
                "price": price,
                "grants": granted,
                "other_money": each.other,
                "eligible": sum(each.eligible.values()),
                "loan": loan,
                "own": price - granted - each.other - loan,
                "tranches": _by_tranche(subject, each.id),
                "reduction": measure_reduction(subject, each).value,
                "saving": subject.shares.get(each.id, {}).get("saving"),
            }
        )
    return rows


def _by_tranche(subject: Subject, measure: str) -> dict[str, float]:
    if subject.lending is None:
        return {}
    found: dict[str, float] = {}
    for tranche in subject.lending.tranches:
        shares = [part for (name, _), part in tranche.for_builds.items() if name == measure]
        day = tranche.day.isoformat()
        paid = subject.lending.amount * tranche.share * sum(shares)
        found[day] = found.get(day, 0.0) + paid
    return found


def impact(subject: Subject) -> dict[str, float | None]:
    """What the plan avoids and saves a year against its baseline, and the loan's part.

    Location-based, mean of the planning years: with the grid of the base year throughout, then with
    the grid as projected. `attribution`: loan over price, as PCAF has it for a project when it is
    drawn; figures per million lent are of the loan's part, on the constant grid. None: no loan.
    """
    constant, saved = float(on_constant_grid(subject).mean()), energy_saving(subject).value
    assert saved is not None
    found: dict[str, float | None] = {
        "reduction_constant_grid": constant,
        "reduction_projected_grid": emissions_reduction(subject).value,
        "energy_saving": saved,
        "attribution": None,
        "reduction_per_million": None,
        "saving_per_million": None,
    }
    if subject.lending is not None:
        share = subject.lending.amount / subject.price
        per_million = share / (subject.lending.amount / MILLION)
        found |= {
            "attribution": share,
            "reduction_per_million": constant * per_million,
            "saving_per_million": saved * per_million,
        }
    return found


def on_constant_grid(subject: Subject) -> Array:
    """Reduction with what is bought in scope 2 at the factors of the base year, by planning year
    [t]."""
    scenario = subject.given.scenario
    bought = subject.run.baseline["purchased"] - subject.run.plan["purchased"]
    total: Array = reduced_by_year(subject, "scope1")
    for name, carrier in scenario.carriers.items():
        if carrier.scope == 2 and carrier.factor is not None:
            year = scenario.horizon.base_year
            factor = scenario.base_year.factors.get(name)
            if factor is None:
                factor = subject.plan.numbers_in(carrier.factor, year, 0.0)
            total = total + factor * bought.sel(carrier=name).values
    return total
