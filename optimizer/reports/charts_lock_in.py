"""Picture of what the plan of all years and one that knows the first rules alone don't share."""

from __future__ import annotations

from optimizer.reports.blocks import Chart
from optimizer.reports.charts_plans import plans_side_by_side
from optimizer.reports.study_view import StudyView
from optimizer.studies.cost_curve import CostCurve
from optimizer.studies.lock_in import LockIn


def lock_in(view: StudyView, curve: CostCurve) -> Chart | None:
    """What each plan has, when and how large; None where no rule changes after the year."""
    found, own = curve.lock_in, curve.plan
    if found is None or own is None:
        return None
    went_on = found.short if found.plan is None else found.plan
    plans = {
        view.say("lock_in.all_years"): own.plan,
        view.say("lock_in.to_year", year=found.year): went_on,
    }
    figure, table = plans_side_by_side(view, plans, view.say("lock_in.table"))
    note = view.say(f"lock_in.note_{'bars' if found.bars else 'on'}", year=found.year)
    return Chart("lock_in", lock_in_said(view, found), note, figure, table)


def lock_in_said(view: StudyView, found: LockIn) -> str:
    """What following the first rules alone bars, or costs more than knowing all."""
    if found.plan is None:
        said = view.say("compare.list").join(p.said(view.lang) for p in found.promises)
        return view.say("lock_in.bars", year=found.year, said=said)
    if found.noise or found.cost is None or found.low is None or found.high is None:
        return view.say("lock_in.noise", year=found.year)
    unsure = (found.high - found.low) / 2
    return view.say("lock_in.dearer", year=found.year, money=view.money.shown(found.cost, unsure))
