"""What a loan says of the rest of the scenario."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.errors import Problem, nearest
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.economics import Exchange
from optimizer.inputs.located import Loc
from optimizer.units import Quantity

CENT = 0.01
"""Money below this is none."""


def loan_names_what_is_offered(bundle: Bundle) -> Iterator[Problem]:
    """The measures that a loan or other money pays for are on offer."""
    loan = bundle.scenario.loan
    if loan is None:
        return
    offered = [measure.id for measure in bundle.measures]
    named: list[tuple[Loc, str]] = [
        (("loan", "finances", index), name) for index, name in enumerate(loan.finances)
    ]
    named += [(("loan", "other_money", name), name) for name in loan.other_money]
    for loc, name in named:
        if name not in offered:
            guess = nearest(name, offered)
            hint = f'Did you mean "{guess}"?' if guess else ""
            yield bundle.problem(loc, "a measure on offer", hint, found=name)


def loan_is_nominal(bundle: Bundle) -> Iterator[Problem]:
    """A loan and the borrower's accounts are in the scenario's currency, in money of their day."""
    scenario = bundle.scenario
    if scenario.loan is None:
        return
    accounts = scenario.loan.borrower
    amounts: list[tuple[Loc, Quantity | None]] = [(("loan", "amount"), scenario.loan.amount)]
    for index, line in enumerate(scenario.loan.credit_lines):
        amounts.append((("loan", "credit_lines", index, "amount"), line.amount))
    if accounts is not None:
        amounts.append((("loan", "borrower", "ebitda"), accounts.ebitda))
        amounts.append((("loan", "borrower", "debt_service"), accounts.debt_service))
    for loc, amount in amounts:
        if amount is None:
            continue
        if amount.currency != scenario.currency or amount.price_year is not None:
            allowed = f"an amount of {scenario.currency} without a price year"
            yield bundle.problem(loc, allowed, found=amount.text)


def tranches_fall_in_the_plan(bundle: Bundle) -> Iterator[Problem]:
    """A loan that counts while the plan is chosen is drawn in the planning years."""
    loan, horizon = bundle.scenario.loan, bundle.scenario.horizon
    if loan is None or loan.decides == "nothing":
        return
    for index, tranche in enumerate(loan.tranches):
        if not horizon.first <= tranche.drawn.year <= horizon.last:
            allowed = f"a day from {horizon.first} to {horizon.last} where the loan decides"
            loc = ("loan", "tranches", index, "drawn")
            yield bundle.problem(loc, allowed, found=str(tranche.drawn))


def lines_are_told_once(bundle: Bundle) -> Iterator[Problem]:
    """Each credit line has an id of its own; one that the plan takes is drawn in its years."""
    scenario = bundle.scenario
    lines = () if scenario.loan is None else scenario.loan.credit_lines
    for index, line in enumerate(lines):
        at: Loc = ("loan", "credit_lines", index)
        if line.id in [each.id for each in lines[:index]]:
            yield bundle.problem((*at, "id"), "an id that occurs once", found=line.id)
        first = min(each.drawn for each in line.tranches)
        if line.purpose == "plan" and first.year < scenario.horizon.first:
            allowed = f"a day from {scenario.horizon.first} on for purpose: plan"
            yield bundle.problem((*at, "tranches"), allowed, found=str(first))


def lines_pay_for_measures(bundle: Bundle) -> Iterator[Problem]:
    """Other money names what the lines that the plan takes pay for, lest it be financed twice; told
    at the first line that is beyond it."""
    loan, exchange = bundle.scenario.loan, Exchange.of(bundle.scenario)
    if loan is None:
        return
    try:
        left = sum(exchange.bring(money) for money in loan.other_money.values())
    except ValueError:  # a rate or an index lacks, which is told where the money stands
        return
    for index, line in enumerate(loan.credit_lines):
        left -= line.amount.value * (line.purpose == "plan")
        if left < -CENT:
            hint = "Say in loan.other_money what it pays of which measure."
            loc = ("loan", "credit_lines", index, "amount")
            allowed = "at most what loan.other_money leaves, for purpose: plan"
            yield bundle.problem(loc, allowed, hint, found=line.amount.text)
            return


def loan_enlarges_a_budget(bundle: Bundle) -> Iterator[Problem]:
    """A loan that counts beside the budget needs one."""
    loan, budget = bundle.scenario.loan, bundle.scenario.budget
    if loan is not None and loan.enlarges_budget and budget.capex is None:
        allowed = "nothing or rate where there is no budget"
        yield bundle.problem(("loan", "decides"), allowed, "Give budget.capex too.")
