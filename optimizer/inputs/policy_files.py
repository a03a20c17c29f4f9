"""Policy packs: the files that policy.use names, merged under the scenario's own policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from optimizer.errors import InputErrors, Problem, nearest
from optimizer.files.yaml_document import Document
from optimizer.inputs.loaded_pack import files_in, read_as
from optimizer.inputs.located import Layer
from optimizer.inputs.overrides import merged
from optimizer.inputs.policy_stack import LoadedPack, Stacked, nested, stacked
from optimizer.schema.policy_fields import has_figures, in_model
from optimizer.schema.scenario import Scenario
from optimizer.schema.validation import read_policy_pack

FOLDER = Path("scenarios") / "library" / "policies"


@dataclass
class Packs:
    """Packs read so far, by id, what they say together, and what is wrong."""

    loaded: dict[str, LoadedPack] = field(default_factory=dict)
    fields: tuple[Stacked, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The files, in the order in which the scenario names them."""
        return tuple(pack.document for pack in self.loaded.values())

    def unheld(self, scenario: Scenario) -> tuple[str, ...]:
        """Gates that no plan of the scenario is held to, as pack/rule."""
        return tuple(
            f"{name}/{rule.id}"
            for name, loaded in self.loaded.items()
            for rule in loaded.pack.rules
            if rule.severity == "gate" and not (in_model(rule) and has_figures(rule, scenario))
        )

    def layers(self) -> Iterator[Layer]:
        """Where each field of the policy was written in a pack; the one that binds first."""
        for each in self.fields:
            for given in each.given:
                yield Layer(("policy", *each.loc), given.pack.document, given.loc)


def pack_files(root: Path) -> dict[str, Path]:
    """The library's packs by name, sorted."""
    return files_in(root / FOLDER)


def read_pack(path: Path, shown_as: str) -> LoadedPack:
    """One pack; raises InputErrors with everything that is wrong in the file."""
    return read_as(path, shown_as, read_policy_pack)


def read_packs(scenario: Document, root: Path) -> Packs:
    """Read the packs that `scenario` uses, in order; a file's name is its pack's id."""
    packs = Packs()
    policy = scenario.data.get("policy") if isinstance(scenario.data, dict) else None
    used = policy.get("use") if isinstance(policy, dict) else None
    known = pack_files(root)
    for index, name in enumerate(used if isinstance(used, list) else ()):
        loc = ("policy", "use", index)
        if not isinstance(name, str):
            continue
        if name not in known:
            packs.problems.append(_unknown(scenario, loc, name, list(known)))
        elif name in packs.loaded:
            packs.problems.append(scenario.problem(loc, name, "a pack that is named once"))
        else:
            try:
                shown = known[name].relative_to(root).as_posix()
                packs.loaded[name] = read_pack(known[name], shown)
            except InputErrors as errors:
                packs.problems.extend(errors.problems)
    packs.fields, problems = stacked(list(packs.loaded.values()))
    packs.problems.extend(problems)
    return packs


def with_packs(scenario: Mapping[Any, Any], packs: Packs) -> Mapping[Any, Any]:
    """The scenario's raw data with the packs' fields where its own policy gives none."""
    own = scenario.get("policy")
    if not packs.fields or not isinstance(own, dict):
        return scenario
    return {**scenario, "policy": merged(nested(packs.fields), own)}


def _unknown(
    document: Document, loc: tuple[str | int, ...], name: str, known: list[str]
) -> Problem:
    guess = nearest(name, known)
    hint = f'Did you mean "{guess}"?' if guess else f"There are: {', '.join(known) or 'none'}."
    return document.problem(loc, name, f"the name of a file in {FOLDER.as_posix()}/", hint)
