"""Verdicts of a stored run: what each rule asks, what the plan has, how sure the rule's text is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from optimizer.inputs.attestations import Attested, attested_rules, facts, read_attestations
from optimizer.inputs.policy_files import read_pack
from optimizer.inputs.policy_listing import ATTESTED, trust_of
from optimizer.inputs.policy_stack import LoadedPack
from optimizer.plan.judge.audited import audited
from optimizer.plan.judge.figures import Figures, Sums, figures_of_rule
from optimizer.plan.judge.judged import Judged, Judgement, Verdict
from optimizer.plan.judge.own import own_ceiling, own_rules
from optimizer.plan.verify.audit import read_audit
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import ledgers
from optimizer.plan.verify.given import read_given
from optimizer.plan.verify.reading import read_stored
from optimizer.schema.policy_fields import meets
from optimizer.schema.policy_rules import AbatementCeiling, Rule
from optimizer.workspace import workspace_of

FIELDS: Final = ("gross_cap", "net_target", "offset_share")
"""Types of rule that bind by a field of the policy."""
OF_CREDITS: Final = ("credit_quality", "abatement_ceiling", "no_credits_against_unabated")
"""Types of rule that ask nothing of a plan without credits."""


def judge(run: Path) -> Judgement:
    """Judge the plan in a run folder by the packs and attestations in its inputs/, and by what was
    attested since in its workspace.

    Raises UnreadableRun (an OSError) or InputErrors for what can't be read.
    """
    inputs = run / "inputs"
    book = Book(read_given(inputs), read_stored(run / "plan.nc"))
    sums = Sums(book, ledgers(book), read_audit(run))
    packs = {
        pack.id: read_pack(path, f"inputs/policies/{path.name}")
        for pack in book.given.packs
        for path in (inputs / "policies" / f"{pack.id}.yaml",)
    }
    attestations = read_attestations(workspace_of(run), packs)
    scenario = inputs / "scenario.yaml"
    found = (*own_rules(sums, scenario), *own_ceiling(sums, scenario))
    judged = (_of_pack(sums, pack, attestations) for pack in packs.values())
    return Judgement(book.years, (*found, *(rule for rules in judged for rule in rules)))


def _of_pack(
    sums: Sums, loaded: LoadedPack, attestations: tuple[Attested, ...]
) -> Iterator[Judged]:
    pack = loaded.pack
    attested = attested_rules(attestations, pack.id)
    for rule in pack.rules:
        figures = figures_of_rule(sums, pack, rule)
        trust = trust_of(rule, attested)
        verdict, why = _verdict(sums, rule, trust, figures)
        resting = tuple(
            facts(each)
            for each in attestations
            if each.holds and (each.attestation.pack, each.attestation.rule) == (pack.id, rule.id)
        )
        yield Judged(
            f"{pack.id}/{rule.id}", rule.name.model_dump(), pack.id, pack.standing, rule.severity,
            trust, tuple(pack.sources[key].model_dump() for key in rule.source), figures, verdict,
            why, rule.undetermined.model_dump() if rule.undetermined else None, resting,
            rule.type if rule.type in FIELDS else f"{pack.id}/{rule.id}",
        )  # fmt: skip


def _verdict(
    sums: Sums, rule: Rule, trust: str, figures: Figures | None
) -> tuple[Verdict, str | None]:
    """The verdict and why; an unconfirmed rule is never kept, and never broken."""
    base_year = sums.book.given.scenario.horizon.base_year
    conditions = [each for each in rule.applies_if if each.quantity == "base_year"]
    if not all(meets(base_year, each) for each in conditions):
        return "not_applicable", "base_year"
    if rule.type in OF_CREDITS and not sums.credits.any():
        return "not_applicable", "no_credits"
    if isinstance(rule, AbatementCeiling):
        found, why = audited(sums, rule.limit, rule.mode)
        return _sure(rule, trust) if found is None else (found, why)
    if figures is None:
        return "cannot_determine", _undecided(rule)
    if not figures.asked.any():
        return "not_applicable", "nothing_asked"
    if trust != "unconfirmed" and not figures.kept.all():
        return "fails", None
    return _sure(rule, trust)


def _sure(rule: Rule, trust: str) -> tuple[Verdict, str | None]:
    """The verdict on a rule that the plan keeps, by how sure its text is."""
    if trust == "unconfirmed":
        return "cannot_determine", "unconfirmed"
    if rule.undetermined is not None:
        return "cannot_determine", "undetermined"
    return _kept(trust), None


def _undecided(rule: Rule) -> str:
    """Why no figure of a plan decides a rule."""
    if rule.type == "no_credits_against_unabated":
        return "abatement_ceiling"
    if rule.type == "checklist":
        return rule.type
    return "credit_documents" if rule.type == "credit_quality" else "not_counted"


def _kept(trust: str) -> Verdict:
    if trust == ATTESTED:
        return "meets_attested"
    return "meets_primary" if trust == "primary" else "meets_secondary"
