"""Gates of packs after the last planning year, which stands for every year of the tail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from optimizer.errors import Problem
from optimizer.inputs.in_force import fits_base_year, in_force
from optimizer.inputs.policy_stack import LoadedPack
from optimizer.inputs.yearly import value_at
from optimizer.schema.fields import Yearly
from optimizer.schema.policy_fields import is_held
from optimizer.schema.policy_pack import PolicyPack
from optimizer.schema.policy_rules import NeverRises, Rule
from optimizer.schema.scenario import Scenario

AT_LEAST: Final = (
    "gross_reduction", "non_fossil_share", "traceable_share", "hourly_share", "equipment_grade"
)  # fmt: skip
"""Types of gate of which more is stricter."""
FORBIDS: Final = 0.0
"""Stands for the limit of a rule that has none and yet asks something."""


def gates_no_stricter_in_tail(packs: Sequence[LoadedPack], scenario: Scenario) -> Iterator[Problem]:
    """A Problem at each gate with rows of its own that asks more after the last planning year.

    Levels of energy per product are the scenario's own figures, with checks of their own.
    """
    horizon = scenario.horizon
    end = (horizon.evaluate_to or horizon.last) if horizon.end == "extended" else horizon.last
    for loaded in packs:
        for number, rule in enumerate(loaded.pack.rules):
            if is_held(rule, scenario) and fits_base_year(rule.applies_if, horizon.base_year):
                yield from _stricter(loaded, number, horizon.last, end)


def _stricter(loaded: LoadedPack, number: int, last: int, end: int) -> Iterator[Problem]:
    """The first year of the tail in which a rule is stricter than in the last planning year."""
    rule = loaded.pack.rules[number]
    sign = -1.0 if rule.type in AT_LEAST else 1.0
    now = _asked(loaded.pack, rule, last)
    for year in range(last + 1, end + 1):
        then = _asked(loaded.pack, rule, year)
        if then is not None and (now is None or sign * then < sign * now):
            value = _written(loaded, number, year, then)
            field: tuple[str | int, ...] = ("limit", year)
            key, found = "stricter", f"{value} in {year}, stricter than in {last}"
            if isinstance(rule, NeverRises) or not in_force(loaded.pack, rule, [last])[0]:
                field, key, found = ("valid",), "in_force", f"in force in {year}, not in {last}"
            hint = "Add a planning year (horizon.last of the scenario), or leave the pack out."
            loc = ("rules", number, *field)
            problem = loaded.document.problem(loc, found, f"no stricter after {last}", hint)
            yield problem.worded(key, value=value, year=year, last=last)
            return


def _written(loaded: LoadedPack, number: int, year: int, value: float) -> str:
    """A limit as the pack writes it, or its value where the year stands between given ones."""
    table = loaded.document.data["rules"][number].get("limit")
    return str(table[year]) if isinstance(table, dict) and year in table else f"{value:g}"


def _asked(pack: PolicyPack, rule: Rule, year: int) -> float | None:
    """A gate's limit in a year at whose end pack and rule are in force, None without one."""
    if not in_force(pack, rule, [year])[0]:
        return None
    if isinstance(rule, NeverRises):
        return FORBIDS
    table = getattr(rule, "limit", None)
    return value_at(table, year) if isinstance(table, Yearly) else None
