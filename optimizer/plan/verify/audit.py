"""The arithmetic of a stored audit: differences, cost of a tonne, noise, and the words they give.

The figures of each plan that was asked for are the solver's word, as a bound is; what follows from
them is worked out anew, with the weights and the ceiling of the inputs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.plan.verify.audit_asked import check_asked
from optimizer.plan.verify.audit_split import check_split
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.money import weights
from optimizer.plan.verify.reading import UnreadableRun
from optimizer.plan.verify.report import EXACT, MONEY, SHARE, YEAR, Rows
from optimizer.plan.verify.summary import read_object

Array = NDArray[np.float64]
ROW = "audit_follows_figures"
TENTH, SHARPEST, NO_TONNES = 0.1, 1e-6, 1e-6
"""Noise above this share of the ceiling decides nothing; costs are known to this share; tonnes
below this share of all gross emissions are none."""


def read_audit(run: Path) -> Mapping[str, Any] | None:
    """audit.json of a run, None where there is none; raises UnreadableRun if it is damaged."""
    path = run / "audit.json"
    return read_object(path) if path.exists() else None


def check_audit(book: Book, audit: Mapping[str, Any] | None, rows: Rows) -> None:
    """`audit_follows_figures` for every question, the certificate, the years and the outcome; an
    audit of another plan fails by the emissions that it says remain."""
    if audit is None:
        return
    try:
        if book.given.policy.ceiling is None:
            raise ValueError("the inputs set no ceiling")
        verdicts = [_check_measure(book, audit, one, rows) for one in audit["measures"]]
        check_asked(book, audit, ROW, rows)
        _check_certificate(book, audit, rows)
        check_split(book, audit, ROW, rows)
        bad = audit["certificate"]["better"] or "cheaper" in verdicts
        unsure = "undetermined" if "inconclusive" in verdicts else "holds"
        _same(rows, "outcome", audit["outcome"], "fails" if bad else unsure)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise UnreadableRun(f"audit.json: not laid out as documented ({error!r})") from None


def fits(book: Book, audit: Mapping[str, Any]) -> bool:
    """Whether an audit is of this plan and its own figures agree."""
    rows = Rows()
    check_audit(book, audit, rows)
    return all(check.ok for check in rows.checks.values())


def _ceiling(book: Book) -> Array:
    rule = book.given.policy.ceiling
    assert rule is not None
    return book.prices(rule.price)


def _same(rows: Rows, label: str, shown: object, known: object) -> None:
    rows.equal(ROW, [float(shown == known)], [1.0], [[label]], EXACT)


def _worth(book: Book, tonnes: Sequence[float]) -> float:
    """Sum over the years of weight x tonnes [t]."""
    return float(weights(book.given.scenario)["recurring"] @ np.array(tonnes, np.float64))


def _check_certificate(book: Book, audit: Mapping[str, Any], rows: Rows) -> None:
    plan, said = audit["plan"], audit["certificate"]
    gap, scale = plan["cost"] - said["bound"], abs(plan["cost"])
    rows.equal(ROW, [said["gap_money"]], [gap], [["certificate.gap_money"]], MONEY, scale)
    rows.at_most(ROW, [said["bound"]], [plan["bound"]], [["certificate.bound"]], MONEY, scale)
    price = _ceiling(book)
    known = gap / (TENTH * price[price > 0].min())
    rows.equal(ROW, [said["speaks_from"]], [known], [["certificate.speaks_from"]], YEAR, scale)
    better = said["cost"] is not None and said["cost"] < plan["bound"] - SHARPEST * scale
    _same(rows, "certificate.better", said["better"], better)
    shown = [audit["ceiling"][str(year)] or 0.0 for year in book.years]
    rows.equal(ROW, shown, price, [[f"ceiling.{year}" for year in book.years]], MONEY)


def _check_measure(book: Book, audit: Mapping[str, Any], one: Mapping[str, Any], rows: Rows) -> str:
    """One question; returns the verdict that its figures give."""
    label = f"measures.{one['measure']}.{one['question']}"
    plan, told = audit["plan"], one["difference"]
    best = min((one["held"], one["free"]), key=lambda found: _cost(found))
    if (told is None) != (best["cost"] is None):
        raise ValueError(f"{label} lacks its difference")
    verdict = "blocked" if one["by"] is not None else "inconclusive"
    if told is not None:
        found = _difference(book, audit, one, best)
        for key, value in found.items():
            if (value is None) != (told[key] is None):
                raise ValueError(f"{label}.{key} must be {value}")
            if value is not None:
                kind, scale = (SHARE, 0.0) if key == "ceiling" else (MONEY, abs(plan["cost"]))
                if key in ("per_t", "noise"):
                    scale = abs(plan["cost"]) / found["tonnes"]
                rows.equal(ROW, [told[key]], [value], [[f"{label}.{key}"]], kind, scale)
        verdict = _verdict(plan, best, found, one["by"])
    _same(rows, f"{label}.verdict", one["verdict"], verdict)
    return verdict


def _cost(found: Mapping[str, Any]) -> float:
    return float("inf") if found["cost"] is None else float(found["cost"])


def _difference(
    book: Book, audit: Mapping[str, Any], one: Mapping[str, Any], best: Mapping[str, Any]
) -> dict[str, Any]:
    """What forcing the measure changes, by the keys of its `difference`."""
    plan, least = audit["plan"], audit["certificate"]["bound"]
    bare = {id(found): found["paid"] for found in (plan, best)}
    if audit["mode"] == "displaced_credit":
        bare = {id(found): found["paid"] - found["credits_cost"] for found in (plan, best)}
    change = np.array(best["valued"]) - np.array(plan["valued"])
    tonnes = -_worth(book, list(change))
    bound = max(least, one["free"]["bound"] if one["free"]["bound"] is not None else least)
    low, high = bound - plan["cost"], best["cost"] - least
    found: dict[str, Any] = {
        "paid": best["paid"] - plan["paid"],
        "gross": _worth(book, best["gross"]) - _worth(book, plan["gross"]),
        "credits": _worth(book, best["credits"]) - _worth(book, plan["credits"]),
        "low": low, "high": high, "tonnes": tonnes, "per_t": None, "noise": None, "ceiling": None,
    }  # fmt: skip
    if tonnes > NO_TONNES * _worth(book, plan["gross"]):
        half = max((high - low) / 2, SHARPEST * abs(plan["cost"]))
        moved = weights(book.given.scenario)["recurring"] * np.abs(change)
        found["per_t"] = (bare[id(best)] - bare[id(plan)]) / tonnes
        found["noise"] = half / tonnes
        found["ceiling"] = float(moved @ _ceiling(book) / moved.sum())
    return found


def _verdict(
    plan: Mapping[str, Any], best: Mapping[str, Any], found: Mapping[str, Any], by: str | None
) -> str:
    if best["cost"] < plan["bound"] - SHARPEST * abs(plan["cost"]):
        return "cheaper"
    if found["noise"] is not None and found["noise"] > TENTH * found["ceiling"]:
        return "inconclusive"
    if by is not None:
        return "blocked"
    return "not_displaced" if found["noise"] is None else "dearer"
