"""What looks wrong in a metered series. Nothing is mended; the caller tells the person."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.inputs.profiles.calendar import DAYS

STUCK_DAYS = 7
JUMP = 100.0
"""Ratio of two neighbouring days' highest values above which a change of unit is likely."""

Code = Literal["length", "gap", "infinite", "negative", "all_zero", "stuck", "jump"]


@dataclass(frozen=True)
class Finding:
    """One suspicion: its code, the first row it concerns (0-based; None for the whole), and why."""

    code: Code
    index: int | None
    text: str


def check_series(
    values: NDArray[np.float64], *, steps_per_day: int, may_be_negative: bool
) -> list[Finding]:
    """All findings on one series, shape (365 * steps_per_day,) when right; any unit.

    Codes: length, gap (nan), infinite, negative, all_zero, stuck (the same value other than zero
    for more than a week), jump (a day's highest value over 100 times the next or last day's, as
    when a file changes from MW to kW). At most one finding a code, with the count in its text; rows
    in the text count from 1.
    """
    findings = []
    wanted = DAYS * steps_per_day
    if len(values) != wanted:
        findings.append(Finding("length", None, f"{len(values)} values, expected {wanted}"))
    nan, infinite = np.isnan(values), np.isinf(values)
    findings += _where("gap", nan, "without a number")
    findings += _where("infinite", infinite, "infinite")
    clean = np.where(nan | infinite, 0.0, values)
    if not may_be_negative:
        findings += _where("negative", clean < 0, "below 0")
    if len(values) and not (nan.any() or infinite.any() or clean.any()):
        findings.append(Finding("all_zero", None, "every value is 0"))
    findings += _stuck(np.where(nan | infinite, np.nan, values), steps_per_day)
    findings += _jump(clean, steps_per_day)
    return findings


def _where(code: Code, mask: NDArray[np.bool_], what: str) -> list[Finding]:
    rows = np.flatnonzero(mask)
    if not rows.size:
        return []
    first = int(rows[0])
    return [Finding(code, first, f"{rows.size} values {what}, the first in row {first + 1}")]


def _stuck(values: NDArray[np.float64], steps_per_day: int) -> list[Finding]:
    """The longest run of one value that isn't zero, if it lasts more than a week."""
    if not len(values):
        return []
    starts = np.concatenate(([0], np.flatnonzero(values[1:] != values[:-1]) + 1))
    lengths = np.diff(np.concatenate((starts, [len(values)])))
    lengths[(values[starts] == 0) | np.isnan(values[starts])] = 0
    longest = int(np.argmax(lengths))
    length, first = int(lengths[longest]), int(starts[longest])
    if length <= STUCK_DAYS * steps_per_day:
        return []
    days = length / steps_per_day
    text = f"stays at {values[first]:.6g} for {days:.1f} days from row {first + 1}"
    return [Finding("stuck", first, text)]


def _jump(values: NDArray[np.float64], steps_per_day: int) -> list[Finding]:
    """Neighbouring days whose highest absolute values differ more than a hundredfold."""
    whole = len(values) // steps_per_day
    days = np.abs(values[: whole * steps_per_day]).reshape(whole, steps_per_day)
    top = days.max(axis=1, initial=0.0)
    low, high = np.minimum(top[1:], top[:-1]), np.maximum(top[1:], top[:-1])
    jumps = np.flatnonzero((low > 0) & (high > JUMP * low))
    if not jumps.size:
        return []
    before = int(jumps[0])
    day = before + int(top[before + 1] > top[before])
    index = day * steps_per_day + int(days[day].argmax())
    text = (
        f"{jumps.size} jumps above {JUMP:g}-fold between neighbouring days, the first to"
        f" {values[index]:.6g} in row {index + 1}: a change of unit?"
    )
    return [Finding("jump", index, text)]
