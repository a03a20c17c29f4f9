"""Contracts for power: how much, of which sort, whether anything is built because of them."""

from __future__ import annotations

from optimizer.reports import numbers
from optimizer.reports.blocks import Plain, Table
from optimizer.reports.tables import contracts as contract_frame
from optimizer.reports.view import View

TOLD = ("form", "matching")
YES_OR_NO = ("traceable", "additional")


def contracts(view: View) -> Plain:
    """Every contract in each year that it is in force, and the additional share of the claims."""
    heading = view.say("heading.contracts")
    frame = contract_frame(view.plan, view.currency)
    if frame.empty:
        return Plain(heading, [view.say("contracts.none")])
    keys = ("year", "contract", *TOLD, *YES_OR_NO)
    head = [view.say(f"word.{key}") for key in keys]
    head += [f"{view.say('word.contracted')} [MWh/a]", f"{view.say('word.claimed')} [MWh]"]
    head.append(view.say("word.cost"))
    rows = []
    for row in frame.sort_values("year", kind="stable").itertuples(index=False):
        contract, year, form, matching, traceable, additional, contracted, claimed, cost = row
        rows.append([
            str(year), view.name("contract", contract), view.say(f"contract.{form}"),
            view.say(f"contract.{matching}"),
            *(view.say("word.yes" if flag else "word.no") for flag in (traceable, additional)),
            numbers.grouped(contracted), numbers.grouped(claimed), view.yearly_money.shown(cost),
        ])  # fmt: skip
    table = Table(view.say("table.contracts"), head, rows, frozenset({6, 7, 8}))
    return Plain(heading, [_additional(view)], table)


def _additional(view: View) -> str:
    """How much of what is claimed in the last year a plant is built for."""
    share = view.yearly("additional_share")[-1]
    if not share >= 0:
        return view.say("contracts.no_claims", last=view.last)
    return view.say("contracts.additional", last=view.last, share=numbers.percent(float(share)))
