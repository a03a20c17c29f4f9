"""Foreign money and other price years: what the scenario must give to convert them."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.errors import Problem
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.crosscheck.walk import amounts


def exchange_rates_given(bundle: Bundle) -> Iterator[Problem]:
    """Every foreign currency in use has an exchange rate above 0; told once, at its first use."""
    scenario = bundle.scenario
    told: set[str] = set()
    for loc, amount in amounts(bundle):
        currency = amount.currency or scenario.currency
        known = {scenario.currency, *scenario.economics.exchange, *told}
        if currency not in known:
            told.add(currency)
            hint = f"Add economics.exchange.{currency}: {scenario.currency} for 1 {currency}."
            allowed = f"in {scenario.currency}, or in a currency with an exchange rate"
            yield bundle.problem(loc, allowed, hint, found=amount.text)
    for currency, rate in scenario.economics.exchange.items():
        if rate <= 0:
            yield bundle.problem(("economics", "exchange", currency), "above 0", found=f"{rate:g}")


def deflators_given(bundle: Bundle) -> Iterator[Problem]:
    """Money of another price year has a price index for both years; told once a missing year."""
    scenario = bundle.scenario
    told: set[tuple[str, int]] = set()
    for loc, amount in amounts(bundle):
        currency = amount.currency or scenario.currency
        if amount.price_year is None or amount.price_year == scenario.price_year:
            continue
        index = scenario.economics.deflator.get(currency, {})
        for year in (amount.price_year, scenario.price_year):
            if year in index or (currency, year) in told:
                continue
            told.add((currency, year))
            hint = f"Add economics.deflator.{currency}.{year}, the price index of {currency}."
            allowed = f"of {scenario.price_year}, or of a year with a price index"
            yield bundle.problem(loc, allowed, hint, found=amount.text)


def price_indices_positive(bundle: Bundle) -> Iterator[Problem]:
    """A price index is above 0."""
    for currency, index in bundle.scenario.economics.deflator.items():
        for year, value in index.items():
            if value <= 0:
                loc = ("economics", "deflator", currency, year)
                yield bundle.problem(loc, "above 0", found=f"{value:g}")
