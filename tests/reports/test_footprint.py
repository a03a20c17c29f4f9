"""What a reader sees of the product's footprint, and that nothing is shown without a product."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr

from optimizer.reports.blocks import Chart, Plain
from optimizer.reports.footprint import frame, parts, product
from optimizer.reports.html import open_run
from optimizer.reports.view import View

MADE = np.array([1000.0, 1000.0, 1100.0, 1100.0, 1200.0])
STEEL = 2000.0
RAW = {"id": "steel", "amount": "1.5 t/unit", "factor": {2026: "1.4 kg/kg"}, "source": "a book",
       "trust": "secondary"}  # fmt: skip


def with_product(ds: xr.Dataset) -> xr.Dataset:
    """The made-up run's plan with 2,000 t of steel emissions a year."""
    more = xr.DataArray(
        np.full((1, len(MADE)), STEEL), dims=("source", "year"),
        coords={"source": ["scope3_1:steel"], "year": ds["year"]},
    )  # fmt: skip
    emitted = xr.concat([ds["emitted"].transpose("source", "year"), more], dim="source")
    found = ds.drop_dims("source").assign_coords(material=["steel"], material_name_en=(
        "material", ["Steel"]), material_contract=["scrap"])  # fmt: skip
    procured = (("material_contract", "year"), np.full((1, len(MADE)), 40.0))
    return found.assign(emitted=emitted, made=("year", MADE), procured=procured)


class Inputs:
    """The two facts that the section reads of the run's inputs."""

    scenario: dict[str, Any] = {"materials": [RAW]}  # noqa: RUF012
    measures: dict[str, Any] = {"scrap": {"material": "steel"}}  # noqa: RUF012


def view_of(folder: Path) -> View:
    view = open_run(folder, "en")
    plan, baseline = with_product(view.plan), with_product(view.baseline)
    gross = plan["gross"].values
    years = [
        {"year": year, "made": made, "kg_per_unit": 1e3 * (tonnes + STEEL) / made,
         "baseline_kg_per_unit": 9000.0, "scope3_1": STEEL, "scope3_3": 0.0, "scope3_4": 0.0}
        for year, made, tonnes in zip(view.years, MADE, gross, strict=True)
    ]  # fmt: skip
    shown = {"name_en": "Gearbox", "name_zh": "变速箱", "ledger": view.summary["ledger"],
             "years": years}  # fmt: skip
    inputs: Any = Inputs()
    return replace(view, plan=plan, baseline=baseline, inputs=inputs,
                   summary={**view.summary, "footprint": shown})  # fmt: skip


def test_the_parts_of_a_unit_add_up(run_folder: Path) -> None:
    """Proves that bars and total agree: gross emissions and 2,000 t of steel over what is made."""
    view = view_of(run_folder)
    total = np.sum([part.per_unit for part in parts(view.plan, view.summary["ledger"])], axis=0)
    assert total == pytest.approx(1e3 * (view.plan["gross"].values + STEEL) / MADE)


def test_a_reader_sees_total_sources_and_trust(run_folder: Path) -> None:
    """Proves the section: finding with both ends, a bar and a row for steel, who says its factor,
    40 t bought greener, and no category without tonnes."""
    (section,) = product(view_of(run_folder))
    assert "Gearbox" in section.finding
    assert "9\u202f000" in section.finding
    chart, scope3, materials = section.blocks
    assert isinstance(chart, Chart)
    assert "Steel (purchased)" in [trace.name for trace in chart.figure.data]
    rows = {row[0]: row[1:] for row in chart.table.rows}
    assert rows["Steel (purchased)"][0] == "2\u202f000"
    assert isinstance(scope3, Plain)
    assert scope3.table is not None
    assert list(scope3.table.head) == ["Year", "Units made", "1 purchased goods [t]"]
    assert isinstance(materials, Plain)
    assert materials.table is not None
    assert list(materials.table.rows[0]) == [
        "Steel", "1.5 t/unit", "2026: 1.4 kg/kg", "40\u202ft", "a book", "secondary"
    ]  # fmt: skip


def test_without_a_product_nothing_is_shown(run_folder: Path) -> None:
    """Proves that a factory that names no product has no empty section and no empty table."""
    view = open_run(run_folder, "en")
    assert product(view) == []
    assert frame(view.plan, "plan", "market").empty


def test_the_table_has_a_row_a_year_and_source(run_folder: Path) -> None:
    """Proves tables/footprint.csv: 2,000 t of steel over 1,200 units are 1,666.7 kg in 2030."""
    table = frame(view_of(run_folder).plan, "plan", "market")
    row = table[(table["source"] == "steel") & (table["year"] == 2030)]
    assert row["footprint [kg/unit]"].tolist() == pytest.approx([2000e3 / 1200])
