"""Requires, excludes and one_of: nothing that is on offer is ruled out by its own conditions."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.errors import Problem
from optimizer.inputs.bundle import Bundle, measure_loc
from optimizer.schema.measure import Contract, Credit, MaterialContract, Measure


def requirements_can_stand_together(bundle: Bundle) -> Iterator[Problem]:
    """A measure and all that it requires, also through others, exclude none of each other."""
    by_id = {measure.id: measure for measure in bundle.measures}
    for measure in bundle.measures:
        needed = _needed(measure, by_id)
        group = [measure, *(by_id[name] for name in sorted(needed) if name != measure.id)]
        for one, other in _pairs(group):
            why = _clash(one, other)
            if why:
                loc = measure_loc(measure.id, "requires")
                found = ", ".join(measure.requires)
                yield bundle.problem(loc, "measures that can stand together", why, found=found)
                break


def measures_differ_from_themselves(bundle: Bundle) -> Iterator[Problem]:
    """A measure neither requires nor excludes itself."""
    for measure in bundle.measures:
        for field in ("requires", "excludes"):
            names = getattr(measure, field)
            if measure.id in names:
                loc = measure_loc(measure.id, field, names.index(measure.id))
                yield bundle.problem(loc, "another measure", found=measure.id)


def conditions_name_what_is_built(bundle: Bundle) -> Iterator[Problem]:
    """Only what is built can be required or excluded: a contract or a credit doesn't stand."""
    by_id = {measure.id: measure for measure in bundle.measures}
    for measure in bundle.measures:
        if isinstance(measure, Contract | MaterialContract | Credit):
            continue
        for field in ("requires", "excludes"):
            for at, name in enumerate(getattr(measure, field)):
                if isinstance(by_id.get(name), Contract | MaterialContract | Credit):
                    loc = measure_loc(measure.id, field, at)
                    yield bundle.problem(loc, "a measure that is built", found=name)


def contracts_and_credits_have_no_conditions(bundle: Bundle) -> Iterator[Problem]:
    """Contracts and credits require nothing, exclude nothing and are in no group: no rule would
    hold them to it."""
    hint = "Contracts and credits can't require, exclude or be grouped in this version."
    for measure in bundle.measures:
        if isinstance(measure, Contract | MaterialContract | Credit):
            for field in ("requires", "excludes", "one_of"):
                value = getattr(measure, field)
                if value:
                    found = value if isinstance(value, str) else ", ".join(value)
                    loc = measure_loc(measure.id, field)
                    yield bundle.problem(loc, f"left out for a {measure.kind}", hint, found=found)


def _needed(measure: Measure, by_id: dict[str, Measure]) -> set[str]:
    """Ids that must stand with `measure`; cycles are fine."""
    found: set[str] = set()
    ahead = [measure]
    while ahead:
        for name in ahead.pop().requires:
            if name in by_id and name not in found:
                found.add(name)
                ahead.append(by_id[name])
    return found


def _pairs(group: list[Measure]) -> Iterator[tuple[Measure, Measure]]:
    for number, one in enumerate(group):
        for other in group[number + 1 :]:
            yield one, other


def _clash(one: Measure, other: Measure) -> str:
    """Why two measures can't stand together; empty if they can."""
    if other.id in one.excludes or one.id in other.excludes:
        return f"{one.id} and {other.id} exclude each other."
    if one.one_of is not None and one.one_of == other.one_of:
        return f"{one.id} and {other.id} are both of the group {one.one_of}."
    return ""
