"""Discounting, and capital cost spread over the years of a life.

Rates are real and yearly (0.08 is 8 % a year). Payments fall at the end of a year; money at the
start of a year is the end of the year before. Formulas: the time value of money as in any text on
engineering economics, e.g. Short, Packey, Holt, NREL/TP-462-5173 (1995), section 2.
"""

from __future__ import annotations

import math


def discount_factor(rate: float, years: float) -> float:
    """What 1 paid after `years` is worth today: (1 + rate)^-years [1]. Raises ValueError."""
    _check_rate(rate)
    return math.exp(-years * math.log1p(rate))


def present_worth_factor(rate: float, life: float) -> float:
    """What 1 a year, paid at the end of each of `life` years, is worth today [a].

    (1 - (1 + rate)^-life) / rate, and life at a rate of 0. Raises ValueError for a life below 0.
    """
    _check_rate(rate)
    if not life >= 0:
        raise ValueError(f"life: got {life} a, must be at least 0")
    if rate == 0:
        return float(life)
    return -math.expm1(-life * math.log1p(rate)) / rate


def capital_recovery_factor(rate: float, life: float) -> float:
    """What pays back 1 in `life` equal amounts, one at the end of each year [1/a].

    rate / (1 - (1 + rate)^-life), and 1 / life at a rate of 0: the inverse of the present worth
    factor. Raises ValueError for a life that is not above 0.
    """
    if not life > 0:
        raise ValueError(f"life: got {life} a, must be above 0")
    return 1.0 / present_worth_factor(rate, life)


def salvage_value(overnight: float, rate: float, life: float, years_left: float) -> float:
    """What the last `years_left` of a life are worth at their start [money].

    The annual capital cost of those years, each paid at its end: overnight x capital recovery
    factor(life) x present worth factor(years left). Raises ValueError unless 0 <= left <= life.
    """
    if not 0 <= years_left <= life:
        raise ValueError(f"years left: got {years_left} a, must be 0 to the life of {life} a")
    recovery = capital_recovery_factor(rate, life)
    return overnight * recovery * present_worth_factor(rate, years_left)


def _check_rate(rate: float) -> None:
    if not (math.isfinite(rate) and rate > -1):
        raise ValueError(f"rate: got {rate}, must be above -1")
