"""Packs as read from their files, policy packs and loan packs alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from optimizer.errors import InputErrors, Problem
from optimizer.files.yaml_document import Document, read_yaml
from optimizer.inputs.faults import as_problems
from optimizer.schema.loan_pack import LoanPack
from optimizer.schema.policy_pack import PolicyPack
from optimizer.schema.validation import Faults

P = TypeVar("P", PolicyPack, LoanPack)
Q = TypeVar("Q", PolicyPack, LoanPack, covariant=True)


@dataclass(frozen=True)
class Loaded(Generic[Q]):
    """A pack and the file that it was read from."""

    pack: Q
    document: Document


AnyLoaded = Loaded[PolicyPack] | Loaded[LoanPack]


def files_in(folder: Path) -> dict[str, Path]:
    """Packs of a folder by name, sorted."""
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def read_as(path: Path, shown_as: str, read: Callable[[Any], P | Faults]) -> Loaded[P]:
    """One pack; raises InputErrors with everything that is wrong in the file."""
    document = read_yaml(path, shown_as)
    pack = read(document.data)
    if isinstance(pack, tuple):
        raise InputErrors(as_problems(pack, document))
    problems = list(_contradictions(pack, document))
    if pack.id != path.stem:
        problems.append(document.problem(("id",), pack.id, f'"{path.stem}", as its file'))
    if problems:
        raise InputErrors(problems)
    return Loaded(pack, document)


def read_every(
    files: Mapping[str, Path], root: Path, read: Callable[[Path, str], Loaded[P]]
) -> dict[str, Loaded[P]]:
    """All packs by name; InputErrors with the problems of all files."""
    packs: dict[str, Loaded[P]] = {}
    problems: list[Problem] = []
    for name, path in files.items():
        try:
            packs[name] = read(path, path.relative_to(root).as_posix())
        except InputErrors as errors:
            problems.extend(errors.problems)
    if problems:
        raise InputErrors(problems)
    return packs


def _unsourced(
    pack: PolicyPack | LoanPack, document: Document, at: tuple[str | int, ...], keys: Sequence[str]
) -> Iterator[Problem]:
    """Keys of a rule or entry that the pack's sources lack."""
    for index, key in enumerate(keys):
        if key not in pack.sources:
            hint = f"There are: {', '.join(pack.sources) or 'none'}."
            allowed = "a key of the pack's sources"
            yield document.problem((*at, "source", index), key, allowed, hint)


def _contradictions(pack: PolicyPack | LoanPack, document: Document) -> Iterator[Problem]:
    """An id that occurs twice, a source that isn't there, a trust that no source gives."""
    seen: dict[str, int] = {}
    for number, entry in enumerate(pack.entries if isinstance(pack, LoanPack) else ()):
        yield from _unsourced(pack, document, ("entries", number), entry.source)
    for number, rule in enumerate(pack.rules):
        at = ("rules", number)
        if rule.id in seen:
            line, _ = document.locate(("rules", seen[rule.id], "id"))
            hint = f"It is taken by line {line}."
            yield document.problem((*at, "id"), rule.id, "an id that occurs once", hint)
        seen.setdefault(rule.id, number)
        yield from _unsourced(pack, document, at, rule.source)
        known = [pack.sources[key].trust for key in rule.source if key in pack.sources]
        if rule.trust == "primary" and known and "primary" not in known:
            hint = "None of the rule's sources is a primary one."
            yield document.problem((*at, "trust"), rule.trust, "what a source gives", hint)
