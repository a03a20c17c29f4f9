"""Entries of catalogues: what measures fall under, and that each has its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.errors import InputErrors
from optimizer.inputs.loan_files import FOLDER, read_pack
from tests.loans.plant import ROOT, measures
from tests.packs import pack
from tests.workspace import write_yaml

ENTRY = {"code": "4.16", "name": {"en": "Heat pumps", "zh": "热泵"}, "trust": "secondary",
         "fits": {"tags": ["heat_pump"]}, "source": ["own"]}  # fmt: skip


def test_a_heat_pump_falls_under_its_activity_of_the_taxonomy() -> None:
    """Proves the shipped codes: a heat pump is 4.16 and nothing else, an alkaline electrolyser of
    the catalog 3.10; a boiler for coal has none."""
    entries = read_pack(ROOT / FOLDER / "eu_taxonomy.yaml", "eu_taxonomy.yaml").pack.entries
    plant = measures()
    for name, codes in (("heat_pump", ["4.16"]), ("coal_boiler", [])):
        measure = plant[name]
        fit = [e.code for e in entries if e.fits.fits(name, measure.kind, measure.tags)]
        assert fit == codes
    fit = [
        e.code for e in entries if e.fits.fits("electrolyser_alkaline", "converter", ("hydrogen",))
    ]
    assert fit == ["3.10"]


def test_measures_that_entries_name_are_in_the_catalog() -> None:
    """Proves that no code waits for a measure that nobody offers: a misspelt id would."""
    files = (ROOT / "technology_catalog").glob("*.yaml")
    known = " ".join(file.read_text(encoding="utf-8") for file in files)
    for file in (ROOT / FOLDER).glob("*.yaml"):
        for entry in read_pack(file, file.name).pack.entries:
            for name in entry.fits.measures:
                assert f"id: {name}\n" in known


@pytest.mark.parametrize(
    ("change", "said"),
    [({"source": ["hearsay"]}, "a key of the pack's sources"), ({"fits": {}}, "give kinds, tags")],
)
def test_an_entry_without_source_or_measures_is_refused(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    """Proves that the error names the entry: each code says who gives it and what it is about."""
    raw = {**pack("ours", standing="catalogue"), "entries": [{**ENTRY, **change}]}
    write_yaml(tmp_path / "ours.yaml", raw)
    with pytest.raises(InputErrors, match=said) as caught:
        read_pack(tmp_path / "ours.yaml", "ours.yaml")
    assert "entries[0]" in str(caught.value)
