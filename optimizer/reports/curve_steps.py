"""Steps of the way down in words: what each costs, what enters, how long it lives, what leaves."""

from __future__ import annotations

from optimizer.reports import numbers
from optimizer.reports.blocks import Table
from optimizer.reports.study_view import StudyView
from optimizer.studies.changes import Changes
from optimizer.studies.cost_curve import CostCurve
from optimizer.studies.steps import Step

KINDS = ("enters", "leaves", "larger", "smaller", "earlier", "later")
COLUMNS = (
    "step", "tonnes", "cumulative", "cost", "each", "enters_head", "life", "leaves_head", "others",
    "mark",
)  # fmt: skip


def number_of(curve: CostCurve, one: Step) -> int:
    """Of a step, counted from 1."""
    return curve.steps.index(one) + 1


def changed(view: StudyView, found: Changes) -> list[str]:
    """A line for each kind of change that there is, with the names."""
    lines = []
    for kind in (*KINDS, "assets"):
        ids = getattr(found, kind)
        if ids:
            lines.append(view.say(f"curve.{kind}", names=view.names(ids)))
    return lines


def interval(view: StudyView, one: Step) -> str:
    """Money per tonne between what and what; once where both ends read alike."""
    low, high = (whole(view.per_tonne(money, one.tonnes)) for money in (one.low, one.high))
    return low if low == high else view.say("compare.interval", low=low, high=high)


def at_most(view: StudyView, one: Step) -> str:
    """The most that a tonne of a step can cost: what is known of one that is noise."""
    return view.say("curve.at_most", high=whole(max(0.0, view.per_tonne(one.high, one.tonnes))))


def whole(value: float) -> str:
    """Money per tonne without decimals where they say nothing."""
    return numbers.grouped(value, 0 if abs(value) >= 10 else 1)


def steps_table(view: StudyView, curve: CostCurve) -> Table:
    """A row a step: tonnes, money, money per tonne between what and what, and what changes."""
    head = [view.say(f"curve.{key}_column", unit=view.money.label) for key in COLUMNS]
    rows = [_row(view, curve, one) for one in curve.steps]
    return Table(view.say("curve.steps_table"), head, rows, frozenset({1, 2, 3, 4}))


def _row(view: StudyView, curve: CostCurve, one: Step) -> list[str]:
    found = one.changes
    others = [line for line in changed(view, found) if line not in changed(view, _only(found))]
    mark = "" if one.supported else view.say("pareto.unreached")
    return [
        str(number_of(curve, one)), numbers.grouped(one.tonnes), numbers.grouped(one.cumulative),
        view.money.number(one.cost), at_most(view, one) if one.noise else interval(view, one),
        view.names(found.enters), view.lives(found.enters), view.names(found.leaves),
        view.say("compare.list").join(others), view.say("curve.noise") if one.noise else mark,
    ]  # fmt: skip


def _only(found: Changes) -> Changes:
    """What enters and leaves, and nothing else."""
    return Changes(found.enters, found.leaves, (), (), (), (), ())
