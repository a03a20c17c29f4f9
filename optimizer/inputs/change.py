"""One change of a scenario: the vocabulary of `--set`, what-ifs, sweeps and sensitivities.

| written | in a file of what-ifs | means |
| --- | --- | --- |
| path=value | set: {path: value} | this value in place of the scenario's |
| path*=factor | times: {path: factor} | every figure at the path times a number |
| measures.offer-=id | without: [id] | not on offer in any planning year |

`path` is a dotted path of the scenario file; items of a list go by their id. What a catalog, a
policy pack or a library of factors holds is reached by the path at which the scenario would say it:
measures.override.<id>.capex, policy.gross_cap, carriers.electricity.factor. `*` in place of a
measure's id stands for all on offer. Changes apply in their order, to the scenario as written,
before it is checked: what they make is checked like any other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from optimizer.errors import InputErrors, Problem

Operator = Literal["=", "*=", "-="]
OFFER: Final = "measures.offer"
FORM: Final = (
    "path=value, path*=factor or measures.offer-=id, such as budget.capex.2030='2 MCNY' or "
    "tariffs.natural_gas.price*=2"
)
_SETTING: Final = re.compile(r"\s*([^=]*?)\s*([*-]?=)\s*(.*?)\s*", re.DOTALL)
_NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,2})?|\.[0-9]+")


@dataclass(frozen=True)
class Change:
    """``operand``: of "=" a value as YAML has it (text: read as a scalar), of "*=" a factor, of
    "-=" what is left out. ``origin``: an option, or file:line:column, for messages."""

    path: str
    operator: Operator
    operand: Any
    origin: str

    def __str__(self) -> str:
        shown = f"{self.operand:g}" if isinstance(self.operand, float) else self.operand
        return f"{self.path}{self.operator}{shown}"

    def problem(self, found: str, allowed: str, hint: str = "") -> Problem:
        """A Problem of this change."""
        return Problem(self.origin, 0, 0, self.path, found, allowed, hint)


def times(path: str, factor: float, origin: str | None = None) -> Change:
    """A change by a factor; a tool that varies a figure makes these."""
    return Change(path, "*=", float(factor), origin or f"--set {path}*={factor:g}")


def parse_change(setting: str, option: str = "--set") -> Change:
    """The change that "path=value", "path*=2" or "measures.offer-=id" is. Raises InputErrors."""
    origin = f"{option} {setting}"
    found = _SETTING.fullmatch(setting)
    if found is None or not found[1]:
        raise InputErrors([Problem(origin, 0, 0, "", setting, FORM)])
    path, operator, operand = found[1], found[2], found[3]
    if operator == "*=":
        return Change(path, "*=", read_factor(operand, path, origin), origin)
    return Change(path, "=" if operator == "=" else "-=", operand, origin)


def read_factor(given: Any, path: str, origin: str) -> float:
    """A finite factor, 0 or above. Raises InputErrors."""
    text = str(given)
    value = float(text) if _NUMBER.fullmatch(text) and not isinstance(given, bool) else math.inf
    if not math.isfinite(value):
        raise InputErrors([Problem(origin, 0, 0, path, text, "a number from 0 on, such as 1.2")])
    return value


def parse_changes(
    settings: Sequence[str | Change],
) -> tuple[list[Change], list[Problem]]:
    """Settings as changes, and what is wrong with those that are none."""
    changes: list[Change] = []
    problems: list[Problem] = []
    for setting in settings:
        try:
            changes.append(setting if isinstance(setting, Change) else parse_change(setting))
        except InputErrors as errors:
            problems.extend(errors.problems)
    return changes, problems
