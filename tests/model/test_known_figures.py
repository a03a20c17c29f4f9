"""Published figures of other programmes, re-stated in our terms."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.inputs import case as c
from optimizer.inputs.capex import cost_of, through_points
from tests import plants as p
from tests.model.solving import close, solved


def supply(
    segments: tuple[c.Segment, ...],
    load: np.ndarray,
    price: float,
    years: tuple[int, ...] = (2026,),
) -> c.Case:
    """A load that a converter of these costs must serve from a fuel; a life of 1 year, rate 0."""
    option = p.measure(
        "unit", years, kind="converter", upper=segments[-1].upper, lower=segments[0].lower,
        segments=segments, life=1,
    )  # fmt: skip
    return p.case(
        years, {"load": load}, axis=p.axis(steps=load.size), measures=(option,),
        carriers=(
            p.carrier("fuel", years, price=price, kind="fuel", scope=1), p.carrier("heat", years),
        ),
        services=(p.service("s", "heat", "load", years),),
        units=(c.ConverterUnit("unit", "heat", (c.Flow("fuel", 1.0),), (c.Flow("heat", 1.0),)),),
    )  # fmt: skip


def test_flixopt_piecewise_investment() -> None:
    """Proves flixOpt's 210: the first 50 at 2 and the next 30 at 1 are 130; 80 of fuel at 1 are 80.

    One hour a day of 80 MW at 1/365 a MWh is that fuel. One price of 1 would give 160, of 2, 240.
    """
    pieces = through_points([(50.0, 100.0), (200.0, 250.0)], 0, 200)
    load = np.zeros(24)
    load[7] = 80.0
    solution = solved(supply(pieces, load, 1 / 365))
    assert solution.yearly("added")["unit", 2026] == close(80)
    assert solution.yearly("overnight")["unit", 2026] == close(130)
    assert solution.net_present_cost() == close(210)


CHP = [(0.1, 230_000.0), (0.3, 540_000.0), (1.14, 1_710_000.0)]
"""MW and USD: 100, 300 and 1140 kW at 2300, 1800 and 1500 USD/kW."""


@pytest.mark.parametrize(
    ("size", "total"), [(0.05, 115_000), (0.2, 385_000), (0.5555, 895_875), (2.0, 3_000_000)]
)
def test_reopt_chp_cost_curve(size: float, total: float) -> None:
    """Proves REopt's 895,875 USD for 555.5 kW, by the input's pieces and by the model's segments.

    540,000 + 255.5 / 840 x 1,170,000. Below 100 kW 2300, above 1140 kW 1500 USD/kW; 200 kW lie half
    way. Interpolated prices a kW (1708.75) would give 949,211.
    """
    pieces = through_points(CHP, 0, 3)
    assert cost_of(pieces, size) == close(total)
    solution = solved(supply(pieces, np.array([size]), 0.0))
    assert solution.yearly("overnight")["unit", 2026] == close(total)


FINE_FIGURE = 1239.32
RATE, LIFE, SPAN = 0.02, 12, 15
ANNUAL = 1000 * RATE / (1 - (1 + RATE) ** -LIFE)
"""1000 spread over 12 years at 2 %: 94.5596 a year."""


def test_fine_pays_at_the_start_of_each_year() -> None:
    """Proves where FINE's 1239.32 comes from: 94.5596 at the START of 15 years, in 3 intervals.

    Five years are worth 94.5596 x (1 + v + ... + v^4) = 454.62 at their start, with v = 1 / 1.02;
    three times five, discounted by 0, 5 and 10 years: 454.62 + 411.76 + 372.94 = 1239.32.
    """
    interval = ANNUAL * sum((1 + RATE) ** -t for t in range(5))
    total = sum(interval * (1 + RATE) ** -start for start in (0, 5, 10))
    assert pytest.approx(94.5596, abs=1e-4) == ANNUAL
    assert total == pytest.approx(FINE_FIGURE, abs=0.005)


@pytest.mark.parametrize("planned", [SPAN, 5, 1])
def test_ours_pays_at_the_end_of_each_year(planned: int) -> None:
    """Proves ours, 1215.02: the same 15 payments at year END, so FINE's figure / 1.02.

    Planned over 15 years with a renewal by force after 12, or over fewer whose last one stands for
    the rest: the same. A life of 12 not renewed would pay 12 times: 1000.
    """
    years = tuple(range(2026, 2026 + planned))
    base = supply((c.Segment(0.0, 1.0, 1000.0, 0.0),), np.array([1.0]), 0.0, years)
    option = p.measure(
        "unit", years, kind="converter", upper=1.0, slope=1000.0, life=LIFE, rate=RATE,
        renewal="forced",
    )  # fmt: skip
    money = p.money(years, RATE, 2025 + SPAN)
    ours = solved(replace(base, measures=(option,), money=money)).net_present_cost()
    assert ours == close(ANNUAL * sum((1 + RATE) ** -t for t in range(1, SPAN + 1)))
    assert ours == pytest.approx(1215.02, abs=0.005)
    assert ours * (1 + RATE) == pytest.approx(FINE_FIGURE, abs=0.005)
