"""The two ledgers in the report: each figure names its ledger and gases, and the bridge closes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from optimizer.reports.charts_carbon import path_table
from optimizer.reports.charts_ledgers import two_ledgers
from optimizer.reports.contracts import contracts
from optimizer.reports.html import open_run
from optimizer.reports.numbers import grouped
from optimizer.reports.page_one import headline
from optimizer.reports.tables import contracts as contract_frame
from optimizer.reports.tables import emissions
from optimizer.reports.workbook import worded


def test_the_bridge_leads_from_one_ledger_to_the_other(run_folder: Path) -> None:
    """Proves the steps of 2030: gross by location, 6000 MWh claimed at 0 instead of 0.49 t/MWh,
    gross by market, and nothing else, for the residual factor is the grid's."""
    view = open_run(run_folder, "en")
    bars = two_ledgers(view).figure.data[0]
    located, market = view.yearly("gross_location")[-1], view.yearly("gross_market")[-1]
    assert list(bars.x) == pytest.approx([located / 1e3, 2.94, market / 1e3])
    assert located - market == pytest.approx(2940)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_has_a_row_a_cause_and_both_sums(run_folder: Path, lang: str) -> None:
    """Proves the rows of 2030: unclaimed, claimed, own, scope 2, gross; 2026 claims none, and no
    year exports."""
    table = two_ledgers(open_run(run_folder, lang)).table
    assert [row[0] for row in table.rows].count("2030") == 5
    assert [row[0] for row in table.rows].count("2026") == 4
    claimed = next(row for row in table.rows if row[0] == "2030" and row[2] == grouped(6000))
    assert claimed[3:] == [grouped(tonnes) for tonnes in (2940, 0, -2940)]


def test_gross_names_its_ledger_and_gases(run_folder: Path) -> None:
    """Proves that no total is left without them: headline, table of the path, CSV."""
    view = open_run(run_folder, "en")
    named = replace(view, summary={**view.summary, "gases": "CO2", "ledger": "location"})
    assert "(location-based CO₂)" in headline(named)
    assert "Gross emissions, location-based, CO₂ [t]" in path_table(named).head
    table = emissions(named.summary)
    assert set(table["ledger"]) == {"location"}
    assert set(table["gases"]) == {"CO2"}
    assert {"gross_location [t]", "gross_market [t]"} <= set(table.columns)


def test_a_plan_whose_ledgers_agree_says_so(run_folder: Path) -> None:
    """Proves that a site without contracts and with one factor isn't told of a difference."""
    view = open_run(run_folder, "en")
    plan = view.plan.copy(deep=True)
    plan["cause_market"][:] = plan["cause_location"].values
    assert "the same gross emissions" in two_ledgers(replace(view, plan=plan)).finding


def test_each_contract_is_shown_for_what_it_is(run_folder: Path) -> None:
    """Proves the rows of 2029 and 2030: certificates by the year, not traceable, additional, 6,000
    MWh at 60 CNY; all that is claimed is additional."""
    shown = contracts(open_run(run_folder, "en"))
    assert shown.table is not None
    assert [row[0] for row in shown.table.rows] == ["2029", "2030"]
    last = ["Green power", "certificates", "by the year", "no", "yes"]
    assert list(shown.table.rows[-1][1:6]) == last
    assert list(shown.table.rows[-1][6:8]) == [grouped(6000)] * 2
    assert "100" in shown.paragraphs[0]


@pytest.mark.parametrize(("lang", "words"), [("en", ["no", "yes"]), ("zh", ["否", "是"])])
def test_the_workbook_says_yes_and_no(run_folder: Path, lang: str, words: list[str]) -> None:
    """Proves that whether a contract is traceable and additional isn't printed as 0 and 1."""
    plan = open_run(run_folder, lang).plan
    shown = worded(contract_frame(plan, "CNY2025"), plan, lang)
    assert list(shown.iloc[-1][["traceable", "additional"]]) == words


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_plan_without_contracts_says_so(run_folder: Path, lang: str) -> None:
    """Proves that an empty table isn't drawn."""
    view = open_run(run_folder, lang)
    plan = view.plan.copy(deep=True)
    plan["contracted"][:] = 0.0
    assert contracts(replace(view, plan=plan)).table is None
