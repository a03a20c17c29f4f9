"""Temperatures as levels and as differences."""

from __future__ import annotations

import pytest

from optimizer.units import (
    UnitError,
    parse_temperature,
    parse_temperature_difference,
)


def test_temperatures_are_levels_and_differences() -> None:
    """Proves 333.15 K = 60 degC exactly, and that 5 K is never shifted by 273.15."""
    readings = [parse_temperature(t) for t in ("60 degC", "60 °C", "60 ℃", "333.15 K")]
    assert readings == [60.0] * 4
    assert parse_temperature("-5 degC") == -5.0
    assert parse_temperature_difference("5 K") == 5.0


@pytest.mark.parametrize("text", ["-274 degC", "-1 K", "60", "60 F", "60 kW", "nan degC"])
def test_impossible_temperature_is_refused(text: str) -> None:
    """Proves the floor at absolute zero and the closed list of scales."""
    with pytest.raises(UnitError):
        parse_temperature(text)


def test_difference_in_celsius_is_refused() -> None:
    """Proves that "5 degC", which would be 278.15 K as a level, isn't guessed to be 5 K."""
    with pytest.raises(UnitError, match="never in degC"):
        parse_temperature_difference("5 degC")
