"""Every document of every shipped pack: without it exactly the rules that name it change."""

from __future__ import annotations

import pytest

from optimizer.inputs.loan_files import FOLDER, read_pack
from optimizer.loans.assess import Assessment, assess
from tests.loans.plant import ROOT, SHARES, shown, subject

PACKS = {file.stem: read_pack(file, file.name) for file in (ROOT / FOLDER).glob("*.yaml")}
DOCUMENTS = [
    (name, id)
    for name, loaded in sorted(PACKS.items())
    for id in sorted({e.id for rule in loaded.pack.rules for e in rule.evidence})
]
STATED = {"refrigerant": "R-32", "efficiency_grade": "1"}
"""What the documents of rules on a value state."""


def judged(pack: str, without: str = "") -> Assessment:
    """The plant with every document of a pack but one."""
    ids = {e.id for rule in PACKS[pack].pack.rules for e in rule.evidence} - {without}
    evidence = tuple(shown(id, STATED.get(id, "0 MW")) for id in sorted(ids))
    return assess(subject(evidence=evidence, shares=SHARES), {pack: PACKS[pack]}, ())


@pytest.mark.parametrize(("pack", "document"), DOCUMENTS)
def test_only_the_rules_that_name_a_document_change_without_it(pack: str, document: str) -> None:
    """Proves that one document taken away leaves every other rule's verdict and reasons as they
    were, and that a rule that it had let be met can't be determined any more."""
    pairs = zip(judged(pack).findings, judged(pack, document).findings, strict=True)
    named = 0
    for before, after in pairs:
        if document not in {e.id for e in before.rule.evidence}:
            assert after == before
            continue
        named += 1
        if before.verdict.startswith("meets"):
            assert after.verdict == "cannot_determine"
        if before.verdict not in ("not_applicable", "fails"):
            assert after.why != before.why
    assert named
