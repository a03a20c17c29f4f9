"""Credits: cancelled tonnes, bounded by share, date, reduction gate and own emissions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyomo.environ as pyo

from optimizer.inputs.case import ByYear
from optimizer.model.bounds import deepest_negative, largest_gross
from optimizer.model.layer import YearlyLayer, hold, named
from optimizer.model.trajectory import ruled_years


def add_credit_variables(layer: YearlyLayer) -> None:
    """credits[q, y] in tonnes, within what is on the market."""
    options = {q.id: q for q in layer.case.credits}
    index = [(q, y) for q in options for y in layer.years]
    first = layer.case.policy.first_credit_year

    def bounds(_: Any, q: str, y: int) -> tuple[float, float | None]:
        """No credit before the first credit year, none that a rule on quality shuts out, none
        beyond what is available [t]."""
        option, at = options[q], layer.at(y)
        early = at < option.earliest or (first is not None and y < first)
        return 0, 0 if early or option.is_excluded(at) else option.available[at]

    layer.model.credits = pyo.Var(index, bounds=bounds)


def add_credit_rules(layer: YearlyLayer) -> None:
    """Rules c, d and f of design.md section 4, item 7, and no farming of negatives."""
    if not layer.case.credits:
        return
    _add_share(layer)
    _add_own_limit(layer)
    _add_removal_share(layer)
    if layer.case.policy.gate_reduction is not None:
        _add_gate(layer)


def all_credits(layer: YearlyLayer, year: int) -> Any:
    return sum((layer.model.credits[q.id, year] for q in layer.case.credits), 0.0)


def offset_basis(layer: YearlyLayer, year: int) -> Any:
    """What the offset share is a share of, before it is cut off at 0 [t]."""
    policy, m = layer.case.policy, layer.model
    if policy.offset_basis == "gross":
        return m.gross[year]
    if policy.offset_basis == "reduction":
        return policy.base_emissions - m.gross[year]
    return policy.base_emissions


def _add_share(layer: YearlyLayer) -> None:
    """sum credits <= share x max(0, basis); a binary only where the basis may be negative."""
    m, policy = layer.model, layer.case.policy
    years, most = ruled_years(layer, policy.offset_share), largest_gross(layer.case)
    below = _lowest_basis(layer)
    open_ended = [y for y in years if below[layer.at(y)] > 0]
    m.basis_positive = pyo.Var(open_ended, domain=pyo.Binary)

    def within(m: Any, y: int) -> Any:
        """Only a small share may be offset: credits <= share x basis, where that is positive
        [t]."""
        slack = below[layer.at(y)] * (1 - m.basis_positive[y]) if y in open_ended else 0.0
        return all_credits(layer, y) <= policy.offset_share[layer.at(y)] * (
            offset_basis(layer, y) + slack
        )

    def none(m: Any, y: int) -> Any:
        """... and nothing where it is negative: credits <= largest gross x flag [t]."""
        return all_credits(layer, y) <= most[layer.at(y)] * m.basis_positive[y]

    named(m, "credits_within_share", years, within)
    named(m, "credits_none_without_basis", open_ended, none)


def _lowest_basis(layer: YearlyLayer) -> ByYear:
    """How far below 0 the basis of the offset share can lie, by year [t], shape (Y,)."""
    policy = layer.case.policy
    if policy.offset_basis == "reduction":
        return np.maximum(0.0, largest_gross(layer.case) - policy.base_emissions)
    if policy.offset_basis == "gross":
        return deepest_negative(layer.case)
    return np.zeros(len(layer.years))


def _add_own_limit(layer: YearlyLayer) -> None:
    """sum credits <= max(0, gross - removal); a binary only where that may be negative."""
    m = layer.model
    most, below = largest_gross(layer.case), deepest_negative(layer.case)
    flagged = [y for y in layer.years if below[layer.at(y)] > 0]
    m.gross_above_removal = pyo.Var(flagged, domain=pyo.Binary)

    def own(m: Any, y: int) -> Any:
        """Credits never exceed own net gross: credits <= gross - removal where that is positive
        [t]."""
        slack = below[layer.at(y)] * (1 - m.gross_above_removal[y]) if y in flagged else 0.0
        return all_credits(layer, y) <= m.gross[y] - m.removal[y] + slack

    def none(m: Any, y: int) -> Any:
        """... and none where removals exceed gross emissions: credits <= largest gross x flag
        [t]."""
        return all_credits(layer, y) <= most[layer.at(y)] * m.gross_above_removal[y]

    named(m, "credits_within_own", layer.years, own)
    named(m, "credits_none_when_negative", flagged, none)


def _add_removal_share(layer: YearlyLayer) -> None:
    policy = layer.case.policy
    removals = [q.id for q in layer.case.credits if q.type == "removal"]

    def removal_share(m: Any, y: int) -> Any:
        """Removals rise as a share of credits: removal credits >= share x credits [t]."""
        stored = sum((m.credits[q, y] for q in removals), 0.0)
        return stored >= policy.removal_share[layer.at(y)] * all_credits(layer, y)

    named(
        layer.model,
        "removals_within_credits",
        ruled_years(layer, policy.removal_share),
        removal_share,
    )


def _add_gate(layer: YearlyLayer) -> None:
    """No credit before last year's gross emissions have fallen by the gate's share."""
    m, policy = layer.model, layer.case.policy
    first, most = layer.years[0], largest_gross(layer.case)
    assert policy.gate_reduction is not None
    reached = (1 - policy.gate_reduction) * policy.base_emissions
    m.gate_open = pyo.Var(layer.years, domain=pyo.Binary)
    if policy.base_emissions > reached:
        hold(m.gate_open[first], 0)

    def gate(m: Any, y: int) -> Any:
        """gross[y-1] <= (1-a) base + (largest gross - (1-a) base)(1 - open) [t]."""
        room = max(0.0, float(most[layer.at(y) - 1]) - reached)
        return m.gross[y - 1] <= reached + room * (1 - m.gate_open[y])

    def need(m: Any, y: int) -> Any:
        """Credits need an open gate: sum credits <= largest gross x open [t]."""
        return all_credits(layer, y) <= most[layer.at(y)] * m.gate_open[y]

    def stays(m: Any, y: int) -> Any:
        """Once open, always open: open[y] >= open[y-1] [1]."""
        return m.gate_open[y] >= m.gate_open[y - 1]

    named(m, "gate_before_credits", layer.years[1:], gate)
    named(m, "credits_need_gate", layer.years, need)
    named(m, "gate_stays_open", layer.years[1:], stays)
