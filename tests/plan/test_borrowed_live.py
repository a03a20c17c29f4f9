"""What-ifs about a loan that counts, asked of a factory in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.api import Live
from optimizer.inputs.assemble import assemble
from optimizer.inputs.axis_choice import on_typical_days
from optimizer.inputs.load import load
from optimizer.solve.direct import solve_direct
from optimizer.solve.stamp import stamp
from tests.cli.solving import write_small
from tests.plan.test_borrowed_run import LOAN, TIGHT

QUESTIONS = (
    "loan.decides=nothing", "loan.decides=rate", "loan.amount=0.3 MCNY", "loan.rate=0.05",
    "loan.repaid_from=budget", "budget.capex.2026=0.8 MCNY",
)  # fmt: skip


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("live"), loan=LOAN, budget={"capex": TIGHT})


def optimum(scenario: Path, *sets: str) -> float:
    full = assemble(load(scenario, sets=sets))
    return solve_direct(stamp(on_typical_days(full, 1)[0]), gap=1e-6).objective


def test_each_question_about_the_loan_is_answered_as_a_cold_solve(scenario: Path) -> None:
    """Proves that loan and budget are in the yearly layer alone: every cut stays true from one
    question to the next, and each answer is the direct method's within the gap. Switched off, a
    plan of half the capex is dearer by far more than that."""
    live = Live(scenario, periods=1)
    first = live.solve(1e-4)
    best = {question: optimum(scenario, question) for question in QUESTIONS}
    assert best["loan.decides=nothing"] > best["loan.decides=rate"] > first.cost * (1 + 1e-3)
    for question in QUESTIONS:
        answer = live.what_if(question, gap=1e-4)
        assert answer.changed == ()
        assert answer.kept > 0
        assert answer.bound <= best[question] * (1 + 1e-6)
        assert answer.cost >= best[question] * (1 - 1e-6)
        assert answer.gap <= 1e-4


def test_what_a_plan_builds_to_its_last_unit_of_money_can_be_held(scenario: Path) -> None:
    """Proves that budget and loan are held against prices themselves: the sizes of a plan that
    spends both to the last unit stand under other prices of energy too. With amounts of money held
    against one another they were impossible by a rounding."""
    live = Live(scenario, periods=1)
    first = live.solve(1e-4)
    again = live.fixed()
    assert again.ending == "optimal"
    assert again.cost == pytest.approx(first.cost, rel=1e-6)
    for price in ("0.2", "0.6"):
        dearer = live.fixed(f"tariffs.natural_gas.price={price} CNY/kWh")
        assert dearer.ending == "optimal"
        assert dearer.builds == first.builds
