"""The floor: the same linear problem written by hand in numpy, straight into HiGHS's arrays.

Nothing is general here: the rows of this one family of cases in the order in which they are
thought of, without names, checks or scaling. What our build and hand-over take beyond this is the
price of a model that can be read and changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.peers.exchange import Array, Converter, Plant, Store

Columns = NDArray[np.int32]
INF = np.inf


@dataclass
class Arrays:
    """minimise cost x, row_lower <= A x <= row_upper, lower <= x <= upper; A by rows."""

    cost: Array
    lower: Array
    upper: Array
    row_lower: Array
    row_upper: Array
    start: Columns
    index: Columns
    value: Array


@dataclass
class _Rows:
    index: list[Columns] = field(default_factory=list)
    value: list[Array] = field(default_factory=list)
    length: list[NDArray[np.int32]] = field(default_factory=list)
    lower: list[Array] = field(default_factory=list)
    upper: list[Array] = field(default_factory=list)

    def add(
        self, terms: Sequence[tuple[Columns, Array | float]], lower: object, upper: object
    ) -> None:
        """One row for each of n entries of the terms' columns."""
        n, k = len(terms[0][0]), len(terms)
        index, value = np.empty((n, k), dtype=np.int32), np.empty((n, k))
        for j, (columns, coefficient) in enumerate(terms):
            index[:, j], value[:, j] = columns, coefficient
        self._keep(index, value, lower, upper)

    def add_sums(self, total: Columns, parts: list[tuple[Columns, Array]], right: float) -> None:
        """total - sum of parts = right, one wide row a year; parts of shape (Y, n)."""
        index = np.concatenate([total[:, None], *(c for c, _ in parts)], axis=1)
        value = np.concatenate([np.ones((len(total), 1)), *(-v for _, v in parts)], axis=1)
        self._keep(index, value, right, right)

    def _keep(self, index: Columns, value: Array, lower: object, upper: object) -> None:
        n, k = index.shape
        self.index.append(index.ravel())
        self.value.append(value.ravel())
        self.length.append(np.full(n, k, dtype=np.int32))
        self.lower.append(np.broadcast_to(np.asarray(lower, dtype=float), (n,)))
        self.upper.append(np.broadcast_to(np.asarray(upper, dtype=float), (n,)))


class _Builder:
    """Columns: added and installed of every option and year, peaks, totals, then the steps."""

    def __init__(self, plant: Plant) -> None:
        self.plant, self.rows, self.width = plant, _Rows(), 0
        self.years, self.days, hours = plant.shape
        self.size = self.years * self.days * hours
        self.year = np.repeat(np.arange(self.years), self.days * hours)
        self.added = {o.id: self.columns(self.years) for o in plant.options}
        self.installed = {o.id: self.columns(self.years) for o in plant.options}
        self.fixed = {u.id: u.size for u in plant.converters if u.size is not None}
        self.installed |= {id: self.columns(self.years) for id in self.fixed}
        self.peak, self.peak_day = self.columns(self.years), self.columns(self.years * self.days)
        self.totals: dict[tuple[str, str], Columns] = {}
        for purchase in plant.purchases:
            kinds = ("import",) if purchase.series is None else ("import", "priced")
            self.totals |= {(k, purchase.carrier): self.columns(self.years) for k in kinds}
        units: tuple[Converter | Store, ...] = (*plant.converters, *plant.stores)
        self.paid = [unit for unit in units if unit.running_cost]
        self.totals |= {("run", u.id): self.columns(self.years) for u in self.paid}
        runs = [u.id for u in plant.converters] + [g.id for g in plant.generators]
        self.flow = {u: self.columns(self.size) for u in runs}
        self.charge = {s.id: self.columns(self.size) for s in plant.stores}
        self.discharge = {s.id: self.columns(self.size) for s in plant.stores}
        self.level = {s.id: self.columns(self.size) for s in plant.stores}
        self.bought = {p.carrier: self.columns(self.size) for p in plant.purchases}

    def columns(self, count: int) -> Columns:
        self.width += count
        return np.arange(self.width - count, self.width, dtype=np.int32)

    def steps(self, varying: float | str) -> Array:
        """A value over (Y, D, 24), flat."""
        return np.broadcast_to(self.plant.value(varying), self.plant.shape).ravel()

    def build(self) -> Arrays:
        cost, upper = np.zeros(self.width), np.full(self.width, INF)
        self.invest(cost, upper)
        self.operate()
        self.balance()
        self.account(cost)
        lower = np.zeros(self.width)
        for unit, size in self.fixed.items():
            lower[self.installed[unit]] = upper[self.installed[unit]] = size
        r = self.rows
        start = np.concatenate([[0], np.cumsum(np.concatenate(r.length))]).astype(np.int32)
        return Arrays(
            cost, lower, upper, np.concatenate(r.lower), np.concatenate(r.upper),
            start, np.concatenate(r.index), np.concatenate(r.value),
        )  # fmt: skip

    def invest(self, cost: Array, upper: Array) -> None:
        """installed[y] = installed[y-1] + added[y], within the largest size; the budget."""
        plant = self.plant
        for option in plant.options:
            added, stands = self.added[option.id], self.installed[option.id]
            upper[stands] = option.largest
            self.rows.add([(stands[:1], 1.0), (added[:1], -1.0)], 0, 0)
            self.rows.add([(stands[1:], 1.0), (stands[:-1], -1.0), (added[1:], -1.0)], 0, 0)
            later = np.cumsum(plant.discount[::-1])[::-1]
            cost[added] = plant.annual(option) * later
        spent = [(self.added[o.id], plant.overnight(o)) for o in plant.options]
        self.rows.add(spent, -INF, plant.budget)

    def operate(self) -> None:
        """Flows and stores within what stands; imports within the day's peak."""
        add, of = self.rows.add, self.year
        runs: list[tuple[str, Array | float]] = [(u.id, 1.0) for u in self.plant.converters]
        runs += [(g.id, self.steps(g.availability)) for g in self.plant.generators]
        for unit, most in runs:
            add([(self.flow[unit], 1.0), (self.installed[unit][of], -1.0 * most)], -INF, 0)
        for store in self.plant.stores:
            self.store(store)
        day, power = np.repeat(self.peak_day, self.plant.shape[2]), self.bought[self.plant.power]
        add([(power, 1.0)], -INF, self.plant.connection)
        add([(power, 1.0), (day, -1.0)], -INF, 0)
        add([(self.peak_day, 1.0), (np.repeat(self.peak, self.days), -1.0)], -INF, 0)

    def store(self, store: Store) -> None:
        charge, discharge = self.charge[store.id], self.discharge[store.id]
        level, stands = self.level[store.id], self.installed[store.id][self.year]
        before = np.roll(level.reshape(self.plant.shape), 1, axis=2).ravel()
        add = self.rows.add
        drawn, kept = 1 / store.efficiency, 1 - store.loss
        balance = [(level, 1.0), (before, -kept), (charge, -store.efficiency), (discharge, drawn)]
        add(balance, 0, 0)
        add([(level, 1.0), (stands, -1.0)], -INF, 0)
        add([(charge, 1.0), (stands, -store.power_ratio)], -INF, 0)
        add([(discharge, 1.0), (stands, -store.power_ratio)], -INF, 0)

    def balance(self) -> None:
        """What is bought, made and drawn, plus what savings take off, is the demand."""
        plant = self.plant
        for carrier in plant.carriers:
            terms: list[tuple[Columns, Array | float]] = []
            right = np.zeros(self.size)
            for unit in plant.converters:
                terms += self.converted(unit, carrier)
            terms += [(self.flow[g.id], 1.0) for g in plant.generators if g.carrier == carrier]
            for store in plant.stores:
                if store.carrier == carrier:
                    terms += [(self.discharge[store.id], 1.0), (self.charge[store.id], -1.0)]
            if carrier in self.bought:
                terms.append((self.bought[carrier], 1.0))
            for service in plant.services:
                if service.carrier == carrier:
                    demand = plant.demand(service).ravel()
                    right = right + demand
                    terms += [
                        (self.installed[s.id][self.year], s.share * demand)
                        for s in plant.savings
                        if s.service == service.id
                    ]
            self.rows.add(terms, right, right)

    def converted(self, unit: Converter, carrier: str) -> list[tuple[Columns, Array | float]]:
        flow = self.flow[unit.id]
        ratio = unit.ratio
        if unit.source == carrier:
            return [(flow, -self.steps(ratio) if isinstance(ratio, str) else -ratio)]
        given = {unit.product: 1.0, unit.beside: unit.beside_ratio}
        return [(flow, given[carrier])] if carrier in given else []

    def account(self, cost: Array) -> None:
        """Yearly sums, what they cost, and the cap on what they emit."""
        plant = self.plant
        hours = np.broadcast_to(plant.weight[None, :, None], plant.shape).reshape(self.years, -1)
        tonnes: list[tuple[Columns, Array | float]] = []
        for p in plant.purchases:
            flow = self.bought[p.carrier].reshape(self.years, -1)
            bought = self.totals["import", p.carrier]
            self.rows.add_sums(bought, [(flow, hours)], 0)
            priced = bought if p.series is None else self.totals["priced", p.carrier]
            if p.series is not None:
                series = self.steps(p.series).reshape(self.years, -1)
                self.rows.add_sums(priced, [(flow, hours * series)], 0)
            cost[priced] += plant.discount * np.array(p.level)
            factor = np.array(p.factor)
            cost[bought] += plant.discount * plant.carbon_price * factor * (p.scope == 1)
            tonnes.append((bought, factor))
        for unit in self.paid:
            flow = (self.discharge if isinstance(unit, Store) else self.flow)[unit.id]
            total = self.totals["run", unit.id]
            self.rows.add_sums(total, [(flow.reshape(self.years, -1), hours)], 0)
            cost[total] = plant.discount * unit.running_cost
        cost[self.peak] = plant.discount * plant.peak_price
        self.rows.add(tonnes, -INF, plant.cap)


def build(plant: Plant) -> Arrays:
    """The whole linear problem of a plant."""
    return _Builder(plant).build()


def hand_over(a: Arrays) -> highspy.Highs:
    """The arrays in HiGHS; raises RuntimeError if it refuses them."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    width = len(a.cost)
    status = highs.passModel(
        width, len(a.row_lower), len(a.value), int(highspy.MatrixFormat.kRowwise), 1, 0.0,
        a.cost, a.lower, a.upper, a.row_lower, a.row_upper, a.start, a.index, a.value,
        np.zeros(width, dtype=np.int32),
    )  # fmt: skip
    if status == highspy.HighsStatus.kError:
        raise RuntimeError("HiGHS refuses the problem")
    return highs
