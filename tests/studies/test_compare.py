"""One plant under several policies: each plan is what it would be alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from optimizer import api
from optimizer.errors import InputErrors, Problem
from optimizer.reports.comparison_page import comparison_page
from optimizer.studies.compare import Question, compare_policies
from optimizer.studies.comparison import Compared, Comparison, Figures
from tests.cli.solving import small
from tests.packs import pack, rule
from tests.workspace import write_workspace

QUICK = {"periods": 1, "full_year": False, "gap": 1e-4}
PACKS = {
    "none": pack("none"),
    "words": pack("words", rule("checklist", "W-1", evidence=[
        {"id": "paper", "name": {"en": "Paper", "zh": "文件"}}])),
    "capped": pack("capped", rule("gross_cap", limit={2027: "5900 t"},
                                  ledger="location")),
    "ending": pack("ending", rule("never_rises", unless_output_grows=True, ledger="location"),
                   valid={"to": "2026-12-31"}),
    "over": pack("over", rule("never_rises", unless_output_grows=True, ledger="location"),
                 valid={"to": "2025-12-31"}),
    "later": pack("later", rule("traceable_share", limit={2027: 0.0, 2030: 0.5})),
    "impossible": pack("impossible", rule("gross_cap", limit="1 t", ledger="location")),
}  # fmt: skip


def compared(folder: Path, *policies: str, keep: bool = False, **own: object) -> Comparison:
    """The small plant under these packs; ``own`` is what its scenario writes."""
    path = write_workspace(folder, small(policy=own), policies=PACKS)
    question = Question(path, policies, keep_own_limits=keep)
    return compare_policies(question, lambda bundle: api.settings_of(bundle, **QUICK))


def test_each_plan_is_that_of_a_scenario_with_only_that_pack(tmp_path: Path) -> None:
    """Proves that no plan leans on the one before: under `capped`, solved after `none`, cost and
    emissions are those of a scenario that uses `capped` and writes nothing itself."""
    _, under = compared(tmp_path / "a", "none", "capped", gross_cap="5000 t").plans
    alone = compared(tmp_path / "b", "scenario", use=["capped"]).plans[0]
    assert under.figures is not None
    assert alone.figures is not None
    assert under.figures.summary["decision_cost"] == pytest.approx(
        alone.figures.summary["decision_cost"], rel=2e-4
    )
    last = under.years()[-1]
    assert last["remaining"] <= 5900 * (1 + 1e-6)
    assert last["remaining"] == last["remaining_location"]


def test_a_policy_that_no_plan_keeps_is_a_result(tmp_path: Path) -> None:
    """Proves that 1 t ends nothing: the reason names the cap, figures are null, and the policy
    after it has its plan."""
    found = compared(tmp_path, "none", "impossible", "capped").as_dict()["plans"]
    assert [plan["status"] for plan in found] == ["optimal", "no_plan", "optimal"]
    assert found[1]["decision_cost"] is None
    assert found[1]["years"] == []
    assert "1 t" in found[1]["reason"]["en"][0]
    missed = {row["year"]: row for row in found[1]["missed"]}
    assert list(missed) == [2026, 2027]
    assert missed[2027]["rule"] == "gross_within_cap"
    assert missed[2027]["by"] > 5000
    assert "t over" in found[1]["reason"]["en"][1]
    assert found[1]["difference"] is None


def test_the_page_says_what_policies_cost_and_leave(tmp_path: Path) -> None:
    """Proves that the headline answers: the cap costs more than none and leaves 5,900 t at most;
    that one of three has no plan comes first. "2 of 3 policies have a plan" alone says neither."""
    found = compared(tmp_path, "none", "impossible", "capped")
    page = comparison_page(found, "en")
    headline = page.split("<h1>")[1].split("</h1>")[0]
    first, second, third = headline.split(". ")
    assert first == "2 of 3 policies have a plan"
    assert second.startswith("Dearest is capped")
    assert third.endswith("t remain before credits")


def test_a_pack_that_limits_nothing_is_the_plan_without_rules(tmp_path: Path) -> None:
    """Proves that a checklist alone isn't searched again and is said to be no limit: the same
    figures, `same_as` none, and its gate among what no plan is held to."""
    none, words = compared(tmp_path, "none", "words").plans
    assert words.same_as == "none"
    assert words.figures is none.figures
    assert words.unheld == ("words/W-1",)
    assert words.name["zh"] == "规则包 words"


def test_own_limits_hold_beside_a_pack_only_when_kept(tmp_path: Path) -> None:
    """Proves both readings: without rules about 6,000 t remain, kept own limits hold 5,950 t."""
    (free,) = compared(tmp_path / "a", "none", gross_cap={2027: "5950 t"}).plans
    (held,) = compared(tmp_path / "b", "none", keep=True, gross_cap={2027: "5950 t"}).plans
    assert free.years()[-1]["remaining"] > 5990
    assert held.years()[-1]["remaining"] == pytest.approx(5950, rel=1e-6)


def test_a_refusal_without_words_of_its_own_says_that_it_is_english() -> None:
    """Proves that no refusal is lost in Chinese: one that has no words there is told as the input
    error it is, marked as English; in English the mark would be noise."""
    problem = Problem("a.yaml", 3, 1, "rules[0].limit", "5", "a table by year", "Give years.")
    plan = Compared("odd", {"en": "Odd", "zh": "怪"}, "location", "refused", (problem,))
    assert plan.said("en") == [str(problem)]
    assert plan.said("zh") == [f"（英文）{problem}"]


def test_problems_of_all_policies_are_told_before_any_search(tmp_path: Path) -> None:
    """Proves that two wrong names are two problems, and that nothing was searched for `none`."""
    with pytest.raises(InputErrors) as caught:
        compared(tmp_path, "none", "cappd", "word")
    assert len(caught.value.problems) == 2


def test_a_policy_that_doesnt_fit_the_scenario_is_a_result(tmp_path: Path) -> None:
    """Proves that a gate which asks more in 2030 than in 2027, the last planning year, is told with
    its place and what to do, and that the others have their plans."""
    found = compared(tmp_path, "later", "none").as_dict()["plans"]
    assert [plan["status"] for plan in found] == ["refused", "optimal"]
    assert "Add a planning year" in found[0]["reason"]["en"][0]
    assert "later.yaml:" in found[0]["reason"]["zh"][0]
    assert "2030 年为 0.5，比最后规划年 2027 年更严" in found[0]["reason"]["zh"][0]
    assert "0.5 in 2030" in found[0]["reason"]["en"][0]
    assert found[0]["name"] == {"en": "Pack later", "zh": "规则包 later"}


def test_packs_that_pass_are_told(tmp_path: Path) -> None:
    """Proves that a plan under a pack which ends isn't shown as held to it throughout: in force in
    2026 alone, or never, it says so in JSON and in words; one that lasts says nothing."""
    found = compared(tmp_path, "none", "ending", "over")
    passing = [plan["passing"] for plan in found.as_dict()["plans"]]
    assert passing == [{}, {"ending": [2026]}, {"over": []}]
    page = comparison_page(found, "en")
    assert "ending is in force in 2026 alone" in page
    assert "over is in force in no planning year" in page


def test_stacked_packs_bind_together(tmp_path: Path) -> None:
    """Proves that "a+b" is one policy with both packs: the cap of one binds."""
    (both,) = compared(tmp_path, "words+capped").plans
    assert both.name["en"] == "Pack words + Pack capped"
    assert "gross_cap" in {row["rule"] for row in both.as_dict()["binding"]}


def plan(key: str, cost: float, bound: float) -> Compared:
    """A plan of a cost and a bound, without years."""
    facts = {"decision_cost": cost, "bound": bound, "years": []}
    return Compared(key, {"en": key, "zh": key}, "market", "optimal", (), Figures(facts, (), {}))


def test_a_difference_is_an_interval_and_noise_where_it_holds_nothing() -> None:
    """Proves the interval: optima in [99, 100] and [101, 102] differ by 1 to 3; [98.5, 100.5]
    differs from the first by -1.5 to 1.5, which is noise. A plain difference of costs would call
    the last one dearer by 0.5."""
    plans = (plan("a", 102, 101), plan("none", 100, 99), plan("b", 100.5, 98.5))
    found = Comparison({}, "CNY", 2025, "market", (), False, plans, {})
    more, nothing, unsure = (found.difference(p) for p in plans)
    assert nothing is None
    assert more is not None
    assert (more.low, more.high, more.is_noise) == (1, 3, False)
    assert unsure is not None
    assert (unsure.low, unsure.high, unsure.is_noise) == (-1.5, 1.5, True)


def test_no_difference_is_told_where_a_bound_counts_what_is_never_paid() -> None:
    """Proves silence under a ceiling: 102 of which 5 are valued isn't dearer than 100 by 1 to 3."""
    free, under = plan("none", 100, 99), plan("a", 102, 101)
    assert under.figures is not None
    known = replace(under.figures, summary={**under.figures.summary, "valuation": 5.0})
    valued = replace(under, figures=known)
    found = Comparison({}, "CNY", 2025, "market", (), False, (free, valued), {})
    assert found.difference(valued) is None


def test_yearly_costs_of_a_plan_are_what_is_paid(tmp_path: Path) -> None:
    """Proves that an internal carbon price is in no yearly cost: at 5 a tonne, too little to move
    the plan, each year costs what it costs without."""
    plans = [
        compare_policies(
            Question(write_workspace(tmp_path / name, small(**own)), ("scenario",)),
            lambda bundle: api.settings_of(bundle, **QUICK),
        ).plans[0]
        for name, own in (("plain", {}), ("valued", {"internal_carbon_price": "5 CNY/t"}))
    ]
    costs = [plan.figures.cost for plan in plans if plan.figures is not None]
    assert costs[0] == pytest.approx(costs[1], rel=1e-3)
    assert plans[1].as_dict()["valuation"] > 0
