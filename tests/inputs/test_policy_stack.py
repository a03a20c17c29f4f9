"""Packs that stack: the stricter value binds in every year, and both are named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.errors import InputErrors
from optimizer.files.yaml_document import read_yaml
from optimizer.inputs.load import load
from optimizer.inputs.policy_check import checked
from optimizer.inputs.policy_files import Packs, read_packs
from optimizer.inputs.policy_stack import nested
from optimizer.inputs.yearly import value_at
from optimizer.plan.verify.packs import stacked_policy
from optimizer.schema.fields import Yearly
from optimizer.schema.policy import Offset, Policy
from tests.packs import pack, rule
from tests.workspace import put, small_scenario, write_workspace

SHARE = rule("offset_share", "R-9", limit=0.1, denominator="gross")


def written(folder: Path, *packs: dict[str, Any], **own: Any) -> Path:
    """A small workspace whose scenario uses these packs, in order."""
    policy = {"use": [each["id"] for each in packs], **own}
    scenario = put(small_scenario(), "policy", policy)
    return write_workspace(folder, scenario, policies={each["id"]: each for each in packs})


def policy_of(folder: Path, *rules: dict[str, Any], **own: Any) -> Policy:
    """The policy of a scenario with one pack a rule."""
    packs = [pack(f"pack_{number}", each) for number, each in enumerate(rules)]
    return load(written(folder, *packs, **own)).scenario.policy


def packs_of(folder: Path, *rules: dict[str, Any]) -> Packs:
    """One pack a rule, as read for a scenario that uses all."""
    path = written(folder, *(pack(f"pack_{n}", each) for n, each in enumerate(rules)))
    return read_packs(read_yaml(path), folder)


def offset_of(folder: Path, *rules: dict[str, Any]) -> Offset:
    """The offset rule of packs that stack upon a share of 10 % of gross."""
    offset = policy_of(folder, SHARE, *rules).offset
    assert offset is not None
    return offset


def by_year(table: Yearly[float] | None, *years: int) -> list[float | None]:
    assert table is not None
    return [value_at(table, year) for year in years]


def test_the_smaller_cap_binds_in_each_year(tmp_path: Path) -> None:
    """Proves the minimum year by year, of tables that cross: neither pack's table holds alone.

    One falls linearly from 20 to 4 kt over 2026 to 2030: 20, 16, 12, 8, 4. The other steps from 15
    to 10 kt in 2028: 15, 15, 10, 10, 10. The least: 15, 15, 10, 8, 4. With the first pack alone
    2026 would be 20, with the second 2030 would be 10. After 2030 only the step goes on, at 10.
    """
    falling = rule("gross_cap", limit={2026: "20 kt", 2030: "4 kt", "interpolate": "linear"})
    steps = rule("gross_cap", limit={2026: "15 kt", 2028: "10 kt", "interpolate": "step"})
    packs = packs_of(tmp_path, falling, steps)
    (field,) = [each for each in packs.fields if each.loc == ("gross_cap",)]
    years = (2025, 2026, 2027, 2028, 2029, 2030, 2031)
    asked = [field.at(year)[0] for year in years]
    assert asked == [None, 15e3, 15e3, 10e3, 8e3, 4e3, 10e3]
    table = nested(packs.fields)["gross_cap"]
    read = Policy.model_validate({"gross_cap": table}).gross_cap
    assert by_year(read, *years) == asked


def test_the_stacked_cap_is_the_scenarios(tmp_path: Path) -> None:
    """Proves that load takes the least of each year: 15 of 15 and 20 kt in 2026, 9 of
    10 and 9 kt in 2028, and no cap in 2027, for which neither gives one."""
    one = rule("gross_cap", limit={2026: "15 kt", 2028: "10 kt"})
    two = rule("gross_cap", limit={2026: "20 kt", 2028: "9 kt"})
    assert by_year(policy_of(tmp_path, one, two).gross_cap, 2026, 2027, 2028) == [15e3, None, 9e3]


def test_who_asks_what_binds_is_known_by_year(tmp_path: Path) -> None:
    """Proves that both packs are named where they agree in a year, and one where they don't."""
    one = rule("net_target", "R-1", limit={2026: "9 kt", 2027: "8 kt"})
    two = rule("net_target", "R-2", limit={2026: "9 kt", 2027: "7 kt"})
    packs = packs_of(tmp_path, one, two)
    (field,) = [each for each in packs.fields if each.loc == ("net_target",)]
    assert [[each.rule for each in field.at(year)[1]] for year in (2026, 2027, 2028)] == [
        ["R-1", "R-2"], ["R-2"], [],
    ]  # fmt: skip


def test_the_smaller_share_and_the_larger_removal_share_bind(tmp_path: Path) -> None:
    """Proves that stricter means less of the one and more of the other.

    Shares 10 and 6 % give 6 %; removals of 20 and 30 % give 30 %. The wrong way round the plan
    could buy 10 % and no more than a fifth of removals.
    """
    less = rule("offset_share", "R-2", limit=0.06, denominator="gross")
    some = rule("removal_share", "R-3", limit=0.2)
    more = rule("removal_share", "R-4", limit=0.3)
    offset = offset_of(tmp_path, less, more, some)
    assert by_year(offset.share, 2026, 2030) == [0.06, 0.06]
    assert by_year(offset.removal_share, 2026, 2030) == [0.3, 0.3]


def test_a_constant_and_a_table_stack(tmp_path: Path) -> None:
    """Proves the mixture: 6 % always, with 10, 5 % in 2026, 2027, gives 6, 5 and 6 % after."""
    table = rule("offset_share", "R-2", limit={2026: 0.1, 2027: 0.05}, denominator="gross")
    flat = rule("offset_share", "R-3", limit=0.06, denominator="gross")
    assert by_year(offset_of(tmp_path, table, flat).share, 2026, 2027, 2030) == [0.06, 0.05, 0.06]


def test_the_larger_reduction_and_the_later_year_open_credits(tmp_path: Path) -> None:
    """Proves the two that aren't tables: gates of 10 and 25 % give 25, 2027 and 2029 give 2029."""
    gates = [rule("credit_gate", f"R-{n}", limit=limit) for n, limit in enumerate((0.1, 0.25))]
    first = [rule("first_credit_year", f"R-{y}", limit=y) for y in (2029, 2027)]
    offset = offset_of(tmp_path, *gates, *first)
    assert offset.gate is not None
    assert (offset.gate.reduction, offset.first_year) == (0.25, 2029)


def test_equal_values_in_other_units_agree(tmp_path: Path) -> None:
    """Proves that 5 kt and 5000 t are one value: the first pack's text stays as it stands."""
    rules = [rule("gross_cap", limit={2030: text}) for text in ("5 kt", "5000 t")]
    packs = packs_of(tmp_path, *rules)
    (field,) = [each for each in packs.fields if each.loc == ("gross_cap",)]
    assert field.raw == {2030: "5 kt"}
    assert [each.pack.pack.id for each in field.given] == ["pack_0", "pack_1"]


def test_a_share_of_another_basis_is_refused(tmp_path: Path) -> None:
    """Proves that 10 % of gross and 8 % of the base year aren't compared: one may be less either
    way, so the planner must choose. The second pack's line and the first's place are told."""
    other = rule("offset_share", "R-2", limit=0.08, denominator="base_year")
    with pytest.raises(InputErrors) as caught:
        policy_of(tmp_path, SHARE, other)
    (problem,) = [each for each in caught.value.problems if "denominator" in each.field]
    assert (problem.file, problem.field) == (
        "scenarios/library/policies/pack_1.yaml", "rules[0].denominator",
    )  # fmt: skip
    assert "scenarios/library/policies/pack_0.yaml:" in problem.hint


def test_the_scenario_wins_and_is_told_where_it_is_looser(tmp_path: Path) -> None:
    """Proves that a scenario's own cap holds, and that only the year in which it is looser is
    named: own 6 and 6 kt in 2029 and 2030, the pack's 8 and 5 kt."""
    rules = pack("a", rule("gross_cap", limit={2029: "8 kt", 2030: "5 kt"}))
    path = written(tmp_path, rules, gross_cap={2029: "6 kt", 2030: "6 kt"})
    cap = load(path).scenario.policy.gross_cap
    assert by_year(cap, 2029, 2030) == [6e3, 6e3]
    (field,) = [each for each in checked(path)["fields"] if each["field"] == "policy.gross_cap"]
    assert field["looser"] == [2030]
    assert field["years"][2029] == {"value": 6e3, "by": ["scenario"]}


def test_a_gate_without_rows_changes_nothing_and_is_named(tmp_path: Path) -> None:
    """Proves that a gate the model can't hold is told by load: a plan that looks as if it kept a
    limit on when credits are cancelled would be worse than none."""
    old = rule("credit_quality", "N-02", cancelled_within="1 a")
    bundle = load(written(tmp_path, pack("gates", old, {**old, "id": "N-99", "severity": "info"})))
    assert bundle.scenario.policy == Policy(use=("gates",))
    assert bundle.unheld == ("gates/N-02",)


def ceiling(limit: Any, mode: str = "residual") -> dict[str, Any]:
    return rule("abatement_ceiling", "R-5", limit=limit, mode=mode)


def test_the_higher_ceiling_binds_in_each_year(tmp_path: Path) -> None:
    """Proves that a ceiling is stricter the higher it is, year by year: 300 and 500 from one pack,
    400 in both years from the other."""
    table = {2026: "300 CNY/t", 2027: "500 CNY/t"}
    both = policy_of(tmp_path, ceiling(table), ceiling({2026: "400 CNY/t", 2027: "400 CNY/t"}))
    assert both.ceiling is not None
    assert both.ceiling.mode == "residual"
    assert [both.ceiling.price.values[year].value for year in (2026, 2027)] == [400.0, 500.0]


def test_the_verifier_stacks_ceilings_alike(tmp_path: Path) -> None:
    """Proves the same higher price of each year from the verifier's own code."""
    rules = [ceiling({2026: "300 CNY2025/t"}), ceiling({2026: "0.4 CNY2025/kg"})]
    packs = {f"pack_{n}": pack(f"pack_{n}", each) for n, each in enumerate(rules)}
    assert stacked_policy(packs)["ceiling"]["price"] == {2026: "400.0 CNY2025/t"}
    loaded = policy_of(tmp_path, *rules).ceiling
    assert loaded is not None
    assert loaded.price.values[2026].text == "400.0 CNY2025/t"


@pytest.mark.parametrize("other", [ceiling("400 CNY/t", "displaced_credit"), ceiling("50 EUR/t")])
def test_ceilings_that_cant_be_compared_are_refused(tmp_path: Path, other: Any) -> None:
    """Proves that two modes, or two kinds of money, are the planner's to choose from: neither is
    the stricter one, and a pack doesn't know the scenario's exchange rate."""
    with pytest.raises(InputErrors) as caught:
        policy_of(tmp_path, ceiling("300 CNY/t"), other)
    (problem,) = [each for each in caught.value.problems if "pack_0.yaml" in each.hint]
    assert problem.file == "scenarios/library/policies/pack_1.yaml"
    with pytest.raises(ValueError, match="two packs"):
        stacked_policy({"a": pack("a", ceiling("300 CNY/t")), "b": pack("b", other)})


def test_a_ceiling_of_the_scenario_is_compared_in_its_money(tmp_path: Path) -> None:
    """Proves the exchange: own 300 CNY are looser than a pack's 50 EUR at 7.8, 390 CNY."""
    path = written(
        tmp_path, pack("a", ceiling("50 EUR/t")), ceiling={"price": "300 CNY/t", "mode": "residual"}
    )
    text = path.read_text(encoding="utf-8")
    rate = "economics:\n  exchange:\n    EUR: 7.8"
    path.write_text(text.replace("economics:", rate), encoding="utf-8")
    fields = {each["field"]: each for each in checked(path)["fields"]}
    price = fields["policy.ceiling.price"]
    assert price["years"][2026]["value"] == 300.0
    assert price["looser"] == [2026, 2027, 2028, 2029, 2030]
    assert fields["policy.ceiling.mode"]["years"] == {}


@pytest.mark.parametrize("severity", ["score", "info"])
def test_only_gates_limit_a_plan(tmp_path: Path, severity: str) -> None:
    """Proves that a cap which is told or scored sets nothing, in inputs and verifier; one that set
    policy.gross_cap would hold the plan to 1 t."""
    told = pack("pack_0", rule("gross_cap", limit="1 t", severity=severity))
    assert packs_of(tmp_path, told["rules"][0]).fields == ()
    assert stacked_policy({"pack_0": told}) == {}
    assert policy_of(tmp_path, told["rules"][0]).gross_cap is None
