"""How cash covers the debt: by year and at worst, as formulas over cash and schedule."""

from __future__ import annotations

from typing import Final

import numpy as np

from optimizer.finance.debt import QUARTERS
from optimizer.loans.cover import Cover
from optimizer.loans.lending import Lending
from optimizer.reports.loan_file.debt import A_QUARTER, RATE, drawn_in_quarter
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Num
from optimizer.reports.loan_file.view import LoanView

NOTHING: Final = '""'
OWES: Final = 0.005
"""Debt below half a cent is none."""


def cover_years(view: LoanView, lending: Lending, cover: Cover) -> Grid:
    """A row a year with debt service: cash, service and its parts, ratios, what is owed."""
    rows: dict[str, list[Cell]] = {}
    for i, year in enumerate(cover.years):
        at = f"cover.{year}"
        rows[str(year)] = [
            year,
            _cash(view, cover, i),
            *(_sum(lending, i, key) for key in ("interest", "principal", "fees")),
            Num(float(cover.service[i]), f"[{at}.interest]+[{at}.principal]+[{at}.fees]"),
            Num(cover.ratios[i], f"IF([{at}.service]>0,[{at}.cash]/[{at}.service],{NOTHING})"),
            Num(float(cover.owed[i]), _owed(lending, i)),
            _life_worth(lending, cover, i),
            *_lives(view, cover, i),
            *_told(view, cover, i),
        ]
    return Grid("cover", view.told("cover.years"), _columns(view, cover), rows)


def _columns(view: LoanView, cover: Cover) -> list[Column]:
    keys = ("cash", "interest", "principal", "fees", "service", "dscr", "owed", "worth", "llcr",
            "plcr")  # fmt: skip
    columns = [Column("year", view.view.say("word.year"), "year")]
    for key in keys:
        ratio = key in ("dscr", "llcr", "plcr")
        head = view.told(f"cover.{key}") if ratio else view.money(f"cover.{key}")
        columns.append(Column(key, head, "ratio" if ratio else "money"))
    if cover.borrower is not None:
        columns.append(Column("borrower", view.told("cover.borrower"), "ratio"))
    if cover.states is not None:
        columns.append(Column("state", view.told("cover.state")))
    return columns


def _cash(view: LoanView, cover: Cover, i: int) -> Num:
    """From the table of cash, or 0 after its last year."""
    reached = cover.years[i] <= view.subject.cash[0][-1]
    return Num(float(cover.cash[i]), f"[cash.{cover.years[i]}.nominal]" if reached else "0")


def _sum(lending: Lending, i: int, key: str) -> Num:
    """Sum of a column of the schedule over the quarters of year i."""
    values = getattr(lending.schedule, key)[i * QUARTERS : (i + 1) * QUARTERS]
    end = i * QUARTERS + len(values) - 1
    return Num(float(values.sum()), f"SUM([schedule.q{i * QUARTERS}:q{end}.{key}])")


def _owed(lending: Lending, i: int) -> str:
    """Debt at the start of year i, later draws at their worth then (loans.cover)."""
    start = i * QUARTERS
    later = [
        f"+[tranches.t{number}.amount]/(1+{A_QUARTER})^{quarter - start}"
        for quarter, drawn in sorted(drawn_in_quarter(lending).items())
        for number in drawn
        if quarter > start
    ]
    return f"[schedule.q{start}.owed]" + "".join(later)


def _life_worth(lending: Lending, cover: Cover, i: int) -> Num:
    """Worth at the start of year i of the cash to the last debt service: (cash + next)/(1 + r)."""
    last, at = int(np.flatnonzero(cover.service > 0)[-1]), f"[cover.{cover.years[i]}.cash]"
    worth = 0.0
    for cash in reversed(cover.cash[i : last + 1].tolist()):
        worth = (worth + cash) / (1 + lending.loan.rate)
    if i > last:
        return Num(0.0, "0")
    later = f"+[cover.{cover.years[i] + 1}.worth]" if i < last else ""
    return Num(worth, f"({at}{later})/(1+{RATE})")


def _lives(view: LoanView, cover: Cover, i: int) -> list[Num]:
    """LLCR and PLCR at the start of year i; empty where nothing is owed or cash ends too early."""
    at, owed = f"cover.{cover.years[i]}", float(cover.owed[i])
    if cover.llcr.value is None or owed < OWES:
        return [Num(None), Num(None)]
    years, cash = view.subject.cash
    rate, lending = RATE, view.subject.lending
    assert lending is not None
    ahead = cash[years >= cover.years[i]]
    powers = (1 + lending.loan.rate) ** -np.arange(1.0, len(ahead) + 1)
    life = _life_worth(lending, cover, i).value
    assert life is not None
    span = f"[cash.{cover.years[i]}:{int(years[-1])}.nominal]"
    return [
        Num(life / owed, f"[{at}.worth]/[{at}.owed]"),
        Num(float((ahead * powers).sum()) / owed, f"NPV({rate},{span})/[{at}.owed]"),
    ]


def _told(view: LoanView, cover: Cover, i: int) -> list[Cell]:
    """The borrower's own ratio, and what the owner may take out; only where there are such."""
    found: list[Cell] = []
    at = f"cover.{cover.years[i]}"
    if cover.borrower is not None:
        loan = view.subject.loan
        lines = f"+[lines.{cover.years[i]}.owing]" if loan and loan.credit_lines else ""
        cash, due = (
            f"[terms.ebitda.value]+[{at}.cash]",
            f"[terms.debt_service.value]+[{at}.service]{lines}",
        )
        found.append(Num(cover.borrower[i], f"IF({due}>0,({cash})/({due}),{NOTHING})"))
    if cover.states is not None:
        found.append(view.view.say(f"loan.state.{cover.states[i]}"))
    return found


def ratios(view: LoanView, cover: Cover) -> Grid:
    """The least of each ratio over the years, or why there is none."""
    rows: dict[str, list[Cell]] = {}
    for key in ("dscr", "llcr", "plcr"):
        figure = getattr(cover, key)
        reason = "" if figure.value is not None else view.view.say(f"loan.why.{figure.reason}")
        formula = f"MIN([cover.*.{key}])" if figure.value is not None else ""
        rows[key] = [view.told(f"ratios.{key}"), Num(figure.value, formula), reason]
    if cover.dscr.value is not None:
        due = cover.service > 0
        whole = float(cover.cash[due].sum() / cover.service.sum())
        formula = 'SUMIF([cover.*.service],">0",[cover.*.cash])/SUM([cover.*.service])'
        rows["whole"] = [view.told("ratios.whole"), Num(whole, formula), ""]
    columns = (
        Column("name", view.told("ratios.ratio")),
        Column("value", view.told("value"), "ratio"),
        Column("why", view.told("note")),
    )
    return Grid("ratios", view.told("ratios.least"), columns, rows)


def sculpted(view: LoanView, lending: Lending, cover: Cover) -> Grid | None:
    """Share of each year's cash that serves sculpted debt; None for any other.

    From owed(end) = 0: share = Σ draws compounded to the end / Σ cash compounded to the end.
    """
    if lending.loan.repayment != "sculpted":
        return None
    count, first = len(cover.years), lending.first
    drawn = []
    for quarter, numbers in sorted(drawn_in_quarter(lending).items()):
        held = f"{QUARTERS - quarter % QUARTERS}"
        power = count - 1 - quarter // QUARTERS
        drawn += [
            f"[tranches.t{number}.amount]*(1+{A_QUARTER}*{held})*(1+{RATE})^{power}"
            for number in numbers
        ]
    cash = [f"[cover.{first + i}.cash]*(1+{RATE})^{count - 1 - i}" for i in range(count)]
    share = float(cover.service[-1] - _fees_of(lending, count - 1)) / float(cover.cash[-1])
    formula = f"({'+'.join(drawn)})/({'+'.join(cash)})"
    columns = (Column("name", view.told("debt.term")), Column("value", view.told("value"), "share"))
    rows: dict[str, list[Cell]] = {"share": [view.told("cover.sculpted"), Num(share, formula)]}
    return Grid("sculpted", view.told("cover.sculpting"), columns, rows)


def _fees_of(lending: Lending, i: int) -> float:
    return float(lending.schedule.fees[i * QUARTERS : (i + 1) * QUARTERS].sum())
