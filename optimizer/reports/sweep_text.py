"""A sweep in words: how many plans, what is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from optimizer.inputs.case import Case
from optimizer.reports import numbers
from optimizer.studies.sweep_task import Record
from optimizer.words import text, text_or


def planned(records: Sequence[Record]) -> list[Record]:
    """Records of points that have a plan."""
    return [r for r in records if r.get("cost") is not None]


def headline(case: Case, records: Sequence[Record], lang: str) -> str:
    """How many points have a plan, between which costs."""
    name, costs = getattr(case.name, lang), [r["cost"] for r in planned(records)]
    if not costs:
        return text("sweep.headline_none", lang, name=name, count=len(records))
    currency = text_or(f"currency.{case.currency.lower()}", case.currency, lang)
    money = numbers.money_scale(max(map(abs, costs)), currency, lang)
    low, high = money.shown(min(costs)), money.shown(max(costs))
    count, found = len(records), len(costs)
    return text("sweep.headline", lang, name=name, count=count, found=found, low=low, high=high)


def measures(case: Case, records: Sequence[Record], lang: str) -> tuple[list[str], list[list[str]]]:
    """(head, rows): of each measure that is in some plan its share of plans, and its sizes."""
    plans = planned(records)
    head = [text(f"sweep.{key}", lang) for key in ("measure", "share", "least", "most")]
    rows = []
    for option in case.measures:
        sizes = [sum(r["builds"][option.id].values()) for r in plans if option.id in r["builds"]]
        if sizes:
            unit = text_or(f"capacity_unit.{option.unit}", option.unit, lang)
            shown = [numbers.with_unit(size, unit) for size in (min(sizes), max(sizes))]
            share = numbers.percent(len(sizes) / len(plans), 0)
            rows.append([getattr(option.name, lang), share, *shown])
    return head, sorted(rows, key=lambda row: row[0])


def without_plan(records: Sequence[Record], lang: str) -> Iterator[str]:
    """A line for each way in which points ended without a plan, with one reason."""
    left = [r for r in records if r.get("cost") is None]
    for ending, count in sorted(Counter(r["ending"] for r in left).items()):
        why = next((r["why"] for r in left if r["ending"] == ending and "why" in r), "–")
        said = text(f"sweep.ending_{ending}", lang)
        yield text("sweep.without", lang, count=count, ending=said, why=why)
