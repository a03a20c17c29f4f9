"""The words in the pictures of a cost curve stand apart and are whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.reports.charts_curve import view_of, way_down
from optimizer.reports.charts_left_out import finding
from optimizer.reports.charts_naive import naive
from optimizer.reports.curve_page import curve_files
from optimizer.reports.curve_steps import interval
from optimizer.reports.heights import readable
from optimizer.reports.numbers import grouped
from optimizer.reports.study_view import StudyView
from optimizer.studies.cost_curve import CostCurve, cost_curve
from optimizer.studies.left_out import LeftOut
from optimizer.studies.plant import Plant
from tests.studies.overlapping_plant import GAS_TONNES, overlapping


@pytest.fixture(scope="module")
def curve() -> CostCurve:
    return cost_curve(Plant(overlapping(GAS_TONNES - 1800)), 12, with_naive=True)


@pytest.fixture(params=["en", "zh"])
def view(curve: CostCurve, request: pytest.FixtureRequest) -> StudyView:
    return view_of(curve, request.param)


def test_a_step_says_as_much_as_its_width_holds(curve: CostCurve, view: StudyView) -> None:
    """Proves that only step 2, 803 of 2,190 t wide, names what enters and leaves in full.

    Of 860 pixels it has 315, above 120; step 1, 182.5 t, has 72 and one name on end; step 4, 120 t
    larger with nothing that enters, its number. Names on a narrow step would run over the next.
    """
    labels = [note.text for note in way_down(view, curve).figure.layout.annotations]
    insulation, pump = view.name("insulation"), view.name("heat_pump")
    assert labels[:4] == [f"1 +{pump}", f"2<br>+{insulation}<br>−{pump}", f"3 +{pump}", "4"]


def test_a_label_is_no_higher_than_its_room(curve: CostCurve, view: StudyView) -> None:
    """Proves that a wide step on which twelve measures enter shows its number, seven of them and
    a mark that there are more; thirteen lines would lie over the legend."""
    twelve = tuple(f"m{number}" for number in range(12))
    wide = replace(curve.steps[1], changes=replace(curve.steps[1].changes, enters=twelve))
    steps = (curve.steps[0], wide, *curve.steps[2:])
    figure = way_down(view, replace(curve, steps=steps)).figure
    labels = [note.text for note in figure.layout.annotations]
    lines = labels[1].split("<br>")
    assert lines == ["2", *(f"+m{number}" for number in range(7)), "…"]


def test_ends_that_read_alike_are_said_once(curve: CostCurve, view: StudyView) -> None:
    """Proves 10.2 to 10.4 money a tonne is "10", and 10.2 to 11.9 has both ends: "10 to 10" would
    say a range and show none."""
    one = replace(curve.steps[0], tonnes=1.0, low=10.2, high=10.4)
    alike = replace(view, subject=replace(view.subject, basis="discounted"))
    assert interval(alike, one) == "10"
    both = interval(alike, replace(one, high=11.9))
    assert both == alike.say("compare.interval", low="10", high="12")


def test_what_was_not_settled_is_no_zero(view: StudyView) -> None:
    """Proves that searches which ended without an answer aren't counted as measures that the plan
    can do without: of three with one open the title says so, and of none settled it gives no
    count at all."""
    known = [LeftOut("a", "indispensable"), LeftOut("b", "dearer", cost=1.0, low=1.0, high=1.0)]
    lost = LeftOut("c", "undecided")
    assert finding(view, known) == view.say("left_out.finding", count=1, all=2)
    assert finding(view, known[1:]) == view.say("left_out.finding_none", all=1)
    partly = finding(view, [*known, lost])
    assert partly == view.say("left_out.finding_partly", count=1, all=3, open=1)
    assert finding(view, [lost, lost]) == view.say("left_out.finding_open", all=2)


def test_labels_of_steps_stand_above_their_whiskers(curve: CostCurve, view: StudyView) -> None:
    """Proves that no label is struck through: its foot is the upper end of the interval."""
    notes = way_down(view, curve).figure.layout.annotations
    for note, step in zip(notes, curve.steps, strict=False):
        assert note.yanchor == "bottom"
        assert note.y == pytest.approx(view.per_tonne(step.high, step.tonnes))


def test_marks_of_the_naive_curve_have_a_line_each(curve: CostCurve, view: StudyView) -> None:
    """Proves that target, what is real and what is counted twice are never printed on each other,
    however near they lie: each at a height of its own."""
    chart = naive(view, curve)
    assert chart is not None
    notes = chart.figure.layout.annotations
    assert len(notes) == len({note.y for note in notes}) == 3


def test_steps_are_tabled_once(curve: CostCurve, view: StudyView) -> None:
    """Proves that the page doesn't print the table of steps under the picture and again below."""
    page = curve_files(curve, view.lang).page
    assert page.count(view.say("curve.enters_head_column") + "</th>") == 1


def test_a_dear_crumb_doesnt_flatten_the_naive_curve(curve: CostCurve, view: StudyView) -> None:
    """Proves that 30 of 1,892 t at 20,000 stand as a number on a cut bar: the axis ends at 1.4
    times 20, what nine tenths of the tonnes cost at most, in place of 28,000."""
    assert curve.naive is not None
    dear = [
        replace(one, tonnes=30.0, cost=600_000.0) if one.id == "heat_pump" else one
        for one in curve.standalone
    ]
    order = [(id, 30.0 if id == "heat_pump" else tonnes) for id, tonnes in curve.naive.order]
    naively = replace(curve.naive, order=tuple(order))
    chart = naive(view, replace(curve, standalone=tuple(dear), naive=naively))
    assert chart is not None
    assert chart.figure.layout.yaxis.range[1] == pytest.approx(28, rel=0.01)
    assert f"↑ {grouped(20_000)}" in [note.text for note in chart.figure.layout.annotations]


def test_a_dear_step_doesnt_flatten_the_others(curve: CostCurve, view: StudyView) -> None:
    """Proves that the last of 12 steps, 120 of 2,190 t and so within a tenth, at 5,000 a tonne
    leaves the axis at 1.9 times 50, and that its label says 5,000 at the upper edge."""
    last = curve.steps[-1]
    cost = 5_000 * last.tonnes
    dear = replace(last, cost=cost, low=cost, high=cost)
    figure = way_down(view, replace(curve, steps=(*curve.steps[:-1], dear))).figure
    top = figure.layout.yaxis.range[1]
    assert top == pytest.approx(1.9 * 50, rel=0.01)
    (label,) = [note for note in figure.layout.annotations if "↑" in note.text]
    assert grouped(5_000) in label.text
    assert (label.y, label.yanchor) == (top, "top")


@pytest.mark.parametrize(
    ("bars", "height"),
    [([], 0.0), ([(10, 50), (20, 50)], 20), ([(10, 95), (39, 3), (41, 2)], 39),
     ([(-5, 95), (100, 5)], 100), ([(10, 80), (41, 20)], 41)],
)  # fmt: skip
def test_the_tallest_bar_that_leaves_the_others_readable(
    bars: list[tuple[float, float]], height: float
) -> None:
    """Proves the cut at four times what nine tenths of the tonnes cost at most: 39 is below 4 x 10,
    41 isn't; a fifth of the tonnes is no crumb, and beside savings nothing is cut."""
    assert readable(bars) == height
