"""A plan against loan packs: every finding, the verdict of each measure, pack and plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from optimizer.inputs.attestations import Attested, attested_rules
from optimizer.inputs.loan_files import LoadedLoanPack
from optimizer.inputs.policy_listing import trust_of
from optimizer.loans.judge import Asking, judge
from optimizer.loans.subject import Subject
from optimizer.loans.verdict import Finding, Verdict, worst
from optimizer.schema.loan_rules import LoanRule, level_of

GATE = "gate"


@dataclass(frozen=True)
class Assessment:
    """Findings in the order of packs and rules; only gates decide a verdict.

    ``broken``: rows in which the run doesn't recompute (docs/plan_file.md).
    """

    subject: Subject
    packs: Mapping[str, LoadedLoanPack]
    findings: tuple[Finding, ...]
    broken: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Of the plan under all packs together; a run that doesn't recompute fails them all."""
        return "fails" if self.broken else _of(self.findings)

    def of_pack(self, pack: str) -> Verdict:
        """Of the plan under one pack."""
        return _of([each for each in self.findings if each.pack == pack])

    def of_measure(self, measure: str) -> Verdict:
        """Of one measure, by the rules on measures."""
        return _of([each for each in self.findings if each.measure == measure])


def _of(findings: Sequence[Finding]) -> Verdict:
    return worst(each.verdict for each in findings if each.rule.severity == GATE)


def assess(
    subject: Subject, packs: Mapping[str, LoadedLoanPack], attestations: Sequence[Attested]
) -> Assessment:
    """Judge every rule of the packs for what it is about."""
    findings = [
        finding
        for name, loaded in packs.items()
        for rule in loaded.pack.rules
        for finding in _findings(subject, asking(loaded, rule, attested_rules(attestations, name)))
    ]
    return Assessment(subject, packs, tuple(findings))


def asking(loaded: LoadedLoanPack, rule: LoanRule, attested: frozenset[str]) -> Asking:
    """A rule with the trust that it has where some rules are attested."""
    return Asking(loaded.pack.id, loaded.pack.valid, rule, trust_of(rule, attested))


def _findings(subject: Subject, asking: Asking) -> list[Finding]:
    """One a measure that the rule is about, or one for plan and loan; not applicable if none."""
    rule = asking.rule
    about = [
        each
        for each in subject.measures
        if rule.applies_to.fits(each.id, each.measure.kind, each.measure.tags)
    ]
    if not about and (level_of(rule) == "measure" or not rule.applies_to.empty()):
        return [Finding(asking.pack, rule, None, "not_applicable", asking.trust)]
    if level_of(rule) == "measure":
        return [judge(subject, asking, each) for each in about]
    return [judge(subject, asking, None)]
