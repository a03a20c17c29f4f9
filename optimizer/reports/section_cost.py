"""What does it cost? Present values, what the plan earns, cash by year, the end of the horizon."""

from __future__ import annotations

from optimizer.reports import charts_cash, charts_cost, numbers, shares, valued, worth
from optimizer.reports.allowances import allowances
from optimizer.reports.blocks import Chart, Plain, Section, Table
from optimizer.reports.borrowed import borrowed_block
from optimizer.reports.page_one import saving_words
from optimizer.reports.view import View


def cost(view: View) -> Section:
    """The section `cost`."""
    costs = charts_cost.cost_table(view)
    blocks: list[Chart | Plain] = [
        _present_value(view),
        worth.worth_block(view),
        charts_cash.earned(view),
        *worth.tax_block(view),
        *shares.block(view),
        *worth.levelised_block(view),
        charts_cost.cash(view),
        *borrowed_block(view),
        Plain(costs.caption, table=costs),
        *allowances(view),
        *valued.block(view),
        _horizon(view),
    ]
    finding = view.say(
        "finding.cost_valued" if view.valued else "finding.cost", saving=saving_words(view),
        within=view.money.shown(view.uncertainty, view.uncertainty),
    )  # fmt: skip
    return Section("cost", view.say("question.cost"), finding, blocks)


def _present_value(view: View) -> Plain:
    """Net present cost of baseline and plan, the saving, and what it may be off by."""
    npv, unsure = view.summary["npv"], view.uncertainty
    gap = abs(float(view.summary["gap_money"] or 0.0))
    of_gap = "npv.gap_valued" if view.valued else "npv.gap"
    keys = ("baseline", "plan", "saving")
    amounts = view.money.column([float(npv[key]) for key in keys], unsure)
    rows = [[view.say(f"npv.{key}"), shown] for key, shown in zip(keys, amounts, strict=True)]
    amounts = view.money.column([gap, unsure - gap, unsure], unsure)
    names = (of_gap, "npv.days", "npv.unsure")
    rows += [[view.say(key), shown] for key, shown in zip(names, amounts, strict=True)]
    base, year = view.summary["horizon"]["base_year"], view.summary["price_year"]
    head = [view.say("npv.head", base=base), f"{view.money.label} ({year})"]
    table = Table(view.say("table.npv"), head, rows, frozenset({1}))
    return Plain(view.say("heading.npv"), table=table)


def _horizon(view: View) -> Plain:
    """Which end of the horizon was chosen, and how much of the present value lies in the tail."""
    horizon = view.summary["horizon"]
    said = [
        view.say(
            f"horizon.{horizon['end']}", last=horizon["last"],
            to=horizon["evaluate_to"] or horizon["last"],
        )
    ]  # fmt: skip
    if horizon["end"] == "extended":
        said.append(view.say("horizon.tail", share=numbers.percent(view.summary["tail_share"])))
    return Plain(view.say("heading.horizon"), said)
