"""A file of futures: ways the world may go, each a scenario with changes and a weight."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from optimizer.errors import InputErrors, Problem
from optimizer.files.yaml_document import read_yaml
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.change import Change
from optimizer.inputs.faults import as_problems
from optimizer.inputs.load import load
from optimizer.inputs.whatif_files import NamedChanges, named_changes
from optimizer.schema.validation import read_future_file


@dataclass(frozen=True)
class Futures:
    """``decide_to``: planning year up to which all futures share what is decided; ``futures``: each
    with its weight and the scenario that it makes. Weights sum to 1."""

    decide_to: int
    futures: tuple[tuple[NamedChanges, float, Bundle], ...]


def read_futures(
    path: Path, scenario: Path, data: Path | None = None, sets: tuple[str | Change, ...] = ()
) -> Futures:
    """The futures of a file for a scenario. Raises InputErrors with all that is wrong in the file,
    and then with all that is wrong in what the changes make."""
    document = read_yaml(path, path.as_posix())
    read = read_future_file(document.data)
    if isinstance(read, tuple):
        raise InputErrors(as_problems(read, document))
    named = named_changes("futures", read.futures, document)
    total = sum(each.weight for each in read.futures)
    found: list[tuple[NamedChanges, float, Bundle]] = []
    problems: list[Problem] = []
    for each, future in zip(named, read.futures, strict=True):
        try:
            bundle = load(scenario, data=data, sets=(*sets, *each.changes))
        except InputErrors as errors:
            problems += errors.problems
            continue
        found.append((each, future.weight / total, bundle))
    if problems:
        raise InputErrors(problems)
    horizons = {bundle.scenario.horizon for _, _, bundle in found}
    if len(horizons) > 1:
        allowed = "changes that leave the horizon as it is"
        raise InputErrors([document.problem(("futures",), "several horizons", allowed)])
    (horizon,) = horizons
    if not horizon.first <= read.decide_to < horizon.last:
        allowed = f"a planning year from {horizon.first} to {horizon.last - 1}"
        raise InputErrors([document.problem(("decide_to",), str(read.decide_to), allowed)])
    return Futures(read.decide_to, tuple(found))
