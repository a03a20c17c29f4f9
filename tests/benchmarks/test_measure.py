"""What the benchmark makes of its processes' figures."""

from __future__ import annotations

import json

import pytest

from tests.benchmarks.blocks import machine_block, race_block, search_block
from tests.benchmarks.environments import ROOT
from tests.benchmarks.measure import HAND_OVER, growth, lines_of, seconds_of
from tests.benchmarks.page import page
from tests.benchmarks.race import Entry, Size, read_entries, stored
from tests.benchmarks.races import RACES
from tests.benchmarks.searches import SEARCHES, Found, Search, read_searches, stored_searches
from tests.benchmarks.tables import digits, table

SMALL = Size(2, 6)


def _entry(contender: str, turn: int, builds: list[float], objective: float = 100.0) -> Entry:
    """A process with a build of each given length, 1 s of hand-over, and a solve of 4 s last."""
    stages = [{"data": 0.5, "build": build, "hand": 1.0} for build in builds]
    stages[-1]["solve"] = 4.0
    result = {
        "imports": 2.0,
        "stages": stages,
        "processor": stages,
        "size": [10, 8, 30],
        "objective": objective,
    }
    versions = {"versions": {"highspy": "1.15.1"}, "memory_mb": 50.0}
    return Entry(SMALL, contender, turn, result | versions)


def test_growth_finds_the_exponent_of_known_data():
    """Proves the fit: seconds = 0.03 x days^1.15 at 12, 36 and 365 days gives 1.15 and 0.03.

    A fit of seconds instead of logarithms, or with the axes exchanged (1 / 1.15 = 0.87), would not.
    """
    days = [12.0, 36.0, 365.0]
    exponent, factor = growth(days, [0.03 * d**1.15 for d in days])
    assert exponent == pytest.approx(1.15, rel=1e-12)
    assert factor == pytest.approx(0.03, rel=1e-12)


def test_growth_is_least_squares_where_data_scatter():
    """Proves that one slow run doesn't set the exponent alone: 1, 10 and 100 days in 2, 10 and
    200 s lie 0.30, 0 and 0.30 above proportional in tens' logarithms, which tilt nothing: 1."""
    assert growth([1, 10, 100], [2, 10, 200])[0] == pytest.approx(1.0, abs=1e-12)


def test_growth_refuses_one_size():
    """Proves that a race of one size gives no exponent instead of any."""
    with pytest.raises(ValueError, match="two different sizes"):
        growth([12, 12], [1.0, 2.0])


def test_a_process_counts_with_the_median_of_its_passes():
    """Proves that a pass that was held up (9 s) doesn't count: of 2, 9 and 3 s the median is 3;
    the solve of the last pass stays 4."""
    seconds = seconds_of(_entry("ours", 0, [2.0, 9.0, 3.0]).result)
    assert seconds == {"data": 0.5, "build": 3.0, "hand": 1.0, "solve": 4.0}


def test_ratios_are_taken_within_a_round():
    """Proves that a machine that is busy in one round leaves the ratio alone.

    Build + hand: ours 3, 9, 3 s, by hand 1.5, 4.5, 1.5 s: 2 in every round, so 2. The ratio of one
    round's ours to another's floor would be 6 or 2/3.
    """
    ours = [_entry("ours", turn, [b]) for turn, b in enumerate((2.0, 8.0, 2.0))]
    floor = [_entry("raw", turn, [b]) for turn, b in enumerate((0.5, 3.5, 0.5))]
    lines = {line.contender: line for line in lines_of(ours + floor, "raw", HAND_OVER)}
    assert lines["ours"].ratio == pytest.approx(2.0)
    assert lines["ours"].total == pytest.approx(3.0)
    assert lines["raw"].ratio == 1.0


def test_another_objective_is_shown_as_such():
    """Proves that a contender that solved another problem (0.1 % off) is marked in the table."""
    entries = [_entry("ours", 0, [1.0]), _entry("pypsa", 0, [1.0], objective=100.1)]
    assert "off by 1.0e-03" in table("six_years", entries)


def test_the_page_has_a_place_for_every_race():
    """Proves that a run of half an hour doesn't end with a page that can't hold it."""
    text = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    names = ["machine", *RACES, *SEARCHES]
    assert "measured" in page(text, dict.fromkeys(names, "measured"))


def test_a_failure_is_a_row_not_a_gap():
    """Proves that a contender that failed stays in the table with its last words."""
    failed = Entry(SMALL, "pypsa", 0, {"failed": "out of memory"})
    assert "failed: out of memory" in table("six_years", [_entry("ours", 0, [1.0]), failed])


def test_entries_survive_their_file():
    """Proves that a page made from stored results is that of the run itself."""
    entries = [_entry("ours", 0, [1.0, 2.0]), _entry("raw", 0, [0.5])]
    assert read_entries(json.loads(json.dumps(stored(entries)))) == entries


def test_page_changes_between_its_marks_alone():
    """Proves that prose stays, old figures go, and a page without a place for a race is refused.

    Ours takes 0.5 + 1 + 1 + 4 = 6.5 s, PyPSA 29 s longer: 35.5 / 6.5 = 5.5 times; with 2 s of
    imports each 37.5 / 8.5 = 4.4 times.
    """
    text = "# B\n<!-- machine: begins -->\n<!-- machine: ends -->\nprose\n"
    text += "<!-- six_years: begins -->\nold\n<!-- six_years: ends -->\nlast words\n"
    entries = [_entry("ours", 0, [1.0]), _entry("pypsa", 0, [30.0])]
    race = {"six_years": entries}
    blocks = {"machine": machine_block(race), "six_years": race_block("six_years", entries)}
    new = page(text, blocks)
    assert "old" not in new
    assert new.startswith("# B\n<!-- machine: begins -->\nMachine: ")
    assert new.endswith("<!-- six_years: ends -->\nlast words\n")
    assert "PyPSA takes 5.5 (5.5) times as long as Decarb at 2 days" in new
    assert "with imports counted PyPSA takes 4.4 times" in new
    assert page(new, blocks) == new
    with pytest.raises(ValueError, match="no place for 'one_year'"):
        page(text, {"one_year": "a table"})


def _found(days: int, method: str, seconds: float, ending: str = "optimal") -> Found:
    result = {"search": seconds, "ending": ending, "gap": 0.004, "periods": days + 10}
    result |= {"size": [100, 90, 400], "memory_mb": 80.0}
    return Found(Search(days, method, limit=600.0), 0, result)


def test_a_search_that_was_stopped_is_said_to_have_been():
    """Proves that 600 s is not shown as the time of a proof: the ending names the limit, and the
    other method's ratio, 30 / 600 = 0.05, stands beside it."""
    found = [_found(12, "direct", 600.0, "time_limit"), _found(12, "decomposed", 30.0)]
    block = search_block("methods", found)
    assert "stopped at 600 s" in block
    assert "| decomposed | 30 | 0.05 |" in block


def test_a_stopped_search_counts_as_its_limit():
    """Proves that what a search takes to stop is no advantage of the other one: 630 s, limited to
    600 s, against 40 s is 15 times, not 15.75; a search that failed is not compared."""
    found = [_found(12, "direct", 630.0, "time_limit"), _found(12, "decomposed", 40.0)]
    assert "12 days: decomposed is 15 times as fast as direct." in search_block("methods", found)
    failed = Found(Search(12, "direct", limit=600.0), 0, {"failed": "out of memory"})
    assert "12 days: not compared." in search_block("methods", [failed, found[1]])


def test_growth_counts_extreme_days_and_proofs_alone():
    """Proves that the exponent is over all days that the search saw, 10 extreme ones included, and
    leaves out searches that were stopped: (20, 2 s), (40, 4 s) give 1.00; with the stopped one at
    (375, 600 s) it would be near 2."""
    found = [_found(10, "decomposed", 2.0), _found(30, "decomposed", 4.0)]
    stopped = _found(365, "decomposed", 600.0, "time_limit")
    assert "to the power 1.00" in search_block("growth", [*found, stopped])
    assert read_searches(json.loads(json.dumps(stored_searches(found)))) == found


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0034, "0.0034"), (0.214, "0.21"), (1.94, "1.9"), (42.4, "42")]
)
def test_two_digits_are_shown(value, shown):
    """Proves that no table claims more digits than such runs have."""
    assert digits(value) == shown
