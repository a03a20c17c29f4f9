"""The quantities of a financed measure that rules may look at (docs/loan_rules.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

import numpy as np

from optimizer.loans.contents import NOTHING, Contents, outputs
from optimizer.loans.financed import CENT, Financed
from optimizer.loans.subject import NO_LOAN, Subject
from optimizer.plan.returns import Figure
from optimizer.schema.measure import Converter, Generator, Process, Saving

Kind = Literal["energy", "emissions"]
HYDROGEN: Final = 33.33
"""MWh of hydrogen (lower heating value, 120 MJ/kg) in a tonne."""
NO_SYSTEM: Final = Figure(None, "no_system")


def input_factor(subject: Subject, financed: Financed) -> Figure:
    """Largest fossil factor of the fuels that a measure burns, a saving those that it adds, over
    the planning years [t/MWh]."""
    measure, carriers = financed.measure, subject.given.scenario.carriers
    if isinstance(measure, Saving):
        taken = tuple(measure.adds)
    elif isinstance(measure, Converter | Process):
        taken = tuple(measure.inputs)
    else:
        return Figure(0.0)
    burnt = [name for name in taken if carriers[name].scope == 1]
    factors = [subject.plan.numbers(carriers[name].factor, 0.0).max() for name in burnt]
    return Figure(float(max(factors, default=0.0)))


def hydrogen_intensity(subject: Subject, financed: Financed) -> Figure:
    """Emissions content of the hydrogen that a measure makes, worst year that it runs [t/t]."""
    carriers = subject.given.scenario.carriers
    made = _made(subject, financed)
    hydrogen = [name for name in made if carriers[name].kind == "hydrogen"]
    if not hydrogen:
        return Figure(None, "no_hydrogen")
    found = [
        float(subject.contents[0].emissions[name][made[name] > NOTHING].max()) * HYDROGEN
        for name in hydrogen
        if (made[name] > NOTHING).any()
    ]
    return Figure(max(found)) if found else Figure(None, "does_not_run")


def system_saving(subject: Subject, financed: Financed) -> Figure:
    """1 - energy content of what the measure delivers, plan over baseline, last year [1]."""
    return _system(subject, financed, "energy")


def system_reduction(subject: Subject, financed: Financed) -> Figure:
    """1 - emissions content of what the measure delivers, plan over baseline, last year [1]."""
    return _system(subject, financed, "emissions")


def _system(subject: Subject, financed: Financed, kind: Kind) -> Figure:
    """Contents weighted by what the measure delivers in the plan; of a saving: of its use."""
    if isinstance(financed.measure, Saving):
        return _of_use(subject, financed.measure.service, kind)
    made = {name: float(mwh[-1]) for name, mwh in _made(subject, financed).items()}
    if sum(made.values()) <= NOTHING:
        return NO_SYSTEM
    after, before = (
        sum(mwh * _content(side, kind, name) for name, mwh in made.items())
        for side in subject.contents
    )
    return _saved(after, before)


def _of_use(subject: Subject, use: str, kind: Kind) -> Figure:
    """1 MWh of a use's full demand: what is left of it, and what the savings that stand add, each
    as if it stood alone, against 1 MWh in the baseline."""
    service = next(s for s in subject.given.scenario.services if s.id == use)
    plan, baseline = subject.contents
    left = float(subject.run.plan["remaining"].sel(use=use).values[-1])
    after = left * _content(plan, kind, service.carrier) if left > NOTHING else 0.0
    for name, measure in subject.plan.built.items():
        if isinstance(measure, Saving) and measure.service == use and subject.plan.on(name)[-1] > 0:
            added = measure.adds.items()
            after += measure.share * sum(mwh * _content(plan, kind, c) for c, mwh in added)
    return _saved(after, _content(baseline, kind, service.carrier))


def _content(side: Contents, kind: Kind, carrier: str) -> float:
    """Energy or emissions of 1 MWh of a carrier in the last planning year; NaN if it isn't used."""
    table = side.energy if kind == "energy" else side.emissions
    return float(table[carrier][-1])


def _saved(after: float, before: float) -> Figure:
    if not (np.isfinite(before) and np.isfinite(after) and before > 0):
        return Figure(None, "not_in_baseline")
    return Figure(1.0 - after / before)


def _made(subject: Subject, financed: Financed) -> dict[str, np.ndarray]:
    if not isinstance(financed.measure, Converter | Generator):
        return {}
    return outputs(subject.plan, financed.id)


def measure_reduction(subject: Subject, financed: Financed) -> Figure:
    """The measure's share of the plan's reduction of gross emissions, mean of the years counted,
    the tail's too: shares add up to the plan, so no tonne is counted twice [t/a]."""
    share = subject.shares.get(financed.id)
    if share is None:
        return Figure(None, "no_shares")
    return Figure(share["tonnes"] / len(subject.run.plan["cash_year"]))


def funded_share(subject: Subject, financed: Financed) -> Figure:
    """Loan, grants and other money for a measure over its price [1]."""
    if subject.lending is None:
        return NO_LOAN
    price = sum(financed.price.values())
    if price <= CENT:
        return Figure(None, "no_price")
    others = sum(financed.granted.values()) + financed.other
    return Figure((subject.lending.given(financed.id) + others) / price)


def tail(subject: Subject, financed: Financed) -> Figure:
    """Years that a measure stands after the last repayment of what paid for it, worst build [a]; it
    stands no longer than the site may use its area."""
    if subject.lending is None:
        return NO_LOAN
    left = []
    for year in financed.price:
        gone = financed.gone_by(subject.given.scenario, year)
        end = subject.lending.last_repayment(financed.id, year)
        if gone is not None and end is not None:
            left.append(gone - end)
    return Figure(min(left)) if left else Figure(None, "no_price")


OF_MEASURE: Final[Mapping[str, Callable[[Subject, Financed], Figure]]] = {
    each.__name__: each
    for each in (
        input_factor, hydrogen_intensity, system_saving, system_reduction, measure_reduction,
        funded_share, tail,
    )
}  # fmt: skip
