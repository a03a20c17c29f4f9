"""Studies beside the decision sheet: what a tonne costs, cost against emissions, the tornado."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from optimizer.reports import charts_curve, charts_pareto, charts_sensitivity, curve_steps, numbers
from optimizer.reports.committee.decisions import moved_by
from optimizer.reports.committee.view import CommitteeView
from optimizer.reports.curve_page import headline
from optimizer.reports.loan_file.grid import Block, Cell, Column, Grid, Num, Prose
from optimizer.reports.study_page import opening
from optimizer.reports.study_view import StudyView
from optimizer.studies.changes import Changes
from optimizer.studies.cost_curve import CostCurve
from optimizer.studies.pareto import Front
from optimizer.studies.sensitivity import Point, Sensitivity, Swing

AS_IS: Final = Point({}, "optimal")
COMMANDS: Final = {"curve": "curve", "front": "pareto"}
"""Which command makes what a pack may lack."""


def missing(view: CommitteeView, what: str) -> Prose:
    """What the pack lacks, and the commands that add it: studies inside the run are found."""
    command, run = COMMANDS[what], view.view.summary["run"]
    said = f"decarb {command} SCENARIO --out {run}/{command}; decarb report {run} --for committee"
    told = view.told("missing", what=view.told(f"missing.{what}"), command=said)
    return Prose(view.told("missing.heading"), [told])


def curve(view: CommitteeView) -> tuple[str, Sequence[Block]]:
    """Finding and blocks of the path; what is missing without a stored curve."""
    found = view.studies.curve
    if found is None:
        return view.told("finding.missing"), [missing(view, "curve")]
    study = charts_curve.view_of(found, view.lang)
    chart = charts_curve.way_down(study, found)
    said = _counted(study, study.per_tonne_unit)
    return headline(study, found), [chart, _steps(view, found), said]


def _steps(view: CommitteeView, found: CostCurve) -> Grid:
    """A row a step: tonnes, money, money per tonne from … to, what enters and what leaves."""
    study = charts_curve.view_of(found, view.lang)
    scale, unit = study.money.divisor, study.money.label
    rows: dict[str, Sequence[Cell]] = {}
    for number, one in enumerate(found.steps, start=1):
        mark = "noise" if one.noise else ("reached" if one.supported else "unreached")
        each = [None if one.noise else study.per_tonne(money, one.tonnes)
                for money in (one.low, one.high)]  # fmt: skip
        rows[str(number)] = [
            number, Num(one.tonnes), Num(one.cost / scale), *map(Num, each),
            study.names(one.changes.enters), study.names(one.changes.leaves),
            _others(study, one.changes), study.say(f"curve.{mark}"),
        ]  # fmt: skip
    columns = (
        Column("step", study.say("curve.step_column"), "year"),
        Column("tonnes", study.say("curve.tonnes_column"), "number"),
        Column("cost", study.say("curve.cost_column", unit=unit), "number"),
        Column("low", view.told("step.low", unit=view.view.currency), "number"),
        Column("high", view.told("step.high", unit=view.view.currency), "number"),
        Column("enters", study.say("curve.enters_head_column")),
        Column("leaves", study.say("curve.leaves_head_column")),
        Column("others", study.say("curve.others_column")),
        Column("mark", study.say("curve.mark_column")),
    )
    return Grid("steps", study.say("curve.steps_table"), columns, rows)


def _others(study: StudyView, found: Changes) -> str:
    """What grows, shrinks or moves to another year, a line a kind."""
    others = replace(found, enters=(), leaves=())
    return "\n".join(curve_steps.changed(study, others)) or numbers.NOTHING


def _counted(study: StudyView, *units: str) -> Prose:
    """Which money and tonnes a study counts, and that it sets the policy's caps aside."""
    return Prose(study.say("committee.counted"), [*opening(study, "", "").about, *units])


def front(view: CommitteeView) -> tuple[str, Sequence[Block]]:
    """Finding and blocks of the front; what is missing without a stored one. A curve's path is a
    front too."""
    found = view.studies.front
    if found is None and view.studies.curve is not None:
        found = view.studies.curve.front
    if found is None:
        return view.told("finding.missing"), [missing(view, "front")]
    study = charts_pareto.view_of(found, view.lang)
    chart = charts_pareto.cost_and_emissions(study, found)
    return charts_pareto.headline(study, found), [chart, _points(view, found), _counted(study)]


def _points(view: CommitteeView, found: Front) -> Grid:
    """A row a point, every figure a number; the page has them under its picture."""
    study = charts_pareto.view_of(found, view.lang)
    scale, unit, least = study.money.divisor, study.money.label, found.points[0].plan.cost
    rows: dict[str, Sequence[Cell]] = {}
    for number, point in enumerate(found.points, start=1):
        plan = point.plan
        rows[str(number)] = [
            number, Num(plan.tonnes), Num(plan.cumulative), Num(plan.cost / scale),
            Num(point.bound / scale), Num((plan.cost - least) / scale),
            Num(sum(plan.capex.values()) / scale), study.names(sorted(plan.chosen())),
        ]  # fmt: skip
    columns = (
        Column("point", study.say("pareto.point"), "year"),
        Column("tonnes", study.say("pareto.tonnes"), "number"),
        Column("cumulative", study.say("pareto.cumulative"), "number"),
        Column("cost", study.say("pareto.cost", unit=unit), "number"),
        Column("bound", study.say("pareto.least", unit=unit), "number"),
        Column("more", study.say("pareto.more", unit=unit), "number"),
        Column("capex", study.say("pareto.capex", unit=unit), "number"),
        Column("plan", view.told("front.plan")),
    )
    return Grid("points", study.say("pareto.table"), columns, rows, only="book")


def tornado(view: CommitteeView) -> tuple[str, Sequence[Block]]:
    """Finding, picture and tables of the drivers moved alone."""
    moves = view.sheet.moves
    known = {tuple(sorted(p.factors.items())): p for s in moves.tornado for p in s.points}
    found = Sensitivity(
        moves.subject, known.get((), AS_IS), moves.tornado, (), 0, 1, tuple(known.values()),
        moves.measures,
    )  # fmt: skip
    study = charts_sensitivity.view_of(found, view.lang)
    chart = charts_sensitivity.tornado(study, found)
    always = sum(role.kind == "always" for role in moves.measures)
    said = study.say("sensitivity.headline", always=always, tested=moves.tested,
                     all=len(moves.measures))  # fmt: skip
    return said, [chart, _swings(view), _roles(view)]


def _swings(view: CommitteeView) -> Grid:
    """A row a driver and end: the interval of what the optimum costs more there."""
    rows: dict[str, Sequence[Cell]] = {}
    for swing in view.sheet.moves.tornado:
        for end, factor in (("low", swing.driver.low), ("high", swing.driver.high)):
            rows[f"{swing.driver.path}{end}".replace(".", "_")] = _swing(view, swing, end, factor)
    columns = (
        Column("driver", view.view.say("sensitivity.driver")),
        Column("end", view.told("regret.end")),
        Column("low", view.head("swing.low"), "number"),
        Column("high", view.head("swing.high"), "number"),
        Column("status", view.view.say("compare.status")),
    )
    return Grid("swings", view.view.say("sensitivity.table"), columns, rows, only="book")


def _swing(view: CommitteeView, swing: Swing, end: str, factor: float) -> list[Cell]:
    span = getattr(swing, end)
    low, high = (None, None) if span is None else span
    point = swing.points[0 if end == "low" else -1]
    return [
        view.driver(swing.driver.path), moved_by(factor), view.scaled(low), view.scaled(high),
        view.view.say(f"compare.status.{point.status}"),
    ]  # fmt: skip


def _roles(view: CommitteeView) -> Grid:
    """A row a measure on offer: what becomes of it over all plans tested."""
    rows: dict[str, Sequence[Cell]] = {
        role.id: [
            view.name(role.id), view.view.say(f"sensitivity.role.{role.kind}"),
            role.plans,
        ]
        for role in view.sheet.moves.measures
    }  # fmt: skip
    columns = (
        Column("name", view.told("project")),
        Column("role", view.view.say("sensitivity.role")),
        Column("plans", view.view.say("sensitivity.plans", tested=view.sheet.moves.tested), "year"),
    )
    return Grid("roles", view.view.say("sensitivity.measures"), columns, rows)
