"""What the packs of a scenario say together: which binds in which year, and what is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from optimizer import units
from optimizer.errors import InputErrors
from optimizer.files.yaml_document import Document, read_yaml
from optimizer.inputs.attestations import attested_rules, read_attestations
from optimizer.inputs.catalog_files import read_catalog
from optimizer.inputs.credit_quality import exclusions
from optimizer.inputs.economics import Exchange
from optimizer.inputs.factors import read_factors, with_factors
from optimizer.inputs.faults import as_merged_problems
from optimizer.inputs.loaded_pack import AnyLoaded
from optimizer.inputs.loan_files import read_pack as read_loan_pack
from optimizer.inputs.located import Layer, Sources
from optimizer.inputs.offer import offered_measures
from optimizer.inputs.policy_files import Packs, read_pack, read_packs, with_packs
from optimizer.inputs.policy_listing import (
    counts_fewer_gases,
    ever_in_force,
    row,
    sure,
    unchecked,
    unknown,
)
from optimizer.inputs.policy_stack import CEILING, LESS_IS_STRICTER, Stacked, alike
from optimizer.inputs.yearly import converted, value_at
from optimizer.schema.fields import Yearly
from optimizer.schema.loan_pack import LOAN_STANDINGS
from optimizer.schema.measure import Credit
from optimizer.schema.scenario import Scenario
from optimizer.schema.validation import read_scenario
from optimizer.workspace import workspace_of

SCENARIO = "scenario"
_MARKS = {"horizon", "services", "carriers"}
"""Fields by which a scenario is known from a pack."""


def checked(file: Path) -> dict[str, Any]:
    """Facts about a pack or a scenario; InputErrors with all that is wrong in it and its packs.

    `fields` and `excluded_credits` are about scenarios. `unknown` says of which rules nothing can
    be said and why; `unsure_gates` are those that a strict verdict can't rest on.
    """
    root = workspace_of(file)
    inside = file.resolve()
    shown = inside.relative_to(root).as_posix() if inside.is_relative_to(root) else str(file)
    document = read_yaml(file, shown)
    found: list[dict[str, Any]] = []
    shut_out: list[dict[str, Any]] = []
    scenario: Scenario | None = None
    loaded: Mapping[str, AnyLoaded]
    if isinstance(document.data, dict) and _MARKS & set(document.data):
        packs, scenario = stacked_packs(document, root)
        loaded = packs.loaded
        found = fields(packs, scenario, document.data.get("policy") or {})
        shut_out = excluded_credits(scenario, packs, document, root)
    elif isinstance(document.data, dict) and document.data.get("standing") in LOAN_STANDINGS:
        loaded = {file.stem: read_loan_pack(file, shown)}
    else:
        loaded = {file.stem: read_pack(file, shown)}
    attestations = read_attestations(root, loaded)
    by_pack = {name: attested_rules(attestations, name) for name in loaded}
    open_rules = [
        each for name, pack in loaded.items() for each in unknown(pack, by_pack[name], scenario)
    ]
    return {
        "file": shown,
        "packs": [row(pack.pack, by_pack[name]) for name, pack in loaded.items()],
        "fields": found,
        "excluded_credits": shut_out,
        "unknown": open_rules,
        "unsure_gates": _unsure_gates(loaded, by_pack, scenario),
    }


def _unsure_gates(
    packs: Mapping[str, AnyLoaded],
    attested: Mapping[str, frozenset[str]],
    scenario: Scenario | None,
) -> list[str]:
    """Gates as pack/rule whose text isn't sure, that are in force in no planning year or, in a
    policy, that nothing checks."""
    return [
        f"{name}/{rule.id}"
        for name, pack in packs.items()
        for rule in pack.pack.rules
        if rule.severity == "gate"
        and (
            unchecked(rule, scenario)
            or not sure(rule, attested[name])
            or (scenario is not None and not ever_in_force(pack, rule, scenario))
            or (scenario is not None and counts_fewer_gases(rule, scenario))
        )
    ]


def stacked_packs(document: Document, root: Path) -> tuple[Packs, Scenario]:
    """A scenario's packs and the scenario with them; InputErrors if either isn't valid."""
    packs = read_packs(document, root)
    sources = Sources((Layer((), document, ()), *packs.layers()))
    factors = read_factors(document, root)
    raw = document.data
    if isinstance(raw, dict):
        raw = with_factors(with_packs(raw, packs), factors)
    scenario = read_scenario(raw)
    if isinstance(scenario, tuple):
        problems = [*packs.problems, *factors.problems]
        raise InputErrors([*problems, *as_merged_problems(scenario, sources)])
    if packs.problems or factors.problems:
        raise InputErrors([*packs.problems, *factors.problems])
    return packs, scenario


def excluded_credits(
    scenario: Scenario, packs: Packs, document: Document, root: Path
) -> list[dict[str, Any]]:
    """A line for each credit on offer, rule and criterion that shuts it out, with the years."""
    catalog = read_catalog(root)
    sources = Sources((Layer((), document, ()), *packs.layers()))
    measures = offered_measures(scenario, catalog, sources).measures
    years = range(scenario.horizon.first, scenario.horizon.last + 1)
    used = [each.pack for each in packs.loaded.values()]
    return [
        {
            "credit": credit.id,
            "rule": each.rule,
            "criterion": each.criterion,
            "years": [year for year, out in zip(years, each.years, strict=True) if out],
        }
        for credit in measures
        if isinstance(credit, Credit)
        for each in exclusions(credit, scenario, used, years)
    ]


def fields(packs: Packs, scenario: Scenario, own: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each field that a pack sets: who gives what, what binds in each planning year, and by whom.

    `own` is the policy as the scenario itself writes it; what it gives wins, and years in which
    that is looser than the packs are named.
    """
    horizon = scenario.horizon
    years = range(horizon.first, horizon.last + 1)
    return [_field(each, scenario, own, years) for each in packs.fields]


def _field(
    field: Stacked, scenario: Scenario, own: Mapping[str, Any], years: range
) -> dict[str, Any]:
    written = _written(own, field.loc)
    ordered = field.loc in LESS_IS_STRICTER
    found = {
        "field": ".".join(("policy", *map(str, field.loc))),
        "given": [
            {"pack": each.pack.pack.id, "rule": each.rule, "value": each.raw}
            for each in field.given
        ],
        "scenario": written,
        "differ": any(not alike(each, field.given[0]) for each in field.given),
        "years": {},
        "looser": [],
    }
    for year in years if ordered else ():
        asked, binding = field.at(year)
        asked = _in_scenario_money(scenario, field, asked)
        chosen = _chosen(scenario, field, year)
        by = [f"{each.pack.pack.id} {each.rule}" for each in binding]
        found["years"][year] = {"value": chosen, "by": by if written is None else [SCENARIO]}
        if asked is not None and _looser(field, chosen, asked):
            found["looser"].append(year)
    return found


def _written(own: Mapping[str, Any], loc: tuple[str | int, ...]) -> Any:
    """What the scenario itself gives at `loc`, None if nothing."""
    node: Any = own
    for part in loc:
        node = node.get(part) if isinstance(node, Mapping) else None
    return node


def _chosen(scenario: Scenario, field: Stacked, year: int) -> float | None:
    """The value that the model reads, a ceiling in the scenario's money."""
    node: Any = scenario.policy
    for part in field.loc:
        node = getattr(node, str(part), None)
    if isinstance(node, Yearly):
        if field.loc == CEILING:
            node = converted(node, Exchange.of(scenario).bring)
        return value_at(node, year)
    return None if node is None else float(node)


def _in_scenario_money(scenario: Scenario, field: Stacked, asked: float | None) -> float | None:
    """What packs ask, a ceiling brought from the money that they write it in."""
    if asked is None or field.loc != CEILING:
        return asked
    amount = units.parse(f"{asked!r} {field.given[0].unit}", "money/t")
    return Exchange.of(scenario).bring(amount)


def _looser(field: Stacked, chosen: float | None, asked: float) -> bool:
    if chosen is None:
        return True
    return chosen > asked if LESS_IS_STRICTER[field.loc] else chosen < asked
