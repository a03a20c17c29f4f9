"""What a sensitivity says of each measure, against plans that are known by arithmetic."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.reports.charts_sensitivity import headline, view_of
from optimizer.reports.sensitivity_words import percent_of, roles_block
from optimizer.studies.drivers import Driver
from optimizer.studies.sensitivity import Sensitivity
from tests.studies.test_sensitivity import studied


@pytest.fixture(scope="module")
def found() -> Sensitivity:
    """The plant of four measures at 0.5 to 2 times a carbon price of 50 EUR/t, halved twice."""
    name = {"en": "Carbon price", "zh": "碳价"}
    return studied(Driver("price", 0.5, 2.0, name, {"2026": "50 EUR/t"}), bisections=2)


def plain(text: str) -> str:
    """With ordinary blanks and minus signs."""
    return text.replace("\u202f", " ").replace("\u2212", "-")


def test_each_kind_is_named_with_plans_and_ranges(found: Sensitivity) -> None:
    """Proves the sentences by arithmetic: `good` pays from 10, `fair` from 40, `dear` from 60,
    `vain` never. Seven plans, at 0.5, 0.75, 0.875, 1, 1.25, 1.5 and 2: both ranges in which a
    measure changes are halved twice."""
    told = [plain(line) for line in roles_block(view_of(found, "en"), found).paragraphs]
    assert told[0].startswith("7 plans were tested")
    assert told[0].endswith("Ranges: carbon price from -50 % to +100 %.")
    assert told[1:5] == [
        "In every one of the 7 plans: good.",
        "In the plan up to a threshold: fair.",
        "Hedges, not in the plan today, that enter when a driver moves: dear.",
        "In none of the 7 plans: vain.",
    ]


def test_thresholds_have_their_value(found: Sensitivity) -> None:
    """Proves that thresholds stand in the driver's own unit and year: `fair` leaves at 40, between
    37.5 and 43.75 EUR/t; `dear` enters at 60, between 50 and 62.5. In 6 and 3 of 7 plans."""
    table = roles_block(view_of(found, "en"), found).table
    assert table is not None
    rows = {row[0]: [plain(cell) for cell in row[2:]] for row in table.rows}
    assert rows["fair"] == [
        "5", "Carbon price: in at -12.5 % (43.8 EUR/t in 2026), out at -25 % (37.5 EUR/t in 2026)"
    ]  # fmt: skip
    assert rows["dear"] == [
        "3", "Carbon price: in at +25 % (62.5 EUR/t in 2026), out at today’s value"
        " (50.0 EUR/t in 2026)",
    ]  # fmt: skip
    assert rows["good"] == ["7", "–"]


def test_json_has_the_figures_of_a_threshold(found: Sensitivity) -> None:
    """Proves the same for programs: `fair` is in at 0.875 of 50 EUR/t and out at 0.75 of it."""
    (fair,) = (role for role in found.as_dict()["measures"] if role["id"] == "fair")
    assert fair["thresholds"] == [
        {"path": "price", "present": 0.875, "absent": 0.75,
         "present_figures": {"2026": "43.75 EUR/t"}, "absent_figures": {"2026": "37.5 EUR/t"}}
    ]  # fmt: skip


def test_chinese_has_no_english_words(found: Sensitivity) -> None:
    """Proves the same in Chinese; ids of the tiny plant and units stay."""
    block = roles_block(view_of(found, "zh"), found)
    assert block.table is not None
    words = " ".join([*block.paragraphs, *(row[-1] for row in block.table.rows)])
    for id in ("good", "fair", "dear", "vain", "EUR/t"):
        words = words.replace(id, "")
    assert not [letter for letter in words if letter.isascii() and letter.isalpha()]


def test_the_headline_names_the_end_that_moves_the_cost_most(found: Sensitivity) -> None:
    """Proves that +26,000 at twice the price is told, not the -16,500 at half of it."""
    said = plain(headline(view_of(found, "en"), found))
    assert said == (
        "1 of 4 measures and contracts are in every one of the 7 plans tested. "
        "The least cost moves most with carbon price at +100 %: 26.0 k EUR dearer"
    )


def test_a_finding_is_as_sure_as_the_searches(found: Sensitivity) -> None:
    """Proves that an end known between 20,000 and 30,000 is told so, and that what reaches 0 is
    told as noise; the other end, -16,500, made nothing here."""
    (swing,) = found.swings
    for high, said in (
        ((20_000.0, 30_000.0), "carbon price at +100 %: 20 to 30 k EUR dearer"),
        ((-5_000.0, 30_000.0), "No driver moves the least cost"),
    ):
        unsure = replace(found, swings=(replace(swing, low=(-1.0, 1.0), high=high),))
        assert said in plain(headline(view_of(unsure, "en"), unsure))


def test_a_change_keeps_its_half_percent() -> None:
    """Proves that a bracket isn't rounded away: -12.5 % isn't -12 %, and 0.9 is no -9.99 %."""
    assert [plain(percent_of(x)) for x in (0.875, 0.9, 1.0, 1.2)] == [
        "-12.5 %", "-10 %", "0 %", "+20 %",
    ]  # fmt: skip
