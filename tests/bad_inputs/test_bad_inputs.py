"""Every mistake of the table, made by hand and met by the real command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from optimizer import cli
from tests.bad_inputs import (
    in_catalog,
    in_financing,
    in_options,
    in_rules,
    in_scenario,
    in_series,
    in_yaml,
)
from tests.bad_inputs.bad import Bad, lines_with, write

TABLE: tuple[Bad, ...] = (
    *in_yaml.ROWS,
    *in_scenario.ROWS,
    *in_rules.ROWS,
    *in_catalog.ROWS,
    *in_financing.ROWS,
    *in_series.ROWS,
    *in_options.ROWS,
)
LIBRARIES = ("pydantic", "ruamel", "Traceback", "Errno", "union_tag", "<class", "Input should")


def test_the_table_holds_each_mistake_once() -> None:
    """Proves that no row hides another: names differ, and there are more than 200 of them."""
    names = [bad.name for bad in TABLE]
    assert len(names) == len(set(names)) > 200


@pytest.mark.parametrize("bad", TABLE, ids=lambda bad: bad.name.replace(" ", "-"))
def test_a_mistake_is_told_with_its_place_and_nothing_is_solved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bad: Bad
) -> None:
    """Proves exit code 2, one line that names file, line, field and cause, and that nothing is
    written: neither a run folder nor anything else.

    The line number is checked against the written file: it must be a line that holds the text of
    the mistake, so a number one off fails. A broken rule gives 0 (the mistake is solved), 1 (a
    traceback's code) or a line that the planner would search in vain.
    """
    scenario = write(bad, tmp_path)
    before = sorted(tmp_path.rglob("*"))
    options = [option.replace("{folder}", str(tmp_path)) for option in bad.options]
    code = cli.run(["solve", str(scenario), "--out", str(tmp_path / "run"), *options])
    said = capsys.readouterr()
    assert code == cli.INPUT_OR_USAGE, said.err
    assert said.out == ""
    assert sorted(tmp_path.rglob("*")) == before
    assert not [word for word in LIBRARIES if word in said.err]
    assert re.search(r"\d+ problems?, nothing was solved$", said.err.strip())
    told = [line for line in said.err.splitlines() if _tells(line, bad)]
    assert told, said.err
    if bad.at:
        places = {_line_number(line, bad.file) for line in told}
        assert places & lines_with(tmp_path, bad.file, bad.at), said.err


def _tells(line: str, bad: Bad) -> bool:
    """Whether a line of stderr names the file, the field and the cause of a mistake."""
    return line.startswith(bad.file) and bad.field in line and bad.says in line


def _line_number(line: str, file: str) -> int:
    found = re.match(r":(\d+):\d+[: ]", line.removeprefix(file))
    assert found, line
    return int(found[1])
