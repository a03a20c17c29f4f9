"""A sweep's points on processes and on a Dask cluster: the same, whatever dies."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from optimizer.inputs.load import load
from optimizer.studies.sweep import TOGETHER, Asked, run_sweep, solve_task, tasks
from optimizer.studies.sweep_points import grid
from optimizer.studies.sweep_task import LOST, Record, Records, Runner, Task
from optimizer.studies.sweep_workers import dask_cluster, processes
from tests.cli.solving import write_small
from tests.studies.sweep_solves import always_dies, dies_once, squared

VALUES = "1,2,3,4,5,6"


def numbered(folder: Path) -> list[Task]:
    """Six tasks of one point, each a number."""
    points = grid([f"output={VALUES}"])
    return [
        Task(f"key{k}", folder / "none.yaml", folder, (), (points.changes(k),), None, 0.01, None)
        for k in range(len(points.rows))
    ]


def costs(records: Sequence[Record]) -> list[float | None]:
    return [record.get("cost") for record in records]


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of two workers on this machine."""
    distributed = pytest.importorskip("distributed", reason="needs the extra cluster")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as found:
        yield found.scheduler_address


def test_a_worker_that_dies_loses_nothing(tmp_path: Path) -> None:
    """Proves on two processes, one killed with a point in its hands: every point has its answer, in
    the order asked. A pool that isn't made anew would end with an error, or without points 3 to 6.
    """
    records = run_sweep(numbered(tmp_path), tmp_path / "points", processes(dies_once, 2))
    assert costs(records) == [1, 4, 9, 16, 25, 36]
    assert (tmp_path / "died").exists()


def test_a_point_that_kills_its_workers_is_told(tmp_path: Path) -> None:
    """Proves that one bad point ends no sweep, and isn't stored: the same command asks it again."""
    records = run_sweep(numbered(tmp_path), tmp_path / "points", processes(always_dies, 1))
    assert costs(records) == [1, 4, None, 16, 25, 36]
    assert records[2]["ending"] == LOST
    assert not (tmp_path / "points" / "key2.json").exists()


def test_a_cluster_answers_as_processes_do(tmp_path: Path, cluster: str) -> None:
    """Proves the same records in the same order from a Dask cluster that loses a worker midway."""
    asked = numbered(tmp_path)
    here = run_sweep(asked, tmp_path / "here", processes(squared, 1))
    there = run_sweep(asked, tmp_path / "there", dask_cluster(dies_once, cluster))
    assert there == here
    assert (tmp_path / "died").exists()


def test_what_is_done_is_not_solved_again(tmp_path: Path) -> None:
    """Proves resumption: stopped after two points, a second run asks the four that are left."""
    asked: list[str] = []

    def stopping(after: int) -> Runner:
        def run(wanted: Sequence[Task]) -> Iterator[tuple[Task, Records]]:
            for number, task in enumerate(wanted):
                if number == after:
                    raise KeyboardInterrupt
                asked.append(task.key)
                yield task, squared(task)

        return run

    with pytest.raises(KeyboardInterrupt):
        run_sweep(numbered(tmp_path), tmp_path / "points", stopping(2))
    heard: list[tuple[int, int]] = []
    found = run_sweep(
        numbered(tmp_path), tmp_path / "points", stopping(6), lambda *at: heard.append(at)
    )
    assert asked == [f"key{k}" for k in range(6)]
    assert costs(found) == [1, 4, 9, 16, 25, 36]
    assert heard == [(2, 6), (3, 6), (4, 6), (5, 6), (6, 6)]


def test_a_key_names_all_that_an_answer_rests_on(tmp_path: Path) -> None:
    """Proves that another gap, another change or another figure in a file of the scenario is
    another point: an old answer would be wrong for it."""
    scenario = write_small(tmp_path)

    def key(values: str = "1", gap: float = 0.01) -> str:
        points = grid([f"tariffs.natural_gas.price*={values}"])
        return tasks(Asked(scenario, gap=gap), load(scenario), points)[0].key

    before = {key(), key("2"), key(gap=0.02)}
    assert len(before) == 3
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(text.replace("0.202 kg/kWh", "0.203 kg/kWh"), encoding="utf-8")
    assert key() not in before


def test_neighbours_share_a_task(tmp_path: Path) -> None:
    """Proves that 20 points are tasks of 8, 8 and 4 in their order, whoever solves them: a change
    in the last point leaves the first two tasks what they were, so that they aren't solved again.
    """
    scenario = write_small(tmp_path)
    bundle = load(scenario)

    def made(last: str) -> list[Task]:
        factors = ",".join([*map(str, range(1, 20)), last])
        return tasks(Asked(scenario), bundle, grid([f"output*={factors}"]))

    first, second = made("20"), made("21")
    assert [len(task.points) for task in first] == [TOGETHER, TOGETHER, 4]
    told = [changes[0].operand for task in first for changes in task.points]
    assert told == [*range(1, 21)]
    same = [a.key == b.key for a, b in zip(first, second, strict=True)]
    assert same == [True, True, False]


def test_a_point_is_solved_or_says_why_not(tmp_path: Path) -> None:
    """Proves plain data of a plan, the same when its task is asked again; and a change that makes
    no scenario as a result with its reason, between two that have plans."""
    scenario = write_small(tmp_path)
    points = grid(["tariffs.natural_gas.price=0.3 CNY/kWh,nothing,0.4 CNY/kWh"])
    (asked,) = tasks(Asked(scenario, periods=1, gap=0.01), load(scenario), points)
    cheap, none, dear = found = solve_task(asked)
    assert cheap["cost"] < dear["cost"]
    assert json.loads(json.dumps(found)) == found
    assert untimed(solve_task(asked)) == untimed(found)
    assert none["ending"] == "invalid"
    assert "nothing" in none["why"]


def test_what_neighbours_leave_changes_no_answer(tmp_path: Path) -> None:
    """Proves for points of gas prices, output and offers that a plan found after others is as good
    as one found alone: each cost is at most the gap above the other's bound. An answer that rested
    on a cut no longer true would lie above."""
    scenario = write_small(tmp_path)
    points = grid([
        "tariffs.natural_gas.price*=0.5,2", "output*=0.9,1.1", "measures.offer-=pv_roof,heat_pump",
    ])  # fmt: skip
    asked = Asked(scenario, periods=1, gap=1e-4)
    (task,) = tasks(asked, load(scenario), points)
    together = solve_task(task)
    alone = [solve_task(replace(task, points=(each,)))[0] for each in task.points]
    for one, other in zip(together, alone, strict=True):
        assert one["ending"] == other["ending"] == "optimal"
        assert one["bound"] <= other["cost"] * (1 + 1e-9)
        assert other["bound"] <= one["cost"] * (1 + 1e-9)
    assert len({round(record["cost"]) for record in alone}) == 8


def untimed(records: Records) -> list[Record]:
    return [{k: v for k, v in record.items() if k != "seconds"} for record in records]
