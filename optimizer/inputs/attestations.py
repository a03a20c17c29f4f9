"""Attestations: who read which document and found which rule in it, laid over the shipped packs.

A pack says how far its sources can be trusted; an attestation, one small file beside the packs,
says that somebody compared one rule with the document itself. It holds for the very rule and
document that were compared: for a changed rule it is void.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from optimizer.errors import InputErrors, Problem
from optimizer.files.hashes import sha256_of
from optimizer.files.yaml_document import read_yaml
from optimizer.files.yaml_writer import write_yaml
from optimizer.inputs.faults import as_problems
from optimizer.inputs.loaded_pack import AnyLoaded
from optimizer.schema.policy_pack import Attestation
from optimizer.schema.validation import read_attestation

FOLDER = Path("scenarios") / "library" / "attestations"
State = Literal["holds", "not_kept", "document_changed", "rule_changed"]


@dataclass(frozen=True)
class Attested:
    """An attestation as read from `file`, and whether it still holds.

    `not_kept` holds too: the document lies outside the workspace, so only its hash is known.
    """

    attestation: Attestation
    file: str
    state: State

    @property
    def holds(self) -> bool:
        """Whether the rule may be called attested."""
        return self.state in ("holds", "not_kept")


def fingerprint(pack: AnyLoaded, rule: str) -> str:
    """SHA-256 of a rule's raw data as canonical JSON: layout and comments don't change it."""
    (raw,) = [each for each in pack.document.data["rules"] if each["id"] == rule]
    plain = json.loads(json.dumps(raw))  # years become text, so that keys can be sorted
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read_attestations(
    root: Path, packs: Mapping[str, AnyLoaded], folder: Path = FOLDER
) -> tuple[Attested, ...]:
    """The workspace's attestations of these packs, by file name; ``folder`` is where they lie.

    Raises InputErrors for files that aren't attestations or that name a rule their pack hasn't;
    those of other packs are left out.
    """
    found: list[Attested] = []
    problems: list[Problem] = []
    for path in sorted((root / folder).glob("*.yaml")):
        shown = path.relative_to(root).as_posix()
        try:
            each = _read(path, shown, root, packs)
        except InputErrors as errors:
            problems.extend(errors.problems)
            continue
        if each is not None:
            found.append(each)
    if problems:
        raise InputErrors(problems)
    return tuple(found)


def attest(
    root: Path, pack: AnyLoaded, rule: str, document: Path, *, clause: str, by: str, on: date
) -> Path:
    """Write an attestation of a pack's rule and return its file; nothing that exists is changed.

    OSError if the document can't be read.
    """
    inside = document.resolve()
    kept = inside.is_relative_to(root.resolve())
    data = {
        "pack": pack.pack.id,
        "edition": pack.pack.edition,
        "rule": rule,
        "rule_sha256": fingerprint(pack, rule),
        "document": inside.relative_to(root.resolve()).as_posix() if kept else document.name,
        "document_sha256": sha256_of(document),
        "clause": clause,
        "by": by,
        "dated": on.isoformat(),
    }
    stem = f"{pack.pack.id}.{rule}.{on.isoformat()}"
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path, number = folder / f"{stem}.yaml", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.yaml"
    write_yaml(data, path)
    return path


def attested_rules(attestations: Sequence[Attested], pack: str) -> frozenset[str]:
    """Rules of a pack with an attestation that holds."""
    return frozenset(
        each.attestation.rule
        for each in attestations
        if each.holds and each.attestation.pack == pack
    )


def _read(path: Path, shown: str, root: Path, packs: Mapping[str, AnyLoaded]) -> Attested | None:
    document = read_yaml(path, shown)
    read = read_attestation(document.data)
    if isinstance(read, tuple):
        raise InputErrors(as_problems(read, document))
    pack = packs.get(read.pack)
    if pack is None:
        return None
    known = [rule.id for rule in pack.pack.rules]
    if read.rule not in known:
        allowed = f"a rule of {read.pack}: {', '.join(known) or 'it has none'}"
        raise InputErrors([document.problem(("rule",), read.rule, allowed)])
    return Attested(read, shown, _state(read, pack, root))


def _state(attestation: Attestation, pack: AnyLoaded, root: Path) -> State:
    if attestation.rule_sha256 != fingerprint(pack, attestation.rule):
        return "rule_changed"
    document = root / attestation.document
    if not document.is_file():
        return "not_kept"
    same = sha256_of(document) == attestation.document_sha256
    return "holds" if same else "document_changed"


def facts(each: Attested) -> dict[str, Any]:
    """An attestation as plain data."""
    said = each.attestation
    return {
        "rule": said.rule,
        "document": said.document,
        "document_sha256": said.document_sha256,
        "clause": said.clause,
        "by": said.by,
        "dated": said.dated.isoformat(),
        "file": each.file,
        "state": each.state,
    }
