"""CSV, IAMC and Excel: the same figures, units in headers, text that stays text."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from optimizer.plan.store import read_run
from optimizer.reports.iamc import write_iamc
from optimizer.reports.tables import write_tables
from optimizer.reports.workbook import write_workbook
from tests.reports.fake_run import YEARS


@pytest.fixture(scope="module")
def exported(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the run whose first measure has a name like a formula, with all exports."""
    folder = tmp_path_factory.mktemp("exports") / "fake-1"
    shutil.copytree(run_folder, folder)
    run = read_run(folder)
    run.summary["build"][0]["name_en"] = '=HYPERLINK("http://example.org")'
    for write in (write_tables, write_iamc, write_workbook):
        write(folder, run.plan, run.baseline, run.summary)
    return folder


def test_all_tables_are_written(exported: Path) -> None:
    """Proves the list of the run folder's page: nine tables, none empty."""
    files = sorted(file.stem for file in (exported / "tables").glob("*.csv"))
    assert files == [
        "build", "cash_flow", "contracts", "costs", "credits", "dispatch_days", "emissions",
        "energy", "ledgers",
    ]  # fmt: skip
    assert all(len(pd.read_csv(f)) for f in (exported / "tables").glob("*.csv"))


def test_headers_carry_units(exported: Path) -> None:
    """Proves that an amount says its price year: CNY2025, not CNY."""
    assert "amount [CNY2025]" in pd.read_csv(exported / "tables" / "costs.csv").columns
    assert "gross [t]" in pd.read_csv(exported / "tables" / "emissions.csv").columns


def test_cost_lines_add_up_to_the_plan(exported: Path) -> None:
    """Proves that no line is lost: the table's sum is the sum of `cost` in plan.nc to 1e-9."""
    table = pd.read_csv(exported / "tables" / "costs.csv")
    total = table.loc[table["case"] == "plan", "amount [CNY2025]"].sum()
    assert total == pytest.approx(float(read_run(exported).plan["cost"].sum()), rel=1e-9)


def test_imports_are_the_purchased_energy(exported: Path) -> None:
    """Proves the weights: sum of weight x dt x import equals `purchased` where no contract is."""
    table = pd.read_csv(exported / "tables" / "energy.csv")
    assert table["import [MWh]"].to_numpy() == pytest.approx(table["purchased [MWh]"].to_numpy())


def test_iamc_has_its_layout(exported: Path) -> None:
    """Proves the five index columns and one column a year, the variables with levels."""
    table = pd.read_csv(exported / "iamc.csv")
    index = ["Model", "Scenario", "Region", "Variable", "Unit"]
    assert list(table.columns) == index + [str(y) for y in YEARS]
    assert {"Emissions|Kyoto Gases|Gross|Market-based",
            "Emissions|Kyoto Gases|Net|Market-based", "Final Energy|Natural gas",
            "Capacity|Rooftop PV", "Investment|Steam heat pump",
            } <= set(table["Variable"])  # fmt: skip
    assert set(table["Scenario"]) == {"fake plan", "fake baseline"}
    assert not table.duplicated(["Scenario", "Variable"]).any()


def test_no_cell_is_a_formula(exported: Path) -> None:
    """Proves that a name that begins with = is stored as text: Excel would run the other."""
    book = openpyxl.load_workbook(exported / "plan.xlsx")
    assert book.sheetnames == [
        "Summary", "Years", "Ledgers", "Contracts", "Build", "Costs", "Cash flow", "Energy"
    ]  # fmt: skip
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert any(str(c.value).startswith("=HYPERLINK") for c in cells)
    assert {c.data_type for c in cells} <= {"n", "s"}
    assert not any(c.hyperlink for c in cells)


def test_no_region_is_a_formula(exported: Path, tmp_path: Path) -> None:
    """Proves that a stranger's region stays text where a spreadsheet opens iamc.csv: '=1+1."""
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    (inputs / "scenario.yaml").write_text('site: {grid_region: "=1+1"}', encoding="utf-8")
    run = read_run(exported)
    table = pd.read_csv(write_iamc(tmp_path, run.plan, run.baseline, run.summary))
    assert set(table["Region"]) == {"'=1+1"}


def test_a_missing_limit_is_an_empty_cell(exported: Path) -> None:
    """Proves that null is blank: a bound of 0 in 2026 would forbid what is merely not ruled."""
    sheet = openpyxl.load_workbook(exported / "plan.xlsx")["Years"]
    column = [c.value for c in sheet[1]].index("Offset limit [%]")
    given = json.loads((exported / "summary.json").read_text(encoding="utf-8"))["years"]
    shown = [row[column].value for row in sheet.iter_rows(min_row=2)]
    assert shown == [row["offset_share_bound"] for row in given]
    assert shown[0] is None


def test_the_same_run_gives_the_same_workbook(exported: Path, tmp_path: Path) -> None:
    """Proves determinism: xlsxwriter's default stores the clock."""
    run = read_run(exported)
    files = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        files.append(write_workbook(tmp_path / name, run.plan, run.baseline, run.summary))
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_chinese_workbook_has_chinese_sheets_and_heads(exported: Path, tmp_path: Path) -> None:
    """Proves the reader's language on every sheet: names, heads, cost classes, status."""
    run = read_run(exported)
    file = write_workbook(tmp_path, run.plan, run.baseline, run.summary, "zh")
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["汇总", "各年", "两本账", "合同", "建设", "成本", "现金流", "能源"]
    assert [c.value for c in book["各年"][1]][:2] == ["年份", "基准情景 [t]"]
    heads = {c.value for c in book["各年"][1]}
    assert {"总排放，基于位置 [t]", "总排放，基于市场 [t]"} <= heads
    assert {row[1].value for row in book["成本"].iter_rows(min_row=2)} >= {"资本成本", "能源"}
    latin = [c.value for sheet in book for c in sheet[1] if str(c.value)[0].islower()]
    assert latin == []


def test_shares_are_percentages(exported: Path) -> None:
    """Proves the format: 0.0224 shows as 2.2 %, and stays the number 0.0224."""
    sheet = openpyxl.load_workbook(exported / "plan.xlsx")["Years"]
    column = [c.value for c in sheet[1]].index("Offset share [%]")
    last = [row[column] for row in sheet.iter_rows(min_row=2)][-1]
    assert (last.number_format, round(last.value, 4)) == ("0.0#%", 0.0224)


def test_every_cost_line_has_its_own_name(exported: Path) -> None:
    """Proves (class, item) of each line as in plan.nc: the last line's name on all would hide all.

    Sums by class in 2030 are those of plan.nc; in the workbook each line is one row.
    """
    run, table = read_run(exported), pd.read_csv(exported / "tables" / "costs.csv")
    at = table[(table["case"] == "plan") & (table["year"] == 2030)]
    sums = at.groupby("class")[table.columns[-1]].sum().to_dict()
    stored = run.plan["cost"].sel(year=2030).groupby("cost_class").sum()
    assert sums == pytest.approx(dict(zip(stored["cost_class"].values, stored.values, strict=True)))
    sheet = openpyxl.load_workbook(exported / "plan.xlsx")["Costs"]
    assert sheet.max_row == 1 + run.plan.sizes["line"] + run.baseline.sizes["line"]
