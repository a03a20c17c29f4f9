"""What an audit asks of a plan: each measure that could do more, held to it with all it affects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from optimizer.inputs.case import Case, ContractOption, MeasureOption
from optimizer.solve.matrix import Matrix
from optimizer.solve.offers import yearly_variables
from optimizer.studies.required import required

Kind = Literal["build", "enlarge", "earlier"]
FULL: Final = 1 - 1e-4
"""Share of its limit from which a measure is built to it."""
MORE: Final = 1.01
"""A freed plan builds more of a measure if it is larger by this factor."""


@dataclass(frozen=True)
class Question:
    """A measure held to do more: built at all, built to its limit, or built earlier.

    ``name``, ``year``: the yearly variable (on, installed) that must reach ``least``. ``together``:
    measures and assets whose fate hangs on it, decided anew with it. ``possible`` False: no year is
    early enough, lead time and first year considered.
    """

    measure: str
    kind: Kind
    name: str
    year: int
    least: float
    together: tuple[str, ...]
    possible: bool = True


def questions(matrix: Matrix, builds: Mapping[str, Mapping[int, float]]) -> Iterator[Question]:
    """Every question about the measures and contracts on offer, given what a plan builds and has
    under contract by year.

    Of a measure that could be both larger and earlier, both are asked. A contract of any size is
    no whole decision: a plan that is sized at its best has just as much of it as is worth having.
    """
    case = matrix.case
    columns = {(n, i): c for n, i, c in yearly_variables(matrix, ("on", "installed", "added"))}
    last = case.years[-1]
    for option in case.measures:
        built, together = builds.get(option.id, {}), neighbours(case, option)
        if not built:
            possible = option.earliest < len(case.years)
            possible = possible and ("on", (option.id, last)) in columns
            yield Question(option.id, "build", "on", last, 1.0, together, possible)
            continue
        first = case.years[min(option.earliest, len(case.years) - 1)]
        if min(built) > first:
            yield Question(option.id, "earlier", "on", first, 1.0, together)
        most = largest(matrix, option, columns)
        if most is not None and sum(built.values()) < FULL * most:
            yield Question(option.id, "enlarge", "installed", last, most, together)
    signed = {index for name, index, _ in yearly_variables(matrix, ("in_force",))}
    for contract in lumpy(case):
        if not builds.get(contract.id):
            possible = (contract.id, last) in signed
            yield Question(contract.id, "build", "in_force", last, 1.0, (contract.id,), possible)


def lumpy(case: Case) -> list[ContractOption]:
    """Contracts that are signed at a least size or not at all."""
    return [g for g in case.contracts if g.lower > 0 and not g.in_force]


def largest(
    matrix: Matrix, option: MeasureOption, columns: Mapping[tuple[str, object], int]
) -> float | None:
    """The most capacity that can stand in the last year [capacity]; None for what has one size."""
    if option.kind in ("saving", "process") or option.lower == option.upper:
        return None
    years = matrix.case.years
    tops = [
        float(matrix.col_upper[columns["added", (option.id, y)]])
        for y in years[option.earliest :]
        if ("added", (option.id, y)) in columns
    ]
    if not tops or ("installed", (option.id, years[-1])) not in columns:
        return None
    return max(tops)


def neighbours(case: Case, option: MeasureOption) -> tuple[str, ...]:
    """The measure itself, what it needs, what can't stand beside it, the assets that it replaces
    and what else may replace these."""
    by_id = {other.id: other for other in case.measures}
    found = [option.id]
    for needed in found:  # grows while it is walked: what is needed has needs of its own
        found += [n for n in required(case, by_id[needed]) if n not in found]
    needed_ids = set(found)
    for name in list(found):
        one = by_id[name]
        found += [
            other.id
            for other in case.measures
            if any(other.stands_for(n) for n in one.excludes)
            or any(one.stands_for(n) for n in other.excludes)
            or (one.one_of is not None and other.one_of == one.one_of)
            or set(other.replaces) & set(one.replaces)
            or (other.id not in needed_ids and any(one.stands_for(n) for n in other.requires))
        ]
        found += one.replaces
    return tuple(dict.fromkeys(found))


def does_more(
    question: Question,
    freed_builds: Mapping[str, Mapping[int, float]],
    plan_builds: Mapping[str, Mapping[int, float]],
) -> bool:
    """Whether a freed plan does what was asked of the measure, or part of it."""
    now, before = (b.get(question.measure, {}) for b in (freed_builds, plan_builds))
    if question.kind == "earlier":
        return bool(now) and min(now) < min(before)
    if question.kind == "enlarge":
        size = sum(now.values())
        return size > MORE * sum(before.values()) or size >= FULL * question.least
    return bool(now)
