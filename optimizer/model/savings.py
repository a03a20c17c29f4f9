"""Savings: what is left of a demand when several savings overlap, exactly."""

from __future__ import annotations

from itertools import combinations
from math import prod
from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.case import Case, SavingEffect
from optimizer.model.layer import YearlyLayer, named

LARGEST_BUNDLE = 6
"""Up to 2^6 subsets a use and year (design.md section 4, item 3)."""


def savings_by_use(case: Case) -> dict[str, list[SavingEffect]]:
    """Savings on each service or process source that has any."""
    found: dict[str, list[SavingEffect]] = {}
    for effect in case.savings:
        found.setdefault(effect.use, []).append(effect)
    return found


def add_savings(layer: YearlyLayer) -> None:
    """remaining[use, y] for every use on which a saving is offered."""
    m, uses = layer.model, savings_by_use(layer.case)
    m.remaining = pyo.Var([(u, y) for u in uses for y in layer.years], bounds=(0, 1))
    for (u, y), left in m.remaining.items():
        left.setlb(prod(1 - effect.share for effect in uses[u]))
        left.setub(1)
        del y
    _add_bundles(layer, {u: e for u, e in uses.items() if len(e) <= LARGEST_BUNDLE})
    _add_chains(layer, {u: e for u, e in uses.items() if len(e) > LARGEST_BUNDLE})


def _subsets(effects: list[SavingEffect]) -> list[tuple[int, ...]]:
    return [s for k in range(len(effects) + 1) for s in combinations(range(len(effects)), k)]


def _add_bundles(layer: YearlyLayer, uses: dict[str, list[SavingEffect]]) -> None:
    """One convex combination over all subsets: exact at whole decisions, as tight as can be."""
    m = layer.model
    index = [(u, y, k) for u, e in uses.items() for y in layer.years for k in range(2 ** len(e))]
    m.bundle = pyo.Var(index, bounds=(0, 1))
    every = [(u, y) for u in uses for y in layer.years]
    members = [(u, y, i) for u, y in every for i in range(len(uses[u]))]

    def one(m: Any, u: str, y: int) -> Any:
        """Exactly one set of savings stands: sum bundle = 1 [1]."""
        return sum(m.bundle[u, y, k] for k in range(2 ** len(uses[u]))) == 1

    def matches(m: Any, u: str, y: int, i: int) -> Any:
        """The set holds what stands: sum of bundles with the saving = on [1]."""
        chosen = [k for k, subset in enumerate(_subsets(uses[u])) if i in subset]
        return sum(m.bundle[u, y, k] for k in chosen) == m.on[uses[u][i].measure, y]

    def left(m: Any, u: str, y: int) -> Any:
        """Two savings of 20 % leave 64 %: remaining = sum bundle x product(1 - share) [1]."""
        return m.remaining[u, y] == sum(
            prod(1 - uses[u][i].share for i in subset) * m.bundle[u, y, k]
            for k, subset in enumerate(_subsets(uses[u]))
        )

    named(m, "bundle_is_one", every, one)
    named(m, "bundle_matches_standing", members, matches)
    named(m, "remaining_from_bundle", every, left)


def _add_chains(layer: YearlyLayer, uses: dict[str, list[SavingEffect]]) -> None:
    """Many savings: the product built one saving at a time, q = before x on linearised exactly."""
    m = layer.model
    index = [(u, y, i) for u, e in uses.items() for y in layer.years for i in range(len(e))]
    m.chain_taken = pyo.Var(index, bounds=(0, 1))

    def before(m: Any, u: str, y: int, i: int) -> Any:
        return 1 - sum(uses[u][j].share * m.chain_taken[u, y, j] for j in range(i))

    def only_standing(m: Any, u: str, y: int, i: int) -> Any:
        """A saving that doesn't stand takes nothing: taken <= on [1]."""
        return m.chain_taken[u, y, i] <= m.on[uses[u][i].measure, y]

    def at_most(m: Any, u: str, y: int, i: int) -> Any:
        """It takes from what the earlier ones left: taken <= before [1]."""
        return m.chain_taken[u, y, i] <= before(m, u, y, i)

    def at_least(m: Any, u: str, y: int, i: int) -> Any:
        """... all of it where it stands: taken >= before - (1 - on) [1]."""
        return m.chain_taken[u, y, i] >= before(m, u, y, i) - (1 - m.on[uses[u][i].measure, y])

    def left(m: Any, u: str, y: int) -> Any:
        """What all leave: remaining = 1 - sum share x taken [1]."""
        return m.remaining[u, y] == before(m, u, y, len(uses[u]))

    named(m, "chain_only_standing", index, only_standing)
    named(m, "chain_at_most_before", index, at_most)
    named(m, "chain_at_least_before", index, at_least)
    named(m, "chain_remaining", [(u, y) for u in uses for y in layer.years], left)
