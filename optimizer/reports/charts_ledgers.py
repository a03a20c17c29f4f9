"""Both ledgers of scope 2 side by side: gross emissions in each, what lies between, by cause."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.reports import numbers, palette
from optimizer.reports.blocks import Chart, Table, numbers_from
from optimizer.reports.carbon import Cause, causes
from optimizer.reports.charts_steps import KILO, Step, staircase
from optimizer.reports.view import View

NOTHING = 0.5  # t under which a difference is not drawn
LEDGERS = ("location", "market")


def two_ledgers(view: View) -> Chart:
    """From gross emissions by location to those by market in the last year, one step a cause."""
    found = causes(view.plan)
    moved = [c for c in found if abs(_difference(c)) > NOTHING]
    figure = staircase(view, _steps(view, moved))
    table, note = _table(view, found), view.say("note.ledgers")
    located, market = (_kilo(view, view.yearly(f"gross_{name}")[-1]) for name in LEDGERS)
    if not moved:
        finding = view.say("finding.ledgers_equal", last=view.last, located=located)
        return Chart("ledgers", finding, note, figure, table)
    cause = cause_name(view, max(moved, key=lambda c: abs(_difference(c))))
    values = {"last": view.last, "located": located, "market": market, "cause": cause}
    return Chart("ledgers", view.say("finding.ledgers", **values), note, figure, table)


def cause_name(view: View, cause: Cause) -> str:
    """Name of a cause: its carrier's or contract's, and what becomes of it."""
    name = view.name("contract" if cause.kind == "contract" else "carrier", cause.item)
    return view.say(f"cause.{cause.kind}", name=name)


def _difference(cause: Cause) -> float:
    """By market less by location in the last year [t]."""
    return float(cause.market[-1] - cause.location[-1])


def _kilo(view: View, tonnes: float) -> str:
    return numbers.with_unit(float(tonnes) / KILO, view.kilotonnes)


def _steps(view: View, moved: list[Cause]) -> list[Step]:
    level, last = (float(view.yearly(f"gross_{name}")[-1]) for name in LEDGERS)
    steps = [Step(view.say("word.gross_location"), 0.0, level, palette.INK)]
    for cause in moved:
        end = level + _difference(cause)
        colour = palette.GREEN if cause.kind == "contract" else palette.PROCESS
        steps.append(Step(cause_name(view, cause), level, end, colour))
        level = end
    return [*steps, Step(view.say("word.gross_market"), 0.0, last, palette.INK)]


def _table(view: View, found: list[Cause]) -> Table:
    """A row a year and cause, then scope 2 and gross emissions of the year in both ledgers."""
    head = [view.say("word.year"), view.say("word.cause"), "MWh"]
    head += [f"{view.say(f'ledger.{name}')} [t]" for name in LEDGERS]
    head.append(f"{view.say('word.difference')} [t]")
    rows = [row for i in range(len(view.years)) for row in _rows(view, found, i)]
    return Table(view.say("table.ledgers"), head, rows, numbers_from(len(head), 2))


def _rows(view: View, found: list[Cause], i: int) -> Iterator[list[str]]:
    year = str(view.years[i])
    for cause in found:
        if cause.energy[i]:
            parts = numbers.grouped(float(cause.energy[i])), cause.location[i], cause.market[i]
            yield _row(year, cause_name(view, cause), *parts)
    for key in ("scope2", "gross"):
        both = (float(view.yearly(f"{key}_{name}")[i]) for name in LEDGERS)
        yield _row(year, view.say(f"cause.{key}"), "", *both)


def _row(year: str, name: str, energy: str, location: float, market: float) -> list[str]:
    tonnes = (location, market, market - location)
    return [year, name, energy, *(numbers.grouped(float(t)) for t in tonnes)]
