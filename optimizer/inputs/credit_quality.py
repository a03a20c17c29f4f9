"""Which credits the rules on their quality shut out, year by year, and for which criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from optimizer.inputs.exclusions import OWN_RULE, Criterion, Exclusion
from optimizer.inputs.in_force import fits_base_year, in_force
from optimizer.schema.credit_quality import CreditCriteria
from optimizer.schema.measure import Credit
from optimizer.schema.policy_fields import shuts_out_credits
from optimizer.schema.policy_pack import PolicyPack
from optimizer.schema.policy_rules import CreditQuality
from optimizer.schema.scenario import Scenario


class Asked(NamedTuple):
    """Criteria of one rule and the planning years in which it is in force."""

    rule: str
    name: tuple[str, str] | None
    criteria: CreditCriteria
    holds: tuple[bool, ...]


def exclusions(
    credit: Credit, scenario: Scenario, packs: Sequence[PolicyPack], years: Sequence[int]
) -> tuple[Exclusion, ...]:
    """Each rule and criterion that the credit fails, with the years in which it does."""
    found = []
    for asked in _asked(scenario, packs, years):
        for criterion, failed in _failed(credit, asked.criteria, years):
            flags = tuple(a and b for a, b in zip(asked.holds, failed, strict=True))
            if any(flags):
                found.append(Exclusion(asked.rule, asked.name, criterion, flags))
    return tuple(found)


def first_use(credit: Credit, year: int) -> int:
    """The first year in which a credit can be used: its own first year, else ``year``; an ex-post
    one not before its vintage."""
    first = credit.first_year or year
    if credit.vintage is None or not credit.ex_post:
        return first
    return max(first, credit.vintage.from_)


def _asked(
    scenario: Scenario, packs: Sequence[PolicyPack], years: Sequence[int]
) -> Iterator[Asked]:
    if scenario.policy.offset is not None:
        yield Asked(OWN_RULE, None, scenario.policy.offset.eligible, (True,) * len(years))
    for pack in packs:
        for rule in pack.rules:
            applies = fits_base_year(rule.applies_if, scenario.horizon.base_year)
            if isinstance(rule, CreditQuality) and shuts_out_credits(rule) and applies:
                name = rule.name.en, rule.name.zh
                yield Asked(f"{pack.id}/{rule.id}", name, rule, in_force(pack, rule, years))


def _failed(
    credit: Credit, criteria: CreditCriteria, years: Sequence[int]
) -> Iterator[tuple[Criterion, tuple[bool, ...]]]:
    """Each criterion, and by year whether the credit fails it."""
    storage = criteria.storage is not None and credit.type == "removal"
    wrong: dict[Criterion, bool] = {
        "types": credit.type not in criteria.types,
        "storage": storage and credit.storage not in (criteria.storage or ()),
        "ex_post": criteria.ex_post and not credit.ex_post,
        "regions": criteria.regions is not None and credit.region not in criteria.regions,
        "programmes": criteria.programmes is not None
        and credit.programme not in criteria.programmes,
        "labels": criteria.labels is not None and not set(credit.labels) & set(criteria.labels),
    }
    for criterion, fails in wrong.items():
        yield criterion, (fails,) * len(years)
    yield "max_age", tuple(_too_old(credit, criteria.max_age, year) for year in years)


def _too_old(credit: Credit, most: float | None, year: int) -> bool:
    """Whether the newest vintage there is in a year is older than allowed, isn't stated, or is
    still to come: a promise has no age that could be shown."""
    if most is None:
        return False
    if credit.vintage is None or year < credit.vintage.from_:
        return True
    newest = year if credit.vintage.to is None else min(credit.vintage.to, year)
    return year - newest > most
