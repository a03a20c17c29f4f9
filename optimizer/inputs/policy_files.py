"""Policy packs: the files that policy.use names, merged under the scenario's own policy."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from optimizer.errors import InputErrors, Problem, nearest
from optimizer.files.yaml_document import Document, read_yaml
from optimizer.inputs.faults import as_problems
from optimizer.inputs.overrides import common_fields, merged
from optimizer.schema.validation import read_policy_file

FOLDER = Path("scenarios") / "library" / "policies"


@dataclass
class Packs:
    """Packs read so far, by id, and what is wrong."""

    documents: dict[str, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_packs(scenario: Document, root: Path) -> Packs:
    """Read the packs that `scenario` uses, in order; a file's name is its pack's id."""
    packs = Packs()
    policy = scenario.data.get("policy") if isinstance(scenario.data, dict) else None
    used = policy.get("use") if isinstance(policy, dict) else None
    for index, name in enumerate(used if isinstance(used, list) else ()):
        loc = ("policy", "use", index)
        if not isinstance(name, str):
            continue
        known = {path.stem: path for path in sorted((root / FOLDER).glob("*.yaml"))}
        if name not in known:
            packs.problems.append(_unknown(scenario, loc, name, list(known)))
        elif name in packs.documents:
            packs.problems.append(scenario.problem(loc, name, "a pack that is named once"))
        else:
            _read(packs, name, known[name], root)
    _refuse_common_fields(packs)
    return packs


def with_packs(scenario: dict[Any, Any], packs: Packs) -> dict[Any, Any]:
    """The scenario's raw data with the packs' fields where its own policy gives none."""
    if not packs.documents:
        return scenario
    policy: dict[Any, Any] = {}
    for document in packs.documents.values():
        policy = merged(policy, document.data["policy"])
    own = scenario.get("policy")
    if not isinstance(own, dict):
        return scenario
    return {**scenario, "policy": merged(policy, own)}


def _unknown(
    document: Document, loc: tuple[str | int, ...], name: str, known: list[str]
) -> Problem:
    guess = nearest(name, known)
    hint = f'Did you mean "{guess}"?' if guess else f"There are: {', '.join(known) or 'none'}."
    return document.problem(loc, name, f"the name of a file in {FOLDER.as_posix()}/", hint)


def _read(packs: Packs, name: str, path: Path, root: Path) -> None:
    """Add one pack, or what is wrong in it."""
    try:
        document = read_yaml(path, path.relative_to(root).as_posix())
    except InputErrors as errors:
        packs.problems.extend(errors.problems)
        return
    pack = read_policy_file(document.data)
    if isinstance(pack, tuple):
        packs.problems.extend(as_problems(pack, document))
        return
    if pack.id != name:
        packs.problems.append(document.problem(("id",), pack.id, f'"{name}", as its file'))
    if pack.policy.use:
        loc = ("policy", "use")
        packs.problems.append(document.problem(loc, "a list", "absent: a pack uses no other"))
    packs.documents[name] = document


def _refuse_common_fields(packs: Packs) -> None:
    """Two packs that give the same field contradict each other, until the scenario says which."""
    documents = list(packs.documents.values())
    for number, later in enumerate(documents):
        for earlier in documents[:number]:
            for loc in common_fields(earlier.data["policy"], later.data["policy"]):
                line, _ = earlier.locate(("policy", *loc))
                hint = f"It is also given in {earlier.shown_as}:{line}; use one of the two packs."
                packs.problems.append(
                    later.problem(("policy", *loc), "a second value", "given by one pack", hint)
                )
