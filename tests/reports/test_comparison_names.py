"""Compared plans are called by names that a reader has, in the reader's language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.errors import StoppedWithoutPlan
from optimizer.reports.charts_apart import reasons
from optimizer.reports.charts_compare import binding, dearer, remaining
from optimizer.reports.comparison import CompareView, without_plan
from optimizer.reports.comparison_changes import apart_plans
from optimizer.studies.comparison import Comparison
from tests.studies.test_compare_cases import BARE, DEAR, compared


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return compared(tmp_path_factory.mktemp("names"), DEAR, BARE)


@pytest.mark.parametrize(("lang", "names"), [("en", ("Dear gas", "No roof")),
                                             ("zh", ("气贵", "无屋顶"))])  # fmt: skip
def test_what_ifs_are_called_by_their_names(
    found: Comparison, lang: str, names: tuple[str, str]
) -> None:
    """Proves that pictures of what-ifs say "气贵", not the id `dear` of the file: on axes, in
    legends and in findings."""
    view = CompareView(found, lang)
    chart, why = dearer(view), reasons(view)
    assert chart is not None
    assert why is not None
    assert list(chart.figure.data[0].y) == list(names)
    assert {trace.name for trace in remaining(view).figure.data} > set(names)
    assert names[0] in chart.finding
    for said in (chart.finding, why.finding, why.figure.layout.xaxis.title.text):
        assert "dear" not in said
        assert "scenario as it is" in said or "情景原样" in said or said is why.finding


def test_two_scenarios_of_one_name_are_told_apart_by_their_keys(found: Comparison) -> None:
    """Proves that names are used only where they differ: two lines of one name say nothing."""
    plans = [replace(plan, name={"en": "Plant", "zh": "工厂"}) for plan in found.plans]
    view = CompareView(replace(found, plans=tuple(plans)), "en")
    assert [view.called(plan) for plan in view.solved] == ["scenario", "dear", "bare"]
    assert [plan.key for plan, _ in apart_plans(view)] == ["dear", "bare"]


def test_a_rule_has_one_row_whatever_number_of_plans_it_binds(found: Comparison) -> None:
    """Proves that the rows of the picture are rules and its marks plans: ten what-ifs under four
    rules made forty rows."""
    view = CompareView(found, "en")
    chart = binding(view)
    assert chart is not None
    rules = {row["rule"] for plan in view.solved if plan.figures
             for row in plan.figures.summary["binding"]}  # fmt: skip
    assert len(chart.figure.layout.yaxis.categoryarray) == len(rules)
    assert [trace.name for trace in chart.figure.data] == [view.alike(p) for p in view.solved]


def test_a_search_that_ended_is_told_in_the_readers_language(found: Comparison) -> None:
    """Proves that a time limit leaves no English sentence on a Chinese page."""
    ended = replace(found.plans[1], status="stopped", figures=None,
                    reasons=(StoppedWithoutPlan("stopped (time_limit)"),))  # fmt: skip
    (block,) = without_plan(CompareView(replace(found, plans=(found.plans[0], ended)), "zh"))
    assert not any("stopped" in line for line in block.paragraphs)
    assert "时限" in block.paragraphs[0]
