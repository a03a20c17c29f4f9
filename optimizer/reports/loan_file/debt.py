"""The debt: terms, tranches and the schedule by quarter, as formulas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from optimizer.finance.debt import QUARTERS, quarters
from optimizer.inputs.loan_terms import quarter_of
from optimizer.loans.lending import Lending
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Num
from optimizer.reports.loan_file.view import LoanView

RATE: Final = "[terms.rate.value]"
A_QUARTER: Final = f"{RATE}/{QUARTERS}"


def terms(view: LoanView, lending: Lending) -> Grid:
    """What was agreed or asked; amount, rate and fees may be changed, all else follows."""
    loan = lending.loan
    sized = view.view.say(f"loan.sized.{lending.limit}")
    repaid = view.view.say(f"loan.repayment.{loan.repayment}")
    rows: dict[str, list[Cell]] = {
        "amount": [view.told("debt.amount"), Num(lending.amount, kind="money"), view.currency],
        "sized": [view.told("debt.sized"), sized, ""],
        "rate": [view.told("debt.rate"), Num(loan.rate, kind="share"), view.told("debt.a_year")],
        "tenor": [view.told("debt.tenor"), loan.tenor, view.told("debt.years")],
        "grace": [view.told("debt.grace"), loan.grace, view.told("debt.years")],
        "repayment": [view.told("debt.repayment"), repaid, ""],
        "upfront": [view.told("debt.upfront"), Num(loan.upfront_fee, kind="share"),
                    view.told("debt.of_loan")],
        "commitment": [view.told("debt.commitment"), Num(loan.commitment_fee, kind="share"),
                       view.told("debt.a_year_undrawn")],
    }  # fmt: skip
    if loan.interest_subsidy is not None:
        rows["subsidy"] = [
            view.told("debt.subsidy"), Num(loan.interest_subsidy.rate, kind="share"),
            view.told("debt.for_years", years=f"{loan.interest_subsidy.time:g}"),
        ]  # fmt: skip
    if loan.borrower is not None:
        for key in ("ebitda", "debt_service"):
            money = getattr(loan.borrower, key).value
            rows[key] = [
                view.told(f"debt.{key}"),
                Num(money, kind="money"),
                view.money("debt.each"),
            ]
    columns = (
        Column("name", view.told("debt.term")),
        Column("value", view.told("value"), "number"),
        Column("unit", view.told("unit")),
    )
    return Grid("terms", view.told("debt.terms"), columns, rows)


def tranches(view: LoanView, lending: Lending) -> Grid:
    """Days, quarters and amounts of the draws."""
    rows: dict[str, list[Cell]] = {
        f"t{number}": [
            each.day.isoformat(),
            quarter_of(each.day, lending.first) + 1,
            Num(each.share),
            Num(each.share * lending.amount, f"[tranches.t{number}.share]*[terms.amount.value]"),
        ]
        for number, each in enumerate(lending.tranches)
    }
    columns = (
        Column("drawn", view.told("debt.drawn_on")),
        Column("quarter", view.told("debt.quarter"), "year"),
        Column("share", view.told("debt.share"), "share"),
        Column("amount", view.money("debt.amount"), "money"),
    )
    return Grid("tranches", view.told("debt.tranches"), columns, rows)


def schedule(view: LoanView, lending: Lending) -> Grid:
    """A row a quarter: drawn, owed, interest, principal, fees, service [nominal money]."""
    found, drawn_in = lending.schedule, drawn_in_quarter(lending)
    rows: dict[str, list[Cell]] = {}
    for q in range(len(found.owed)):
        here, before = f"schedule.q{q}", f"schedule.q{q - 1}"
        drawn = "+".join(f"[tranches.t{number}.amount]" for number in drawn_in.get(q, ()))
        left = f"[{before}.owed]-[{before}.principal]+" if q else ""
        rows[f"q{q}"] = [
            f"{lending.first + q // QUARTERS} Q{q % QUARTERS + 1}",
            Num(float(found.drawn[q]), drawn or "0"),
            Num(float(found.owed[q]), f"{left}[{here}.drawn]"),
            Num(float(found.interest[q]), f"[{here}.owed]*{A_QUARTER}"),
            Num(float(found.principal[q]), _principal(lending, q)),
            Num(float(found.fees[q]), _fees(q)),
            Num(float(found.service[q]), f"[{here}.interest]+[{here}.principal]+[{here}.fees]"),
        ]
    keys = ("drawn", "owed", "interest", "principal", "fees", "service")
    columns = [Column("quarter", view.told("debt.quarter"))]
    columns += [Column(key, view.money(f"debt.{key}"), "money") for key in keys]
    return Grid("schedule", view.told("debt.schedule"), columns, rows)


def drawn_in_quarter(lending: Lending) -> dict[int, list[int]]:
    """Quarter from 0 -> numbers of the tranches drawn in it."""
    found: dict[int, list[int]] = {}
    for number, each in enumerate(lending.tranches):
        found.setdefault(quarter_of(each.day, lending.first), []).append(number)
    return found


def _fees(q: int) -> str:
    waiting = f"MAX(0,[terms.amount.value]-SUM([schedule.q0:q{q}.drawn]))"
    upfront = "[terms.upfront.value]*[terms.amount.value]+" if q == 0 else ""
    return f"{upfront}[terms.commitment.value]/{QUARTERS}*{waiting}"


def _principal(lending: Lending, q: int) -> str:
    """What quarter q repays of each tranche (finance.debt.repaid), or of sculpted debt."""
    if lending.loan.repayment == "sculpted":
        if q % QUARTERS != QUARTERS - 1:
            return "0"
        year, begin = lending.first + q // QUARTERS, q - QUARTERS + 1
        paid = f"[sculpted.share.value]*[cover.{year}.cash]"
        return f"MAX(0,{paid}-SUM([schedule.q{begin}:q{q}.interest]))"
    return "+".join(_repaid(lending, q)) or "0"


def _repaid(lending: Lending, q: int) -> Iterator[str]:
    """A term for each tranche of which quarter q pays something back."""
    loan = lending.loan
    grace, whole = quarters(loan.grace), quarters(loan.tenor)
    count = whole - grace
    for number, each in enumerate(lending.tranches):
        k = q - quarter_of(each.day, lending.first) - grace  # 0 in the first that repays
        amount = f"[tranches.t{number}.amount]"
        if not 0 <= k < count or (loan.repayment == "bullet" and k != count - 1):
            continue
        if loan.repayment == "bullet":
            yield amount
        elif loan.repayment == "equal_principal" or loan.rate == 0:
            yield f"{amount}/{count}"
        else:
            growth = f"(1+{A_QUARTER})"
            yield f"{amount}*{A_QUARTER}*{growth}^{k}/({growth}^{count}-1)"
