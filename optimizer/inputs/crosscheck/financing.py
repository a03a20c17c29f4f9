"""What is owned by others gets no money of the site, and gives off no heat for it to take."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.errors import Problem
from optimizer.inputs.bundle import Bundle, measure_loc
from optimizer.inputs.crosscheck.flows import units_of
from optimizer.inputs.located import Loc
from optimizer.schema.financing import ThirdParty, financed
from optimizer.schema.technology import ConverterTechnology


def money_is_for_what_is_owned(bundle: Bundle) -> Iterator[Problem]:
    """Grants, loans and other money pay for equipment of the site alone."""
    for loc, name in _paid_for(bundle):
        if name in bundle.mode_of:
            hint = f"{name} is owned by another: the site pays nothing of its price."
            yield bundle.problem(loc, "a measure that the site owns", hint, found=name)


def _paid_for(bundle: Bundle) -> Iterator[tuple[Loc, str]]:
    scenario = bundle.scenario
    for index, grant in enumerate(scenario.grants):
        for at, name in enumerate(grant.measures):
            yield ("grants", index, "measures", at), name
    if scenario.loan is not None:
        for index, name in enumerate(scenario.loan.finances):
            yield ("loan", "finances", index), name
        for name in scenario.loan.other_money:
            yield ("loan", "other_money", name), name


def terms_end_with_the_area(bundle: Bundle) -> Iterator[Problem]:
    """What others own leaves an area by the last year in which the site may use it, whenever it is
    built."""
    site, last = bundle.scenario.site, bundle.scenario.horizon.last
    for measure in bundle.measures:
        mode, areas = financed(measure), getattr(measure, "area", {})
        ends = [site.area_until[kind] for kind in areas if kind in site.area_until]
        if mode is not None and ends and last + int(mode.term) - 1 > min(ends):
            most, where = min(ends) - last + 1, measure_loc(measure.id, "financing", 0, "term")
            hint = f"It may be built up to {last}, and its area be used to {min(ends)}."
            yield bundle.problem(where, f"at most {most} a", hint, found=f"{mode.term:g} a")


def buy_backs_follow_the_plan(bundle: Bundle) -> Iterator[Problem]:
    """A third party's plant isn't bought back in a planning year: until then its output has a price
    and its owner's certificates, after it neither, and each planning year has one of the two."""
    horizon = bundle.scenario.horizon
    least = horizon.last - horizon.first + 1
    for measure in bundle.measures:
        mode = financed(measure)
        if isinstance(mode, ThirdParty) and mode.buy_back is not None and int(mode.term) < least:
            where = measure_loc(measure.id, "financing", 0, "term")
            hint = "The buy_back would fall in a planning year; offer a lease, or end them earlier."
            yield bundle.problem(where, f"at least {least} a", hint, found=f"{mode.term:g} a")


def sources_have_one_owner(bundle: Bundle) -> Iterator[Problem]:
    """Heat and CO2 are taken from one unit: not from a measure that is offered in several modes,
    each of them a unit of its own."""
    several = set(bundle.mode_of.values())
    for unit in units_of(bundle):
        captured = enumerate(getattr(unit.item, "captures", ()))
        taken: list[tuple[Loc, str]] = [(("captures", n), name) for n, name in captured]
        if isinstance(unit.item, ConverterTechnology) and unit.item.recovers is not None:
            taken.append((("recovers", "source"), unit.item.recovers.source))
        for loc, name in taken:
            if name in several:
                hint = "Offer the source in one mode and name that, or leave its modes out."
                yield bundle.problem((*unit.loc, *loc), "what has one owner", hint, found=name)
