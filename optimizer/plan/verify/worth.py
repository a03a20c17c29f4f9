"""`worth` of summary.json from the two recomputed cash flows, with numpy alone (model.md 8)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from optimizer.plan.verify.book import Book
from optimizer.plan.verify.earned import Earned, payback, rate_of_return
from optimizer.plan.verify.levelised import levelised
from optimizer.plan.verify.report import COUNT, EXACT, MONEY, SHARE, YEAR, Rows, Tolerance
from optimizer.plan.verify.tax import check_tax
from optimizer.plan.verify.vat import check_vat

ROW = "worth_follows_cash"
LEAST_REDUCTION = 1e-6
"""Of the baseline's gross emissions: no more than this is no reduction, and has no cost a tonne."""


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
    check_tax(plan, baseline, stated.get("after_tax"), rows)
    check_vat(plan, earned, stated.get("vat"), rows)


def _check_figure(
    rows: Rows, stated: Mapping[str, Any], name: str, known: tuple[float | None, str | None]
) -> None:
    """A number within 1e-6 of itself, or none for the same reason."""
    shown, (value, reason) = stated[name], known
    same = shown["reason"] == reason and (shown["value"] is None) == (value is None)
    rows.equal(ROW, [float(same)], [1.0], [[f"worth.{name}.reason"]], EXACT)
    if same and value is not None:
        rows.equal(ROW, [float(shown["value"])], [value], [[f"worth.{name}"]], SHARE)


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
    some = total > LEAST_REDUCTION * float(np.abs(baseline.stored.get("gross")).sum())
    known: dict[str, tuple[float | None, Tolerance]] = {
        "tonnes": (total, YEAR),
        "discounted_tonnes": (discounted, YEAR),
        "cost": (cost, MONEY),
        "per_tonne": (cost / total if some else None, SHARE),
        "per_discounted_tonne": (cost / discounted if some and discounted > 0 else None, SHARE),
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
