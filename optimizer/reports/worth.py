"""What a plan is worth, in words and tables: rate of return, payback, cost of a tonne and of
energy."""

from __future__ import annotations

from typing import Any

from optimizer.reports import numbers
from optimizer.reports.blocks import Plain, Table
from optimizer.reports.view import View


def worth_table(view: View) -> Table:
    """One row a measure of worth; where one is undefined, why."""
    worth, base = view.summary["worth"], view.summary["horizon"]["base_year"]
    npv, abatement = worth["npv"], worth["abatement"]
    to = view.summary["horizon"]["evaluate_to"]
    rows = [
        *_present_values(view, npv),
        *_vat_timing(view),
        [view.say("worth.irr"), *_rate(view, worth["irr"])],
        [view.say("worth.payback"), *_years(view, worth["payback"])],
        [view.say("worth.payback_discounted"), *_years(view, worth["payback_discounted"])],
        *_after_tax(view),
        [view.say("worth.tonnes", to=to), numbers.significant(abatement["tonnes"]), "t"],
        [view.say("worth.per_tonne", base=base), *_per_tonne(view, abatement["per_tonne"])],
        [view.say("worth.per_discounted_tonne"),
         *_per_tonne(view, abatement["per_discounted_tonne"])],
    ]  # fmt: skip
    head = [view.say("worth.figure"), view.say("worth.value"), view.say("worth.unit")]
    return Table(view.say("table.worth"), head, rows, frozenset({1}))


def _present_values(view: View, npv: dict[str, float]) -> list[list[str]]:
    """Cash to the last planning year and after it, both together, and lives that remain."""
    last, to = view.last, view.summary["horizon"]["evaluate_to"]
    said = {
        "to_last": view.say("worth.npv_to_last", last=last),
        "after": view.say("worth.npv_after", first=last + 1, to=to),
        "cash": view.say("worth.npv_cash"),
        "remaining_value": view.say("worth.remaining", to=to),
    }
    if to <= last:
        del said["after"]
    shown = view.money.column([npv[key] for key in said], view.uncertainty)
    return [
        [words, value, view.money.label] for words, value in zip(said.values(), shown, strict=True)
    ]


def _vat_timing(view: View) -> list[list[str]]:
    """What waiting for the tax on equipment costs; no row where it isn't asked for."""
    timed = view.summary["worth"].get("vat")
    if timed is None:
        return []
    said = view.say("worth.vat_cost", rate=numbers.percent(timed["rate"]))
    return [[said, numbers.significant(timed["cost"]), view.currency]]


def _after_tax(view: View) -> list[list[str]]:
    """Worth of cash after tax; no rows without a tax."""
    taxed = view.summary["worth"]["after_tax"]
    if taxed is None:
        return []
    rows = [[view.say("tax.npv"), _money(view, taxed["npv"]["cash"]), view.money.label]]
    rows.append([view.say("tax.irr"), *_rate(view, taxed["irr"])])
    return [*rows, [view.say("tax.payback"), *_years(view, taxed["payback"])]]


def worth_block(view: View) -> Plain:
    """The table, and what is and isn't in it."""
    horizon = view.summary["horizon"]
    said = [view.say("worth.said", base=horizon["base_year"], year=view.summary["price_year"])]
    return Plain(view.say("heading.worth"), said, worth_table(view))


def tax_block(view: View) -> list[Plain]:
    """Depreciation, taxable income and tax by year, and how they were counted; nothing without a
    tax."""
    taxed = view.summary["worth"]["after_tax"]
    if taxed is None:
        return []
    keys, scale = ("depreciation", "taxable", "tax"), view.yearly_money
    rows = [
        [str(row["year"]), *(scale.number(float(row[key])) for key in keys)]
        for row in taxed["years"]
    ]
    head = [view.say("word.year"), *(f"{view.say(f'tax.{key}')} [{scale.label}]" for key in keys)]
    rise = taxed["inflation"]
    eroded = view.say("tax.real" if rise is None else "tax.eroded", rise=numbers.percent(rise or 0))
    said = [view.say("tax.said", rate=numbers.percent(taxed["rate"])),
            view.say(f"tax.losses_{taxed['losses']}"), eroded]  # fmt: skip
    table = Table(view.say("table.tax"), head, rows, frozenset({1, 2, 3}))
    return [Plain(view.say("heading.tax"), said, table)]


def levelised_block(view: View) -> list[Plain]:
    """Levelised cost of each built maker; nothing where none is built."""
    rows = [_levelised(view, row) for row in view.summary["worth"]["levelised"]]
    if not rows:
        return []
    head = [view.say(f"levelised.{key}") for key in ("measure", "carrier", "energy")]
    head.append(f"{view.say('levelised.value')} [{view.currency}/MWh]")
    table = Table(view.say("table.levelised"), head, rows, frozenset({2, 3}))
    return [Plain(view.say("heading.levelised"), [view.say("levelised.said")], table)]


def payback_sentence(view: View) -> str:
    """When what the plan spends is back, for good; or that it isn't in the years counted."""
    years = view.summary["worth"]["payback"]["value"]
    if years is None:
        return view.say("worth.said_not_within", to=view.summary["horizon"]["evaluate_to"])
    if years == 0:
        return view.say("worth.said_at_once")
    return view.say("worth.said_after", years=numbers.grouped(years, 1))


def _levelised(view: View, row: dict[str, Any]) -> list[str]:
    name = view.name("measure", row["measure"])
    carrier = view.name("carrier", row["carrier"])
    if row["value"] is None:
        return [name, carrier, numbers.NOTHING, view.say(f"levelised.{row['reason']}")]
    return [name, carrier, f"{numbers.significant(row['energy'])}{numbers.THIN}MWh",
            numbers.significant(row["value"])]  # fmt: skip


def _money(view: View, amount: float) -> str:
    return view.money.number(amount, view.uncertainty)


def _rate(view: View, figure: dict[str, Any]) -> tuple[str, str]:
    if figure["value"] is None:
        return numbers.NOTHING, view.say(f"worth.reason.{figure['reason']}")
    return numbers.grouped(100 * figure["value"], 1), view.say("worth.percent")


def _years(view: View, figure: dict[str, Any]) -> tuple[str, str]:
    if figure["value"] is None:
        return numbers.NOTHING, view.say(f"worth.reason.{figure['reason']}")
    return numbers.grouped(figure["value"], 1), view.say("worth.years")


def _per_tonne(view: View, amount: float | None) -> tuple[str, str]:
    if amount is None:
        return numbers.NOTHING, view.say("worth.reason.no_reduction")
    return numbers.significant(amount), f"{view.currency}/t"
