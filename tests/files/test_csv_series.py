"""CSV columns: numbers read exactly, everything else named by line and column."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optimizer.errors import InputErrors, Problem
from optimizer.files import csv_series
from optimizer.files.csv_series import MOST_PROBLEMS, read_column, read_table


def write(folder: Path, text: str | bytes) -> Path:
    """A CSV file with this text."""
    path = folder / "load.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def problems(folder: Path, text: str | bytes, column: str = "mw") -> tuple[Problem, ...]:
    """The problems for which `text` is refused."""
    with pytest.raises(InputErrors) as caught:
        read_column(write(folder, text), column, shown_as="load.csv")
    return caught.value.problems


@pytest.mark.parametrize(
    "text",
    [
        "t,mw\na,0.1\nb,-2\nc,1e3\n",
        "\ufefft,mw\r\na,0.1\r\nb,-2\r\nc,1e3",
        't,"mw"\na,"0.1"\nb,-2\nc,1e3',
    ],
)
def test_column_is_read_exactly(tmp_path: Path, text: str) -> None:
    """Proves bit-equal floats for Linux and Windows line ends, byte order mark and quotes."""
    values = read_column(write(tmp_path, text), "mw", shown_as="load.csv")
    assert values.dtype == np.float64
    assert values.tolist() == [0.1, -2.0, 1000.0]


def test_delimiter_can_be_chosen(tmp_path: Path) -> None:
    """Proves that a semicolon file is read when said so, with the comma as plain text."""
    path = write(tmp_path, "t;mw\na,b;5\n")
    assert read_column(path, "mw", shown_as="x", delimiter=";").tolist() == [5.0]
    assert read_table(path, shown_as="x", delimiter=";").text("t") == ["a,b"]


@pytest.mark.parametrize(
    ("text", "line", "column", "found"),
    [
        ("t,mw\na,1\nb,\n", 3, 2, "an empty cell"),
        ("t,mw\na, \n", 2, 2, "an empty cell"),
        ("t,mw\na,abc\n", 2, 2, "abc"),
        ("t,mw\na,nan\n", 2, 2, "nan"),
        ("t,mw\na,-inf\n", 2, 2, "-inf"),
        ("t,mw\na,1e999\n", 2, 2, "1e999"),
        ("t,mw\na,1_000\n", 2, 2, "1_000"),
        ("t,mw\na,0x10\n", 2, 2, "0x10"),
        ('t,mw\na,"1,5"\n', 2, 2, "1,5"),
        ("t,mw\na,1\nb\n", 3, 1, "1 cells"),
        ("t,mw\na,1,2\nb,1\n", 2, 1, "3 cells"),
        ("t,mw\na,1,2\nb,1,2\n", 2, 1, "3 cells"),
        ("t,mw\na,1\n\nb,2\n", 3, 1, "an empty line"),
        ('t,mw\n"a,1\nb",2\n', 2, 1, '"a,1'),
        ("t,mw,mw\na,1,2\n", 1, 3, "mw"),
        ("t,,mw\na,1,2\n", 1, 2, "an empty name"),
        ("t, mw\na,1\n", 1, 2, " mw"),
        ("1,2\n3,4\n", 1, 1, "1"),
        ('t,"mw\na,1\n', 1, 1, 't,"mw'),
        (b"t,mw\na,\xb5\n", 2, 3, "byte 0xb5"),
        ("t,mw\n", 0, 0, "no rows"),
        ("", 0, 0, "an empty file"),
    ],
)
def test_bad_cell_is_named_by_line_and_column(
    tmp_path: Path, text: str | bytes, line: int, column: int, found: str
) -> None:
    """Proves the place of each fault; the header is line 1, so the first row stands in line 2."""
    first = problems(tmp_path, text)[0]
    assert (first.line, first.column, first.found) == (line, column, found)


def test_missing_column_names_the_nearest(tmp_path: Path) -> None:
    """Proves a guess for a slip, and a word about the separator where that is the cause."""
    (slip,) = problems(tmp_path, "time,load_mw\na,1\n", "load_MW2")
    assert slip.hint == 'Did you mean "load_mw"?'
    (separator,) = problems(tmp_path, "t;mw\na;1\n", "mw")
    assert "';'" in separator.hint


def test_missing_file_is_an_input_error(tmp_path: Path) -> None:
    """Proves a Problem of the whole file in place of a traceback."""
    with pytest.raises(InputErrors, match=r"^load\.csv: got \"No such file"):
        read_column(tmp_path / "gone.csv", "mw", shown_as="load.csv")


def test_a_ruined_file_is_told_in_twenty_lines(tmp_path: Path) -> None:
    """Proves the bound: of 100 bad cells 19 are listed and the last line counts the other 81."""
    found = problems(tmp_path, "mw\n" + "x\n" * 100)
    assert len(found) == MOST_PROBLEMS
    assert found[-1].found.startswith("81 more")


def test_a_quarter_hour_year_is_read_whole(tmp_path: Path) -> None:
    """Proves order and count: 35040 rows, the last one 35039 / 4."""
    path = write(tmp_path, "mw\n" + "\n".join(str(n / 4) for n in range(35_040)) + "\n")
    values = read_column(path, "mw", shown_as="x")
    assert np.array_equal(values, np.arange(35_040) / 4)


@pytest.mark.parametrize("kept", [0, csv_series.KEPT], ids=["too long to remember", "remembered"])
def test_what_is_remembered_of_a_file_is_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    """Proves that a file is read as it stands now: another text of the same name and length has its
    own numbers and columns, and numbers that a caller changed come as written the next time."""
    monkeypatch.setattr(csv_series, "KEPT", kept)
    path = write(tmp_path, "mw,ct\n1,2\n3,4\n")
    first = read_column(path, "mw", shown_as="x")
    first[:] = 9.0
    assert read_column(path, "mw", shown_as="x").tolist() == [1.0, 3.0]
    assert read_column(path, "ct", shown_as="x").tolist() == [2.0, 4.0]
    write(tmp_path, "mw,kw\n5,6\n7,8\n")
    assert read_column(path, "mw", shown_as="x").tolist() == [5.0, 7.0]
    assert list(read_table(path, shown_as="x").cells) == ["mw", "kw"]


@settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=40) | st.text("mw,;\"'\n\r 0159.-e\\\x85", max_size=40))
def test_no_file_does_worse_than_input_errors(tmp_path: Path, body: str) -> None:
    """Proves that any text under a header gives finite numbers, one a line, or InputErrors."""
    path = write(tmp_path, ("mw\n" + body).encode("utf-8", "replace"))
    try:
        values = read_column(path, "mw", shown_as="load.csv")
    except InputErrors:
        return
    assert np.isfinite(values).all()
    assert len(values) == len(
        body.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    )
