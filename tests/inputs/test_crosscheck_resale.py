"""Power under contract isn't sold on: it would be claimed and taken off as exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.inputs.test_crosscheck import problems
from tests.workspace import put, small_measures, small_scenario

CERTIFICATE = {
    "id": "certificate", "kind": "contract", "name": {"en": "Certificate", "zh": "绿证"},
    "carrier": "electricity", "form": "attributes", "capacity": {"max": "9 GWh/a"},
    "premium": "6 CNY/MWh",
}  # fmt: skip


@pytest.mark.parametrize(
    ("sold_on", "offered", "found"),
    [
        (True, True, ["tariffs.electricity.export.beyond_own_generation"]),
        (True, False, []),
        (False, True, []),
    ],
)
def test_what_is_claimed_is_not_sold_on(
    tmp_path: Path, sold_on: bool, offered: bool, found: list[str]
) -> None:
    """Proves the refusal: of 13 MWh bought 10 are claimed and 8 sold; 13 - 10 - 8 = -5 MWh at the
    residual factor would be less than nothing emitted, and a cap could be met by trading."""
    export = {"price": "0.3 CNY/kWh", "beyond_own_generation": sold_on}
    scenario = put(small_scenario(), "tariffs.electricity.export", export)
    if offered:
        scenario["measures"]["offer"] = [*scenario["measures"]["offer"], "certificate"]
    all_measures = [*small_measures(), CERTIFICATE]
    assert [p.field for p in problems(tmp_path, scenario, all_measures)] == found
