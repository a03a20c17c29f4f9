"""Files of evidence: read, compared with their documents, refused where they show nothing."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from optimizer.errors import InputErrors
from optimizer.inputs.loan_evidence import Evidence, read_evidence
from tests.workspace import write_yaml

TEXT = b"Refrigerant R-32"
ITEM: dict[str, Any] = {
    "id": "refrigerant", "measure": "heat_pump", "document": "sheet.pdf",
    "sha256": sha256(TEXT).hexdigest(), "clause": "table 2", "value": "R-32",
    "dated": "2026-05-01",
}  # fmt: skip
MEASURES = ["heat_pump", "pv"]
ASKED = ["refrigerant", "grade"]


def read(folder: Path, *items: dict[str, Any]) -> Evidence:
    """The evidence of a file with these items."""
    path = folder / "evidence.yaml"
    write_yaml(path, {"evidence": list(items)})
    return read_evidence(path, MEASURES, ASKED)


def test_a_document_is_compared_with_its_hash(tmp_path: Path) -> None:
    """Proves the three states; a document that is another one than the hash's shows nothing."""
    assert read(tmp_path, ITEM).pieces[0].state == "not_kept"
    (tmp_path / "sheet.pdf").write_bytes(TEXT)
    held = read(tmp_path, ITEM)
    assert held.pieces[0].state == "holds"
    assert held.of("refrigerant", "heat_pump", None) is held.pieces[0]
    (tmp_path / "sheet.pdf").write_bytes(TEXT + b"!")
    changed = read(tmp_path, ITEM)
    assert changed.pieces[0].state == "changed"
    assert changed.of("refrigerant", "heat_pump", None) is None


def test_a_measures_own_document_goes_before_the_general_one(tmp_path: Path) -> None:
    """Proves that R-32 is the pump's, R-290 everyone else's, and neither is shown for another id;
    a document about one measure shows nothing of the loan."""
    general = {**ITEM, "measure": None, "value": "R-290"}
    found = read(tmp_path, general, ITEM)

    def value(id: str, measure: str | None) -> str | None:
        shown = found.of(id, measure, date(2026, 6, 1))
        return None if shown is None else shown.item.value

    assert value("refrigerant", "heat_pump") == "R-32"
    assert value("refrigerant", "pv") == "R-290"
    assert value("grade", "pv") is None
    assert read(tmp_path, ITEM).of("refrigerant", None, None) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": True}, "must be what the document states"),
        ({"value": "yes"}, "must be what the document states"),
        ({"value": " "}, "must be what the document states"),
        ({"sha256": "abc"}, "64 hexadecimal digits"),
        ({"clause": ""}, "clause"),
        ({"dated": "spring"}, "dated"),
        ({"id": "refrigerent"}, 'Did you mean "refrigerant"?'),
        ({"measure": "heat_pumb"}, 'Did you mean "heat_pump"?'),
        ({"approved": "by me"}, "approved"),
    ],
)
def test_what_shows_nothing_is_refused(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    """Proves that a bare yes is no evidence, and that each mistake has its place and its words."""
    with pytest.raises(InputErrors) as caught:
        read(tmp_path, {**ITEM, **change})
    assert said in str(caught.value)
    assert "evidence.yaml:" in str(caught.value)


def test_the_same_thing_is_shown_once(tmp_path: Path) -> None:
    """Proves that two documents for one question aren't left to chance."""
    with pytest.raises(InputErrors, match="shown once"):
        read(tmp_path, ITEM, {**ITEM, "value": "R-290"})
