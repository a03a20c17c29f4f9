"""What a stamped problem offers: measures, contracts and credits held at nothing, plans kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from optimizer.errors import nearest
from optimizer.solve.edit import Indices, with_fixed
from optimizer.solve.matrix import Array, Matrix

PORTFOLIO: Final = (
    "build", "segment_on", "units_added", "added", "asset_old", "asset_renewed", "asset_retired",
    "in_force", "signed",
)  # fmt: skip
"""What is built, renewed and signed; the rest follows from it or is decided anew."""
CHOSEN: Final = ("build", "added", "signed", "contracted", "procured", "credits")
"""Of what is not on offer, none of these."""
ROUNDING: Final = 1e-6
"""By which a decision may be beside its limits, as a share of it."""
Portfolio = Mapping[tuple[str, Any], float]
"""(component, index) of PORTFOLIO -> value."""


def yearly_variables(matrix: Matrix, names: Sequence[str]) -> Iterator[tuple[str, Any, int]]:
    """(component, index, column) of yearly variables that some row or step refers to."""
    for name in names:
        component = getattr(matrix.layer.model, name, None)
        for index, variable in {} if component is None else component.items():
            column = matrix.column(variable)
            if column is not None:
                yield name, index, column


def without_offers(matrix: Matrix, ids: Sequence[str]) -> Matrix:
    """The problem with some of its measures, contracts and credits held at nothing."""
    case = matrix.case
    in_force = {g.id for g in case.contracts if g.in_force}
    offered = {o.id for o in case.measures} | {g.id for g in case.contracts}
    offered |= {q.id for q in case.credits} | {g.id for g in case.material_contracts}
    offered -= in_force
    for name in ids:
        if name not in offered:
            guess = nearest(name, sorted(offered))
            hint = f"; did you mean {guess}?" if guess else ""
            raise ValueError(f"{name} is not on offer{hint}")
    upper = matrix.col_upper.copy()
    for _, index, column in yearly_variables(matrix, CHOSEN):
        if index[0] in ids:
            upper[column] = 0.0
    return replace(matrix, col_upper=upper)


def portfolio(matrix: Matrix, x: Array) -> Portfolio:
    """What a plan builds, renews and signs."""
    return {(name, index): x[column] for name, index, column in yearly_variables(matrix, PORTFOLIO)}


def portfolio_columns(source: Matrix, x: Array, target: Matrix) -> tuple[Indices, Array]:
    """Columns of ``target``, and what a plan of ``source`` builds, renews and signs."""
    return _columns(target, portfolio(source, x), lambda index: True)


def with_held(matrix: Matrix, kept: Portfolio, ids: Collection[str]) -> Matrix:
    """The problem with some measures and contracts as a plan has them, all else decided anew."""
    return with_fixed(matrix, *_columns(matrix, kept, lambda index: index[0] in ids))


def with_years_held(matrix: Matrix, kept: Portfolio, years: Collection[int]) -> Matrix:
    """The problem with some years' decisions as a plan has them, those of others decided anew."""
    return with_fixed(matrix, *_columns(matrix, kept, lambda index: index[1] in years))


def decided_to(kept: Portfolio, year: int) -> Portfolio:
    """Of a portfolio what is decided for the years up to one."""
    return {key: value for key, value in kept.items() if key[1][1] <= year}


def shared_columns(matrix: Matrix, year: int) -> dict[str, int]:
    """Columns by name of what is built, renewed and signed in the years up to one."""
    found = yearly_variables(matrix, PORTFOLIO)
    return {matrix.yearly_names[j]: j for _, index, j in found if index[1] <= year}


def with_decided(matrix: Matrix, kept: Portfolio, year: int) -> Matrix | None:
    """The problem with the years up to one decided as in a portfolio; None where it hasn't on
    offer, or not so much of it, what that has."""
    columns, values = _columns(matrix, kept, lambda index: index[1] <= year)
    there = {(name, index) for name, index, _ in yearly_variables(matrix, PORTFOLIO)}
    missing = any(abs(value) > ROUNDING for key, value in kept.items() if key not in there)
    outside = np.maximum(values - matrix.col_upper[columns], matrix.col_lower[columns] - values)
    if missing or (outside > ROUNDING * np.maximum(1.0, np.abs(values))).any():
        return None
    return with_fixed(matrix, columns, values)


def _columns(
    target: Matrix, kept: Portfolio, wanted: Callable[[Any], bool]
) -> tuple[Indices, Array]:
    """Columns of a portfolio and its values there; whole units rather than their capacity."""
    unit_sized = {o.id for o in target.case.measures if o.unit_size is not None}
    columns, values = [], []
    for name, index, column in yearly_variables(target, PORTFOLIO):
        if not wanted(index) or (name == "added" and index[0] in unit_sized):
            continue
        value = kept.get((name, index), 0.0)
        columns.append(column)
        values.append(round(value) if target.integer[column] else value)
    return np.array(columns, dtype=np.int64), np.array(values)
