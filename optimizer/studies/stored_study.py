"""Studies that were stored in folders, read back for those who set them beside a plan."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from optimizer.errors import InputErrors, Problem
from optimizer.plan.store import Run
from optimizer.schema.reading import read_as
from optimizer.studies.cost_curve import CostCurve
from optimizer.studies.credit_steps import CreditStep
from optimizer.studies.decided import Decided
from optimizer.studies.internal_price import AtPrice
from optimizer.studies.left_out import LeftOut
from optimizer.studies.pareto import Front, Point
from optimizer.studies.roles import Role
from optimizer.studies.sensitivity import Swing
from optimizer.studies.steps import Step
from optimizer.studies.subject import Subject

CURVE, PARETO, SENSITIVITY = "curve.json", "pareto.json", "sensitivity.json"
KNOWN: Final = (CURVE, PARETO, SENSITIVITY)
"""Files by which a folder of each study is known."""


@dataclass(frozen=True)
class Moves:
    """Of a sensitivity: drivers moved alone, and what becomes of each measure over ``tested``
    plans."""

    subject: Subject
    tornado: tuple[Swing, ...]
    measures: tuple[Role, ...]
    tested: int


@dataclass(frozen=True)
class Studies:
    """Those that were given; ``folders``: where each was read, by its file."""

    curve: CostCurve | None = None
    front: Front | None = None
    moves: Moves | None = None
    folders: tuple[tuple[str, Path], ...] = ()


NO_STUDIES: Final = Studies()


def read_studies(folders: Sequence[Path], run: Run) -> Studies:
    """The studies in these folders, each told by what it holds, and about the same plant as a run;
    of a kind that isn't among them, the one that a folder inside the run holds.

    Raises InputErrors: a folder of no such study, one that can't be read, one of another plant.
    """
    found, problems = Studies(), list[Problem]()
    for folder in [*folders, *_inside(run.path, folders)]:
        try:
            found = _with(found, folder, run)
        except InputErrors as errors:
            problems += errors.problems
    if problems:
        raise InputErrors(problems)
    return found


def _inside(run: Path, given: Sequence[Path]) -> Iterator[Path]:
    """Folders inside a run with a study of a kind that isn't given, the first of each kind."""
    known = {name for name in KNOWN for folder in given if (folder / name).is_file()}
    for folder in sorted(each for each in run.iterdir() if each.is_dir()):
        held = next((name for name in KNOWN if (folder / name).is_file()), None)
        if held is not None and held not in known:
            known.add(held)
            yield folder


def _with(studies: Studies, folder: Path, run: Run) -> Studies:
    name = next((name for name in KNOWN if (folder / name).is_file()), None)
    if name is None:
        allowed = f"a folder with one of {', '.join(KNOWN)}"
        hint = "decarb curve, pareto and sensitivity write such folders with --out."
        raise InputErrors([Problem(str(folder), 0, 0, "--study", folder.name, allowed, hint)])
    file = folder / name
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        subject = read_as(Subject, data["subject"])
        curve, front, moves = studies.curve, studies.front, studies.moves
        if name == CURVE:
            curve = _curve(data)
        elif name == PARETO:
            front = read_as(Front, data)
        else:
            moves = read_as(Moves, data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unfit(file, str(error), "a study that this version of decarb has written") from None
    _same_plant(file, subject, run)
    return Studies(curve, front, moves, (*studies.folders, (name, folder)))


def _same_plant(file: Path, subject: Subject, run: Run) -> None:
    """InputErrors for a study of another scenario, of other years, or in other money."""
    told = run.summary
    for field, found, allowed in (
        ("id", subject.id, told["scenario"]["id"]),
        ("currency", subject.currency, told["currency"]),
        ("price_year", subject.price_year, told["price_year"]),
        ("years", list(subject.years), [row["year"] for row in told["years"]]),
        ("ledger", subject.ledger, told["ledger"]),
    ):
        if found != allowed:
            raise _unfit(file, f"{field} {found}", f"{allowed}, as in the run {run.path.name}")


def _unfit(file: Path, found: str, allowed: str) -> InputErrors:
    return InputErrors([Problem(str(file), 0, 0, "subject", found, allowed)])


def _curve(data: dict[str, Any]) -> CostCurve:
    """What of a curve the path, its credits, internal prices and the measures left out are drawn
    from."""
    front = Front(
        read_as(Subject, data["subject"]),
        read_as(Decided, data["baseline"]),
        tuple(read_as(Point, point) for point in data["path"]),
    )
    return CostCurve(
        front=front,
        standalone=(),
        steps=read_as(tuple[Step, ...], data["steps"]),
        plan=None,
        leave_one_out=read_as(tuple[LeftOut, ...], data["leave_one_out"]),
        loss=None,
        credits=read_as(tuple[CreditStep, ...], data["credits"]),
        naive=None,
        at_prices=read_as(tuple[AtPrice, ...], data["at_prices"]),
    )
