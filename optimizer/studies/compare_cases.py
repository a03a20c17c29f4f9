"""One factory under several what-ifs, or several scenarios: a plan each, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from optimizer.errors import InputErrors, Problem
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.change import Change
from optimizer.inputs.load import load
from optimizer.inputs.whatif_files import OWN, read_whatifs
from optimizer.plan.settings import Listener, Settings
from optimizer.schema.scenario import Scenario
from optimizer.studies.compare_search import Begins, Searches
from optimizer.studies.comparison import Compared, Comparison, Kind
from optimizer.words import text

Named = Mapping[str, tuple[dict[str, str], Bundle]]
"""Key -> name by language, and the bundle."""
SettingsOf = Callable[[Bundle], Settings]


@dataclass(frozen=True)
class Inputs:
    """What all plans share: the folder of series that aren't shipped, and changes of each."""

    data: Path | None = None
    sets: tuple[str | Change, ...] = ()


def compare_whatifs(
    scenario: Path,
    whatifs: Path,
    settings_of: SettingsOf,
    inputs: Inputs = Inputs(),
    listener: Listener | None = None,
    begins: Begins = lambda number, count, name: None,
) -> Comparison:
    """The plan of the scenario as it is, and of each what-if of a file, in its order.

    What a search finds out about the plant serves those after it as far as it is still true. A
    what-if that no plan can keep is a result. Raises InputErrors with all that is wrong in the
    scenario, the file and what the changes make, before anything is solved.
    """
    own = load(scenario, data=inputs.data, sets=inputs.sets)
    words = {lang: text("compare.as_is", lang) for lang in ("en", "zh")}
    named: dict[str, tuple[dict[str, str], Bundle]] = {OWN: (words, own)}
    problems: list[Problem] = []
    for whatif in read_whatifs(whatifs):
        try:
            sets = (*inputs.sets, *whatif.changes)
            named[whatif.id] = whatif.name, load(scenario, data=inputs.data, sets=sets)
        except InputErrors as errors:
            problems += [_of_whatif(each, whatif.id) for each in errors.problems]
    problems += _incomparable(named)
    if problems:
        raise InputErrors(problems)
    search = Searches(settings_of(own), listener or Listener(), one_plant=False)
    return _compared("whatifs", named, search, begins)


def compare_scenarios(
    scenarios: Sequence[Path],
    settings_of: SettingsOf,
    inputs: Inputs = Inputs(),
    listener: Listener | None = None,
    begins: Begins = lambda number, count, name: None,
) -> Comparison:
    """The plan of each scenario file; all are solved as the first one's settings say.

    Raises InputErrors for problems of any, and where they count in other money or years.
    """
    named: dict[str, tuple[dict[str, str], Bundle]] = {}
    for path in scenarios:
        bundle = load(path, data=inputs.data, sets=inputs.sets)
        key = bundle.scenario.id if bundle.scenario.id not in named else path.as_posix()
        named[key] = {"en": bundle.scenario.name.en, "zh": bundle.scenario.name.zh}, bundle
    problems = _incomparable(named)
    if problems:
        raise InputErrors(problems)
    first = next(iter(named.values()))[1]
    search = Searches(settings_of(first), listener or Listener(), one_plant=False)
    return _compared("scenarios", named, search, begins)


def _compared(kind: Kind, named: Named, search: Searches, begins: Begins) -> Comparison:
    plans: list[Compared] = []
    for number, (key, (name, bundle)) in enumerate(named.items(), start=1):
        begins(number, len(named), key)
        plans.append(search.plan(key, name, bundle))
        if search.interrupted:
            break
    scenario = next(iter(named.values()))[1].scenario
    return Comparison(
        {"id": scenario.id, "en": scenario.name.en, "zh": scenario.name.zh},
        scenario.currency,
        scenario.price_year,
        scenario.policy.ledger,
        (),
        True,
        tuple(plans),
        {id: {"en": en, "zh": zh} for id, (en, zh) in search.rules.items()},
        search.interrupted,
        kind,
    )


def _of_whatif(problem: Problem, id: str) -> Problem:
    """The problem with the what-if that it comes from."""
    return replace(problem, hint=f"{problem.hint} In the what-if {id}.".strip())


def counted_in(scenario: Scenario) -> tuple[object, ...]:
    """Money and years in which a plan counts: plans that differ there can't stand side by side."""
    horizon = scenario.horizon
    return (
        scenario.currency, scenario.price_year, horizon.base_year, horizon.first, horizon.last
    )  # fmt: skip


def _incomparable(named: Named) -> list[Problem]:
    """Bundles that count in other money or years than the first."""
    bundles = {key: bundle for key, (_, bundle) in named.items()}
    wanted = counted_in(next(iter(bundles.values())).scenario)
    allowed = f"as in the first plan: {', '.join(map(str, wanted))}"
    return [
        bundle.problem("horizon", allowed, f"Plan {key} can't be set beside it.",
                       found=", ".join(map(str, counted_in(bundle.scenario))))
        for key, bundle in bundles.items()
        if counted_in(bundle.scenario) != wanted
    ]  # fmt: skip
