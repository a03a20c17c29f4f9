"""What-ifs, scenarios and stored runs side by side, by the code that compares policies."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from optimizer import api
from optimizer.errors import InputErrors
from optimizer.plan.auto_periods import plan_of
from optimizer.reports.comparison_page import comparison_page
from optimizer.studies import compare_search
from optimizer.studies.compare_cases import Inputs, compare_scenarios, compare_whatifs
from optimizer.studies.compare_runs import compare_runs
from optimizer.studies.comparison import Comparison
from tests.cli.solving import small, solve, without_reports
from tests.workspace import put, small_scenario, write_workspace, write_yaml

QUICK = {"periods": 1, "full_year": False, "gap": 1e-4}
DEAR = {"id": "dear", "name": {"en": "Dear gas", "zh": "气贵"},
        "times": {"tariffs.natural_gas.price": 3}}  # fmt: skip
BARE = {"id": "bare", "name": {"en": "No roof", "zh": "无屋顶"}, "without": ["pv_roof"]}
NEVER = {"id": "never", "name": {"en": "No tonne", "zh": "零吨"},
         "set": {"policy": {"gross_cap": {2027: "1 t"}}}}  # fmt: skip


def compared(folder: Path, *whatifs: object, sets: tuple[str, ...] = ()) -> Comparison:
    """The small plant under what-ifs."""
    path = write_workspace(folder, small())
    write_yaml(folder / "whatifs.yaml", {"whatifs": list(whatifs)})
    return compare_whatifs(
        path,
        folder / "whatifs.yaml",
        lambda bundle: api.settings_of(bundle, **QUICK),
        Inputs(sets=sets),
    )


def cost(comparison: Comparison, at: int) -> float:
    """Net present cost of a plan."""
    figures = comparison.plans[at].figures
    assert figures is not None
    return float(figures.summary["net_present_cost"])


def test_a_what_if_is_the_plan_of_a_scenario_written_that_way(tmp_path: Path) -> None:
    """Proves that no plan leans on the one before, and that a plan's own baseline isn't that of the
    scenario: gas at 3 x 0.35 = 1.05 CNY/kWh costs what a scenario costs that says so itself."""
    whole = compared(tmp_path / "a", DEAR)
    said = put(small(), "tariffs.natural_gas.price", "1.05 CNY/kWh")
    path = write_workspace(tmp_path / "b", said)
    alone = compare_scenarios([path], lambda bundle: api.settings_of(bundle, **QUICK))
    assert cost(whole, 1) == pytest.approx(cost(alone, 0), rel=2e-4)
    assert cost(whole, 1) > 1.2 * cost(whole, 0)


def test_what_changes_is_named_and_its_cost_adds_up(tmp_path: Path) -> None:
    """Proves that without the roof the panels leave, and that the classes of cost by which the two
    plans differ add up to the difference of their net present costs."""
    found = compared(tmp_path, BARE)
    apart = found.apart(found.plans[1])
    assert apart is not None
    assert "pv_roof" in apart.changes.leaves
    assert apart.years["pv_roof"][1] is None
    assert sum(apart.more.values()) == pytest.approx(cost(found, 1) - cost(found, 0), rel=1e-6)
    assert found.apart(found.plans[0]) is None


def test_a_what_if_that_no_plan_keeps_is_a_result(tmp_path: Path) -> None:
    """Proves that 1 t ends nothing: its reason stands beside the plans of the others."""
    found = compared(tmp_path, NEVER, DEAR).as_dict()
    assert found["kind"] == "whatifs"
    assert [plan["whatif"] for plan in found["plans"]] == ["scenario", "never", "dear"]
    assert [plan["status"] for plan in found["plans"]] == ["optimal", "no_plan", "optimal"]
    assert found["plans"][1]["apart"] is None


def test_an_interrupt_keeps_the_plans_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that Ctrl-C between searches loses nothing: the scenario's plan is there, the what-if
    that was asked has none, and the one after it wasn't begun."""
    asked: list[object] = []

    def second_interrupted(*args: Any) -> Any:
        asked.append(args)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return plan_of(*args)

    monkeypatch.setattr(compare_search, "plan_of", second_interrupted)
    found = compared(tmp_path, DEAR, BARE)
    assert found.interrupted
    assert [plan.status for plan in found.plans] == ["optimal", "stopped"]


def test_problems_of_all_what_ifs_are_told_before_any_search(tmp_path: Path) -> None:
    """Proves that each names its place and its what-if: a path that leads nowhere, a value that the
    schema refuses, and years that can't stand beside the scenario's."""
    lost = {**DEAR, "id": "lost", "times": {"tariffs.gas.price": 3}}
    wrong = {**DEAR, "id": "wrong", "times": {}, "set": {"site.connection": "-1 MW"}}
    longer = {**DEAR, "id": "longer", "times": {}, "set": {"horizon.last": 2026}}
    with pytest.raises(InputErrors) as caught:
        compared(tmp_path, lost, wrong, longer)
    said = "\n".join(map(str, caught.value.problems))
    assert "In the what-if lost." in said
    assert "In the what-if wrong." in said
    assert "Plan longer can't be set beside it." in said
    assert said.count("whatifs.yaml:") == 2


def test_settings_hold_in_every_plan(tmp_path: Path) -> None:
    """Proves that --set reaches the scenario and the what-if: a roof plant neither may build."""
    found = compared(tmp_path, DEAR, sets=("measures.offer-=pv_roof",))
    for plan in found.plans:
        assert plan.figures is not None
        assert "pv_roof" not in plan.figures.picked.sizes


def test_stored_runs_compare_as_what_was_solved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proves that folders say the same as plans in memory: cost, and what was built; and that a/run
    and b/run have two keys: with one, a plan would be compared with itself."""
    without_reports(monkeypatch)
    runs = []
    for name, own in (("plain", {}), ("capped", {"policy": {"gross_cap": {2027: "5900 t"}}})):
        path = write_workspace(tmp_path / name, small(**own))
        runs.append(tmp_path / f"run-{name}")
        assert solve(path, "--out", str(runs[-1])) == 0
    found = compare_runs(runs)
    assert [plan.key for plan in found.plans] == ["run-plain", "run-capped"]
    apart = found.apart(found.plans[1])
    assert apart is not None
    assert sum(apart.more.values()) == pytest.approx(cost(found, 1) - cost(found, 0), rel=1e-6)
    same = tmp_path / "elsewhere" / "run-plain"
    shutil.copytree(runs[0], same)
    twice = compare_runs([runs[0], same])
    assert len({plan.key for plan in twice.plans}) == 2
    assert twice.difference(twice.plans[1]) is not None


def test_scenarios_of_other_money_are_refused(tmp_path: Path) -> None:
    """Proves that CNY isn't set beside CNY of another year: such sums are no comparison."""
    one = write_workspace(tmp_path / "a", small_scenario())
    two = write_workspace(tmp_path / "b", put(small_scenario(), "price_year", 2024))
    with pytest.raises(InputErrors, match="2024"):
        compare_scenarios([one, two], lambda bundle: api.settings_of(bundle, **QUICK))


def test_the_page_names_what_changes_and_why(tmp_path: Path) -> None:
    """Proves that the page has the table of changes and the pictures of reasons and starts, in both
    languages."""
    found = compared(tmp_path, DEAR, BARE)
    for lang, name in (("en", "Dear gas"), ("zh", "气贵")):
        page = comparison_page(found, lang)
        for part in ('id="reasons"', 'id="starts"', name):
            assert part in page
