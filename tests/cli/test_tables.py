"""Tables on a terminal: numbers stand under each other, words don't move."""

from __future__ import annotations

import pytest

from optimizer.cli.tables import print_table

THIN = "\u202f"


def test_numbers_are_flush_right_and_words_left(capsys: pytest.CaptureFixture[str]) -> None:
    """Proves that units stand under units: 5.81 and 22.6 end in one column, whatever is between.

    Flush left, 4 over 12 reads as forty. A dash, an empty cell and one verdict among numbers don't
    turn a column of numbers into one of words; dates and ids are words.
    """
    print_table(
        ["name", "saving", "limit", "drawn"],
        [["PV", "22.6", "≥ 1.2", "2027-01-01"], ["LED", "−5.81", f"10{THIN}%", "2027-01-01"],
         ["pump", "", "–", "2027-01-01"], ["a long one", "can't be left out", "≤ 80 %", "–"]],
    )  # fmt: skip
    head, pv, led, *_ = capsys.readouterr().out.splitlines()
    assert pv.startswith("PV ")
    assert led.startswith("LED ")
    end = head.index("saving") + len("saving")
    assert pv[:end].endswith("22.6")
    assert led[:end].endswith("−5.81")
    end = head.index("limit") + len("limit")
    assert pv[:end].endswith("≥ 1.2")
    assert head.index("drawn") == pv.index("2027-01-01")
