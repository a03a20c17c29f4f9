"""Reads quantities such as "2.5 MW", "780 EUR2020/kW" or "0.5306 kg/kWh" into base units.

The grammar is closed on purpose: one decimal number, one space, one unit made of known tokens
joined by "/". Only the unit reaches pint, through a registry that holds nothing but the tokens
below, so a text can neither hang the parser nor be read as carats. Numbers are exact fractions
until they are rounded once. Power and energy are separate dimensions: "5 GWh/a" is never taken for
a power. A year `a` is 8760 h, a month a/12 = 730 h, a day 24 h.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache, reduce
from operator import truediv
from typing import Any, Final

import pint

from optimizer import names
from optimizer.errors import UnitError, nearest

__all__ = ["Quantity", "UnitError", "parse", "parse_any"]
__all__ += ["parse_temperature", "parse_temperature_difference"]

LONGEST_TEXT: Final = 64
ZERO_CELSIUS: Final = Fraction(27315, 100)  # K, definition of the degree Celsius
PRICE_YEARS: Final = range(1950, 2101)

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_CURRENCY = re.compile(r"([kM]?)([A-Z]{3})([0-9]{4})?")

_KIND: Final = {token: kind for kind, sizes in names.UNIT_SIZES.items() for token in sizes}
_READABLE: Final = sorted(token for token, kind in _KIND.items() if kind != "money")
_ANY: Final = (
    names.POWER, names.ENERGY, names.ENERGY_PER_YEAR, names.AREA, names.MASS, names.MASS_FLOW,
    names.COUNT, names.VOLUME, names.LENGTH, names.HOURS, names.MONEY, names.SHARE,
)  # fmt: skip


@dataclass(frozen=True)
class Quantity:
    """A finite `value` in base `unit`; money keeps the currency and price year it was written in.

    `unit` is the wanted unit, such as "money/MW": 780 EUR2020/kW has value 780000.0, currency "EUR"
    and price year 2020. Bringing it to the scenario's currency and year is not done here. `text` is
    what was written.
    """

    value: float
    unit: str
    currency: str | None
    price_year: int | None
    text: str


@dataclass(frozen=True)
class _Unit:
    """A unit with its currency taken out: tokens[0] / tokens[1] / ..."""

    tokens: tuple[str, ...]
    currency: str | None = None
    price_year: int | None = None


def parse(text: str, to: str) -> Quantity:
    """The quantity in `text`, in base unit `to` ("MW", "money/MWh", "1/h", ...).

    A bare number is allowed only where `to` is "1". Raises UnitError for anything that is not one
    finite decimal number, a space and one known unit of the same dimension; ValueError if `to`
    itself is unknown.
    """
    return _parse(text, (to,), f'{_described(to)}, such as "{_example(to)}"')


def parse_any(text: str) -> Quantity:
    """The quantity in `text`, in the base unit of its dimension: kW gives MW, GWh/a gives MWh/a.

    For capacities and amounts whose kind the text itself decides. Raises UnitError as `parse`.
    """
    allowed = 'a quantity, such as "2.5 MW", "400 MWh", "5 GWh/a", "800 m2" or "12 unit"'
    return _parse(text, _ANY, allowed)


@lru_cache(maxsize=8192)
def _parse(text: str, wanted: tuple[str, ...], allowed: str) -> Quantity:
    """The quantity in `text`, in the first of the `wanted` units that has its dimension."""
    targets = [_tokens(to) for to in wanted]
    number, unit = _split(text, allowed, bare_is_share=wanted == (names.SHARE,))
    for to, tokens in zip(wanted, targets, strict=True):
        factor = _factor(unit.tokens, tokens)
        if factor is not None:
            value = _finite(number * factor, text, allowed)
            return Quantity(value, to, unit.currency, unit.price_year, text)
    raise UnitError(text, allowed, f"It is {_described('/'.join(unit.tokens))}.")


def parse_temperature(text: str) -> float:
    """A temperature in degC from "60 degC", "60 °C" or "333.15 K"; refused below absolute zero."""
    allowed = 'a temperature, such as "60 degC" or "333.15 K"'
    number, token = _halves(text, allowed)
    if token not in {"degC", "°C", "℃", "K"}:
        raise UnitError(text, allowed)
    celsius = number - ZERO_CELSIUS if token == "K" else number
    if celsius < -ZERO_CELSIUS:
        raise UnitError(text, allowed, "It is below absolute zero, -273.15 degC.")
    return _finite(celsius, text, allowed)


def parse_temperature_difference(text: str) -> float:
    """A temperature difference in K from "5 K"; refuses degC, which names a level."""
    allowed = 'a temperature difference in kelvin, such as "5 K"'
    number, token = _halves(text, allowed)
    if token != "K":
        raise UnitError(text, allowed, "A difference is written in K, never in degC.")
    return _finite(number, text, allowed)


def _halves(text: str, allowed: str) -> tuple[Fraction, str]:
    """The number and the unit text around the one space; the unit is empty for a bare number."""
    if len(text) > LONGEST_TEXT:
        raise UnitError(text, allowed, f"It is longer than {LONGEST_TEXT} characters.")
    number, _, unit = text.strip(" ").partition(" ")
    if not _NUMBER.fullmatch(number):
        raise UnitError(text, allowed, _number_hint(number))
    if " " in unit:
        hint = "One space stands between number and unit, and nowhere else."
        raise UnitError(text, allowed, hint)
    return Fraction(number), unit


def _number_hint(number: str) -> str:
    """What is wrong with a text that is no decimal number."""
    if "," in number or "_" in number:
        return "Write the number without separators and with a decimal point, such as 1000 or 0.5."
    start = _NUMBER.match(number)
    if start and re.fullmatch(r"[A-Za-z°%€¥][^*()]*", number[start.end() :]):
        return f'Put a space before the unit: "{start.group()} {number[start.end() :]}".'
    return "It must start with one finite decimal number; arithmetic, nan and inf are not read."


def _split(text: str, allowed: str, *, bare_is_share: bool) -> tuple[Fraction, _Unit]:
    """The number and the unit of `text`; raises UnitError saying what in it is unknown."""
    number, unit_text = _halves(text, allowed)
    if not unit_text and not bare_is_share:
        raise UnitError(text, allowed, "A bare number has no unit: add one after a space.")
    unit = _read_unit(unit_text or names.SHARE)
    if isinstance(unit, str):
        raise UnitError(text, allowed, unit)
    return number, unit


@lru_cache(maxsize=4096)
def _read_unit(unit_text: str) -> _Unit | str:
    """The unit that `unit_text` names, or the hint that says why it names none."""
    tokens: list[str] = []
    money: re.Match[str] | None = None
    for token in unit_text.split("/"):
        if token in _KIND and _KIND[token] != "money":
            tokens.append(token)
            continue
        found = _CURRENCY.fullmatch(token)
        if not found or found[2] not in names.CURRENCIES:
            return _unknown(token)
        if money:
            return "A unit has one currency; exchange rates are given as plain numbers."
        if found[3] and int(found[3]) not in PRICE_YEARS:
            return f"Price year {found[3]} is outside {PRICE_YEARS[0]} to {PRICE_YEARS[-1]}."
        money = found
        tokens.append(f"{found[1]}money")
    if not money:
        return _Unit(tuple(tokens))
    return _Unit(tuple(tokens), money[2], int(money[3]) if money[3] else None)


def _unknown(token: str) -> str:
    """Says that `token` is no unit, with the nearest one that is."""
    if any(sign in token for sign in "*^()"):
        return f'"{token}" is not read: units are joined by "/" only, without powers or products.'
    guess = names.MISSPELT_UNITS.get(token)
    if guess is None and len(token) > 1:
        guess = nearest(token, [*_READABLE, *sorted(names.CURRENCIES)])
    return f'Unit "{token}" is unknown' + (f'; did you mean "{guess}"?' if guess else ".")


@cache
def _tokens(to: str) -> tuple[str, ...]:
    """The tokens of the base unit `to`; an unknown one is a mistake in the program."""
    tokens = tuple(to.split("/"))
    if not all(token in _KIND for token in tokens):
        raise ValueError(f'"{to}" is not a base unit')
    return tokens


@cache
def _registry() -> pint.UnitRegistry[Any]:
    """A pint registry that knows our tokens and nothing else, with exact fractions for factors."""
    registry: pint.UnitRegistry[Any] = pint.UnitRegistry(None, non_int_type=Fraction)
    for number, (kind, sizes) in enumerate(names.UNIT_SIZES.items()):
        base, *others = [_pint_name(token) for token in sizes]
        registry.define(f"{base} = {'1' if kind == 'a share' else f'[dimension{number}]'}")
        for name, size in zip(others, list(sizes.values())[1:], strict=True):
            exact = Fraction(size)
            registry.define(f"{name} = {exact.numerator} / {exact.denominator} * {base}")
    return registry


def _pint_name(token: str) -> str:
    """An identifier for `token`, since pint names can't be "%" or "1"."""
    return {"%": "percent", "1": "one"}.get(token, token)


@lru_cache(maxsize=4096)
def _factor(tokens: tuple[str, ...], wanted: tuple[str, ...]) -> Fraction | None:
    """How many `wanted` one unit of `tokens` is; None if their dimensions differ."""
    registry = _registry()
    source, target = (_pint_unit(part) for part in (tokens, wanted))
    if source.dimensionality != target.dimensionality:
        return None
    return Fraction(registry.Quantity(Fraction(1), source).to(target).magnitude)


def _pint_unit(tokens: tuple[str, ...]) -> Any:
    """The pint unit tokens[0] / tokens[1] / ..., built from names without parsing an expression."""
    return reduce(truediv, (_registry().Unit(_pint_name(token)) for token in tokens))


def _finite(exact: Fraction, text: str, allowed: str) -> float:
    """`exact` as the nearest float; refused where it would become infinite or vanish."""
    try:
        value = float(exact)
    except OverflowError:
        value = 0.0
    if exact and not value:
        raise UnitError(text, allowed, "Its size is beyond what a computer number holds.")
    return value


def _described(unit: str) -> str:
    """The kind of quantity in words: "MW" is "a power", "money/MWh" is "money per energy"."""
    first, *others = [_KIND[token] for token in _tokens(unit)]
    plain = [other.removeprefix("an ").removeprefix("a ") for other in others]
    return " per ".join([first, *plain])


def _example(to: str) -> str:
    """A quantity that `parse(..., to)` takes."""
    return "0.25" if to == names.SHARE else f"2.5 {to.replace(names.MONEY, 'CNY')}"
