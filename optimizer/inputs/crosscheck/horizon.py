"""Years that must agree: assets, grants, offsets and the planning years."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.errors import Problem
from optimizer.inputs.bundle import Bundle


def assets_stand_today(bundle: Bundle) -> Iterator[Problem]:
    """An asset was built before the first planning year and ends after it was built."""
    first = bundle.scenario.horizon.first
    for index, asset in enumerate(bundle.scenario.assets):
        if asset.built >= first:
            hint = "What is built later is a measure."
            loc = ("assets", index, "built")
            yield bundle.problem(loc, f"before {first}", hint, found=str(asset.built))
        if asset.end_of_life is not None and asset.end_of_life < asset.built:
            loc = ("assets", index, "end_of_life")
            allowed = f"{asset.built} or later"
            yield bundle.problem(loc, allowed, found=str(asset.end_of_life))
        if asset.capacity.value <= 0:
            loc = ("assets", index, "capacity")
            yield bundle.problem(loc, "above 0", found=asset.capacity.text)


def renewals_last_the_horizon(bundle: Bundle) -> Iterator[Problem]:
    """A renewed asset stands to the last planning year: each asset is renewed once at most."""
    horizon = bundle.scenario.horizon
    years = horizon.last - horizon.first + 1
    for index, asset in enumerate(bundle.scenario.assets):
        if asset.renewal is not None and asset.renewal.lifetime < years:
            loc = ("assets", index, "renewal", "lifetime")
            allowed = f"at least the {years} planning years"
            yield bundle.problem(loc, allowed, found=f"{asset.renewal.lifetime:g} a")


def areas_last_the_years_counted(bundle: Bundle) -> Iterator[Problem]:
    """What stands on an area is used, and renewed, in all years counted."""
    horizon = bundle.scenario.horizon
    counted = horizon.evaluate_to or horizon.last
    for kind, until in bundle.scenario.site.area_until.items():
        if until < counted:
            hint = "Count no more years, or leave this area out."
            where = ("site", "area_until", kind)
            yield bundle.problem(where, f"at least {counted}, the last year counted", hint)


def grants_fall_in_the_horizon(bundle: Bundle) -> Iterator[Problem]:
    """A grant's years are in order, and at least one is a planning year."""
    horizon = bundle.scenario.horizon
    for index, grant in enumerate(bundle.scenario.grants):
        if grant.first > grant.last:
            loc = ("grants", index, "last")
            yield bundle.problem(loc, f"{grant.first} or later", found=str(grant.last))
        elif grant.last < horizon.first or grant.first > horizon.last:
            found = f"{grant.first} to {grant.last}"
            allowed = f"in the planning years {horizon.first} to {horizon.last}"
            yield bundle.problem(("grants", index), allowed, found=found)


def offsets_have_a_base(bundle: Bundle) -> Iterator[Problem]:
    """A share of base-year emissions, or a gate on them, needs base-year emissions."""
    scenario = bundle.scenario
    offset = scenario.policy.offset
    if offset is None or (offset.basis == "gross" and offset.gate is None):
        return
    scoped = [name for name, carrier in scenario.carriers.items() if carrier.scope is not None]
    metered = any(scenario.base_year.metered.get(name, 0) > 0 for name in scoped)
    if not metered and not scenario.process_emissions:
        hint = "The policy's offset rule counts from base-year emissions."
        loc = ("base_year", "metered")
        problem = bundle.problem(loc, "given for a carrier of scope 1 or 2", hint)
        yield problem.worded("base_year")


def offsets_start_in_the_horizon(bundle: Bundle) -> Iterator[Problem]:
    """The first year of credits isn't after the last planning year."""
    offset = bundle.scenario.policy.offset
    last = bundle.scenario.horizon.last
    if offset is not None and offset.first_year is not None and offset.first_year > last:
        loc = ("policy", "offset", "first_year")
        hint = "No credit could be used: leave the offset rule out instead."
        problem = bundle.problem(loc, f"{last} or earlier", hint, found=str(offset.first_year))
        yield problem.worded("first_year", year=offset.first_year, last=last)
