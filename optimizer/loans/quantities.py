"""The quantities that rules may look at, one function each (docs/loan_rules.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

import numpy as np

from optimizer.loans.contents import NOTHING, Contents, outputs
from optimizer.loans.financed import CENT, Financed
from optimizer.loans.subject import Subject
from optimizer.plan.cash_flow import by_timing
from optimizer.plan.returns import Figure
from optimizer.plan.returns import payback as payback_of
from optimizer.schema.measure import Converter, Generator, Process, Saving

Kind = Literal["energy", "emissions"]
HYDROGEN: Final = 33.33
"""MWh of hydrogen (lower heating value, 120 MJ/kg) in a tonne."""
NO_LOAN: Final = Figure(None, "no_loan")
NO_SYSTEM: Final = Figure(None, "no_system")


def input_factor(subject: Subject, financed: Financed) -> Figure:
    """Largest fossil factor of the fuels that a measure burns, over the planning years [t/MWh]."""
    if not isinstance(financed.measure, Converter | Process):
        return Figure(0.0)
    carriers = subject.given.scenario.carriers
    burnt = [name for name in financed.measure.inputs if carriers[name].scope == 1]
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
    """Years that a measure stands after the last repayment of what paid for it, worst build [a]."""
    if subject.lending is None:
        return NO_LOAN
    if financed.life is None:
        return Figure(None, "no_price")
    ends = {year: subject.lending.last_repayment(financed.id, year) for year in financed.price}
    left = [year + financed.life - end for year, end in ends.items() if end is not None]
    return Figure(min(left)) if left else Figure(None, "no_price")


def emissions_reduction(subject: Subject) -> Figure:
    """Location-based emissions of the baseline less the plan's, mean of the planning years [t/a].

    What contracts and certificates claim lowers no emissions here, nor do credits.
    """
    return Figure(reduced(subject, "scope1") + reduced(subject, "scope2_location"))


def reduced(subject: Subject, ledger: str) -> float:
    """A ledger of the baseline less the plan's, mean of the planning years [t/a]."""
    return float((subject.run.baseline[ledger] - subject.run.plan[ledger]).mean())


def energy_saving(subject: Subject) -> Figure:
    """Energy bought in the baseline less the plan's, mean of the planning years [MWh/a]."""
    bought = [
        ds["purchased"].sum("carrier").mean() for ds in (subject.run.baseline, subject.run.plan)
    ]
    return Figure(float(bought[0] - bought[1]))


def reduction_from_base(subject: Subject) -> Figure:
    """1 - gross emissions of the last planning year over the base year's [1]."""
    base = float(subject.run.plan.attrs["base_emissions"])
    return _reduced(base, subject)


def reduction_from_baseline(subject: Subject) -> Figure:
    """1 - gross emissions of the last planning year over the baseline's [1]."""
    return _reduced(float(subject.run.baseline["gross"].values[-1]), subject)


def _reduced(before: float, subject: Subject) -> Figure:
    if before <= 0:
        return Figure(None, "no_emissions")
    return Figure(1.0 - float(subject.run.plan["gross"].values[-1]) / before)


def covered_by_credits(subject: Subject) -> Figure:
    """Largest excess of a year's gross emissions less removals over its net target; all credits of
    a year without a target [t]."""
    plan = subject.run.plan
    target, credits = plan["net_target"].values, plan["credits"].sum("credit").values
    excess = np.maximum(plan["gross"].values - plan["removal"].values - target, 0.0)
    return Figure(float(np.where(np.isnan(target), credits, excess).max()))


def payback(subject: Subject) -> Figure:
    """Years until what the plan costs more than the baseline is back, real and simple [a]."""
    return payback_of(*by_timing(subject.flow))


def dscr(subject: Subject) -> Figure:
    """Least yearly debt service cover ratio [1]."""
    return NO_LOAN if subject.cover is None else subject.cover.dscr


def llcr(subject: Subject) -> Figure:
    """Least loan life cover ratio [1]."""
    return NO_LOAN if subject.cover is None else subject.cover.llcr


def plcr(subject: Subject) -> Figure:
    """Least project life cover ratio [1]."""
    return NO_LOAN if subject.cover is None else subject.cover.plcr


def borrower_dscr(subject: Subject) -> Figure:
    """Least yearly cover of all debts by the borrower's EBITDA and the project's cash [1]."""
    if subject.cover is None:
        return NO_LOAN
    ratios = [ratio for ratio in subject.cover.borrower or () if ratio is not None]
    return Figure(min(ratios)) if ratios else Figure(None, "no_borrower")


def debt_share(subject: Subject) -> Figure:
    """Loan over the price of what it pays for [1]."""
    if subject.lending is None:
        return NO_LOAN
    return Figure(subject.lending.amount / total_price(subject))


def equity_share(subject: Subject) -> Figure:
    """What neither the loan nor grants nor other money pay, over the price [1]."""
    if subject.lending is None:
        return NO_LOAN
    others = sum(sum(each.granted.values()) + each.other for each in subject.measures)
    return Figure(1.0 - (subject.lending.amount + others) / total_price(subject))


def loan_over_eligible(subject: Subject) -> Figure:
    """Loan over the price net of grants and other money [1]."""
    if subject.lending is None:
        return NO_LOAN
    return Figure(subject.lending.amount / total_eligible(subject))


def rate_over_reference(subject: Subject) -> Figure:
    """The loan's rate less the reference rate, a year [1]."""
    if subject.loan is None:
        return NO_LOAN
    if subject.loan.reference_rate is None:
        return Figure(None, "no_reference")
    return Figure(subject.loan.rate - subject.loan.reference_rate)


def total_price(subject: Subject) -> float:
    """Nominal price of all that is financed [money]."""
    return sum(sum(each.price.values()) for each in subject.measures)


def total_eligible(subject: Subject) -> float:
    """The same, net of grants and other money [money]."""
    return sum(sum(each.eligible.values()) for each in subject.measures)


OF_MEASURE: Final[Mapping[str, Callable[[Subject, Financed], Figure]]] = {
    each.__name__: each
    for each in (
        input_factor, hydrogen_intensity, system_saving, system_reduction, funded_share, tail,
    )
}  # fmt: skip
OF_ALL: Final[Mapping[str, Callable[[Subject], Figure]]] = {
    each.__name__: each
    for each in (
        emissions_reduction, energy_saving, reduction_from_base, reduction_from_baseline,
        covered_by_credits, payback, dscr, llcr, plcr, borrower_dscr, debt_share, equity_share,
        loan_over_eligible, rate_over_reference,
    )
}  # fmt: skip
"""Together the names of `schema.loan_rules.QUANTITIES`."""
