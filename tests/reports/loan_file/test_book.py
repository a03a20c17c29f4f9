"""The workbook of the loan file: formulas that give what the file says, and follow a change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.reports.loan_file.files import LOAN, run_with, write_workbook
from tests.reports.loan_file.formulas import Book

DEBT = "6 Cash and debt"
OTHER = {
    "equal_instalment": f"{LOAN}, repayment: equal_instalment, grace: 0.25 a",
    "bullet": f"{LOAN}, repayment: bullet, upfront_fee: 0.01, commitment_fee: 0.005, "
    "interest_subsidy: {rate: 0.015, time: 0.75 a}",
    "covenants": f"{LOAN}, lock_up: 1.2, default_at: 1.0, "
    "borrower: {ebitda: 3 MCNY, debt_service: 1 MCNY}",
    "lines": f"{LOAN}, borrower: {{ebitda: 3 MCNY, debt_service: 1 MCNY}}, "
    "other_money: {led: 0.2 MCNY}, credit_lines: ["
    "{id: new, name: {en: New, zh: 新}, purpose: plan, amount: 0.2 MCNY, rate: 0.05, tenor: 1 a, "
    "interest_subsidy: {rate: 0.01, time: 1 a}, tranches: [{drawn: '2026-04-01', share: 1}]}, "
    "{id: old, name: {en: Old, zh: 旧}, purpose: company, amount: 2 MCNY, rate: 0.05, tenor: 4 a, "
    "tranches: [{drawn: '2024-01-01', share: 1}]}]",
    "sized": "cover: 1.2, share: 0.6, tenor: 1 a, rate: 0.04",
    "sculpted": "amount: 1 MCNY, tenor: 2 a, rate: 0.04, repayment: sculpted, "
    "tranches: [{drawn: '2026-01-01', share: 0.5}, {drawn: '2026-07-01', share: 0.5}]",
    "beyond": "amount: 2 MCNY, tenor: 8 a, rate: 0.04",
}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That of two tranches, equal principal."""
    return write_workbook(run_with(tmp_path_factory.mktemp("loan") / "run"))


def agrees(worked_out: Any, stored: Any) -> bool:
    """Whether a formula gives what the file says: to 1e-9 of it, or a millionth of a cent."""
    if isinstance(worked_out, int | float) and isinstance(stored, int | float):
        return abs(worked_out - stored) <= 1e-9 * max(abs(stored), 10.0)
    return (worked_out or "") == (stored or "")


def differing(book: Book) -> list[tuple[str, str]]:
    """Formulas whose value isn't the one that stands in the file."""
    return [
        place
        for place in book.cells()
        if not agrees(book.value(*place), book.stored[place[0]][place[1]].value)
    ]


def found_at(book: Book, sheet: str, text: str, column: str = "B") -> str:
    """The cell of a column beside the first one in A that reads so."""
    for cell in book.formulas[sheet]["A"]:
        if cell.value == text:
            return f"{column}{cell.row}"
    raise AssertionError(f"{sheet}: no row {text!r}")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_formula_gives_the_number_beside_it(tmp_path: Path, lang: str) -> None:
    """Proves that a reader without recalculation sees what one with it gets: more than 150
    formulas, each worked out anew; a wrong address or a forgotten fee would differ."""
    book = Book(write_workbook(run_with(tmp_path / "run"), lang=lang))
    assert len(list(book.cells())) > 150
    assert differing(book) == []


@pytest.mark.parametrize("terms", list(OTHER))
def test_so_does_every_way_to_repay(tmp_path: Path, terms: str) -> None:
    """Proves the same for instalments with a grace, bullet with fees, covenants and accounts, a
    loan that is sized, sculpted debt over draws within a year, and debt that outlives the cash."""
    book = Book(write_workbook(run_with(tmp_path / "run", OTHER[terms])))
    assert differing(book) == []


def test_the_debt_is_the_arithmetic_of_its_terms(workbook: Path) -> None:
    """Proves the schedule by hand: 1.5 MCNY in the first quarter and 0.5 in the second, each over
    four quarters, at 1 % a quarter. Interest 15,000; 1.125 + 0.5 = 1.625 M owed give 16,250; then
    750 + 375 = 1.125 M, 11,250; 375 + 250 = 625 k, 6,250; and 1,250 on 125 k in the next year.
    Service of 2026: 48,750 + 1,500,000 + 375,000."""
    book = Book(workbook)
    at = found_at(book, DEBT, "2026 Q1")
    first = int(at[1:])
    interest = [book.value(DEBT, f"D{first + q}") for q in range(5)]
    assert interest == pytest.approx([15_000, 16_250, 11_250, 6_250, 1_250])
    head = next(c.row for c in book.formulas[DEBT]["A"] if c.value == 2026)
    assert book.value(DEBT, f"F{head}") == pytest.approx(48_750 + 1_875_000)
    cash = book.value(DEBT, f"B{head}")
    assert book.value(DEBT, f"G{head}") == pytest.approx(cash / 1_923_750)


def test_the_owners_cash_follows_the_debt(tmp_path: Path) -> None:
    """Proves that 1.5 of 4 % of what is owed for three quarters, 1.5, 2 and 2 MCNY of a bullet, is
    20 625 in the year, and that a rate of 1 % caps what the state pays at 1 %: 13 750."""
    book = Book(write_workbook(run_with(tmp_path / "run", OTHER["bullet"])))
    rows = book.formulas[DEBT]["A"]
    heads = [cell.row for cell in rows if cell.value == "The owner by year, nominal"]
    paid = f"F{heads[0] + 2}"
    assert book.value(DEBT, paid) == pytest.approx(0.015 / 4 * 5.5e6)
    book.change(DEBT, found_at(book, DEBT, "Rate"), 0.01)
    assert book.value(DEBT, paid) == pytest.approx(0.01 / 4 * 5.5e6)


def test_another_amount_or_rate_runs_through(workbook: Path) -> None:
    """Proves that the formulas are live: twice the loan halves DSCR and LLCR, doubles each
    measure's part and still reconciles; without interest the LLCR is cash over debt."""
    book = Book(workbook)
    ratios = {name: found_at(book, "Summary", name) for name in (
        "DSCR: cash / debt service, tightest year",
        "LLCR: worth of the cash to the last repayment / debt",
    )}  # fmt: skip
    before = [book.value("Summary", cell) for cell in ratios.values()]
    amount = found_at(book, DEBT, "Amount")
    book.change(DEBT, amount, 4e6)
    assert [book.value("Summary", cell) for cell in ratios.values()] == pytest.approx(
        [each / 2 for each in before]
    )
    used = found_at(book, "8 Use of proceeds", "Used for measures")
    assert book.value("8 Use of proceeds", used) == pytest.approx(4e6)
    assert (
        book.value("8 Use of proceeds", found_at(book, "8 Use of proceeds", "Loan less drawn")) == 0
    )
    book.change(DEBT, amount, 2e6)
    book.change(DEBT, found_at(book, DEBT, "Rate"), 0.0)
    years = [c.row for c in book.formulas[DEBT]["A"] if c.value in (2026, 2027)][:2]
    cash = sum(book.value(DEBT, f"B{row}") for row in years)
    assert book.value(DEBT, f"J{years[0]}") == pytest.approx(cash / 2e6)


def test_the_use_of_proceeds_adds_up(workbook: Path) -> None:
    """Proves the table: led 3.285, PV 2.7 and battery 1.3333 MCNY, 0.657 of it granted, 2 lent,
    the rest own: 7.3183 - 0.657 - 2 = 4.6613."""
    book, sheet = Book(workbook), "8 Use of proceeds"
    row = int(found_at(book, sheet, "Total")[1:])
    price, grants, loan, own = (book.value(sheet, f"{column}{row}") for column in "CDGH")
    assert price == pytest.approx(3.285e6 + 2.7e6 + 8e5 + 1.6e6 / 3)
    assert (grants, loan) == (pytest.approx(657e3), pytest.approx(2e6))
    assert own == pytest.approx(price - 657e3 - 2e6)


def test_a_reported_figure_shows_how_far_it_is_off_the_plan(workbook: Path) -> None:
    """Proves the yearly form: gas of 2026 is 21,900 MWh in the plan; 24,090 reported are 10 % more,
    and a form that isn't filled in shows nothing."""
    book, sheet = Book(workbook), "12 Yearly report"
    row = int(found_at(book, sheet, "Gas bought")[1:])
    assert book.value(sheet, f"C{row}") == pytest.approx(21_900)
    assert book.value(sheet, f"E{row}") == ""
    book.change(sheet, f"D{row}", 24_090.0)
    assert book.value(sheet, f"E{row}") == pytest.approx(0.1)


def test_what_the_loan_does_not_pay_for_is_listed_beside(tmp_path: Path) -> None:
    """Proves that a loan for the LEDs alone shows PV and battery as paid by others, 1,000 MWh of
    certificates as a bill, and 50 t of credits as no use of proceeds."""
    book = Book(write_workbook(run_with(tmp_path / "run", f"{LOAN}, finances: [led]")))
    sheet = book.formulas["3 Measures"]
    rows = [[cell.value for cell in row[:6]] for row in sheet.iter_rows()]
    listed = {
        row[0]: row[2:] for row in rows if row[1] in ("generator", "storage", "contract", "credit")
    }
    assert listed == {
        "PV": [2027, 1, "MW", "own"],
        "Battery": [2026, 1, "MW", "own"],
        "Certificates": [2027, 1000, "MWh/a", "yearly bills"],
        "Forest": [2027, 50, "t", "yearly cost; never a use of proceeds"],
    }


def test_the_meters_show_what_the_plan_expects(workbook: Path) -> None:
    """Proves the M&V list by hand: light of 2 | 1 MW over 4,380 h each is 13,140 MWh, half of it
    with the LEDs; PV gives 0.4 x 4,380 in 2027; the battery takes 0.05 and gives 0.045 MW."""
    sheet = Book(workbook).stored["5 Measurement"]
    rows = {(row[0].value, row[1].value): [row[3].value, row[4].value] for row in sheet.iter_rows()}
    assert rows["LED", "Light, before savings"] == pytest.approx([13_140, 13_140])
    assert rows["LED", "Light, after savings"] == pytest.approx([6_570, 6_570])
    assert rows["PV", "Power, given out"] == pytest.approx([0, 1_752])
    assert rows["Battery", "Power, charged"] == pytest.approx([219, 219])
    assert rows["Battery", "Power, discharged"] == pytest.approx([197.1, 197.1])


def test_the_impact_is_the_loans_part_of_the_plans(workbook: Path) -> None:
    """Proves PCAF's share by hand: 2 of 7.3183 MCNY lent are 27.33 %. On the base year's grid of
    0.5 power saved is 6,548.1 and 8,300.1 MWh, 3,274.05 and 4,150.05 t, mean 3,712.05; the
    loan's part 1,014.5 t, per million 507.2; outstanding at the end of 2026 125,000, 1.708 %."""
    book, sheet = Book(workbook), "9 Impact"
    share = 2e6 / (3.285e6 + 2.7e6 + 8e5 + 1.6e6 / 3)
    part = found_at(book, sheet, "Emissions avoided, base year's grid, the loan's part")
    each = found_at(book, sheet, "Emissions avoided, base year's grid, per million lent")
    assert book.value(sheet, part) == pytest.approx(3_712.05 * share)
    assert book.value(sheet, each) == pytest.approx(3_712.05 * share / 2)
    row = next(cell.row for cell in book.formulas[sheet]["A"] if cell.value == 2026)
    assert book.value(sheet, f"B{row}") == pytest.approx(3_274.05)
    assert book.value(sheet, f"G{row}") == pytest.approx(125_000 * share / 2e6)


def test_shares_add_up_to_the_plan(tmp_path: Path) -> None:
    """Proves that no sum of stand-alone savings is shown: shares of 3 + 2 + 1 M, what rules and
    credits take, -0.5 M, and the plan's 5.5 M; tonnes likewise 30 + 20 + 10 + 5 = 65."""
    run = run_with(tmp_path / "run")
    items = [
        {"id": name, "alone": None, "saving": n * 1e6, "tonnes_alone": 1.0, "tonnes": n * 10.0}
        for name, n in (("led", 3), ("pv", 2), ("battery", 1))
    ]
    found = {"saving": 5.5e6, "tonnes": 65.0, "items": items}
    (run / "shares.json").write_text(json.dumps(found), encoding="utf-8")
    book, sheet = Book(write_workbook(run)), "4 Counterfactual"
    assert differing(book) == []
    for name, saving, tonnes in (
        ("Total", 6e6, 60.0), ("Rules, credits and budget beside them", -0.5e6, 5.0),
        ("The plan", 5.5e6, 65.0),
    ):  # fmt: skip
        row = int(found_at(book, sheet, name)[1:])
        assert book.value(sheet, f"B{row}") is None
        assert book.value(sheet, f"C{row}") == pytest.approx(saving)
        assert book.value(sheet, f"E{row}") == pytest.approx(tonnes)


def test_the_baseline_of_a_measure_is_in_numbers(workbook: Path) -> None:
    """Proves the baselines by hand: of power, what PV delivers and light uses, 1 MWh is bought for
    1 MWh and 0.48 t emitted in 2027; a battery replaces nothing of the kind."""
    sheet = Book(workbook).stored["5 Measurement"]
    rows = {row[0].value: [row[4].value, row[5].value] for row in list(sheet.iter_rows())[:9]}
    assert rows["PV"] == pytest.approx([1.0, 0.48])
    assert rows["LED"] == pytest.approx([1.0, 0.48])
    assert rows["Battery"] == [None, None]
