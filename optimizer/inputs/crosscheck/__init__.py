"""What the parts of a case say of each other: each check is a small function that yields Problems.

SCENARIO_CHECKS need the scenario alone; CASE_CHECKS also the offered measures, all valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from optimizer.errors import Problem
from optimizer.inputs.bundle import Bundle

Check = Callable[[Bundle], Iterator[Problem]]

SCENARIO_CHECKS: tuple[Check, ...] = ()
CASE_CHECKS: tuple[Check, ...] = ()
