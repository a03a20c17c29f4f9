"""`worth` of summary.json from the two recomputed cash flows, with numpy alone (model.md 8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.cash import Cash, Key, cash_years, recomputed_cash
from optimizer.plan.verify.levelised import levelised
from optimizer.plan.verify.report import COUNT, EXACT, MONEY, SHARE, YEAR, Rows, Tolerance

Array = NDArray[np.float64]
ROW = "worth_follows_cash"
NOTHING = 1e-9
"""Money below this share of the largest amount counts as none."""


class Earned:
    """What the plan earns: its cash less the baseline's, and what remains of lives."""

    def __init__(self, plan: Book, baseline: Book) -> None:
        (cash, left), (base, base_left) = recomputed_cash(plan), recomputed_cash(baseline)
        economics, horizon = plan.given.scenario.economics, plan.given.scenario.horizon
        self.years, self.last = np.array(cash_years(plan)), horizon.last
        self.rate = economics.discount_rate
        self.at_end = (1.0 + self.rate) ** (horizon.base_year - self.years.astype(float))
        self.start = self.total(cash, "year_start") - self.total(base, "year_start")
        self.end = self.total(cash, "year_end") - self.total(base, "year_end")
        worth = sum(left.values()) - sum(base_left.values())
        self.remaining = float(worth * self.at_end[-1])
        self.cash, self.base = cash, base

    def total(self, cash: Mapping[Key, Array], timing: str) -> Array:
        """All lines that fall at the start or at the end of a year."""
        found = [money for key, money in cash.items() if key[2] == timing]
        return np.sum(found, axis=0) if found else np.zeros(len(self.years))

    def present(self, start: Array, end: Array) -> Array:
        """Worth in the base year, by year."""
        found: Array = self.at_end * (end + (1.0 + self.rate) * start)
        return found

    def credits(self, cash: Cash) -> float:
        """Present worth of what is paid for credits."""
        paid = [money for (kind, _, _), money in cash.items() if kind == "credits"]
        return float(sum(np.dot(self.at_end, money) for money in paid))


def check_worth(plan: Book, baseline: Book | None, summary: Mapping[str, Any], rows: Rows) -> None:
    """`worth_follows_cash`: present values, rate of return, paybacks, cost a tonne and levelised
    costs, those that the summary states."""
    stated = summary.get("worth")
    if stated is None or baseline is None:
        return
    earned = Earned(plan, baseline)
    by_year = earned.present(earned.start, earned.end)
    planned = earned.years <= earned.last
    scale = float(np.abs(by_year).max())
    known = {
        "cash": float(by_year.sum()),
        "to_last": float(by_year[planned].sum()),
        "after": float(by_year[~planned].sum()),
        "remaining_value": earned.remaining,
    }
    for name, value in known.items():
        shown = [float(stated["npv"][name])]
        rows.equal(ROW, shown, [value], [[f"worth.npv.{name}"]], MONEY, scale)
    present = earned.start * earned.at_end * (1.0 + earned.rate), earned.end * earned.at_end
    _check_figure(rows, stated, "irr", rate_of_return(earned.start, earned.end))
    _check_figure(rows, stated, "payback", payback(earned.start, earned.end))
    _check_figure(rows, stated, "payback_discounted", payback(*present))
    _check_abatement(plan, baseline, earned, stated["abatement"], rows)
    _check_levelised(plan, stated["levelised"], rows)


def _check_figure(
    rows: Rows, stated: Mapping[str, Any], name: str, known: tuple[float | None, str | None]
) -> None:
    """A number within 1e-6 of itself, or none for the same reason."""
    shown, (value, reason) = stated[name], known
    same = shown["reason"] == reason and (shown["value"] is None) == (value is None)
    rows.equal(ROW, [float(same)], [1.0], [[f"worth.{name}.reason"]], EXACT)
    if same and value is not None:
        rows.equal(ROW, [float(shown["value"])], [value], [[f"worth.{name}"]], SHARE)


def rate_of_return(start: Array, end: Array) -> tuple[float | None, str | None]:
    """The only rate at which the sum of flow x (1 + rate)^-moment is 0, from the polynomial's
    roots; the end of a year and the start of the next are one moment."""
    flows = np.append(start, 0.0) + np.insert(end, 0, 0.0)
    flows[np.abs(flows) <= NOTHING * np.abs(flows).max()] = 0.0
    signs = np.sign(flows[flows != 0])
    if not np.any(np.diff(signs)):
        return None, "no_sign_change"
    if signs[0] > 0:
        return None, "receives_first"
    roots = np.roots(flows[::-1])
    real = roots.real[(np.abs(roots.imag) <= 1e-6 * np.abs(roots)) & (roots.real > 0)]
    if len(real) != 1:
        return None, "several_rates" if len(real) else "no_rate"
    return float(1.0 / real[0] - 1.0), None


def payback(start: Array, end: Array) -> tuple[float | None, str | None]:
    """Years after which nothing is owed any more, each year's end money coming in evenly."""
    owed, found = 0.0, 0.0
    least = NOTHING * float(np.abs(np.cumsum(start) + np.cumsum(end)).max(initial=0.0))
    for year, (first, later) in enumerate(zip(start, end, strict=True)):
        owed -= first
        if owed > least:
            found = year + (owed / later if later > owed else 1.0)
        owed -= later
    return (None, "not_within") if owed > least else (found, None)


def _check_abatement(
    plan: Book, baseline: Book, earned: Earned, stated: Mapping[str, Any], rows: Rows
) -> None:
    """Tonnes saved with their tail, their cost without credits, and both ratios."""
    saved = baseline.stored.get("gross") - plan.stored.get("gross")
    saved = np.append(saved, np.full(len(earned.years) - len(saved), saved[-1]))
    bought = earned.credits(earned.cash) - earned.credits(earned.base)
    gained = float(earned.present(earned.start, earned.end).sum()) + earned.remaining
    cost = bought - gained
    total, discounted = float(saved.sum()), float(np.dot(saved, earned.at_end))
    known: dict[str, tuple[float | None, Tolerance]] = {
        "tonnes": (total, YEAR),
        "discounted_tonnes": (discounted, YEAR),
        "cost": (cost, MONEY),
        "per_tonne": (cost / total if total > 0 else None, SHARE),
        "per_discounted_tonne": (cost / discounted if discounted > 0 else None, SHARE),
    }
    for name, (value, kind) in known.items():
        label = [[f"worth.abatement.{name}"]]
        if value is None or stated[name] is None:
            both = float(value is None and stated[name] is None)
            rows.equal(ROW, [both], [1.0], label, EXACT)
            continue
        scale = abs(gained) if name == "cost" else 0.0
        rows.equal(ROW, [float(stated[name])], [value], label, kind, scale)


def _check_levelised(plan: Book, stated: Any, rows: Rows) -> None:
    """Every maker that is built, with its figures or the reason for none."""
    known = {row.measure: row for row in levelised(plan)}
    shown = {str(row["measure"]): row for row in stated}
    for name in sorted({*known, *shown}):
        label = f"worth.levelised.{name}"
        both = name in known and name in shown and shown[name]["reason"] == known[name].reason
        rows.equal(ROW, [float(both)], [1.0], [[label]], EXACT)
        if both and known[name].reason is None:
            own = known[name]
            pairs = {"energy": own.energy, "cost": own.cost, "value": own.cost / own.energy}
            for key, value in pairs.items():
                scale = abs(own.cost) if key == "cost" else 0.0
                given = [float(shown[name][key])]
                rows.equal(ROW, given, [value], [[f"{label}.{key}"]], COUNT, scale)
