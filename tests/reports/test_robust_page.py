"""The picture of regrets says where a decision breaks a rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.reports.charts_robust import regrets, view_of
from optimizer.studies.two_stage import TwoStage
from tests.studies.test_two_stage import PRICES, asked, plant


@pytest.fixture(scope="module")
def found() -> TwoStage:
    return asked({id: plant(price) for id, price in PRICES.items()})


def test_a_broken_rule_is_no_bar_of_length_nothing(found: TwoStage) -> None:
    """Proves that a decision that breaks a rule in the second future is marked there and named in
    the finding: a bar of length 0 alone would read as no regret at all."""
    second = found.futures[1]
    first, *others = [one for one in found.decisions if one.kind == "future"]
    lost = (first.regrets[0], None, *first.regrets[2:])
    broken = replace(first, regrets=lost, most_regret=None, expected=None)
    both = [one for one in found.decisions if one.kind != "future"]
    marred = replace(found, decisions=(*both, broken, *others))
    view = view_of(marred, "en")
    chart = regrets(view, marred)
    texts = {bar.name: list(bar.text) for bar in chart.figure.data}
    assert texts[second.name["en"]] == ["", "", "breaks a rule", *[""] * len(others)]
    assert chart.finding.endswith(f"breaks a rule of another: {found.futures[0].name['en']}")


def test_regrets_are_drawn_as_they_are(found: TwoStage) -> None:
    """Proves that without a broken rule nothing is marked, and bars have the table's lengths."""
    view = view_of(found, "zh")
    bars = regrets(view, found).figure.data
    for k, bar in enumerate(bars):
        assert not any(bar.text)
        lost = [max(0.0, one.regrets[k] or 0.0) / view.money.divisor for one in found.decisions]
        assert list(bar.x) == pytest.approx(lost)
