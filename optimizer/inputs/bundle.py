"""What loading gives: valid schema objects that still know where each field was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from optimizer.errors import Problem
from optimizer.files.yaml_document import Document
from optimizer.inputs.factor_lookup import Resolution
from optimizer.inputs.leaves import leaves
from optimizer.inputs.located import CATALOG, Loc, Place, Sources, as_loc
from optimizer.schema.measure import Measure, Reference
from optimizer.schema.policy_pack import PolicyPack
from optimizer.schema.scenario import Scenario

Role = Literal[
    "scenario", "policy", "attestation", "factors", "catalog", "references", "series"
]  # fmt: skip


@dataclass(frozen=True)
class SourceFile:
    """A file that went in; `shown_as` is its name inside the workspace or the data folder."""

    path: Path
    shown_as: str
    role: Role


@dataclass(frozen=True)
class Bundle:
    """A scenario with its policy packs merged in, and the measures on offer in their order.

    `family` maps each offered measure to its catalog family; `mode_of` one that is offered in a
    mode of financing to the measure; `catalog_ids` names all measures and modes there are.
    `scenario_document` is the scenario file with the --set values, before packs are merged.
    `packs` are those that it uses, in order; `unheld` names their gates (pack/rule) that the model
    has no rows for; `factors` are the emission factors that were looked up in libraries.
    """

    scenario: Scenario
    measures: tuple[Measure, ...]
    family: Mapping[str, str]
    mode_of: Mapping[str, str]
    references: Mapping[str, Reference]
    catalog_ids: frozenset[str]
    root: Path
    data: Path | None
    files: tuple[SourceFile, ...]
    scenario_document: Document
    sources: Sources
    packs: tuple[PolicyPack, ...] = ()
    unheld: tuple[str, ...] = ()
    factors: tuple[Resolution, ...] = ()

    @cached_property
    def leaves(self) -> tuple[tuple[Loc, Any], ...]:
        """Every value of the scenario and of the measures on offer, with its path."""
        return tuple(leaves(self.scenario, self.measures))

    def locate(self, path: str | Sequence[str | int]) -> Place:
        """Where a field was written, such as "services[1].demand"; measures: see `measure_loc`."""
        return self.sources.place(as_loc(path))

    def problem(
        self, path: str | Sequence[str | int], allowed: str, hint: str = "", *, found: str = ""
    ) -> Problem:
        """A Problem at a field, its place included."""
        return self.sources.problem(as_loc(path), found, allowed, hint)


def measure_loc(measure: str, *field: str | int) -> tuple[str | int, ...]:
    """The path of a field of an offered measure, for `Bundle.locate` and `Bundle.problem`."""
    return (CATALOG, measure, *field)


def problems_of(checks: Iterable[Iterable[Problem]]) -> list[Problem]:
    """All problems of several checks, in their order."""
    return [problem for found in checks for problem in found]
