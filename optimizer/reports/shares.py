"""What each measure and contract is worth, as `decarb measures` found it."""

from __future__ import annotations

from typing import Any

from optimizer.reports import numbers
from optimizer.reports.blocks import Plain, Table
from optimizer.reports.view import View


def block(view: View) -> list[Plain]:
    """The shares and how they were found; nothing before `decarb measures`."""
    found = view.shares
    if found is None:
        return []
    alone = sum(item["alone"] or 0.0 for item in found["items"])
    said = [
        view.say("shares.said", periods=found["periods"]),
        view.say(
            "shares.interaction", alone=view.money.shown(alone),
            together=view.money.shown(found["measured"]),
            interaction=view.money.shown(found["interaction"]),
        ),
    ]  # fmt: skip
    return [Plain(view.say("heading.shares"), said, shares_table(view))]


def shares_table(view: View) -> Table:
    """A row a measure or contract, the largest share first, then what none of them accounts for,
    and the plan."""
    found = view.shares
    assert found is not None
    money = view.money
    keys = (("saving", money.label), ("alone", money.label), ("tonnes", "t"), ("tonnes_alone", "t"))
    head = [view.say("shares.item"), *(f"{view.say(f'shares.{k}')} [{unit}]" for k, unit in keys)]
    ordered = sorted(found["items"], key=lambda item: -item["saving"])
    rows = [_row(view, item) for item in ordered]
    for name, key in (("rest", "rest"), ("total", "saving")):
        tonnes = found["tonnes_rest" if name == "rest" else "tonnes"]
        shown = [money.number(found[key]), "", numbers.significant(tonnes), ""]
        rows.append([view.say(f"shares.{name}"), *shown])
    return Table(view.say("table.shares"), head, rows, frozenset({1, 2, 3, 4}))


def _row(view: View, item: dict[str, Any]) -> list[str]:
    dim = "contract" if item["id"] in view.ids("contract") else "measure"
    vital = view.say("shares.vital")
    alone, tonnes = item["alone"], item["tonnes_alone"]
    return [
        view.name(dim, item["id"]),
        view.money.number(item["saving"]),
        vital if alone is None else view.money.number(alone),
        numbers.significant(item["tonnes"]),
        vital if tonnes is None else numbers.significant(tonnes),
    ]
