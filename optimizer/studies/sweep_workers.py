"""Where the points of a sweep are solved: processes of this machine, or a Dask cluster.

Either survives the loss of workers: a task that was under way is asked again.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final

from optimizer.errors import from_extra
from optimizer.studies.sweep_task import LOST, Records, Runner, Solve, Task

ATTEMPTS: Final = 3
"""Times that a task is asked whose worker dies: it may be the task that kills it."""


def processes(solve: Solve, count: int | None = None) -> Runner:
    """So many processes, None: one a core; each began anew, none a copy of this one."""
    workers = count or os.cpu_count() or 1

    def run(wanted: Sequence[Task]) -> Iterator[tuple[Task, Records]]:
        tries = {task.key: 0 for task in wanted}
        left = list(wanted)
        while left:
            done: set[str] = set()
            for task, records in _until_broken(left, workers, solve):
                done.add(task.key)
                yield task, records
            left = [task for task in left if task.key not in done]
            for task in left[:workers]:
                tries[task.key] += 1
            for task in [task for task in left if tries[task.key] >= ATTEMPTS]:
                yield task, _lost(task)
                left.remove(task)

    return run


def _until_broken(
    wanted: Sequence[Task], workers: int, solve: Solve
) -> Iterator[tuple[Task, Records]]:
    """Each task as it is done, in a pool of its own; ends early where a worker dies, for such a
    pool takes no more work. Only as many are handed out at a time as there are workers, in order:
    those that a death takes along are the first of what is left."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(wanted)), mp_context=context) as pool:
        queue, under_way = list(reversed(wanted)), dict[Future[Records], Task]()
        try:
            while queue or under_way:
                while queue and len(under_way) < workers:
                    task = queue.pop()
                    under_way[pool.submit(solve, task)] = task
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    yield under_way.pop(future), future.result()
        except BrokenProcessPool:
            return
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def dask_cluster(solve: Solve, address: str) -> Runner:
    """The workers of a Dask cluster that runs already; they see the scenario under the same path.

    Raises ExtraMissing without dask.distributed, OSError where nothing answers at the address.
    """
    with from_extra("cluster", "Dask", "points on a cluster (--scheduler)"):
        from distributed import Client, KilledWorker, as_completed

    def run(wanted: Sequence[Task]) -> Iterator[tuple[Task, Records]]:
        with Client(address, set_as_default=False) as client:
            tries = {task.key: 1 for task in wanted}
            asked: dict[str, Task] = {}

            def ask(task: Task) -> Any:
                future = client.submit(solve, task, pure=False, retries=ATTEMPTS)
                asked[future.key] = task
                return future

            waiting = as_completed([ask(task) for task in wanted], loop=client.loop)
            for future in waiting:
                task = asked[future.key]
                error = future.exception()
                if not isinstance(error, KilledWorker):
                    yield task, future.result()
                elif tries[task.key] < ATTEMPTS:
                    tries[task.key] += 1
                    waiting.add(ask(task))
                else:
                    yield task, _lost(task)

    return run


def _lost(task: Task) -> Records:
    why = f"the worker died {ATTEMPTS} times while it solved this point or its neighbours"
    return [{"ending": LOST, "why": why} for _ in task.points]
