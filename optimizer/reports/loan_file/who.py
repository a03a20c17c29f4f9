"""Who borrows and where: the site, its boundary, what stands on it, the base year's inventory."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.reports.blocks import Table
from optimizer.reports.factors import factors
from optimizer.reports.loan_file.grid import Cell, Column, Grid, Num, Prose
from optimizer.reports.loan_file.view import LoanView

OWN_WORDS = ("name", "number", "address", "contact", "account", "compliance")
"""What the borrower fills in about itself."""


def borrower(view: LoanView) -> Grid:
    """What no plan knows: left open for the borrower."""
    rows: dict[str, list[Cell]] = {key: [view.told(f"borrower.{key}"), None] for key in OWN_WORDS}
    columns = (Column("item", view.told("item")), Column("entry", view.told("entry"), "fill"))
    return Grid("borrower", view.told("borrower.table"), columns, rows)


def site(view: LoanView) -> Grid:
    """The site as the scenario has it."""
    scenario, summary = view.subject.given.scenario, view.view.summary
    horizon = f"{scenario.horizon.first}–{scenario.horizon.last}"
    rows: dict[str, list[Cell]] = {
        "plant": [view.told("site.plant"), str(summary["scenario"][f"name_{view.lang}"]), ""],
        "grid": [view.told("site.grid"), scenario.site.grid_region, ""],
        "connection": [view.told("site.connection"), scenario.site.connection, "MW"],
        "horizon": [view.told("site.horizon"), horizon, ""],
        "money": [view.told("site.money"), f"{scenario.currency} {scenario.price_year}", ""],
    }
    for kind, area in scenario.site.area.items():
        name = view.told("site.area", kind=view.view.term("area", kind))
        until = scenario.site.area_until.get(kind)
        unit = "m²" if until is None else view.told("site.until", year=until)
        rows[f"area_{kind}"] = [name, area, unit]
    if scenario.production is not None:
        rows["product"] = [
            view.told("site.product"),
            scenario.production.amount,
            view.told("site.units"),
        ]
    columns = (
        Column("item", view.told("item")),
        Column("value", view.told("value"), "number"),
        Column("unit", view.told("unit")),
    )
    return Grid("site", view.told("site.table"), columns, rows)


def boundary(view: LoanView) -> Grid:
    """What is metered: carrier, scope, base-year energy, and the factor of the base year."""
    scenario = view.subject.given.scenario
    metered = view.view.summary["base_year"]["metered_energy"]
    rows: dict[str, list[Cell]] = {}
    for name, carrier in scenario.carriers.items():
        if carrier.scope is None and name not in metered:
            continue
        factor = None
        if carrier.factor is not None:
            year = scenario.horizon.base_year
            factor = scenario.base_year.factors.get(name)
            if factor is None:
                factor = view.subject.plan.numbers_in(carrier.factor, year, 0.0)
        scope = view.told("boundary.inside") if carrier.scope is None else str(carrier.scope)
        energy = metered.get(name)
        tonnes = None if factor is None or energy is None else factor * energy
        at = f"boundary.{name}"
        rows[name] = [
            view.carrier(name), scope, energy, factor,
            Num(tonnes, "" if tonnes is None else f"[{at}.energy]*[{at}.factor]"),
        ]  # fmt: skip
    columns = (
        Column("carrier", view.view.say("word.carrier")),
        Column("scope", view.told("boundary.scope")),
        Column("energy", view.told("boundary.energy", year=scenario.horizon.base_year), "number"),
        Column("factor", view.told("boundary.factor"), "number"),
        Column("tonnes", view.told("boundary.tonnes"), "number"),
    )
    return Grid("boundary", view.told("boundary.table"), columns, rows)


def equipment(view: LoanView) -> Grid:
    """What stands today, with the year in which it is due."""
    rows: dict[str, list[Cell]] = {
        asset.id: [
            view.text(asset.name), asset.capacity.value, asset.capacity.unit,
            asset.built, asset.lifetime, Num(asset.built + asset.lifetime, kind="year"),
        ]
        for asset in view.subject.given.scenario.assets
    }  # fmt: skip
    columns = (
        Column("asset", view.view.say("word.asset")),
        Column("capacity", view.view.say("word.capacity"), "number"),
        Column("unit", view.told("unit")),
        Column("built", view.told("built"), "year"),
        Column("life", view.told("life"), "number"),
        Column("due", view.told("due"), "year"),
    )
    return Grid("equipment", view.told("equipment.table"), columns, rows)


def inventory(view: LoanView) -> Prose:
    """The base year's emissions in the policy's ledger."""
    base = view.view.summary["base_year"]
    said = view.told(
        "inventory.said", year=base["year"], tonnes=f"{base['metered_emissions']:,.0f}",
        ledger=view.view.ledger, gases=view.view.gases,
    )  # fmt: skip
    return Prose(view.told("inventory.heading"), [said])


def sourced_factors(view: LoanView) -> list[Prose | Grid]:
    """Factors that come from a library, each with edition, year, source and trust."""
    told = factors(view.view)
    found: list[Prose | Grid] = [Prose(told.heading, list(told.paragraphs))]
    return [*found, of_table("factors", told.table)] if told.table is not None else found


def of_table(key: str, table: Table) -> Grid:
    """A finished table of the report as a grid of text."""
    columns: Sequence[Column] = [Column(f"c{i}", head) for i, head in enumerate(table.head)]
    return Grid(
        key, table.caption, columns, {str(i): list(row) for i, row in enumerate(table.rows)}
    )
