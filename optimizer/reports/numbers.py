"""Numbers as people read them: thin spaces, a true minus, no more digits than are known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

THIN = "\u202f"  # narrow no-break space: groups digits and joins a number to its unit
MINUS = "\u2212"
MOST_DECIMALS = 3
NOTHING = "–"
GUARD = 10.0  # one digit beyond what is known, where rows of a table are added up

# Divisor and prefix of money, largest first. Chinese counts in ten thousands.
SCALES = {"en": ((1e9, "bn"), (1e6, "M"), (1e3, "k")), "zh": ((1e8, "亿"), (1e4, "万"))}
LARGE_ENOUGH = 3.0  # the largest amount shows at least this many of the chosen scale


def grouped(value: float, decimals: int = 0) -> str:
    """`value` with thin spaces between thousands; nan and None print as a dash, never as 0.

    Decimals below 0 round to tens, hundreds and so on.
    """
    if value is None or not math.isfinite(value):
        return NOTHING
    rounded = round(value, decimals) + 0.0
    shown = f"{abs(rounded):,.{max(decimals, 0)}f}".replace(",", THIN)
    return f"{MINUS}{shown}" if rounded < 0 else shown


def decimals_for(value: float, digits: int = 3) -> int:
    """Decimals that give `value` that many significant digits, at most 3 and never below 0; none
    for what rounds to 0 with all of them."""
    if not math.isfinite(value) or not round(value, MOST_DECIMALS):
        return 0
    return min(max(digits - 1 - math.floor(math.log10(abs(value))), 0), MOST_DECIMALS)


def significant(value: float, digits: int = 3) -> str:
    """`value` to about `digits` significant digits; whole parts are never rounded away."""
    if value is None or not math.isfinite(value):
        return NOTHING
    return grouped(value, decimals_for(value, digits))


def with_unit(value: float, unit: str, digits: int = 3) -> str:
    """`significant` and the unit after a thin space; a dimensionless unit (1) prints nothing."""
    shown = significant(value, digits)
    return shown if unit in ("", "1") or shown == NOTHING else f"{shown}{THIN}{unit}"


def size(value: float, unit: str) -> str:
    """A capacity: three significant digits without idle zeros, "4 MW" and "3.25 MW"."""
    shown = significant(value)
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown if unit in ("", "1") else f"{shown}{THIN}{unit}"


def percent(share: float, decimals: int = 1) -> str:
    """0.0412 -> "4.1 %"; shares of 10 % and more lose one decimal, and nothing is "0 %"."""
    if share is None or not math.isfinite(share):
        return NOTHING
    if share == 0:
        decimals = 0
    kept = decimals if abs(share) < 0.1 else max(decimals - 1, 0)
    return f"{grouped(100 * share, kept)}{THIN}%"


@dataclass(frozen=True)
class MoneyScale:
    """One scale for all money of a report. `divisor` in the currency; `label` such as "M CNY"."""

    divisor: float
    label: str

    def number(self, amount: float, uncertainty: float = 0.0) -> str:
        """`amount` in this scale; no digit but 0 below the first one of `uncertainty`.

        10.3 within 0.4, 56 within 4, 5 600 within 400.
        """
        if amount is None or not math.isfinite(amount):
            return NOTHING
        return grouped(amount / self.divisor, self._decimals(amount, uncertainty))

    def column(self, amounts: Sequence[float], uncertainty: float) -> list[str]:
        """Amounts that are added up, all with the decimals of the finest, and one digit beyond
        what is known: 208.4 less 152.6 is 55.8, which 208, 153 and 56 don't show."""
        most = max(self._decimals(amount, uncertainty / GUARD) for amount in amounts)
        return [grouped(amount / self.divisor, most) for amount in amounts]

    def _decimals(self, amount: float, uncertainty: float) -> int:
        most = decimals_for(amount / self.divisor, 3)
        if uncertainty > 0 and math.isfinite(uncertainty):
            most = min(most, -math.floor(math.log10(uncertainty / self.divisor)))
        return most

    def shown(self, amount: float, uncertainty: float = 0.0) -> str:
        """`number` and the scale's label."""
        number = self.number(amount, uncertainty)
        return number if number == NOTHING else f"{number}{THIN}{self.label}"


def money_scale(largest: float, currency: str, lang: str) -> MoneyScale:
    """The largest scale of which `largest` (an amount in `currency`) has at least three.

    A prefix and a Latin code stand apart, "M CNY"; Chinese characters don't, "万元".
    """
    joint = THIN if currency.isascii() else ""
    for divisor, prefix in SCALES[lang]:
        if abs(largest) >= LARGE_ENOUGH * divisor:
            return MoneyScale(divisor, f"{prefix}{joint}{currency}")
    return MoneyScale(1.0, currency)


def span(values: Sequence[float], digits: int) -> str:
    """One figure where all print alike, else the lowest and the highest; given prices, so that
    zeros behind the point say nothing."""
    shown = (significant(value, digits) for value in (min(values), max(values)))
    plain = (text.rstrip("0").rstrip(".") if "." in text else text for text in shown)
    return "–".join(dict.fromkeys(plain))


def year_spans(years: Sequence[int], separator: str) -> str:
    """Ascending years, those that follow each other as first and last: "2026–2028, 2030"."""
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], year]
        else:
            spans.append([year])
    return separator.join("–".join(map(str, span)) for span in spans)
