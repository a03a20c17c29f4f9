"""`decarb verify RUN --workbook FILE`: a workbook whose cells aren't the run's is told by cell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from optimizer import cli
from optimizer.errors import InputErrors
from optimizer.loans.run import assess_run
from optimizer.loans.stress import stress
from optimizer.plan.store import read_run
from optimizer.reports.loan_file.recheck import check_workbook
from optimizer.reports.loan_file.write import asked_today, write_loan_file
from optimizer.reports.workbook import write_workbook
from optimizer.reports.workbook_check import WorkbookCheck
from optimizer.studies.stressed import Change
from optimizer.workspace import workspace_of
from tests.reports.loan_file.files import PACKS, run_with, write_file

DEBT, FORM, RULES = "6 Cash and debt", "12 Yearly report", "11 Rules"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with its loan file beside it, made with other terms than the scenario's."""
    folder = run_with(tmp_path_factory.mktemp("loan") / "run")
    write_file(folder, "--amount", "1.5 MCNY", "--rate", "5%", lang="zh")
    (folder / "loan.xlsx").rename(folder / "chinese.xlsx")
    write_file(folder)
    return folder


def changed(run: Path, sheet: str, cell: str, value: Any) -> WorkbookCheck:
    """The check of the workbook with one cell changed and saved again."""
    book = openpyxl.load_workbook(run / "loan.xlsx")
    book[sheet][cell].value = value
    file = run / "changed.xlsx"
    book.save(file)
    return check_workbook(run, file)


def cell_of(run: Path, sheet: str, text: str, column: str) -> str:
    """The cell of a column in the first row whose first cell reads so."""
    cells = openpyxl.load_workbook(run / "loan.xlsx")[sheet]["A"]
    return next(f"{column}{cell.row}" for cell in cells if cell.value == text)


@pytest.mark.parametrize("name", ["loan.xlsx", "chinese.xlsx"])
def test_a_workbook_as_written_is_the_runs(run: Path, name: str) -> None:
    """Proves that nothing is wrongly called changed, under whatever language and terms."""
    found = check_workbook(run, run / name)
    assert found.differences == ()
    assert found.compared > 500
    assert (found.added, found.filled) == ((), 0)


def test_a_changed_number_is_told_by_sheet_cell_and_name(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proves the whole way: a loan higher by a ten-thousandth, exit code 5, and words that name
    place, found and expected."""
    at = cell_of(run, DEBT, "Amount", "B")
    found = changed(run, DEBT, at, 2e6 * 1.0001)
    (difference,) = found.differences
    assert (difference.sheet, difference.cell, difference.name) == (DEBT, at, "Amount / Value")
    assert (difference.found, difference.expected) == ("2000200", "2000000")
    code = cli.run(["verify", str(run), "--workbook", str(run / "changed.xlsx"), "--json"])
    assert code == cli.CHECK_FAILED
    told = json.loads(capsys.readouterr().out)["workbook"]
    assert told["differences"] == [vars(difference)]
    cli.run(["verify", str(run), "--workbook", str(run / "changed.xlsx")])
    assert f"DIFFERS {DEBT}!{at} (Amount / Value)" in capsys.readouterr().out


def test_a_formula_put_out_of_action_is_told(run: Path) -> None:
    """Proves that a number in place of a formula fails though it is the right one, and so does
    another formula: what is live must stay what it was."""
    at = cell_of(run, DEBT, "2026 Q1", "D")
    for value in (15_000.0, "=15000"):
        (difference,) = changed(run, DEBT, at, value).differences
        assert difference.cell == at
        assert difference.expected.startswith("='6 Cash and debt'!")


def test_a_verdict_rewritten_is_told(run: Path) -> None:
    """Proves that words count too: a rule that can't be determined isn't made to be met."""
    at = cell_of(run, RULES, "Q-01", "D")
    (difference,) = changed(run, RULES, at, "meets (primary text)").differences
    assert difference.expected == "cannot determine"


def test_what_is_filled_in_is_counted_and_what_is_added_is_told(run: Path) -> None:
    """Proves the difference between a form's open cell, a note beside a table, and a number that
    nobody computed: only the last fails."""
    at = cell_of(run, FORM, "Gas bought", "D")
    assert changed(run, FORM, at, 22_000.0).filled == 1
    noted = changed(run, DEBT, "Z9", "asked the bank on Monday")
    assert (noted.ok, noted.added) == (True, (f"{DEBT}!Z9",))
    number = changed(run, DEBT, "Z9", 12.0)
    assert [each.cell for each in number.differences] == ["Z9"]


def test_a_sheet_taken_out_is_told(run: Path) -> None:
    """Proves that leaving a sheet away doesn't pass: each of its cells is missing."""
    book = openpyxl.load_workbook(run / "loan.xlsx")
    del book[RULES]
    book.save(run / "changed.xlsx")
    found = check_workbook(run, run / "changed.xlsx")
    assert {each.sheet for each in found.differences} == {RULES}
    assert {each.found for each in found.differences} == {""}


def test_dispatched_cases_are_a_solvers_word(run: Path, tmp_path: Path) -> None:
    """Proves that the sheet of dispatched cases is named as not compared, and all others are."""
    found = assess_run(read_run(run), PACKS, workspace_of(run))
    assert found.subject.lending is not None
    stressed = stress(found.subject.lending, found.subject.saved, lambda name, size: Change({}))
    asked = asked_today(PACKS, {}, "en")
    _, book = write_loan_file(found, asked, tmp_path, stressed)
    check = check_workbook(run, book)
    assert check.ok
    assert check.taken == ("14 Stress, dispatched",)


def test_a_loan_file_that_rests_on_evidence_needs_it_again(tmp_path: Path) -> None:
    """Proves that evidence isn't taken from the workbook: without its file there is no check, and
    with another value in it the cells that state it differ."""
    run = run_with(tmp_path / "run")
    file = tmp_path / "evidence.yaml"
    raw = (
        "evidence:\n  - {id: use_of_proceeds, document: d.pdf, sha256: '" + "0" * 64 + "',\n"
        "     clause: '5', value: laid down, dated: '2026-01-01'}\n"
    )
    file.write_text(raw, encoding="utf-8")
    book = write_file(run, "--evidence", str(file))
    with pytest.raises(InputErrors, match=r"rests on evidence\.yaml"):
        check_workbook(run, book)
    assert check_workbook(run, book, file).ok
    file.write_text(raw.replace("laid down", "promised"), encoding="utf-8")
    found = {each.found for each in check_workbook(run, book, file).differences}
    assert "laid down" in found


def test_another_runs_workbook_is_told(run: Path, tmp_path: Path) -> None:
    """Proves that a file of another run doesn't pass: its digest at least differs."""
    other = run_with(tmp_path / "run")
    scenario = other / "inputs" / "scenario.yaml"
    scenario.write_text(scenario.read_text(encoding="utf-8") + "# another\n", encoding="utf-8")
    assert not check_workbook(other, run / "loan.xlsx").ok


def test_plan_xlsx_is_checked_alike(run_folder: Path, tmp_path: Path) -> None:
    """Proves that the workbook of every run can be checked: as written it holds, and a cell that is
    off by a ten-thousandth is told by its row and column."""
    stored = read_run(run_folder)
    file = write_workbook(tmp_path, stored.plan, stored.baseline, stored.summary, "zh")
    assert check_workbook(run_folder, file).ok
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    at = next(cell for cell in sheet["B"] if isinstance(cell.value, float))
    at.value *= 1.0001
    book.save(file)
    (difference,) = check_workbook(run_folder, file).differences
    assert (difference.sheet, difference.cell) == (sheet.title, at.coordinate)
    assert difference.name.startswith(str(sheet[f"A{at.row}"].value))


def test_what_is_no_workbook_is_refused(run: Path, tmp_path: Path) -> None:
    """Proves one line for a file that is none, and for a workbook of something else."""
    file = tmp_path / "notes.xlsx"
    file.write_text("notes", encoding="utf-8")
    assert cli.run(["verify", str(run), "--workbook", str(file)]) == cli.INPUT_OR_USAGE
    openpyxl.Workbook().save(file)
    with pytest.raises(InputErrors, match=r"plan\.xlsx of a run or loan\.xlsx"):
        check_workbook(run, file)
