"""A sweep's points on processes and on a Dask cluster: the same, whatever dies."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from optimizer.inputs.load import load
from optimizer.studies.sweep import Asked, run_sweep, solve_point, tasks
from optimizer.studies.sweep_points import grid
from optimizer.studies.sweep_task import LOST, Record, Runner, Task
from optimizer.studies.sweep_workers import dask_cluster, processes
from tests.cli.solving import write_small
from tests.studies.sweep_solves import always_dies, dies_once, squared

VALUES = "1,2,3,4,5,6"


def numbered(folder: Path) -> list[Task]:
    """Six tasks, one a number."""
    points = grid([f"output={VALUES}"])
    return [
        Task(f"key{k}", folder / "none.yaml", folder, points.changes(k), None, 0.01, None)
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
        def run(wanted: Sequence[Task]) -> Iterator[tuple[Task, Record]]:
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


def test_a_point_is_solved_or_says_why_not(tmp_path: Path) -> None:
    """Proves plain data of a plan, the same when asked again; no plan under a budget and cap that
    exclude each other; and a change that makes no scenario as a result with its reason."""
    scenario = write_small(tmp_path)
    points = grid(["tariffs.natural_gas.price=0.3 CNY/kWh,0.4 CNY/kWh,nothing"])
    asked = tasks(Asked(scenario, periods=1, gap=0.01), load(scenario), points)
    cheap, dear, none = map(solve_point, asked)
    assert cheap["cost"] < dear["cost"]
    assert json.loads(json.dumps(cheap)) == cheap
    again = solve_point(asked[0])
    assert {k: v for k, v in again.items() if k != "seconds"} == {
        k: v for k, v in cheap.items() if k != "seconds"
    }
    assert none["ending"] == "invalid"
    assert "nothing" in none["why"]
