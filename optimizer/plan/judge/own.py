"""Rules that a scenario writes itself: a company's own choice, no law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from optimizer.files.yaml_document import Document, read_yaml
from optimizer.plan.judge import figures as f
from optimizer.plan.judge.audited import audited
from optimizer.plan.judge.judged import Judged, Verdict
from optimizer.plan.judge.silent import silent
from optimizer.words import LANGUAGES, text

Loc = tuple[str, ...]


def own_rules(sums: f.Sums, scenario: Path) -> Iterator[Judged]:
    """Each limit of the policy that the scenario's file writes itself, in the policy's ledger."""
    document = read_yaml(scenario, "inputs/scenario.yaml")
    for loc, figures in _limits(sums):
        if _writes(document.data.get("policy"), loc):
            verdict: Verdict = "meets_primary" if figures.kept.all() else "fails"
            asked = bool(figures.asked.any())
            source = {"name": _place(document, loc), "trust": "primary"}
            yield Judged(
                id=".".join(("policy", *loc)),
                name={lang: text(f"rule.own.{'_'.join(loc)}", lang) for lang in LANGUAGES},
                pack=None,
                standing="company",
                severity="gate",
                trust="primary",
                sources=(source,),
                figures=figures,
                verdict=verdict if asked else "not_applicable",
                why=None if asked else "nothing_asked",
                limits="_".join(loc),
                silent=silent(_table(sums, loc), sums.book.years),
            )


def own_ceiling(sums: f.Sums, scenario: Path) -> Iterator[Judged]:
    """The abatement ceiling, if the scenario's file writes it itself; an audit decides it."""
    document, ceiling = read_yaml(scenario, "inputs/scenario.yaml"), sums.book.given.policy.ceiling
    if ceiling is None or not _writes(document.data.get("policy"), ("ceiling",)):
        return
    verdict, why = audited(sums, ceiling.price, ceiling.mode)
    if not sums.credits.any():
        verdict, why = "not_applicable", "no_credits"
    yield Judged(
        id="policy.ceiling",
        name={lang: text("rule.own.ceiling", lang) for lang in LANGUAGES},
        pack=None,
        standing="company",
        severity=ceiling.severity,
        trust="primary",
        sources=({"name": _place(document, ("ceiling",)), "trust": "primary"},),
        figures=None,
        verdict=verdict or "meets_primary",
        why=why,
    )


def _limits(sums: f.Sums) -> Iterator[tuple[Loc, f.Figures]]:
    """Every limit that the policy has, by its field."""
    policy = sums.book.given.policy
    ledger, offset = policy.ledger, policy.offset
    if policy.gross_cap is not None:
        yield ("gross_cap",), f.gross_cap(sums, policy.gross_cap, ledger)
    if policy.net_target is not None:
        yield ("net_target",), f.net_target(sums, policy.net_target, ledger)
    if offset is None:
        return
    yield ("offset", "share"), f.offset_share(sums, offset.share, offset.basis, ledger)
    if offset.first_year is not None:
        yield ("offset", "first_year"), f.first_credit_year(sums, offset.first_year)
    if offset.gate is not None:
        yield ("offset", "gate"), f.credit_gate(sums, offset.gate.reduction, ledger)
    if offset.removal_share is not None:
        yield ("offset", "removal_share"), f.removal_share(sums, offset.removal_share)


def _table(sums: f.Sums, loc: Loc) -> Any:
    """The field of the policy, as it is read."""
    node: Any = sums.book.given.policy
    for part in loc:
        node = getattr(node, part)
    return node


def _writes(policy: Any, loc: Loc) -> bool:
    node = policy
    for part in loc:
        node = node.get(part) if isinstance(node, Mapping) else None
    return node is not None


def _place(document: Document, loc: Loc) -> str:
    """Where the limit stands in the run's own copy of the scenario."""
    line, _ = document.locate(("policy", *loc))
    return f"{document.shown_as}:{line}"
