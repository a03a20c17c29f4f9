"""`--periods auto`: which resolution is chosen, what a failure means, and a plant end to end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from optimizer import cli
from optimizer.errors import NoPlan, StoppedWithoutPlan
from optimizer.inputs.assemble import assemble
from optimizer.inputs.case import Case
from optimizer.inputs.load import load
from optimizer.plan import auto_periods
from optimizer.plan.auto_periods import choice, coarsest, plan_of, regrets
from optimizer.plan.extract import extract
from optimizer.plan.make import make_plan
from optimizer.plan.settings import Kept, Listener, Made, Settings, Tried
from optimizer.plan.verify import verify
from tests.cli.solving import without_reports, write_small

BASELINE = 1000.0
ONE_YEAR = {"horizon__last": 2026, "carriers__electricity__factor": "0.5 kg/kWh"}
AUTO = Settings(periods="auto", gap=0.01)


def rungs(*costs: float | None) -> list[Tried]:
    """Resolutions tried, coarsest first, whose plans cost so much where the baseline costs 1000."""
    return [
        Tried(at, None, 1.0, cost=cost, saving=None if cost is None else BASELINE - cost)
        for at, cost in enumerate(costs, start=1)
    ]


@pytest.mark.parametrize(
    ("costs", "found"),
    [
        ((900.0,), None),
        ((900.0, 899.5), 0),
        ((900.0, 898.9), None),
        ((900.0, 898.0, 897.5), 1),
        ((900.0, 910.0), 0),
        ((900.0, 899.5, 890.0), None),
        ((None, 900.0), None),
        ((None, 900.0, 899.5), 1),
        ((900.0, None, 899.5), 0),
    ],
)
def test_the_coarsest_that_loses_little_is_enough(
    costs: tuple[float | None, ...], found: int | None
) -> None:
    """Proves regret < 1 % of the plan's own saving, 100: a loss of 0.5 to any finer one is enough,
    1.1 isn't; nothing is decided before a finer one has a plan. As a share of the cost 9 of 900
    would pass."""
    assert coarsest(rungs(*costs)) == found


def test_regret_is_a_share_of_the_own_saving() -> None:
    """Proves (900 - 890) / (1000 - 900) = 10 %, and nothing to compare for the finest and for one
    without a plan; a plan that saves nothing regrets all, or nothing where it is the cheapest."""
    assert regrets(rungs(900.0, None, 890.0)) == [pytest.approx(0.1), None, None]
    assert regrets(rungs(1000.0, 990.0))[0] == float("inf")
    assert regrets(rungs(1000.0, 1010.0))[0] == 0.0


def test_at_the_end_the_cheapest_is_taken() -> None:
    """Proves that a climb that was stopped takes the best of what it has, and none of nothing."""
    assert choice(rungs(900.0, 880.0, 885.0)) == 1
    assert choice(rungs(900.0, 880.0, 870.0)) == 2
    assert choice(rungs(None, None)) is None


def test_the_page_shows_the_ladder_that_is_climbed() -> None:
    """Proves that docs/time_axis.md tells the typical days and segments that auto really tries."""
    page = (Path(__file__).parents[2] / "docs" / "time_axis.md").read_text(encoding="utf-8")
    for at, name in enumerate(("typical days", "segments")):
        shown = " | ".join(str(rung[at]) for rung in auto_periods.LADDER)
        assert f"| {name} | {shown} |" in page


class Fake:
    """Stands for make_plan: tells what it was asked, fails where it is told to."""

    def __init__(self, *answers: Made | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[Settings] = []
        self.kept: list[Kept] = []

    def __call__(self, full: Case, settings: Settings, _: Any, kept: Kept) -> Made:
        self.asked.append(settings)
        self.kept.append(kept)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return assemble(load(write_small(tmp_path_factory.mktemp("small"), **ONE_YEAR)))


@pytest.fixture(scope="module")
def made(full: Case) -> Made:
    return make_plan(full, Settings(periods=1, gap=0.01))


def climbing(patch: pytest.MonkeyPatch, *answers: Made | Exception) -> Fake:
    fake = Fake(*answers)
    patch.setattr(auto_periods, "make_plan", fake)
    return fake


def test_a_coarse_case_without_a_plan_ends_nothing(
    full: Case, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that finer days are tried after "no plan" and "none found", and that the first plan
    lends its baseline and full year to those after it."""
    fake = climbing(monkeypatch, NoPlan([]), StoppedWithoutPlan("none"), made, made)
    found = plan_of(full, AUTO)
    assert [one.cost is None for one in found.tried] == [True, True, False, False]
    assert [kept.baseline for kept in fake.kept] == [None, None, None, made.baseline]
    asked = [(one.periods, one.segments) for one in fake.asked]
    assert asked == list(auto_periods.LADDER[:4])


def test_without_any_plan_the_last_reason_is_told(
    full: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that the finest days' failure is raised: what they prove weighs most."""
    failures = [StoppedWithoutPlan(str(n)) for n in range(len(auto_periods.LADDER))]
    climbing(monkeypatch, *failures)
    with pytest.raises(StoppedWithoutPlan, match=str(len(failures) - 1)):
        plan_of(full, AUTO)


@pytest.mark.parametrize(
    "failure", [StoppedWithoutPlan("by hand", interrupted=True), NoPlan([], baseline=True)]
)
def test_what_no_finer_day_can_mend_ends_the_climb(
    full: Case, failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that Ctrl-C, and a factory that can't run at all, are told after one try."""
    fake = climbing(monkeypatch, failure)
    with pytest.raises(type(failure)):
        plan_of(full, AUTO)
    assert len(fake.asked) == 1


def test_the_time_limit_is_shared(full: Case, made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves a limit of 60 s gives the first search 30 s and, nothing used, the next as much: a
    first that takes all would leave nothing to compare with. At a limit of 1 s there is one try."""
    made.seconds["search"] = 0.0
    fake = climbing(monkeypatch, made, made)
    plan_of(full, Settings(periods="auto", time_limit=60.0))
    assert [one.time_limit for one in fake.asked] == [30.0, 30.0]
    fake = climbing(monkeypatch, made)
    plan_of(full, Settings(periods="auto", time_limit=1.0))
    assert [one.time_limit for one in fake.asked] == [1.0]


def test_auto_needs_the_full_year(full: Case) -> None:
    """Proves that costs on different typical days are never compared with each other."""
    with pytest.raises(ValueError, match="full year"):
        plan_of(full, Settings(periods="auto", full_year=False))
    with pytest.raises(ValueError, match="auto"):
        make_plan(full, AUTO)


def test_the_chosen_plan_keeps_its_own_numbers(full: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Proves that the coarse plan, chosen after the finer was made on the same model, still has its
    own cost and builds: the model's variables hold the last plan's values until they are set anew.
    """
    plain = make_plan(full, Settings(periods=1, segments=6, gap=0.01))
    told: list[int] = []
    listener = Listener(tried=lambda tried: told.append(len(tried)))
    monkeypatch.setattr(auto_periods, "LARGEST_REGRET", 100.0)
    found = plan_of(full, AUTO, listener)
    assert told == [1, 2]
    assert found.segments == auto_periods.LADDER[0][1]
    assert found.plan.net_present_cost() == pytest.approx(plain.plan.net_present_cost())
    assert found.tried[0].cost == pytest.approx(found.plan.net_present_cost())
    assert extract(found.plan)["build"].equals(extract(plain.plan)["build"])


def test_a_run_of_auto_is_stored_and_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves the whole way: tried resolutions are shown, stored and hold against the plan, whose
    cost on the full year is at most 1 % of its saving above any finer one's. A cost that isn't the
    chosen plan's fails the verifier."""
    without_reports(monkeypatch)
    run = tmp_path / "run"
    options = ["--periods", "auto", "--gap", "1%", "--out", str(run), "--json"]
    assert cli.run(["solve", str(write_small(tmp_path, **ONE_YEAR)), *options]) == cli.FINE
    said = capsys.readouterr().err
    assert "Typical days: 1, 12 steps a day" in said
    summary = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    tried: Sequence[dict[str, Any]] = summary["resolution"]["tried"]
    chosen = [one for one in tried if one["chosen"]]
    assert len(chosen) == 1
    assert chosen[0]["full_year_cost"] == pytest.approx(summary["net_present_cost"])
    assert chosen[0]["segments"] == summary["typical_days"]["segments"]
    assert verify(run).ok
    chosen[0]["full_year_cost"] *= 1.0001
    (run / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    assert not verify(run).ok


def test_auto_on_the_command_line_refuses_what_it_can_not_compare(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves exit code 2 for auto without the full year, and for auto or full with segments."""
    scenario = str(write_small(tmp_path))
    for more in (["--no-full-year"], ["--segments", "6"]):
        assert cli.run(["solve", scenario, "--periods", "auto", *more]) == cli.INPUT_OR_USAGE
    assert "Segments merge the steps of typical days" in capsys.readouterr().err
