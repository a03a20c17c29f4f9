"""What may be built when: whole numbers, sizes, windows, and what excludes or needs what."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book, BuiltMeasure
from optimizer.plan.verify.report import COUNT, EXACT, Rows

Array = NDArray[np.float64]


def earliest_year(book: Book, measure: BuiltMeasure) -> int:
    """First year of operation: lead time after the first year, or its own first if later."""
    start = book.given.scenario.horizon.first + math.ceil(measure.lead_time - 1e-9)
    return max(start, measure.first_year or start)


def size_range(measure: BuiltMeasure) -> tuple[float, float, float | None]:
    """Smallest and largest size of one build and a whole unit's size; a saving is one whole."""
    sizes = getattr(measure, "capacity", None)
    if sizes is None:
        return 1.0, 1.0, None
    lower = sizes.min.value if sizes.min is not None else 0.0
    return lower, sizes.max.value, sizes.step.value if sizes.step is not None else None


def check_builds(book: Book, rows: Rows) -> None:
    """Whole builds inside their window, sizes inside their range, installed as it follows."""
    names, years = list(book.built), book.years
    build = np.array([book.build[name] for name in names]).reshape(len(names), len(years))
    added = np.array([book.added[name] for name in names]).reshape(len(names), len(years))
    labels = [names, years]
    rows.equal("build_is_whole", build, np.round(build), labels, COUNT)
    rows.at_most("build_not_negative", -build, 0.0, labels, COUNT)
    for row, name in enumerate(names):
        measure = book.built[name]
        one = [[name], years]
        early = np.array([year < earliest_year(book, measure) for year in years])
        rows.at_most("build_not_before_earliest", [build[row] * early], 0.0, one, COUNT)
        lower, upper, unit = size_range(measure)
        rows.at_most("added_within_sizes", [lower * build[row]], [added[row]], one, COUNT)
        rows.at_most("added_within_sizes", [added[row]], [upper * build[row]], one, COUNT)
        if unit is not None:
            whole = np.round(added[row] / unit) * unit
            rows.equal("added_is_whole_units", [added[row]], [whole], one, COUNT)
        rows.at_most("standing_within_max_builds", [book.on(name)], measure.max_builds, one, COUNT)
        if measure.renewal == "none":
            base = book.given.mode_of.get(name, name)
            total = sum(book.build[mode].sum() for mode in _modes(book, base))
            rows.at_most("standing_within_max_builds", total, measure.max_builds, [], COUNT)
    installed = [book.installed(name) for name in names]
    stored = book.stored.get("installed", names)
    rows.equal("installed_from_added", stored, installed, labels, COUNT)


def check_relations(book: Book, rows: Rows) -> None:
    """requires, excludes, one_of and replaces, on what stands."""
    groups: dict[str, Array] = {}
    for name, measure in book.built.items():
        on, most = book.on(name), measure.max_builds
        for other in measure.requires:
            needed = sum((book.on(mode) for mode in _modes(book, other)), np.zeros(len(on)))
            label = [[f"{name} requires {other}"], book.years]
            rows.at_most("requires_standing", [on], [most * needed], label, COUNT)
        for excluded in measure.excludes:
            for other in _modes(book, excluded):
                both = on / most + book.on(other) / book.built[other].max_builds
                label = [[f"{name} excludes {other}"], book.years]
                rows.at_most("excluded_not_together", [both], 1.0, label, COUNT)
        for asset in measure.replaces:
            retired = book.state(asset, "retired")
            label = [[f"{name} replaces {asset}"], book.years]
            rows.at_most("replaced_asset_retired", [on], [most * retired], label, COUNT)
        if measure.one_of:
            groups[measure.one_of] = groups.get(measure.one_of, np.zeros(len(on))) + on / most
    for group, total in groups.items():
        rows.at_most("one_of_group", [total], 1.0, [[group], book.years], COUNT)


def _modes(book: Book, measure: str) -> list[str]:
    """What is offered of a measure, whoever owns it."""
    return [name for name in book.built if book.given.stands_for(name, measure)]


def area_used(book: Book) -> dict[str, Array]:
    """m2 of each kind that what stands takes, by year."""
    used: dict[str, Array] = {}
    for name, measure in book.built.items():
        for kind, text in measure.area.items():
            share = book.per_capacity(text, "m2", name) * book.installed(name)
            used[kind] = used.get(kind, np.zeros(len(share))) + share
    return used


def check_area(book: Book, rows: Rows) -> None:
    """`area_within_site`: each kind of area used by what stands is at most what the site has."""
    for kind, area in area_used(book).items():
        limit = book.given.scenario.site.area.get(kind, 0.0)
        rows.at_most("area_within_site", [area], limit, [[kind], book.years], COUNT)


def check_ids(book: Book, rows: Rows) -> None:
    """Everything in the plan that is named there is named in the inputs, and the years agree."""
    rows.equal("years_are_planned", book.stored.years[:1], book.years[:1], [["first"]], EXACT)
    rows.equal("years_are_planned", book.stored.years[-1:], book.years[-1:], [["last"]], EXACT)
    known = {
        "measure": list(book.given.measures),
        "asset": [asset.id for asset in book.given.scenario.assets],
        "unit": [machine.id for machine in book.equipment.machines],
        "storage": [store.id for store in book.equipment.stores],
        "season_store": [s.id for s in book.equipment.stores if s.technology.cycle == "year"],
        "capture": [capture.id for capture in book.equipment.captures],
        "carrier": list(book.given.scenario.carriers),
        "contract": list(book.contracts),
        "credit": list(book.credits),
        "grant": [grant.id for grant in book.given.scenario.grants],
        "material": [material.id for material in book.given.scenario.materials],
        "material_contract": list(book.material_contracts),
    }
    for dim, names in known.items():
        strangers = book.stored.strangers(dim, names)
        where = f"{dim} {', '.join(strangers[:3])}" if strangers else dim
        rows.equal("names_are_in_the_inputs", [len(strangers)], [0], [[where]], EXACT)
