"""`python -m tests.cli.interrupting MOMENT SCENARIO OUT`: solve, with Ctrl-C at a given moment.

Moments: first_plan (the search has one), held_plan (the decomposed one has), or a function that the
solve calls, such as optimizer.api.write_plan. The process sends itself SIGINT, as a terminal does.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from typing import Any

import highspy

from optimizer import cli
from optimizer.solve.highs import Solver


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def at_call(path: str, put: Callable[[Any, str, Any], None] = setattr) -> None:
    """Press Ctrl-C when the function at `path` (module.name) is called; ``put`` sets it there."""
    module, _, name = path.rpartition(".")
    home = import_module(module)
    original = getattr(home, name)

    def pressed(*args: Any, **named: Any) -> Any:
        press()
        return original(*args, **named)

    put(home, name, pressed)


def in_search() -> None:
    """Press Ctrl-C at the first event of the search that has an incumbent.

    The solver's thread waits until the main one has taken note, so that the end is never a race.
    """
    noted, done = threading.Event(), threading.Event()
    cancel = highspy.Highs.cancelSolve

    def cancel_and_note(self: Any) -> None:
        cancel(self)  # type: ignore[no-untyped-call]
        noted.set()

    highspy.Highs.cancelSolve = cancel_and_note  # type: ignore[method-assign]

    def report(solver: Any, *_: Any) -> None:
        def tell(event: Any) -> None:
            known = abs(event.data_out.mip_primal_bound) < highspy.kHighsInf
            if known and not done.is_set():
                done.set()
                press()
                noted.wait(60)

        solver._highs.cbMipInterrupt.subscribe(tell)

    Solver._report_to = report  # type: ignore[assignment, method-assign]


def once_held() -> None:
    """Press Ctrl-C as soon as the decomposed search has taken a plan."""
    from optimizer.solve.closing import Search

    take = Search.take

    def taken(self: Search, mixed: Any) -> None:
        take(self, mixed)
        if self.best is not None:
            press()

    Search.take = taken  # type: ignore[method-assign]


if __name__ == "__main__":
    # a test run that was started in the background passes on that it ignores Ctrl-C
    signal.signal(signal.SIGINT, signal.default_int_handler)
    moment, scenario, out, *more = sys.argv[1:]
    if moment == "first_plan":
        in_search()
    elif moment == "held_plan":
        once_held()
    else:
        at_call(moment)
    sys.exit(cli.run(["solve", scenario, "--out", out, "--gap", "0.000001", *more]))
