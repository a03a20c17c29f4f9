"""Attestations: written beside the packs, and void once rule or document has changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optimizer.errors import InputErrors
from optimizer.inputs.attestations import (
    FOLDER,
    attest,
    attested_rules,
    fingerprint,
    read_attestations,
)
from optimizer.inputs.policy_listing import details, read_all, sure, unknown
from tests.packs import pack, rule
from tests.workspace import write_workspace, write_yaml

RULES = (
    rule("gross_cap", "R-1", limit={2030: "5 kt"}, trust="unconfirmed"),
    rule("checklist", "R-2", evidence=[{"id": "map", "name": {"en": "Map", "zh": "图"}}],
         undetermined={"en": "How large is small?", "zh": "多小算小？"}),
)  # fmt: skip
SHA256 = "fa4195957b8d48005f7893b577defae9a7c03654ff0412dcb0543e7d03661e17"
DAY = date(2026, 11, 23)


def workspace(folder: Path, *rules: dict[str, Any]) -> Path:
    """A workspace with one pack and a document to compare it with; returns the document."""
    write_workspace(folder, policies={"one": pack("one", *(rules or RULES))}, hours=24)
    document = folder / "documents" / "notice.pdf"
    document.parent.mkdir(exist_ok=True)
    document.write_bytes(b"%PDF the notice")
    return document


def attested(folder: Path, name: str, document: Path) -> Path:
    """Attest one rule of the pack."""
    loaded = read_all(folder)["one"]
    return attest(folder, loaded, name, document, clause="3.2", by="A Wu", on=DAY)


def states(folder: Path) -> list[str]:
    return [each.state for each in read_attestations(folder, read_all(folder))]


def test_an_attestation_is_a_dated_file_and_the_pack_stays(tmp_path: Path) -> None:
    """Proves name, place and content, and that the pack's bytes are as before.

    The document's hash is the one that sha256sum prints for its 15 bytes.
    """
    document = workspace(tmp_path)
    shipped = tmp_path / "scenarios" / "library" / "policies" / "one.yaml"
    before = shipped.read_bytes()
    file = attested(tmp_path, "R-1", document)
    assert file == tmp_path / FOLDER / "one.R-1.2026-11-23.yaml"
    (each,) = read_attestations(tmp_path, read_all(tmp_path))
    assert each.attestation.document == "documents/notice.pdf"
    assert (each.attestation.by, each.attestation.clause) == ("A Wu", "3.2")
    assert each.attestation.document_sha256 == SHA256
    assert each.attestation.dated == DAY
    assert each.state == "holds"
    assert shipped.read_bytes() == before


def test_a_second_one_on_the_same_day_replaces_nothing(tmp_path: Path) -> None:
    """Proves that what somebody signed is never overwritten: a second file, -2."""
    document = workspace(tmp_path)
    first = attested(tmp_path, "R-1", document)
    before = first.read_bytes()
    second = attested(tmp_path, "R-1", document)
    assert second.name == "one.R-1.2026-11-23-2.yaml"
    assert first.read_bytes() == before


def test_what_is_unconfirmed_is_lifted_and_what_is_open_stays(tmp_path: Path) -> None:
    """Proves the two kinds of doubt: comparing with the text ends the first, never the second."""
    document = workspace(tmp_path)
    for name in ("R-1", "R-2"):
        attested(tmp_path, name, document)
    packs = read_all(tmp_path)
    rules = attested_rules(read_attestations(tmp_path, packs), "one")
    one, two = packs["one"].pack.rules
    assert sure(one, rules)
    assert not sure(one, frozenset())
    assert not sure(two, rules)
    assert [(each["rule"], each["why"]) for each in unknown(packs["one"], rules)] == [
        ("R-2", "undetermined")
    ]
    before = [(each["rule"], each["why"]) for each in unknown(packs["one"], frozenset())]
    assert ("R-1", "unconfirmed") in before
    assert details(packs["one"], ())["rules"][0]["trust"] == "unconfirmed"


def test_a_changed_document_voids_it(tmp_path: Path) -> None:
    """Proves that the hash is looked at: one byte more, and the rule is no longer attested."""
    document = workspace(tmp_path)
    attested(tmp_path, "R-1", document)
    document.write_bytes(b"%PDF the notice!")
    (each,) = read_attestations(tmp_path, read_all(tmp_path))
    assert each.state == "document_changed"
    assert attested_rules([each], "one") == frozenset()


def test_a_changed_rule_voids_it_and_a_new_layout_does_not(tmp_path: Path) -> None:
    """Proves that 5 kt attested says nothing of 6 kt, while reordered fields are the same rule."""
    document = workspace(tmp_path)
    attested(tmp_path, "R-1", document)
    workspace(tmp_path, dict(reversed(RULES[0].items())), RULES[1])
    assert states(tmp_path) == ["holds"]
    workspace(tmp_path, {**RULES[0], "limit": {2030: "6 kt"}}, RULES[1])
    assert states(tmp_path) == ["rule_changed"]


def test_a_document_elsewhere_is_known_by_its_hash(tmp_path: Path) -> None:
    """Proves that no path outside the workspace is written down, and that the rule is attested."""
    workspace(tmp_path / "mine")
    document = tmp_path / "notice.pdf"
    document.write_bytes(b"elsewhere")
    file = attested(tmp_path / "mine", "R-1", document)
    assert str(tmp_path) not in file.read_text(encoding="utf-8")
    assert states(tmp_path / "mine") == ["not_kept"]


def test_years_as_keys_have_a_fingerprint(tmp_path: Path) -> None:
    """Proves that a table with years and `interpolate`, keys of two types, can be compared."""
    table = {2026: "9 kt", 2030: "5 kt", "interpolate": "linear"}
    workspace(tmp_path, rule("gross_cap", limit=table))
    loaded = read_all(tmp_path)["one"]
    assert len(fingerprint(loaded, "R-1")) == 64


def test_a_broken_attestation_is_told_with_its_place(tmp_path: Path) -> None:
    """Proves file and field for a hash that is none and for a rule that the pack hasn't."""
    document = workspace(tmp_path)
    good = attested(tmp_path, "R-1", document)
    (loaded,) = read_all(tmp_path).values()
    data = {
        "pack": "one", "edition": "2024", "rule": "R-7", "document": "x", "clause": "1",
        "rule_sha256": fingerprint(loaded, "R-1"), "document_sha256": "0" * 64, "by": "A Wu",
        "dated": "2026-11-23",
    }  # fmt: skip
    write_yaml(good.parent / "a.yaml", {**data, "document_sha256": "abc"})
    write_yaml(good.parent / "b.yaml", data)
    with pytest.raises(InputErrors) as caught:
        read_attestations(tmp_path, read_all(tmp_path))
    assert [(each.file, each.field) for each in caught.value.problems] == [
        ("scenarios/library/attestations/a.yaml", "document_sha256"),
        ("scenarios/library/attestations/b.yaml", "rule"),
    ]
