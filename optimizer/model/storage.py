"""Storage in a step. A day ends at the level it began with, or begins where the last day ended
(seasons.py)."""

from __future__ import annotations

from typing import Any

from optimizer.model.layer import named
from optimizer.model.step import Step


def add_storage(step: Step) -> None:
    """Level, its bounds, and the power of charging and discharging."""
    units = {u.id: u for u in step.storages()}

    def installed(u: str) -> Any:
        return step.access.link(("installed", u))

    def level(_: Any, u: str) -> Any:
        """level = kept x level before + charge x efficiency x hours - discharge / efficiency x
        hours [MWh]; kept = (1 - loss) ^ short steps in the step."""
        unit, hours = units[u], step.access.hours()
        stored = unit.efficiency_charge * hours * step.x("charge", u)
        drawn = hours / unit.efficiency_discharge * step.x("discharge", u)
        before = step.access.kept(u) * step.access.level_before(u)
        return step.x("level", u) == before + stored - drawn

    def full(_: Any, u: str) -> Any:
        """level <= installed [MWh]."""
        return step.x("level", u) <= installed(u)

    def spanned(_: Any, u: str) -> Any:
        """level <= the day's highest, to which held over comes on top [MWh]."""
        return step.x("level", u) <= step.access.link(("day_span", u))

    def empty(_: Any, u: str) -> Any:
        """(1 - depth) x installed <= level [MWh]."""
        return step.x("level", u) >= units[u].lowest_level * installed(u)

    def charge(_: Any, u: str) -> Any:
        """charge <= installed / duration [MW]."""
        return step.x("charge", u) <= units[u].power_ratio * installed(u)

    def discharge(_: Any, u: str) -> Any:
        """discharge <= installed / duration [MW]."""
        return step.x("discharge", u) <= units[u].power_ratio * installed(u)

    named(step.block, "level_follows", units, level)
    by_cycle = {c: [u for u, s in units.items() if s.cycle == c] for c in ("day", "year")}
    named(step.block, "level_within_capacity", by_cycle["day"], full)
    named(step.block, "level_within_span", by_cycle["year"], spanned)
    named(
        step.block, "level_above_lowest", [u for u, s in units.items() if s.lowest_level > 0], empty
    )
    named(step.block, "charge_within_power", units, charge)
    named(step.block, "discharge_within_power", units, discharge)
