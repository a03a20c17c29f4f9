"""Places on sheets: what a formula names has the address where it is written."""

from __future__ import annotations

import pytest

from optimizer.reports.loan_file.grid import Cell, Column, Grid, Num, Part, Prose, shown
from optimizer.reports.loan_file.layout import Layout, layout

COLUMNS = (Column("name", "Name"), Column("money", "Money [CNY]", "money"))


def placed(*grids: Grid, sheet: str = "6 Bank's debt") -> Layout:
    """One sheet with a paragraph above the grids."""
    said = Prose("How", ["first", "second"])
    return layout([Part("debt", "Debt", sheet, "Found.", [said, *grids])])


def grid(key: str = "a", total: str = "", **rows: float) -> Grid:
    """Named rows of one amount."""
    cells: dict[str, list[Cell]] = {name: [name, Num(value)] for name, value in rows.items()}
    return Grid(key, "Table", COLUMNS, cells, total=total)


def test_a_formula_finds_its_cells_below_words_and_other_tables() -> None:
    """Proves the count of lines: title 1, finding 2, heading 4, paragraphs 5 and 6, table a at 8,
    its head 9, rows 10 and 11; table b at 13, its row at 15. A sheet's apostrophe is doubled."""
    made = placed(grid("a", one=1.0, two=2.0), grid("b", three=3.0))
    assert made.address("[a.one.money]+[b.three.money]") == (
        "'6 Bank''s debt'!$B$10+'6 Bank''s debt'!$B$15"
    )


def test_a_range_over_all_rows_leaves_the_total_out() -> None:
    """Proves that a total never sums itself, that part of the rows can be named, and that a table
    without rows sums to nothing."""
    made = placed(grid("a", "all", one=1.0, two=2.0, all=3.0), grid("b", "all", all=0.0))
    assert made.address("SUM([a.*.money])") == "SUM('6 Bank''s debt'!$B$10:$B$11)"
    assert made.address("SUM([a.two:all.money])") == "SUM('6 Bank''s debt'!$B$11:$B$12)"
    assert made.address("SUM([b.*.money])") == "SUM(0)"


@pytest.mark.parametrize("formula", ["[x.one.money]", "[a.three.money]", "[a.one.price]"])
def test_a_cell_that_is_not_there_is_an_error(formula: str) -> None:
    """Proves that no formula is written with a name in it: table, row or column unknown."""
    with pytest.raises((KeyError, ValueError)):
        placed(grid("a", one=1.0)).address(formula)


def test_what_stands_on_the_page_alone_takes_no_lines() -> None:
    """Proves that the workbook skips it: the next table moves up."""
    page = Grid("p", "On the page", COLUMNS, {"one": ["one", 1.0]}, only="page")
    assert placed(page, grid("a", one=1.0)).address("[a.one.money]").endswith("$B$10")


def test_a_row_of_another_length_is_refused() -> None:
    """Proves that a cell left out can't shift the rest of a row to the left."""
    with pytest.raises(ValueError, match="1 cells, 2 columns"):
        Grid("a", "Table", COLUMNS, {"one": ["one"]})


@pytest.mark.parametrize(
    ("cell", "kind", "said"),
    [
        (1234567.4, "money", "1\u202f234\u202f567"), (Num(0.5, kind="share"), "money", "50\u202f%"),
        (1.234, "ratio", "1.23"), (2027, "year", "2027"), (None, "money", "–"), (None, "fill", ""),
        (float("nan"), "number", "–"), (1e-9, "number", "0"), ("=1+1", "number", "=1+1"),
    ],
)  # fmt: skip
def test_the_page_shows_figures_as_people_read_them(cell: Cell, kind: str, said: str) -> None:
    """Proves thousands, percent, decimals, a dash for what isn't known and 0 for rounding."""
    assert shown(cell, Column("a", "A", kind)) == said  # type: ignore[arg-type]
