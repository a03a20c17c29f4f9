"""A rule and its verdict, and all rules of a run together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from optimizer.plan.judge.diluted import Diluted
from optimizer.plan.judge.figures import Figures
from optimizer.plan.judge.head_start import HeadStart

Verdict = Literal[
    "not_applicable", "meets_primary", "meets_attested", "meets_secondary", "cannot_determine",
    "fails",
]  # fmt: skip
ORDER: Final[tuple[Verdict, ...]] = (
    "not_applicable", "meets_primary", "meets_attested", "meets_secondary", "cannot_determine",
    "fails",
)  # fmt: skip
"""Best first; several rules together have the worst."""
SURE: Final[tuple[Verdict, ...]] = ("not_applicable", "meets_primary", "meets_attested")


@dataclass(frozen=True)
class Judged:
    """One rule: `id` is pack/rule, or the field of the scenario's own policy.

    `figures` None: no figure of a plan decides it. `why` says, by a word of the catalog, why
    nothing can be determined or nothing is asked; `open` is what the rule's words leave open.
    """

    id: str
    name: Mapping[str, str]
    pack: str | None
    standing: str
    severity: str
    trust: str
    sources: tuple[Mapping[str, Any], ...]
    figures: Figures | None
    verdict: Verdict
    why: str | None = None
    open: Mapping[str, str] | None = None
    attestations: tuple[Mapping[str, Any], ...] = ()
    evidence: tuple[Mapping[str, Any], ...] = ()
    diluted: tuple[Diluted, ...] = ()
    """Years in which only more energy than the baseline's keeps a ratio of carbon to energy."""
    limits: str | None = None
    """The rule as `binding` of summary.json names it, where it can be one."""
    silent: tuple[int, ...] = ()
    """Planning years in force after the first with a limit that have none: nothing is asked."""
    in_force: tuple[int, ...] | None = None
    """Planning years that a pack's rule is judged in; None of the scenario's own rules."""


@dataclass(frozen=True)
class Judgement:
    """All rules of a run, the scenario's own first, then pack by pack.

    `changed`: files of its inputs/ that aren't as the solve recorded them. `head_start`: a base
    year well above what the plant emits without any measure; None where it isn't.
    """

    years: tuple[int, ...]
    rules: tuple[Judged, ...]
    changed: tuple[str, ...] = ()
    head_start: HeadStart | None = None

    @property
    def gates(self) -> list[Judged]:
        """Rules that decide; the others are reported."""
        return [rule for rule in self.rules if rule.severity == "gate"]

    @property
    def verdict(self) -> Verdict:
        """The worst of all gates; nothing asked, nothing to apply."""
        return max((r.verdict for r in self.gates), key=ORDER.index, default="not_applicable")

    @property
    def unsure(self) -> list[Judged]:
        """Gates that aren't kept, or not surely: neither by a primary text nor as attested."""
        return [rule for rule in self.gates if rule.verdict not in SURE]

    @property
    def ended(self) -> dict[tuple[str, tuple[int, ...]], list[Judged]]:
        """Rules that are in force in some planning years and not in others, by pack and those."""
        found: dict[tuple[str, tuple[int, ...]], list[Judged]] = {}
        for rule in self.rules:
            if rule.pack and rule.in_force and len(rule.in_force) < len(self.years):
                found.setdefault((rule.pack, rule.in_force), []).append(rule)
        return found

    @property
    def sure(self) -> bool:
        """Whether all gates are surely kept, some of them by the plan and not for want of a case,
        by rules that are those of the solve."""
        some = any(rule.verdict != "not_applicable" for rule in self.gates)
        return some and not self.unsure and not self.changed

    def as_dict(self) -> dict[str, Any]:
        """As JSON shows it; a year without a limit has null for limit, slack and kept."""
        return {
            "verdict": self.verdict,
            "unsure_gates": [rule.id for rule in self.unsure],
            "changed_inputs": list(self.changed),
            "head_start": None if self.head_start is None else self.head_start._asdict(),
            "rules": [_plain(rule, self.years) for rule in self.rules],
        }


def _plain(rule: Judged, years: Sequence[int]) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "name": dict(rule.name),
        "pack": rule.pack,
        "standing": rule.standing,
        "severity": rule.severity,
        "trust": rule.trust,
        "sources": [dict(source) for source in rule.sources],
        "attestations": [dict(each) for each in rule.attestations],
        "evidence": [dict(each) for each in rule.evidence],
        "unit": rule.figures.unit if rule.figures else None,
        "sense": None if rule.figures is None else rule.figures.sense,
        "years": [] if rule.figures is None else _by_year(rule.figures, years),
        "diluted": [each._asdict() for each in rule.diluted],
        "verdict": rule.verdict,
        "why": rule.why,
        "open": dict(rule.open) if rule.open else None,
        "silent": list(rule.silent),
        "in_force": None if rule.in_force is None else list(rule.in_force),
    }


def _by_year(figures: Figures, years: Sequence[int]) -> list[dict[str, Any]]:
    asked, kept, slack = figures.asked, figures.kept, figures.slack
    return [
        {
            "year": year,
            "value": _number(figures.value[i]),
            "limit": _number(figures.limit[i]),
            "slack": _number(slack[i]),
            "kept": bool(kept[i]) if asked[i] else None,
        }
        for i, year in enumerate(years)
    ]


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
