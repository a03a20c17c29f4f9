"""What the pictures and the page of a cost curve must say so that nobody is misled."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.inputs import case as c
from optimizer.reports import palette
from optimizer.reports.charts_alone import alone
from optimizer.reports.charts_curve import view_of, way_down
from optimizer.reports.charts_lock_in import lock_in_said
from optimizer.reports.charts_naive import naive
from optimizer.reports.charts_pareto import against
from optimizer.reports.charts_schedule import schedule
from optimizer.reports.curve_page import curve_files
from optimizer.reports.curve_prices import at_prices
from optimizer.reports.study_view import StudyView
from optimizer.studies.cost_curve import CostCurve, cost_curve
from optimizer.studies.lock_in import LockIn
from optimizer.studies.pareto import front
from optimizer.studies.plant import Plant
from tests import plants as p
from tests.studies.overlapping_plant import GAS_TONNES, LIFE, YEARS, overlapping

CREDITS, EACH = 100.0, 30.0
"""t of credits for sale, and the price of one."""


def plant() -> Plant:
    """The overlapping plant, insulation at a price at which it saves money, a credit, and an
    internal carbon price of 17."""
    case = overlapping(GAS_TONNES - 1_800)
    cheap = replace(case.measures[0], segments=(c.Segment(0.0, 1.0, 0.0, LIFE * 40_000.0),))
    credit = c.CreditOption(
        "credit", p.name("credit"), "removal", p.by_year(EACH, YEARS), (CREDITS,), 0
    )
    return Plant(
        replace(
            case,
            measures=(cheap, *case.measures[1:]),
            credits=(credit,),
            internal_carbon_price=p.by_year(17.0, YEARS),
        )
    )


@pytest.fixture(scope="module")
def curve() -> CostCurve:
    return cost_curve(plant(), 6, with_naive=True)


@pytest.fixture(params=["en", "zh"])
def view(curve: CostCurve, request: pytest.FixtureRequest) -> StudyView:
    return view_of(curve, request.param)


def test_credits_have_a_colour_of_their_own_and_their_cap_as_width(
    curve: CostCurve, view: StudyView
) -> None:
    """Proves that 100 t of credits at 30 are a block of 0.1 kt right of the last step, in a colour
    that no step has."""
    *steps, credit = way_down(view, curve).figure.data
    assert credit.marker.color == palette.CREDITS
    assert all(step.marker.color != palette.CREDITS for step in steps)
    assert list(credit.width) == pytest.approx([CREDITS / 1e3])
    assert list(credit.y) == pytest.approx([EACH])
    rightmost = max(x + w / 2 for step in steps for x, w in zip(step.x, step.width, strict=True))
    assert credit.x[0] - credit.width[0] / 2 == pytest.approx(rightmost)


def test_every_picture_says_which_tonnes_and_which_money(curve: CostCurve, view: StudyView) -> None:
    """Proves that the axes name the discounting of tonnes and, where money is per tonne, whose
    prices, cumulative and discounted or not."""
    shown = [way_down(view, curve), alone(view, curve), naive(view, curve)]
    for chart in shown:
        assert chart is not None
        assert view.tonnes in chart.figure.layout.xaxis.title.text
    for chart in (shown[0], shown[2]):
        assert chart is not None
        assert chart.figure.layout.yaxis.title.text == view.per_tonne_unit
    assert {"en": "discounted", "zh": "折现"}[view.lang] in view.tonnes
    assert {"en": "cumulative", "zh": "累计"}[view.lang] in view.per_tonne_unit


def test_noise_is_not_drawn_as_a_step(curve: CostCurve, view: StudyView) -> None:
    """Proves that a last step within the noise has a row in the table and no bar."""
    noisy = replace(curve, steps=(*curve.steps[:-1], replace(curve.steps[-1], noise=True)))
    bars = [bar for bar in way_down(view, noisy).figure.data if bar.marker.color == palette.BLUE]
    assert sum(len(bar.x) for bar in bars) == len(curve.steps) - 1


def test_what_saves_money_is_a_point_of_present_value_and_tonnes(
    curve: CostCurve, view: StudyView
) -> None:
    """Proves (Taylor 2012) that insulation, which saves 49,275 - 40,000 = 9,275, stands at 985.5 t
    and that amount, with the interval that its search leaves; and that the block of the way down
    which saves money has no height to be ranked by."""
    savers = alone(view, curve).figure.data[0]
    assert savers.marker.color == palette.GREEN
    assert savers.x[0] * 1e3 == pytest.approx(985.5)
    assert savers.y[0] * view.money.divisor == pytest.approx(9_275, rel=1e-4)
    assert savers.error_y.array[0] >= 0
    shapes = way_down(view, curve).figure.layout.shapes
    assert any(shape.yref == "y domain" for shape in shapes)


def test_the_schedule_stands_beside_every_curve(curve: CostCurve, view: StudyView) -> None:
    """Proves that a curve whose own rules no plan keeps still shows in which year what stands, of
    the cheapest plan, and says so."""
    own, open_ = schedule(view, curve), schedule(view, replace(curve, plan=None))
    assert own.finding != open_.finding
    assert view.name("insulation") in list(open_.figure.data[0].y)
    assert 'id="schedule"' in curve_files(replace(curve, plan=None, loss=None), view.lang).page


def test_prices_are_lines_and_a_table_says_where_they_lead(
    curve: CostCurve, view: StudyView
) -> None:
    """Proves that the scenario's internal price of 17 leads to the cheapest plan, 985.5 t avoided
    with insulation, since the next tonnes cost 50."""
    block = at_prices(view, curve)
    assert block is not None
    assert block.table is not None
    (row,) = block.table.rows
    assert row[:3] == ["17", "1", "986"]
    lines = [
        shape.y0 for shape in way_down(view, curve).figure.layout.shapes if shape.type == "line"
    ]
    assert 17.0 in lines


def test_one_baseline_stands_on_every_view(curve: CostCurve, view: StudyView) -> None:
    """Proves that a front and a curve of one plant name the same baseline, and that another plant's
    is another one."""
    alike = front(plant(), 2)
    assert alike.baseline_id == curve.front.baseline_id == curve.as_dict()["baseline"]["id"]
    assert curve.front.baseline_id in against(view, curve.front)
    assert against(view, curve.front) in curve_files(curve, view.lang).page
    dearer = replace(plant().case, services=())
    assert front(Plant(dearer), 2).baseline_id != alike.baseline_id


def test_the_page_says_whose_cost_it_is_and_what_is_left_out(
    curve: CostCurve, view: StudyView
) -> None:
    """Proves one kind of money on all axes, the company's, and the list of what isn't in it."""
    said = view.say("curve.excluded")
    assert said in curve_files(curve, view.lang).page
    assert said.startswith({"en": "Company cost", "zh": "企业口径成本"}[view.lang])


def test_a_lock_in_is_told_by_what_it_is(curve: CostCurve, view: StudyView) -> None:
    """Proves the three sentences: barred, dearer by so much, or within the noise."""
    plan = curve.front.points[0].plan
    barred = LockIn(2026, plan, curve.steps[0].changes)
    dearer = replace(barred, plan=plan, cost=500.0, low=400.0, high=600.0)
    said = [lock_in_said(view, one) for one in (barred, dearer, replace(dearer, cost=50.0))]
    assert len(set(said)) == 3
    assert view.money.shown(500.0, 100.0) in said[1]
