"""How long the site may use an area, beside the terms of others and the years counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.errors import InputErrors
from optimizer.inputs.load import load
from tests.plan.financed_plant import THIRD, financed_workspace


def said(folder: Path, until: dict[str, Any]) -> list[tuple[str, str]]:
    """Place and text of each problem of a plant with a third party's roof for 20 years, built from
    2026 to 2030 and counted to 2040."""
    site = {"area": {"roof": "30000 m2"}, "area_until": until, "connection": "5 MW",
            "grid_region": "none"}  # fmt: skip
    path = financed_workspace(folder, THIRD, site=site)
    try:
        load(path)
    except InputErrors as errors:
        return [(problem.field, str(problem)) for problem in errors.problems]
    return []


@pytest.mark.parametrize(
    ("until", "place", "text"),
    [
        ({"roof": 2049}, None, ""),
        ({"roof": 2048}, "measures[0].financing[0].term", "at most 19 a"),
        ({"roof": 2039}, "site.area_until.roof", "at least 2040"),
        ({"hall": 2050}, "site", "hall isn't among the areas"),
    ],
)
def test_others_leave_a_roof_by_its_last_year(
    tmp_path: Path, until: dict[str, Any], place: str | None, text: str
) -> None:
    """Proves that a plant built in 2030 stands to 2049 and not a year longer, that what is counted
    to 2040 needs its roof to 2040, and that a roof that isn't there is told."""
    found = said(tmp_path, until)
    if place is None:
        assert found == []
    else:
        assert place in {field for field, _ in found}
        assert any(text in told for _, told in found)
