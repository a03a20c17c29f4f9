"""The audit of a plan made by hand: what it catches, can't tell, and finds barred by the budget."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from optimizer.errors import InputErrors
from optimizer.inputs import case as c
from optimizer.studies.audit import Asked, audit_of
from tests import plants as p
from tests.model.solving import close
from tests.studies.audited_plant import CREDIT, YEARS, gross_with, plant, run_without


def found(case: c.Case, *left_out: str, **asked: Any) -> dict[str, Any]:
    return audit_of(case, run_without(case, *left_out), Asked(**asked))


def by_measure(audit: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["measure"]: one for one in audit["measures"]}


def test_a_cheap_measure_left_out_is_caught() -> None:
    """Proves the verdict: 525 of saving short for 109.5 credits of 5 weigh 15 each, 1,642 a year.

    Forced, the plan pays 525 - 547.5 = -22.5 a year; its tonne costs 525 / 109.5 = 4.79 < 15. An
    audit that compared with the paid credit alone would find it cheaper by 45 in all, not by 2,235.
    """
    audit = found(plant(), "cheap", "large")
    cheap = by_measure(audit)["cheap"]
    assert cheap["verdict"] == "cheaper"
    assert cheap["difference"]["per_t"] == close(525 / 109.5)
    assert cheap["difference"]["paid"] == close(2 * (525 - CREDIT * 109.5))
    assert cheap["difference"]["high"] == close(0.0)
    assert audit["certificate"]["gap_money"] == close(2 * (15 * 109.5 - 525))
    assert audit["certificate"]["better"]
    assert audit["outcome"] == "fails"


def test_what_is_dearer_than_the_ceiling_is_so_said() -> None:
    """Proves the figure beside cheap, which is built: 10 % of 95 % is 208.05 t and 10,402.5 of gas,
    so 20,000 - 10,402.5 = 9,597.5 is 46.13 a tonne, above 15. It stands in 2027 alone: that is all
    it is held to, and a year less of it weighs less."""
    costly = by_measure(found(plant()))["costly"]
    assert costly["verdict"] == "dearer"
    assert costly["difference"]["tonnes"] == close(208.05)
    assert costly["difference"]["per_t"] == close(9_597.5 / 208.05)


def test_a_plan_far_from_the_best_makes_all_else_unsure() -> None:
    """Proves that the plan's own gap is in the noise: without cheap it is 2,235 above the bound,
    which over 219 t is more than a tenth of 15 a tonne."""
    costly = by_measure(found(plant(), "cheap", "large"))["costly"]
    assert costly["difference"]["noise"] > 1.5
    assert costly["verdict"] == "inconclusive"


def test_what_no_search_can_tell_is_never_a_pass() -> None:
    """Proves noise: 0.0876 t against costs known to a millionth of 222,900 is 2.5 a tonne, more
    than a tenth of 15. The audit of a plan that leaves out nothing else is then undetermined."""
    audit = found(plant())
    tiny = by_measure(audit)["tiny"]
    assert tiny["difference"]["noise"] > 1.5
    assert tiny["verdict"] == "inconclusive"
    assert by_measure(audit)["costly"]["verdict"] == "dearer"
    assert audit["outcome"] == "undetermined"


def test_what_only_the_budget_bars_is_named() -> None:
    """Proves the freed row: 190,000 > 150,000, so no plan has it; without the budget one does."""
    large = by_measure(found(plant()))["large"]
    assert large["free"]["ending"] == "infeasible"
    assert large["difference"] is None
    assert (large["verdict"], large["by"]) == ("blocked", "budget")


def test_residual_is_what_the_ceiling_alone_leaves() -> None:
    """Proves the split: with the budget freed and 15 on each tonne, cheap and large are built and
    nothing else: 2190 x 0.95 x 0.92 t stay. The plan that has cheap alone leaves 2080.5 t, of which
    the rest is unabated."""
    years = found(plant())["years"]
    assert [one["remaining"] for one in years] == [close(gross_with("cheap"))] * 2
    assert [one["residual"] for one in years] == [close(gross_with("cheap", "large"))] * 2
    for one in years:
        assert one["unabated"] == close(one["remaining"] - one["residual"])


def test_an_audit_of_the_best_plan_without_the_undecided_holds() -> None:
    """Proves the pass: of the three measures left, one is built, one dearer, one out for budget."""
    case = plant()
    three = replace(
        case, measures=tuple(m for m in case.measures if m.id != "tiny"),
        savings=tuple(s for s in case.savings if s.measure != "tiny"),
    )  # fmt: skip
    audit = found(three)
    assert {k: v["verdict"] for k, v in by_measure(audit).items()} == {
        "costly": "dearer", "large": "blocked",
    }  # fmt: skip
    assert audit["outcome"] == "holds"
    assert audit["certificate"]["gap_money"] == pytest.approx(0.0, abs=0.5)


def test_a_measure_built_late_is_asked_about() -> None:
    """Proves the third question: cheap built in 2027 alone, 2026 is asked, and found cheaper."""
    case = plant()
    late = replace(
        case, measures=tuple(
            replace(m, earliest=1) if m.id == "cheap" else m for m in case.measures
        ),
    )  # fmt: skip
    run = run_without(late, "large")
    audit = audit_of(case, run, Asked(measures=("cheap",)))
    (one,) = audit["measures"]
    assert (one["question"], one["year"], one["verdict"]) == ("earlier", 2026, "cheaper")


def test_a_lead_time_is_an_obstacle_of_its_own() -> None:
    """Proves that a measure which comes too late is blocked by that: as cheap as the first one."""
    case = plant()
    never = replace(
        case, measures=tuple(
            replace(m, earliest=len(YEARS)) if m.id == "cheap" else m for m in case.measures
        ),
    )  # fmt: skip
    one = by_measure(found(never, measures=("cheap",)))["cheap"]
    assert (one["verdict"], one["by"]) == ("blocked", "lead_time")


def test_pairs_are_forced_together() -> None:
    """Proves neighbours: costly excludes cheap, which is built; with cheap held, costly would have
    no plan. Let go with it, costly stands in 2027 and takes 219 t there, cheap's 109.5 are missing
    in both years: no tonne less in all."""
    case = plant()
    pair = replace(
        case, measures=tuple(
            replace(m, excludes=("cheap",)) if m.id == "costly" else m for m in case.measures
        ),
    )  # fmt: skip
    one = by_measure(found(pair))["costly"]
    assert one["together"] == ["cheap"]
    assert one["held"]["cost"] is not None
    assert one["difference"]["tonnes"] == close(0.0)
    assert one["verdict"] == "not_displaced"


def test_the_ceiling_on_gross_counts_all_tonnes() -> None:
    """Proves the other mode: forced, cheap takes 109.5 of 2190 counted t at 525 - 547.5 of paid
    cost, so a tonne costs less than nothing; the plan without it is caught."""
    audit = found(plant("residual"), "cheap", "large")
    cheap = by_measure(audit)["cheap"]
    assert cheap["verdict"] == "cheaper"
    assert cheap["difference"]["tonnes"] == close(2 * 109.5)
    assert cheap["difference"]["per_t"] == close((525 - CREDIT * 109.5) / 109.5)


def test_a_measure_that_isnt_on_offer_is_refused() -> None:
    """Proves the message, with the nearest one."""
    with pytest.raises(InputErrors, match="Did you mean"):
        found(plant(), measures=("cheep",))


def test_no_credits_under_the_ceiling_displace_nothing() -> None:
    """Proves the last verdict: without a target there are no credits, so costly displaces none."""
    case = plant()
    free = replace(case, policy=p.no_policy(YEARS, ceiling=case.policy.ceiling))
    one = by_measure(found(free, measures=("costly",)))["costly"]
    assert one["verdict"] == "not_displaced"
    assert one["difference"]["per_t"] is None


def test_a_contract_of_a_least_size_is_a_question_too() -> None:
    """Proves contracts: heat without emissions, 876 MWh a year or more at 13 where gas costs 12.5
    a MWh of heat. 876 x 0.5 = 438 a year for 219 t is 2 a tonne: left out, it is caught."""
    case = plant()
    heat = c.ContractOption(
        "biomass_heat", p.name("biomass_heat"), "heat", "energy", 876.0, 876.0,
        p.by_year(13.0, YEARS), "delivered", "flat", 0.0, True, 1, 0, False,
    )  # fmt: skip
    series = {**case.series, "flat": np.full((1, 1), 1 / 8760)}
    carriers = (case.carriers[0], p.carrier("heat", YEARS, kind="heat", price=99.0))
    case = replace(case, contracts=(heat,), series=series, carriers=carriers)
    audit = audit_of(case, run_without(case, "biomass_heat", "large"), Asked())
    one = by_measure(audit)["biomass_heat"]
    assert one["verdict"] == "cheaper"
    assert one["held"]["builds"]["biomass_heat"]


@pytest.mark.parametrize(("check", "gap"), [({}, 0.0), ({"added_days": 2}, 2 * (15 * 109.5 - 525))])
def test_the_bound_of_the_run_counts_where_it_is_of_the_same_problem(
    check: dict[str, Any], gap: float
) -> None:
    """Proves that a run's own bound sharpens the certificate, and that one found after days were
    added doesn't: the audit's, 2,235 below, holds. The bound here is the plan's cost, by decree."""
    case = plant()
    run = run_without(case, "cheap", "large")
    cost = 2 * (109_500 + CREDIT * 390 + (15 - CREDIT) * 390)
    summary = {**run.summary, "bound": cost, "full_year": check}
    found = audit_of(case, replace(run, summary=summary), Asked(measures=("costly",)))
    assert found["certificate"]["gap_money"] == pytest.approx(gap, abs=0.1)
