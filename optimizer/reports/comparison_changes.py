"""What each compared plan has, when, and pays that the reference hasn't: sentences and a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from optimizer import words
from optimizer.reports import numbers
from optimizer.reports.blocks import Plain, Table
from optimizer.reports.comparison import CompareView
from optimizer.studies.apart import Apart
from optimizer.studies.comparison import Compared

COLUMNS: Final = ("enters", "leaves", "earlier", "later", "larger", "smaller", "assets")
TOP: Final = 3
"""Cost classes that are named in a row."""
SMALLEST_SHARE: Final = 0.02
"""Of the largest change of cost: less isn't named."""
NO_CHANGE: Final = 1e-5
"""Of the plan's cost: where no class changes by more, none is named."""
ENERGY_UNIT, KILO = "MWh/a", 1e3


def apart_plans(view: CompareView) -> list[tuple[Compared, Apart]]:
    """Plans that are searched on their own and differ from the reference, with what differs."""
    found = [(plan, view.comparison.apart(plan)) for plan in view.solved]
    return [(plan, one) for plan, one in found if one is not None]


def thing(view: CompareView, id: str) -> str:
    """Name of a measure, contract, credit or asset; its id where no plan names it."""
    for plan in view.solved:
        name = plan.figures.picked.names.get(id) if plan.figures else None
        if name is not None:
            return name[view.lang]
    return id


def changes_table(view: CompareView) -> Table:
    """A row a plan: what enters, leaves, moves or has another size, and why it costs more."""
    head = [view.one, *(view.say(f"compare.changes.{name}") for name in COLUMNS)]
    head.append(view.say("compare.changes.because", unit=view.money.label))
    rows = [
        [view.name(plan), *(_cell(view, one, plan, column) for column in COLUMNS),
         because(view, one)]
        for plan, one in apart_plans(view)
    ]  # fmt: skip
    return Table(view.say("compare.changes.table"), head, rows)


def changes_block(view: CompareView) -> Plain | None:
    """The table under its heading; None where no plan differs from the reference."""
    reference = view.comparison.reference
    if reference is None or not apart_plans(view):
        return None
    heading = view.say("compare.changes.heading", against=reference.name[view.lang])
    return Plain(heading, table=changes_table(view))


def told(view: CompareView) -> list[str]:
    """The same in lines, for a terminal."""
    lines = []
    table = changes_table(view)
    heads = table.head[1:]
    for (plan, _), row in zip(apart_plans(view), table.rows, strict=True):
        lines.append(view.name(plan))
        cells = zip(heads, row[1:], strict=True)
        said = [(head, cell) for head, cell in cells if cell != numbers.NOTHING]
        lines += [f"  {head}: {cell}" for head, cell in said]
        lines += [] if said else [f"  {view.say('compare.changes.none')}"]
    return lines


def because(view: CompareView, one: Apart) -> str:
    """The cost classes that change most, with their sign, largest first."""
    ranked = sorted(one.more.items(), key=lambda item: -abs(item[1]))
    largest = abs(ranked[0][1]) if ranked else 0.0
    least = max(SMALLEST_SHARE * largest, NO_CHANGE * view.dearest)
    named = [
        f"{cost_class(view, kind)} {signed(view, more)}"
        for kind, more in ranked[:TOP]
        if abs(more) > least
    ]
    return view.say("list.separator").join(named) or numbers.NOTHING


def cost_class(view: CompareView, kind: str) -> str:
    """A cost class in words."""
    return words.text_or(f"cost.{kind}", kind, view.lang)


def signed(view: CompareView, money: float) -> str:
    """Money with its sign."""
    return f"{'+' if money > 0 else ''}{view.money.number(money)}"


def _cell(view: CompareView, one: Apart, plan: Compared, column: str) -> str:
    ids: Sequence[str] = getattr(one.changes, column)
    told = {"assets": _asset, "larger": _sizes, "smaller": _sizes}.get(column, _years)
    return view.say("compare.list").join(told(view, one, plan, id) for id in ids) or numbers.NOTHING


def _years(view: CompareView, one: Apart, plan: Compared, id: str) -> str:
    """A name with its year, or from which year to which."""
    years = [str(year) for year in one.years[id] if year is not None]
    return f"{thing(view, id)} {'→'.join(years)}"


def _sizes(view: CompareView, one: Apart, plan: Compared, id: str) -> str:
    units = plan.figures.picked.units if plan.figures else {}
    unit = units.get(id, "")
    divisor = KILO if unit == ENERGY_UNIT else 1.0
    shown = "GWh/a" if unit == ENERGY_UNIT else words.text_or(f"capacity_unit.{unit}", unit,
                                                              view.lang)  # fmt: skip
    before, after = (size / divisor for size in one.sizes[id])
    return f"{thing(view, id)} {numbers.significant(before)}→{numbers.size(after, shown)}"


def _asset(view: CompareView, one: Apart, plan: Compared, id: str) -> str:
    """An asset and what becomes of it in this plan."""
    fates = plan.figures.picked.assets.get(id, {}) if plan.figures else {}
    said = [f"{view.say(f'asset.{fate}')} {year}" for fate, year in fates.items()]
    joint = view.say("list.separator")
    return f"{thing(view, id)} ({joint.join(said) or view.say('asset.old')})"
