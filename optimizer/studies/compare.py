"""One factory under several policies: a plan each, by one search that remembers the plant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from optimizer.errors import InputErrors, Problem
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.change import Change
from optimizer.inputs.load import load
from optimizer.inputs.policy_choice import PolicyChoice, set_aside
from optimizer.inputs.policy_files import pack_files, read_pack
from optimizer.inputs.valuation import given_price
from optimizer.plan.settings import Listener, Settings
from optimizer.schema.fields import Text
from optimizer.studies.compare_search import Begins, Searches
from optimizer.studies.comparison import Compared, Comparison
from optimizer.words import text

SCENARIO: Final = "scenario"
"""Names the policy as the scenario itself has it."""
STACK: Final = "+"


@dataclass(frozen=True)
class Question:
    """What to compare. ``policies``: packs, stacks of packs "a+b", or "scenario"."""

    scenario: Path
    policies: tuple[str, ...]
    data: Path | None = None
    sets: tuple[str | Change, ...] = ()
    keep_own_limits: bool = False
    """Whether caps and credit rules that the scenario writes itself hold beside every pack."""
    ceiling: str | None = None
    """Such as "300 CNY/t": splits what remains under policies that have no ceiling, and limits
    nothing."""


def compare_policies(
    question: Question,
    settings_of: Callable[[Bundle], Settings],
    listener: Listener | None = None,
    begins: Begins = lambda number, count, name: None,
) -> Comparison:
    """The plan of each policy, in the order asked; a policy that no plan can keep, or that doesn't
    fit the scenario, is a result.

    Ctrl-C ends the comparison after the plan that is searched. Raises InputErrors for a scenario
    with problems of its own and for policies that don't exist, before anything is solved; NoPlan
    only where not even the baseline runs.
    """
    own, bundles = _bundles(question)
    given = question.ceiling
    price = None if given is None else given_price(own.scenario, given, "--ceiling", "ceiling")
    search = Searches(settings_of(own), listener or Listener(), price)
    plans: list[Compared] = []
    for number, (key, bundle) in enumerate(bundles.items(), start=1):
        begins(number, len(bundles), key)
        if isinstance(bundle, Bundle):
            plans.append(search.plan(key, _name(key, bundle), bundle))
        else:
            name, ledger = _refused_name(key, own), own.scenario.policy.ledger
            plans.append(Compared(key, name, ledger, "refused", bundle))
        if search.interrupted:
            break
    scenario = own.scenario
    return Comparison(
        {"id": scenario.id, "en": scenario.name.en, "zh": scenario.name.zh},
        scenario.currency,
        scenario.price_year,
        scenario.policy.ledger,
        tuple(set_aside(own.scenario_document)),
        question.keep_own_limits,
        tuple(plans),
        {id: {"en": en, "zh": zh} for id, (en, zh) in search.rules.items()},
        search.interrupted,
    )


def _bundles(question: Question) -> tuple[Bundle, dict[str, Bundle | tuple[Problem, ...]]]:
    """The scenario as it is, and under each policy, or why it doesn't fit the scenario."""
    own = load(question.scenario, data=question.data, sets=question.sets)
    bundles: dict[str, Bundle | tuple[Problem, ...]] = {}
    problems: list[Problem] = []
    for key in question.policies:
        if key == SCENARIO:
            bundles[key] = own
            continue
        packs = tuple(key.split(STACK))
        option = f"--policies {key}"
        choice = PolicyChoice(packs, question.keep_own_limits, own.scenario.policy.ledger, option)
        try:
            bundles[key] = load(
                question.scenario, data=question.data, sets=question.sets, remake=choice
            )
        except InputErrors as errors:
            bundles[key] = errors.problems
            problems.extend(each for each in errors.problems if each.file == option)
    if problems:
        raise InputErrors(problems)
    return own, bundles


def _name(key: str, bundle: Bundle) -> dict[str, str]:
    """Names of the packs in both languages; the scenario's own policy has a word."""
    if key == SCENARIO:
        return {lang: text("compare.scenario", lang) for lang in ("en", "zh")}
    return _names([pack.name for pack in bundle.packs])


def _refused_name(key: str, own: Bundle) -> dict[str, str]:
    """Names of packs that don't fit the scenario; of one that can't be read its key."""
    files = pack_files(own.root)
    try:
        packs = [read_pack(files[id], files[id].as_posix()) for id in key.split(STACK)]
    except InputErrors:
        return {"en": key, "zh": key}
    return _names([loaded.pack.name for loaded in packs])


def _names(names: Sequence[Text]) -> dict[str, str]:
    return {"en": " + ".join(n.en for n in names), "zh": " + ".join(n.zh for n in names)}
