"""The words in the pictures of a cost curve stand apart and are whole."""

from __future__ import annotations

import pytest

from optimizer.reports.charts_curve import view_of, way_down
from optimizer.reports.charts_naive import naive
from optimizer.reports.curve_page import curve_page
from optimizer.reports.study_view import StudyView
from optimizer.studies.cost_curve import CostCurve, cost_curve
from optimizer.studies.plant import Plant
from tests.studies.overlapping_plant import GAS_TONNES, overlapping


@pytest.fixture(scope="module")
def curve() -> CostCurve:
    return cost_curve(Plant(overlapping(GAS_TONNES - 1800)), 12, with_naive=True)


@pytest.fixture(params=["en", "zh"])
def view(curve: CostCurve, request: pytest.FixtureRequest) -> StudyView:
    return view_of(curve, request.param)


def test_a_step_says_as_much_as_its_width_holds(curve: CostCurve, view: StudyView) -> None:
    """Proves that only step 2, 805 of 2,168 t wide, names what enters and leaves in full.

    Of 860 pixels it has 319, above 120; step 1, 181 t, has 72 and one name on end; step 4, 118 t
    larger with nothing that enters, its number. Names on a narrow step would run over the next.
    """
    labels = [note.text for note in way_down(view, curve).figure.layout.annotations]
    insulation, pump = view.name("insulation"), view.name("heat_pump")
    assert labels[:4] == [f"1 +{pump}", f"2<br>+{insulation}<br>−{pump}", f"3 +{pump}", "4"]


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
    assert curve_page(curve, view.lang).count(view.say("curve.enters_head_column") + "</th>") == 1
