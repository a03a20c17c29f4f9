"""Use of proceeds and what they achieve: tables that add up to the loan."""

from __future__ import annotations

from typing import Any

from optimizer.loans.quantities import emissions_reduction, energy_saving, total_price
from optimizer.loans.subject import Subject

MILLION = 1e6


def use_of_proceeds(subject: Subject) -> list[dict[str, Any]]:
    """One row a measure, nominal money: price = loan + grants + other money + own.

    `tranches`: what each tranche pays of it, by its day; all rows add up to the tranches, and those
    to the loan. An amount above the eligible cost shows as `own` below 0.
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
    """What the plan avoids and saves a year, and the loan's part by its share of the price.

    Reductions against the baseline, which has the same grid. `attribution`: loan over price, as
    PCAF has it for a project when it is drawn; the per-million figures divide the loan's part by
    it. None without a loan.
    """
    reduced, saved = emissions_reduction(subject).value, energy_saving(subject).value
    assert reduced is not None
    assert saved is not None
    lending = subject.lending
    if lending is None:
        return {
            "emissions_reduction": reduced, "energy_saving": saved, "attribution": None,
            "reduction_per_million": None, "saving_per_million": None,
        }  # fmt: skip
    share, millions = lending.amount / total_price(subject), lending.amount / MILLION
    return {
        "emissions_reduction": reduced,
        "energy_saving": saved,
        "attribution": share,
        "reduction_per_million": reduced * share / millions,
        "saving_per_million": saved * share / millions,
    }
