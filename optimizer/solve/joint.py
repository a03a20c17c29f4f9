"""One master of several futures: what is decided now is the same in all of them.

Each part is the yearly layer of one future with the cuts known of its days, so that any bound of
the whole is one of the two-stage problem (Birge and Louveaux 2011, "Introduction to Stochastic
Programming", chapter 5: the deterministic equivalent, its second stage approximated from below).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import scipy.sparse as sp

from optimizer.solve.highs import Ending, Outcome, Solver
from optimizer.solve.matrix import Array, Problem
from optimizer.solve.outer import PLAIN, TRIES, Outer

Aim = Literal["expected", "regret"]


@dataclass(frozen=True)
class Part:
    """A future: its master, its ``weight`` of 1, what its own best plan costs [money], and columns
    by name of what is decided now."""

    outer: Outer
    weight: float
    least: float
    shared: Mapping[str, int]


@dataclass(frozen=True)
class Joint:
    """``bound``: no decision has a smaller expected cost, or largest regret [money]; ``plans``: the
    yearly columns of each part."""

    ending: Ending
    bound: float
    plans: tuple[Array, ...]


def solve_joint(parts: Sequence[Part], aim: Aim, *, gap: float, seconds: float) -> Joint:
    """The least expected cost, or the least largest regret, to ``gap`` of a mean cost."""
    found: Outcome | None = None
    money = parts[0].outer.yearly.money
    size = sum(part.weight * abs(part.least) for part in parts)
    for whole, rows, boxed in TRIES:
        solver = Solver(_problem(parts, aim, money, boxed=boxed), 1, scaled=True)
        solver.set(mip_rel_gap=0.0, mip_abs_gap=gap * size * money, time_limit=seconds, **PLAIN)
        solver.set(mip_feasibility_tolerance=whole, primal_feasibility_tolerance=rows)
        found = solver.run()
        if found.ending in ("optimal", "time_limit", "interrupted", "infeasible"):
            break
    assert found is not None
    plans = () if found.x is None else _plans(parts, found.x)
    return Joint(found.ending, found.bound / money, plans)


def _plans(parts: Sequence[Part], x: Array) -> tuple[Array, ...]:
    """Each part's own yearly columns, in true units."""
    ends = np.cumsum([part.outer.yearly.count for part in parts])
    pairs = zip(parts, np.split(x[: ends[-1]], ends[:-1]), strict=True)
    return tuple(own * part.outer.yearly.columns for part, own in pairs)


def _problem(parts: Sequence[Part], aim: Aim, money: float, *, boxed: bool) -> Problem:
    """All masters side by side, the shared columns equal, and the largest regret where it is asked;
    costs in the first part's scale of money."""
    own = [
        part.outer.whole(range(len(part.outer.cuts)), part.outer.box() if boxed else np.inf)
        for part in parts
    ]
    scales = [money / part.outer.yearly.money for part in parts]
    equal, none = _equal(parts)
    upper = np.where(none, 0.0, np.concatenate([p.col_upper for p in own]))
    whole = Problem(
        rows=sp.csr_array(sp.vstack([sp.block_diag([p.rows for p in own]), equal], format="csr")),
        cost=np.concatenate(
            [part.weight * k * p.cost for part, k, p in zip(parts, scales, own, strict=True)]
        ),
        offset=sum(
            part.weight * k * p.offset for part, k, p in zip(parts, scales, own, strict=True)
        ),
        col_lower=np.concatenate([p.col_lower for p in own]),
        col_upper=upper,
        integer=np.concatenate([p.integer for p in own]),
        row_lower=np.concatenate([*(p.row_lower for p in own), np.zeros(equal.shape[0])]),
        row_upper=np.concatenate([*(p.row_upper for p in own), np.zeros(equal.shape[0])]),
    )
    return whole if aim == "expected" else _with_regret(whole, parts, own, scales, money)


def _equal(parts: Sequence[Part]) -> tuple[Any, Any]:
    """Rows x_first - x_other = 0 of every shared column, in scaled columns, and which columns can
    only be 0: those that some future hasn't."""
    starts = np.cumsum([0, *(part.outer.yearly.count for part in parts)])
    known = [name for name in parts[0].shared if all(name in part.shared for part in parts)]
    none = np.zeros(starts[-1], dtype=bool)
    for part, start in zip(parts, starts[:-1], strict=True):
        none[[start + j for name, j in part.shared.items() if name not in known]] = True
    rows, columns, values = [], [], []
    first = parts[0]
    for k, part in enumerate(parts[1:], start=1):
        for i, name in enumerate(known):
            a, b = first.shared[name], part.shared[name]
            ratio = part.outer.yearly.columns[b] / first.outer.yearly.columns[a]
            rows += [(k - 1) * len(known) + i] * 2
            columns += [a, starts[k] + b]
            values += [1.0, -ratio]
    shape = ((len(parts) - 1) * len(known), starts[-1])
    return sp.csr_array((values, (rows, columns)), shape=shape), none


def _with_regret(
    whole: Problem, parts: Sequence[Part], own: Sequence[Problem], scales: Sequence[float],
    money: float,
) -> Problem:  # fmt: skip
    """Least z >= 0 with cost of each future - that of its own best plan <= z."""
    costs = sp.block_diag(
        [sp.csr_array(k * p.cost[None]) for k, p in zip(scales, own, strict=True)]
    )
    z = sp.csr_array(-np.ones((len(parts), 1)))
    wide = sp.hstack([whole.rows, sp.csr_array((whole.rows.shape[0], 1))])
    rows = sp.vstack([wide, sp.hstack([costs, z])], format="csr")
    most = [
        part.least * money - k * p.offset for part, k, p in zip(parts, scales, own, strict=True)
    ]
    return Problem(
        rows=sp.csr_array(rows),
        cost=np.concatenate([np.zeros(len(whole.cost)), [1.0]]),
        offset=0.0,
        col_lower=np.concatenate([whole.col_lower, [0.0]]),
        col_upper=np.concatenate([whole.col_upper, [np.inf]]),
        integer=np.concatenate([whole.integer, [False]]),
        row_lower=np.concatenate([whole.row_lower, np.full(len(parts), -np.inf)]),
        row_upper=np.concatenate([whole.row_upper, most]),
    )
