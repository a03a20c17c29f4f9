"""What becomes of each measure over all plans tested, in words: always in, up to a threshold, a
hedge, either way, never in."""

from __future__ import annotations

from typing import Final

from optimizer.inputs.scaled import one_figure
from optimizer.reports import numbers
from optimizer.reports.blocks import Plain, Table
from optimizer.reports.study_view import StudyView
from optimizer.studies.drivers import ALWAYS, Driver
from optimizer.studies.roles import ORDER, Role, Threshold
from optimizer.studies.sensitivity import Sensitivity
from optimizer.words import inside

SAID: Final = ("always", "threshold")
"""Kinds that are told even where no measure is of them."""


def driver_name(view: StudyView, found: Sensitivity, path: str) -> str:
    """A driver's name; its path where the study has no name for it."""
    driver = _driver(found, path)
    return path if driver is None else driver.name[view.lang]


def _driver(found: Sensitivity, path: str) -> Driver | None:
    return next((swing.driver for swing in found.swings if swing.driver.path == path), None)


def percent_of(factor: float) -> str:
    """A factor as a change: 1.2 is "+20 %", 0.875 is "−12.5 %"."""
    sign = "+" if factor > 1 else ""
    return f"{sign}{numbers.grouped(100 * (factor - 1), 1).removesuffix('.0')}{numbers.THIN}%"


def at(view: StudyView, driver: Driver, factor: float) -> str:
    """A factor as a change with the figure that it stands for, "+5 % (0.0473 EUR/kWh)", of the
    first year that has one; without it where the path holds many, or a bare number."""
    change = view.say("sensitivity.as_is") if factor == 1 else percent_of(factor)
    year, text = next(iter(driver.figures(factor).items()), (ALWAYS, ""))
    figure = one_figure(text)
    if figure is None or not figure[1]:
        return change
    shown = numbers.with_unit(*figure)
    key = "sensitivity.figure" if year == ALWAYS else "sensitivity.figure_of_year"
    return view.say(key, change=change, figure=shown, year=year)


def ranges(view: StudyView, found: Sensitivity) -> str:
    """Which drivers were moved, those of one range together, from where to where."""
    joint, same = view.say("list.separator"), dict[tuple[str, str], list[str]]()
    for driver in (swing.driver for swing in found.swings):
        ends = percent_of(driver.low), percent_of(driver.high)
        same.setdefault(ends, []).append(inside(driver.name[view.lang]))
    said = (
        view.say("sensitivity.over", drivers=joint.join(names), low=low, high=high)
        for (low, high), names in same.items()
    )
    return view.say("compare.list").join(said)


def roles_block(view: StudyView, found: Sensitivity) -> Plain:
    """How many plans over which ranges, the measures of each kind, and the table of all."""
    missing = len(found.points) - found.tested
    told = [
        view.say("sensitivity.tested", tested=found.tested, ranges=ranges(view, found)),
        *([view.say("sensitivity.missing", missing=missing)] if missing else []),
        *_kinds(view, found),
        view.say("sensitivity.near"),
    ]
    return Plain(view.say("sensitivity.measures"), told, roles_table(view, found))


def _kinds(view: StudyView, found: Sensitivity) -> list[str]:
    """A sentence a kind: which measures are of it."""
    said = []
    for kind in ORDER:
        ids = [role.id for role in found.roles if role.kind == kind]
        if ids or kind in SAID:
            listed = view.say("compare.list").join(map(view.name, ids))
            names = listed or view.say("sensitivity.no_measure")
            said.append(view.say(f"sensitivity.are_{kind}", tested=found.tested, names=names))
    return said


def roles_table(view: StudyView, found: Sensitivity) -> Table:
    """A row a measure: what becomes of it, in how many plans, and its thresholds."""
    head = [view.say("word.measure"), view.say("sensitivity.role"),
            view.say("sensitivity.plans", tested=found.tested),
            view.say("sensitivity.threshold")]  # fmt: skip
    rows = [
        [view.name(role.id), view.say(f"sensitivity.role.{role.kind}"), str(role.plans),
         _thresholds(view, found, role)]
        for role in found.roles
    ]  # fmt: skip
    return Table(view.say("sensitivity.measures"), head, rows, frozenset({2}))


def _thresholds(view: StudyView, found: Sensitivity, role: Role) -> str:
    """Where each driver alone takes a measure in or out; that only several together do."""
    said = [threshold(view, found, each) for each in role.thresholds]
    if not said and role.kind in ("threshold", "hedge"):
        return view.say("sensitivity.together")
    return view.say("compare.list").join(said) or numbers.NOTHING


def threshold(view: StudyView, found: Sensitivity, each: Threshold) -> str:
    """ "Price of gas: in at +5 % (0.0473 EUR/kWh), out as it is (0.045 EUR/kWh)"."""
    driver = _driver(found, each.path)
    assert driver is not None
    return view.say("sensitivity.in_out", driver=driver.name[view.lang],
                    present=at(view, driver, each.present),
                    absent=at(view, driver, each.absent))  # fmt: skip
