"""No plan: exit code 3 and one line for each promise that breaks, with figures that are right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from optimizer import cli
from optimizer.cli.solving import told_in
from optimizer.errors import NoPlan
from optimizer.solve.promises import CutShort
from tests.cli.solving import small, solve, write_small
from tests.workspace import put, small_measures, write_workspace

Captured = pytest.CaptureFixture[str]


def told(capsys: Captured, code: int) -> list[str]:
    """The lines of a refusal without the progress before it; nothing may be on stdout."""
    said = capsys.readouterr()
    assert code == cli.NO_PLAN, said.err
    assert said.out == ""
    assert "Traceback" not in said.err
    return [line for line in said.err.splitlines() if not re.match(r" *[0-9.]+ s  ", line)]


def bare(folder: Path, **changes: object) -> Path:
    """The plant without any offer: it burns gas and buys power, and nothing can change that."""
    return write_small(folder, measures__offer=[], **changes)


def test_a_cap_too_low_names_year_limit_and_what_is_reachable(
    tmp_path: Path, capsys: Captured
) -> None:
    """Proves the two figures of the line by hand, on a plant that can change nothing.

    Motors: (1333 x 12 h + 666.5 x 12 h) x 365 / 1000 = 8,757.8 MWh x 0.53 = 4,641.6 t in 2026 and
    x 0.5 = 4,378.9 t in 2027. Heat: hours at work 1000 + 2000 w, else 1000 + 1000 w kW, w = 0.5 +
    0.5 cos; the cosine sums to 0 over the year, so the mean is 1,750 kW: 15,330 MWh / 0.9 x 0.202 =
    3,440.7 t. Sums: 8,082 t and 7,820 t. A cap of 8,000 t therefore breaks in 2026 alone.
    """
    scenario = bare(tmp_path, policy__gross_cap="8000 t")
    lines = told(capsys, solve(scenario))
    assert lines[1:] == ["2026: gross cap 8,000 t, lowest reachable 8,082 t, 82 t over"]
    assert not (tmp_path / "results").exists()


def test_the_same_in_chinese(tmp_path: Path, capsys: Captured) -> None:
    """Proves that --lang zh translates title and promise, with the same figures."""
    lines = told(capsys, solve(bare(tmp_path, policy__gross_cap="8000 t"), "--lang", "zh"))
    assert "没有任何方案" in lines[0]
    assert lines[1:] == ["2026：总排放上限 8,000 t，可达到的最低值 8,082 t，超出 82 t"]


def test_a_net_target_without_credits_says_the_lowest_net(tmp_path: Path, capsys: Captured) -> None:
    """Proves the net target's own line: no credits are on offer, so net is gross, 7,820 t."""
    lines = told(capsys, solve(bare(tmp_path, policy__net_target={2027: "5 kt"})))
    assert lines[1:] == ["2027: net target 5,000 t, lowest reachable 7,820 t, 2,820 t over"]


def test_a_net_target_with_too_few_credits_blames_the_share(
    tmp_path: Path, capsys: Captured
) -> None:
    """Proves the arithmetic of the share: 7,820 t of gross, a target of 7,000 t and credits of at
    most 5 % of 8,750 t (437.5 t): either the target is missed by 382 t (5.5 %), or the share by
    382 t (87 %). The target breaks less: 7,820 - 437.5 = 7,382 t is the lowest.
    """
    credit = {
        "id": "offset", "name": {"en": "Offset", "zh": "抵销"}, "kind": "credit",
        "type": "avoidance", "price": "50 CNY/t",
    }  # fmt: skip
    rule = {"share": 0.05, "basis": "base_year"}
    scenario = put(small(policy__net_target={2027: "7 kt"}), "measures.offer", ["offset"])
    path = write_workspace(
        tmp_path, put(scenario, "policy.offset", rule), [*small_measures(), credit]
    )
    lines = told(capsys, solve(path))
    assert lines[1:] == ["2027: net target 7,000 t, lowest reachable 7,382 t, 382 t over"]


def test_a_budget_too_small_for_what_must_be_renewed(tmp_path: Path, capsys: Captured) -> None:
    """Proves the budget's line in money: the boiler dies in 2027, its renewal costs 1.2 MCNY, the
    budget is 1 MCNY, and nothing else gives heat."""
    boiler = put(small()["assets"][0], "lifetime", "17 a")
    offer = ["motor_saving"]
    scenario = write_small(tmp_path, measures__offer=offer, budget__capex="1 MCNY", assets=[boiler])
    lines = told(capsys, solve(scenario))
    assert lines[1:] == [
        "2027: capex budget 1,000,000 CNY, least that would do 1,200,000 CNY",
    ]


def test_demand_that_nothing_can_serve_names_its_carrier(tmp_path: Path, capsys: Captured) -> None:
    """Proves the carrier and the MWh of a plant whose boiler is too small: 1 MW against a demand
    of at least 1 MW in every hour serves exactly 8,760 of 15,330 MWh. The baseline fails already.
    """
    boiler = put(small()["assets"][0], "capacity", "1 MW")
    lines = told(capsys, solve(bare(tmp_path, assets=[boiler])))
    assert "as it stands" in lines[0]
    assert len(lines) == 3
    for line, year in zip(lines[1:], (2026, 2027), strict=True):
        assert re.match(rf"{year}: demand for heat_90c 15,3\d\d MWh, most .* 8,7\d\d MWh", line)


def test_a_carrier_without_any_source_is_told_before_solving(
    tmp_path: Path, capsys: Captured
) -> None:
    """Proves that what no plan can ever supply is an input error (2), told with its line."""
    code = solve(bare(tmp_path, assets=[]))
    said = capsys.readouterr().err
    assert code == cli.INPUT_OR_USAGE
    assert 'services[1].carrier: got "heat_90c", must be a carrier that something supplies' in said


def test_a_cap_gives_way_before_money_and_ground(tmp_path: Path, capsys: Captured) -> None:
    """Proves that the reachable value lies within the budget and the roof: with both at hand the
    lowest gross is reported, and neither budget nor area is named as broken.

    If all gave way together, a roof of twice the size would make 1 t look nearer than it is.
    """
    scenario = write_small(tmp_path, policy__gross_cap="1 t", budget__capex="9 MCNY")
    lines = told(capsys, solve(scenario))
    assert [line.split(" t, ")[0] for line in lines[1:]] == [
        "2026: gross cap 1", "2027: gross cap 1",
    ]  # fmt: skip


def test_a_study_says_it_in_the_reader_s_language_too(tmp_path: Path, capsys: Captured) -> None:
    """Proves that every study that needs a plan refuses in Chinese where Chinese is asked for, with
    the same promise named as by `solve`."""
    scenario = bare(tmp_path, policy__gross_cap={2027: "1 t"})
    code = cli.run(["myopic", str(scenario), "--periods", "1", "--lang", "zh"])
    said = "\n".join(told(capsys, code))
    assert "没有任何方案能遵守全部规则" in said
    assert "2027" in said
    assert "No plan" not in said


def test_an_explanation_without_time_announces_nothing() -> None:
    """Proves that the title announces no promises where none was found: without time for
    the explanation, its one line says that it was cut short."""
    none = NoPlan((CutShort(3.0, named=False),))
    with pytest.raises(NoPlan) as found, told_in("en"):
        raise none
    assert str(found.value).splitlines() == [
        "No plan exists that keeps every rule.",
        "The explanation was cut short at 3 s, before it was known which rules collide.",
    ]
