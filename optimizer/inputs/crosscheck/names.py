"""Everything that is named exists, and no id is given twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from optimizer.errors import Problem, nearest
from optimizer.inputs.bundle import Bundle, measure_loc
from optimizer.inputs.crosscheck.flows import Unit, carriers_of, units_of
from optimizer.inputs.located import Loc
from optimizer.schema.measure import Contract, Process, Saving
from optimizer.schema.technology import ConverterTechnology


def carriers_exist(bundle: Bundle) -> Iterator[Problem]:
    """Every carrier that the scenario or an offered measure names is one of `carriers`."""
    known = bundle.scenario.carriers
    for loc, name in _carriers(bundle):
        if name not in known:
            yield _unknown(bundle, loc, name, known, "a carrier of the scenario")


def services_exist(bundle: Bundle) -> Iterator[Problem]:
    """A saving acts on a service, a process change on a source of process emissions."""
    services = [service.id for service in bundle.scenario.services]
    processes = [process.id for process in bundle.scenario.process_emissions]
    for measure in bundle.measures:
        if isinstance(measure, Saving) and measure.service not in services:
            loc = measure_loc(measure.id, "service")
            yield _unknown(bundle, loc, measure.service, services, "a service of the scenario")
        if isinstance(measure, Process) and measure.source not in (None, *processes):
            loc = measure_loc(measure.id, "source")
            allowed = "one of process_emissions"
            yield _unknown(bundle, loc, str(measure.source), processes, allowed)


def heat_sources_exist(bundle: Bundle) -> Iterator[Problem]:
    """What heat or CO2 is taken from is a service, an asset, a measure or a process source."""
    scenario = bundle.scenario
    units = [unit.item.id for unit in units_of(bundle)]
    services = [service.id for service in scenario.services]
    processes = [process.id for process in scenario.process_emissions]
    for unit in units_of(bundle):
        item = unit.item
        if isinstance(item, ConverterTechnology) and item.recovers is not None:
            known, loc = [*services, *units], (*unit.loc, "recovers", "source")
            if item.recovers.source not in known:
                allowed = "a service, an asset or a measure on offer"
                yield _unknown(bundle, loc, item.recovers.source, known, allowed)
        for index, name in enumerate(getattr(item, "captures", ())):
            known, loc = [*units, *processes], (*unit.loc, "captures", index)
            if name not in known:
                allowed = "an asset, a measure on offer or one of process_emissions"
                yield _unknown(bundle, loc, name, known, allowed)


def assets_exist(bundle: Bundle) -> Iterator[Problem]:
    """What a measure replaces is an asset of the scenario."""
    known = [asset.id for asset in bundle.scenario.assets]
    for measure in bundle.measures:
        for index, name in enumerate(getattr(measure, "replaces", ())):
            if name not in known:
                loc = measure_loc(measure.id, "replaces", index)
                yield _unknown(bundle, loc, name, known, "an asset of the scenario")


def measures_exist(bundle: Bundle) -> Iterator[Problem]:
    """Granted and required measures are on offer, whoever is to own them; excluded ones are in the
    catalog."""
    offered = [*(measure.id for measure in bundle.measures), *bundle.mode_of.values()]
    for index, grant in enumerate(bundle.scenario.grants):
        for at, name in enumerate(grant.measures):
            if name not in offered:
                loc: Loc = ("grants", index, "measures", at)
                yield _unknown(bundle, loc, name, offered, "a measure on offer")
    for measure in bundle.measures:
        for at, name in enumerate(measure.requires):
            if name not in offered:
                loc = measure_loc(measure.id, "requires", at)
                yield _unknown(bundle, loc, name, offered, "a measure on offer")
        for at, name in enumerate(measure.excludes):
            if name not in bundle.catalog_ids:
                loc = measure_loc(measure.id, "excludes", at)
                yield _unknown(bundle, loc, name, bundle.catalog_ids, "a measure of the catalog")


def contracts_in_force_exist(bundle: Bundle) -> Iterator[Problem]:
    """A contract in force is a contract, and on offer."""
    known = [measure.id for measure in bundle.measures if isinstance(measure, Contract)]
    for index, name in enumerate(bundle.scenario.contracts_in_force):
        if name not in known:
            loc = ("contracts_in_force", index)
            yield _unknown(bundle, loc, name, known, "a contract on offer")


def ids_differ(bundle: Bundle) -> Iterator[Problem]:
    """Services, process sources, assets and measures have ids that differ from each other."""
    taken: set[str] = set()
    for loc, name in _ids(bundle):
        if name in taken:
            hint = "Services, process_emissions, assets and measures share one set of names."
            yield bundle.problem(loc, "an id that occurs once", hint, found=name)
        taken.add(name)


def _carriers(bundle: Bundle) -> Iterator[tuple[Loc, str]]:
    scenario = bundle.scenario
    for index, service in enumerate(scenario.services):
        yield ("services", index, "carrier"), service.carrier
    for name, carrier in scenario.carriers.items():
        for at, cooler in enumerate(carrier.serves):
            yield ("carriers", name, "serves", at), cooler
    for field, names in (
        (("tariffs",), scenario.tariffs),
        (("base_year", "metered"), scenario.base_year.metered),
        (("base_year", "factors"), scenario.base_year.factors),
    ):
        yield from (((*field, name), name) for name in names)
    for unit in units_of(bundle):
        yield from ((named.loc, named.carrier) for named in carriers_of(unit))


def _ids(bundle: Bundle) -> Iterator[tuple[Loc, str]]:
    scenario = bundle.scenario
    for index, service in enumerate(scenario.services):
        yield ("services", index, "id"), service.id
    for index, process in enumerate(scenario.process_emissions):
        yield ("process_emissions", index, "id"), process.id
    for unit in units_of(bundle):
        yield _id_loc(bundle, unit), unit.item.id


def _id_loc(bundle: Bundle, unit: Unit) -> Loc:
    """An asset's own id; for a measure its place in the offer, which is what can be changed."""
    if unit.loc[0] == "assets":
        return (*unit.loc, "id")
    return ("measures", "offer", bundle.scenario.measures.offer.index(unit.item.id))


def _unknown(bundle: Bundle, loc: Loc, name: str, known: Iterable[str], allowed: str) -> Problem:
    names = sorted(known)
    guess = nearest(name, names)
    listed = f"There are: {', '.join(names)}." if 0 < len(names) <= 12 else ""
    hint = f'Did you mean "{guess}"?' if guess else listed
    return bundle.problem(loc, allowed, hint, found=name)
