"""What holds of every text and every number that is read as a quantity."""

from __future__ import annotations

import contextlib
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.units import (
    UnitError,
    parse,
)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=80) | st.from_regex(r"[0-9.eE+\-]{1,8} [kMGWhtCNYEUR0-9/%*()]{1,12}"))
def test_no_text_does_worse_than_a_unit_error(text: str) -> None:
    """Proves that a stranger's text gives a finite number or a UnitError, nothing else."""
    for to in ("MW", "money/MWh", "1"):
        with contextlib.suppress(UnitError):
            assert math.isfinite(parse(text, to).value)


@settings(deadline=None, max_examples=100)
@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["MW", "t/MWh", "1"]))
def test_a_float_written_out_is_read_back_bit_for_bit(value: float, unit: str) -> None:
    """Proves that a value in its base unit passes unchanged; a rounded factor would move bits."""
    assert parse(f"{value!r} {unit}", unit).value == value


@settings(deadline=None, max_examples=100)
@given(st.integers(-(10**12), 10**12))
def test_thousandfold_prefixes_agree(number: int) -> None:
    """Proves n kW = n/1000 MW correctly rounded, which is what dividing two exact floats gives."""
    assert parse(f"{number} kW", "MW").value == number / 1000
