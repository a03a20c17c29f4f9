"""What the search for the plan reached: its gap beside the gap that was asked for."""

from __future__ import annotations

from typing import Any

from optimizer.reports import numbers
from optimizer.reports.view import View

STOPS = ("time_limit", "interrupted")


def number(value: Any) -> float:
    """A figure of summary.json; null is nan."""
    return float("nan") if value is None else float(value)


def gap_share(view: View) -> str:
    """Gap as a share of cost, such as "0.72 %"."""
    return numbers.percent(number(view.summary["gap"]), 2)


def gap_money(view: View) -> str:
    """Gap in money to two digits; a dash where no lower bound is known."""
    gap = number(view.summary["gap_money"])
    return view.money.shown(gap, gap / 10)


def asked(view: View) -> str:
    """The gap that was asked for, a share or money; "" where the run doesn't say."""
    money = view.summary.get("gap_money_asked")
    if money is not None:
        return view.money.shown(float(money))
    share = view.summary.get("gap_asked")
    return "" if share is None else numbers.percent(float(share), 2)


def seconds(view: View) -> str:
    """Time that the search took; all stages where it isn't told apart."""
    spent = dict(view.summary.get("seconds") or {})
    return numbers.with_unit(float(spent.get("search", sum(spent.values()))), "s", 2)


def outcome(view: View) -> str:
    """Which sentence tells the outcome: optimal, why it stopped, or that no bound is known."""
    if view.summary["gap"] is None:
        return "no_bound"
    if view.summary["status"] == "optimal":
        return "optimal"
    stopped = str(view.summary.get("stopped_by"))
    return stopped if stopped in STOPS else "stopped"


def sentence(view: View) -> str:
    """One sentence for page one: proven within the gap asked for, or stopped short of it."""
    wanted = asked(view)
    said = view.say(
        f"search.{outcome(view)}", seconds=seconds(view), share=gap_share(view),
        gap=gap_money(view), asked=view.say("search.asked", gap=wanted) if wanted else "",
    )  # fmt: skip
    if not view.valued:
        return said
    worth = view.money.shown(float(view.summary["valuation"]))
    return view.say("search.valued", said=said, worth=worth)


def on_every_day(view: View) -> str:
    """What the full year adds to the typical days; that none checked it; "" on a full year."""
    check = view.summary.get("full_year")
    if not check:
        return view.say("search.unchecked") if view.summary["axis"] == "typical" else ""
    more = float(check["cost_difference"])
    way = view.say("search.more" if more >= 0 else "search.less")
    return view.say("search.axis", cost=view.money.shown(abs(more), abs(more) / 10), more=way)
