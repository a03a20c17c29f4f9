"""What others own: what they are paid by year, what is bought back, what their power costs.

From the inputs and the stored builds; formulas of docs/model.md sections 6 and 8.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.capital import cost_of_builds
from optimizer.plan.verify.money import capital_recovery, for_market, whole_life, worth_of_years
from optimizer.plan.verify.running import net_of_vat
from optimizer.schema.capex import FixedOm
from optimizer.schema.financing import (
    GuaranteedSavings,
    Lease,
    SharedSavings,
    ThirdParty,
    financed,
)
from optimizer.units import Quantity

Array = NDArray[np.float64]
Lines = dict[tuple[str, str, str], Array]


@dataclass(frozen=True)
class Terms:
    """Of a measure in a mode, by year of the build, (Y,) [money]: what is paid at each year end
    ``during`` the term and ``after`` it, and the buy-back at the term's end. ``by_output``: what it
    gives is paid for during the term."""

    by_output: bool
    term: int
    life: int
    during: Array
    after: Array
    buy_back: Array

    def charges(self, rate: float) -> tuple[Array, Array]:
        """In equal parts at the end of each year of a life: up to the term's end, and after it.
        What is paid by output during the term is charged all of it after that."""
        in_term, in_life = worth_of_years(rate, self.term), worth_of_years(rate, self.life)
        if self.by_output:
            owned = self.life - self.term
            back = capital_recovery(rate, owned) * self.buy_back if owned else self.buy_back
            return self.during, self.after + back
        worth = self.during * in_term + self.after * (in_life - in_term)
        worth = worth + self.buy_back / (1.0 + rate) ** self.term
        part: Array = capital_recovery(rate, self.life) * worth
        return part, part


def terms(book: Book, name: str) -> Terms | None:
    """None for what the site owns."""
    measure = book.built[name]
    mode = financed(measure)
    if mode is None:
        return None
    life, nothing = whole_life(measure.lifetime), np.zeros(len(book.years))
    trend = book.numbers(mode.price_trend, np.nan)
    by_output = isinstance(mode, ThirdParty)
    if isinstance(mode, ThirdParty):
        during = nothing
    elif isinstance(mode, Lease):
        during = _yearly(book, name, mode.payment, trend)
    elif isinstance(mode, SharedSavings):
        during = mode.owner_share * _priced(book, name, mode.saving)
    else:
        assert isinstance(mode, GuaranteedSavings)
        during = _priced(book, name, mode.fee)
    upkeep = for_market(measure.fixed_om, book.given.scenario.market)
    owner_keeps = isinstance(mode, ThirdParty) or mode.maintenance == "owner"
    after = _yearly(book, name, upkeep, nothing + 1.0) if owner_keeps and upkeep else nothing
    back = nothing
    if mode.buy_back is not None:
        back = book.money(mode.buy_back.price) * book.added[name]
        back = back + book.money(mode.buy_back.fixed) * book.build[name]
        if mode.buy_back.share:
            back = back + mode.buy_back.share * trend * cost_of_builds(book, name)
    return Terms(by_output, whole_life(mode.term), life, during, after, back)


def _yearly(book: Book, name: str, cost: FixedOm, trend: Array) -> Array:
    """By year of the build; a share is one of its cost times a trend."""
    if cost.price is not None:
        return _priced(book, name, cost.price)
    return float(cost.share or 0.0) * trend * cost_of_builds(book, name)


def _priced(book: Book, name: str, price: Quantity) -> Array:
    """A yearly price by build: a lump sum each, or per unit of capacity."""
    per = book.build[name] if price.unit == "money/a" else book.added[name]
    found: Array = book.money(price) * per
    return found


def financing_lines(book: Book) -> Lines:
    """Lines of class financing: the charge of what stands; of class on_site_power: what plants of
    third parties generate, at their price; of class after_term: what is otherwise in the tail where
    one is bought back there, worth at the end of the last planning year."""
    rate, lines = book.given.scenario.economics.discount_rate, Lines()
    for name, measure in book.built.items():
        found, mode = terms(book, name), financed(measure)
        if found is not None:
            cost = book.standing(name, found.charges(rate)[0])
            lines["financing", name, "recurring"] = cost
        if found is not None and isinstance(mode, ThirdParty):
            power = _power(book, name, mode)
            lines["on_site_power", name, "recurring"] = power
            lines["after_term", name, "one_off"] = _after_term(book, name, found, power)
    return lines


def _after_term(book: Book, name: str, found: Terms, power: Array) -> Array:
    """By year, all of it in the last one: charges of what is bought, less the payment that ends."""
    rate, more = book.given.scenario.economics.discount_rate, np.zeros(len(book.years))
    count = _tail_years(book)
    worth = (1.0 + rate) ** -np.arange(1.0, count + 1)
    bought = 1.0 - in_term(book, name, count)
    charge = float(found.charges(rate)[1].sum())
    more[-1] = float(np.dot(worth, bought)) * (charge - power[-1])
    return more


def _tail_years(book: Book) -> int:
    horizon = book.given.scenario.horizon
    counted = horizon.end == "extended" and horizon.evaluate_to is not None
    return (horizon.evaluate_to or 0) - horizon.last if counted else 0


def in_term(book: Book, name: str, count: int) -> Array:
    """Share of a third party's capacity in its term, in each of the ``count`` years of the tail."""
    found, added = terms(book, name), book.added[name]
    if found is None or not added.any():
        return np.ones(count)
    ages = len(book.years) + np.arange(count) - np.arange(len(book.years))[:, None]
    inside: Array = added @ (ages % found.life < found.term) / added.sum()
    return inside


def _power(book: Book, name: str, mode: ThirdParty) -> Array:
    flow = book.flows[name]
    if mode.discount is None:
        return book.prices(mode.price, np.nan) * book.total(flow)
    output = next(m.reference for m in book.equipment.machines if m.id == name)
    tariff = book.given.scenario.tariffs[output]
    if tariff.series is not None:
        level = book.numbers(tariff.level, np.nan)
        cost = level * book.total(flow * book.on_axis(tariff.series))
    else:
        cost = book.prices(tariff.price, np.nan) * book.total(flow)
    cost = cost + book.prices(tariff.adder) * book.total(flow)
    found: Array = (1.0 - mode.discount) * net_of_vat(book, tariff) * cost
    return found


def bought_back(book: Book) -> Array:
    """What is paid at the start of each planning year for units whose term has just ended."""
    total = np.zeros(len(book.years))
    for name in book.built:
        found = terms(book, name)
        if found is not None:
            total = total + owed(book, name, found, len(book.years))[1]
    return total


def owed(book: Book, name: str, found: Terms, years: int) -> tuple[Array, Array, float]:
    """(paid at year end, paid at the start) by year from the first one, and what the equal parts to
    come in lives begun by the last of them are worth above what is still to be paid for these.

    A life ends after `life` years; another one begins then where renewal is forced, and for what
    stands in the last planning year.
    """
    rate, forced = book.given.scenario.economics.discount_rate, _forced(book, name)
    charges = found.charges(rate)
    at_end, at_start, left = np.zeros(years), np.zeros(years), 0.0
    for build in np.flatnonzero(found.during + found.after + found.buy_back):
        goes_on = forced or build + found.life >= len(book.years)
        for start in range(int(build), years if goes_on else int(build) + 1, found.life):
            due, end = start + found.term, start + found.life
            at_end[start:due] += found.during[build]
            at_end[due:end] += found.after[build]
            at_start[due : due + 1] += found.buy_back[build]
            in_term, in_life = (worth_of_years(rate, each - years) for each in (due, end))
            left += (charges[0] - found.during)[build] * in_term
            left += (charges[1] - found.after)[build] * (in_life - in_term)
            left -= found.buy_back[build] / (1.0 + rate) ** (due - years) * (due >= years)
    return at_end, at_start, left


def _forced(book: Book, name: str) -> bool:
    return book.built[name].renewal == "forced"
