"""What a loan's stress says, in words of either language."""

from __future__ import annotations

from typing import Any, Final

from optimizer.words import text

POINTS: Final = ("rate_up",)
WASTES: Final = 0.05
"""Share above which a baseline's running cost is more than what representative days miss."""
YEARS: Final = ("delayed",)
"""Cases whose size is told in basis points, or in years; of all others a share."""


def finding(stress: dict[str, Any], lang: str) -> str:
    """How many cases keep the covenant, and the worst."""
    known = [case for case in stress["cases"][1:] if case["dscr"]["value"] is not None]
    worst = next(case for case in stress["cases"] if case["case"] == stress["worst"])
    if worst["dscr"]["value"] is None:
        return text("loan.stress.finding_none", lang)
    kept = sum(not case["below"] for case in known)
    return text(
        "loan.stress.finding", lang, kept=kept, count=len(stress["cases"]) - 1,
        dscr=ratio(worst["dscr"]["value"]), case=case_name(worst, lang),
    )  # fmt: skip


def of_baseline(excess: float | None, lang: str) -> list[str]:
    """How near the least cost the stored baseline runs; nothing where it wasn't dispatched."""
    if excess is None:
        return []
    key = "baseline_wastes" if excess > WASTES else "baseline"
    share = round(100 * excess, 1) + 0.0  # no minus before nothing
    return [text(f"loan.stress.{key}", lang, share=f"{share:+.1f} %".replace("-", "−"))]


def case_name(case: dict[str, Any], lang: str) -> str:
    """A case with its size, in words."""
    size = "" if case["size"] is None else size_of(case["case"], case["size"], lang)
    return text(f"loan.stress.case.{case['case']}", lang, size=size)


def size_of(case: str, size: float, lang: str) -> str:
    """A size in the unit of its case."""
    if case in YEARS:
        return text("loan.stress.years", lang, size=f"{size:.3g}")
    if case in POINTS:
        return text("loan.stress.points", lang, size=f"{1e4 * size:,.0f}")
    return f"{100 * size:.3g} %"


def breaking(case: dict[str, Any], lang: str) -> str:
    """Where a case breaks the covenant, or why there is no such size."""
    found = case["breaks"]
    if found["value"] is not None:
        return size_of(case["case"], found["value"], lang)
    return "–" if found["reason"] == case["case"] else text(f"loan.stress.{found['reason']}", lang)


def figure_or_why(found: dict[str, Any], lang: str) -> str:
    """A ratio, or why there is none."""
    if found["value"] is None:
        return text(f"loan.stress.{found['reason']}", lang)
    return ratio(found["value"])


def ratio(value: float | None) -> str:
    """A ratio with two decimals."""
    return "–" if value is None else f"{value:.2f}".replace("-", "−")
