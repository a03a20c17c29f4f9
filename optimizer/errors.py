"""What can go wrong, in words that the person who typed the input can act on.

A `Problem` is one line of the report; `InputErrors` carries all of them at once;
`UnitError` is about one text and doesn't know its place yet; `ExtraMissing` names what to install.
The other three say how a solve ended without a plan. `nearest` finds the word that was probably
meant.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one place; sorts by file, line and column.

    `line` and `column` count from 1; line 0 means the whole file. `found` is the text as it stands
    (empty: it is missing). `allowed` completes the phrase "must be ...". `hint` is a whole
    sentence: what to do. `key` and `values` name the words of reports that tell it in the reader's
    language, `refused.<key>`; empty where there are none.
    """

    file: str
    line: int
    column: int
    field: str
    found: str
    allowed: str
    hint: str = ""
    key: str = dataclasses.field(default="", compare=False)
    values: Mapping[str, object] = dataclasses.field(default_factory=dict, compare=False)

    def worded(self, key: str, **values: object) -> Problem:
        """The same problem with the words that reports tell it in."""
        return replace(self, key=key, values=values)

    @property
    def subject(self) -> str:
        """Where it is: file, line and column, and field."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}  {self.field}" if self.field else place

    def __str__(self) -> str:
        found = f'got "{self.found}"' if self.found else "missing"
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.subject}: {found}, must be {self.allowed}.{hint}"


class InputErrors(Exception):
    """Every problem that the inputs have, each once and sorted by place; nothing was solved."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        if not self.problems:
            raise ValueError("InputErrors needs at least one Problem")
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        total = f"{count} problem{'s' if count > 1 else ''}, nothing was solved"
        return "\n".join([*map(str, self.problems), total])


class UnitError(ValueError):
    """A text that is no quantity of the wanted kind: `found`, what is `allowed`, and a `hint`.

    `found` is shortened to 64 characters; `allowed` and `hint` read as those of a Problem.
    """

    def __init__(self, found: str, allowed: str, hint: str = "") -> None:
        super().__init__(found, allowed, hint)
        self.found = found if len(found) <= 64 else found[:64] + "…"
        self.allowed = allowed
        self.hint = hint

    def __str__(self) -> str:
        return f'got "{self.found}", must be {self.allowed}. {self.hint}'.rstrip()


class NoPlan(Exception):
    """No plan keeps all rules, as proven; `reasons` say which rules collide.

    A reason is a sentence, or an object that reads as one (`solve.promises.BrokenPromise`).
    `baseline`: not even today's plant without any measure can be run.
    """

    def __init__(
        self,
        reasons: Iterable[object],
        *,
        title: str = "No plan exists that keeps every rule.",
        baseline: bool = False,
    ) -> None:
        self.reasons: tuple[object, ...] = tuple(reasons)
        self.title, self.baseline = title, baseline
        super().__init__(self.reasons)

    def __str__(self) -> str:
        return "\n".join([self.title, *map(str, self.reasons)])


class ExtraMissing(Exception):
    """What was asked for needs a library that a plain install leaves out."""


@contextmanager
def from_extra(extra: str, library: str, what: str) -> Iterator[None]:
    """Around imports of a library that an extra installs. Raises ExtraMissing, which says what
    needs it and how to get it."""
    try:
        yield
    except ImportError as missing:
        told = f"{what} need {library}, which isn't installed: pip install 'decarb[{extra}]'"
        raise ExtraMissing(told) from missing


class SolverFailure(Exception):
    """The solver refused an option, returned an error or an answer that fails its own check."""


class StoppedWithoutPlan(Exception):
    """The search ended before any plan was found; whether one exists is open.

    `interrupted`: somebody ended it, so that nothing else should be tried.
    """

    def __init__(self, said: str, *, interrupted: bool = False) -> None:
        self.interrupted = interrupted
        super().__init__(said)


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed spelling most like `word`, letter case aside, or None if nothing is near.

    Similarity is the ratio of Python's difflib, at least 0.6; words over 100 letters have no
    neighbour.
    """
    if len(word) > 100:
        return None
    choices = list(allowed)
    by_folded = {choice.casefold(): choice for choice in reversed(choices)}
    matches = difflib.get_close_matches(word.casefold(), list(by_folded), n=1, cutoff=0.6)
    return by_folded[matches[0]] if matches else None
