"""What a committee is told to approve, to prepare, to wait for, and what could go either way."""

from __future__ import annotations

import json

import pytest

from optimizer.schema.reading import read_as
from optimizer.studies.decision_sheet import (
    DecisionSheet,
    Figure,
    Regret,
    Unsure,
    decided,
    decisions,
)
from optimizer.studies.downside import Downside, Moved
from optimizer.studies.estimates import Estimate
from optimizer.studies.left_out import LeftOut
from optimizer.studies.projects import Project, Tranche
from optimizer.studies.roles import Role, Threshold
from optimizer.studies.stored_study import Moves
from optimizer.studies.subject import Subject

NOW, UNSURE = 2026, 500.0
GAS = Threshold("tariffs.gas.price", 1.0, 0.9)
ALWAYS = Role("pump", "always", 5, 5, ())
UP_TO = Role("pump", "threshold", 3, 5, (GAS,))
KNOWN = Estimate(0.2, 0.3, 3, False, None, "primary")
WORTH = LeftOut("pump", "dearer", cost=2_000.0, low=1_900.0, high=2_100.0)


def project(order: int, id: str = "pump") -> Project:
    """A project ordered in a year, standing a year later."""
    paid = {order + 1: 10e3}
    return Project(id, "converter", order + 1, order, 1.0, "MW", paid, {}, "own", KNOWN)


@pytest.mark.parametrize(
    ("order", "value", "role", "verdict"),
    [
        (2026, WORTH, ALWAYS, "approve"),
        (2025, WORTH, None, "approve"),
        (2026, WORTH, UP_TO, "approve"),
        (2028, WORTH, ALWAYS, "prepare"),
        (2028, WORTH, None, "prepare"),
        (2028, WORTH, UP_TO, "wait"),
        (2026, LeftOut("pump", "indispensable"), ALWAYS, "approve"),
        (2026, LeftOut("pump", "dearer", cost=499.0, low=490.0, high=510.0), ALWAYS, "either"),
        (2028, LeftOut("pump", "noise", cost=900.0, low=0.0, high=2_000.0), UP_TO, "either"),
        (2026, WORTH, Role("pump", "either", 2, 5, (GAS,)), "either"),
        (2026, LeftOut("pump", "undecided"), ALWAYS, "approve"),
    ],
)
def test_verdicts(order: int, value: LeftOut, role: Role | None, verdict: str) -> None:
    """Proves each way to a verdict: the year of the order, a threshold that is known by then, and
    500 of uncertainty against what the project is worth. A project that no plan can do without is
    never told to go either way, whatever it costs."""
    assert decided(project(order), NOW, UNSURE, value, role) == verdict


@pytest.mark.parametrize(("kept", "verdict"), [(501.0, "approve"), (499.0, "either"),
                                               (None, "either")])  # fmt: skip
def test_where_searches_cannot_tell_the_rest_kept_does(kept: float | None, verdict: str) -> None:
    """Proves the tie-break: searches that leave 0 to 2,000 open say nothing of 500; with the rest
    of the plan kept the worth is exact, 501 is above and 499 isn't."""
    noise = LeftOut("pump", "noise", cost=300.0, low=0.0, high=2_000.0)
    assert decided(project(2026), NOW, UNSURE, noise, ALWAYS, kept) == verdict


def test_hedges_wait_though_the_plan_has_not_got_them() -> None:
    """Proves that what a driver would bring in is on the sheet, after what is to be approved, and
    that what is in no plan, or in all, isn't."""
    roles = {
        "pump": ALWAYS,
        "store": Role("store", "hedge", 1, 5, (Threshold("output", 1.1, 1.05),)),
        "vain": Role("vain", "never", 0, 5, ()),
    }
    found = decisions([project(2026)], NOW, UNSURE, {"pump": WORTH}, roles, {})
    assert [(one.id, one.verdict) for one in found] == [("pump", "approve"), ("store", "wait")]
    assert found[1].project is None
    assert found[1].triggers == (Threshold("output", 1.1, 1.05),)


def test_what_comes_and_goes_triggers_nothing() -> None:
    """Proves that a store which is in at 0.9 of the output alone, out at 0.8 and as it is, waits
    for nothing: near-equal plans swap it. One more threshold, of another driver, is a trigger."""
    swapped = (Threshold("output", 0.9, 0.8), Threshold("output", 0.9, 1.0))
    roles = {"store": Role("store", "hedge", 1, 5, swapped)}
    assert decisions([], NOW, UNSURE, {}, roles, {}) == ()
    roles = {"store": Role("store", "hedge", 1, 5, (*swapped, GAS))}
    (one,) = decisions([], NOW, UNSURE, {}, roles, {})
    assert (one.verdict, one.triggers) == ("wait", (GAS,))


def sheet() -> DecisionSheet:
    """A sheet with one of everything."""
    downside = Downside("pump", 1_000.0, (Moved(GAS.path, 0.8, -300.0), Moved("output", 1.2, None)))
    subject = Subject("x", {"en": "x", "zh": "x"}, "CNY", 2025, "market", "CO2e", "discounted",
                      2025, 0.08, (2026, 2027), 2030, 0.2, 3, 0.005, {}, {}, {})  # fmt: skip
    found = decisions([project(2028)], NOW, UNSURE, {"pump": WORTH}, {"pump": UP_TO},
                      {"pump": downside})  # fmt: skip
    return DecisionSheet(
        now=NOW,
        unsure=Unsure(300.0, 200.0),
        decisions=found,
        tranches=(Tranche(2029, {"pump": 10e3}, 0.0, 0.0, 10e3, None, 8e3, 13e3, 0.0),),
        regrets=(Regret(GAS.path, 0.8, None, None, None, "no_plan"),),
        moves=Moves(subject, (), (UP_TO,), 5),
        drivers={GAS.path: {"en": "Gas", "zh": "气"}},
        figures={GAS.path: Figure(0.4, "CNY/kWh")},
        unasked=(),
        lacks=(),
        has=("store",),
    )


def test_json_says_the_trigger_in_the_drivers_own_unit() -> None:
    """Proves 0.4 CNY/kWh at factors 1 and 0.9: in the plan at 0.4, out at 0.36; and the worst end
    and the uncertainty of 500 in all beside."""
    shown = sheet().as_dict()
    (one,) = shown["decisions"]
    (trigger,) = one["triggers"]
    assert trigger["values"] == pytest.approx([0.4, 0.36])
    assert trigger["unit"] == "CNY/kWh"
    assert one["worst"] == {"path": GAS.path, "factor": 0.8, "worth": -300.0}
    assert shown["unsure"]["total"] == UNSURE
    assert (one["verdict"], one["project"]["capex"]) == ("wait", {2029: 10e3})


def test_json_reads_back_as_the_same_sheet() -> None:
    """Proves that nothing is lost on the way through a file: years as keys become text there."""
    stored = json.loads(json.dumps(sheet().as_dict(), allow_nan=False))
    assert read_as(DecisionSheet, stored) == sheet()


def test_what_is_no_sheet_is_refused_by_field() -> None:
    """Proves that a damaged file is named by the first field that doesn't fit."""
    stored = sheet().as_dict()
    stored["unsure"] = {"gap": "much", "days": 0.0}
    with pytest.raises(ValueError, match=r"unsure\.gap"):
        read_as(DecisionSheet, stored)
