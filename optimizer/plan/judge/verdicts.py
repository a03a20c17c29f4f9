"""Verdicts of a stored run: what each rule asks, what the plan has, how sure the rule's text is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from optimizer.inputs.attestations import Attested, attested_rules, facts, read_attestations
from optimizer.inputs.in_force import fits_base_year, in_force
from optimizer.inputs.loan_evidence import Evidence, Shown, read_evidence
from optimizer.inputs.policy_files import read_pack
from optimizer.inputs.policy_listing import ATTESTED, trust_of
from optimizer.inputs.policy_stack import LoadedPack
from optimizer.plan.judge.applies import Applies, applies
from optimizer.plan.judge.audited import audited, splits
from optimizer.plan.judge.diluted import diluted
from optimizer.plan.judge.figures import Figures, Sums, figures_of_rule
from optimizer.plan.judge.head_start import head_start
from optimizer.plan.judge.judged import Judged, Judgement, Verdict
from optimizer.plan.judge.own import own_ceiling, own_rules
from optimizer.plan.judge.silent import silent
from optimizer.plan.verify.audit import fits, read_audit
from optimizer.plan.verify.book import Book
from optimizer.plan.verify.carbon import ledgers
from optimizer.plan.verify.given import read_given
from optimizer.plan.verify.hashes import check_hashes
from optimizer.plan.verify.reading import read_stored
from optimizer.schema.policy_conditions import RuleOfEveryYear
from optimizer.schema.policy_pack import PolicyPack
from optimizer.schema.policy_rules import (
    AbatementCeiling,
    Checklist,
    CreditQuality,
    NoCreditsAgainstUnabated,
    Rule,
)
from optimizer.workspace import workspace_of

FIELDS: Final = ("gross_cap", "net_target", "offset_share")
"""Types of rule that bind by a field of the policy."""
OF_CREDITS: Final = ("credit_quality", "abatement_ceiling", "no_credits_against_unabated")
"""Types of rule that ask nothing of a plan without credits."""


@dataclass(frozen=True)
class _Known:
    """What rules are judged by: the plan's sums, attestations of texts, documents shown."""

    sums: Sums
    attestations: tuple[Attested, ...]
    evidence: Evidence
    baseline: Book | None = None

    def shown(self, rule: Rule) -> list[Shown]:
        """The document for each piece of evidence that a checklist asks for, if all are there.

        One that ended before the first planning year shows nothing.
        """
        if not isinstance(rule, Checklist):
            return []
        start = date(self.sums.book.years[0], 1, 1)
        found = [self.evidence.of(each.id, None, start) for each in rule.evidence]
        there = [each for each in found if each is not None]
        return there if len(there) == len(found) else []


def judge(run: Path, evidence: Path | None = None) -> Judgement:
    """Judge the plan in a run folder by the packs in its inputs/, by what is attested of them there
    and in its workspace, now, and by a file of evidence for their checklists.

    Raises UnreadableRun (an OSError) or InputErrors for what can't be read.
    """
    inputs = run / "inputs"
    book = Book(read_given(inputs), read_stored(run / "plan.nc"))
    packs = {
        pack.id: read_pack(path, f"inputs/policies/{path.name}")
        for pack in book.given.packs
        for path in (inputs / "policies" / f"{pack.id}.yaml",)
    }
    asked = {
        each.id
        for pack in book.given.packs
        for rule in pack.rules
        if isinstance(rule, Checklist)
        for each in rule.evidence
    }
    shown = Evidence() if evidence is None else read_evidence(evidence, (), asked)
    audit = read_audit(run)
    misfit = audit is not None and not fits(book, audit)
    sums = Sums(book, ledgers(book), None if misfit else audit, misfit)
    baseline = _baseline(run, book)
    known = _Known(sums, _attestations(run, packs), shown, baseline)
    judged = (_of_pack(known, pack) for pack in packs.values())
    scenario = inputs / "scenario.yaml"
    own = (*own_rules(sums, scenario), *own_ceiling(sums, scenario))
    changed = tuple(check.file for check in check_hashes(inputs) if not check.ok)
    rules = (*own, *(rule for found in judged for rule in found))
    return Judgement(book.years, rules, changed, head_start(book, baseline))


def _baseline(run: Path, book: Book) -> Book | None:
    """The baseline beside the plan; None where there is none."""
    path = run / "baseline.nc"
    return Book(book.given, read_stored(path), True) if path.exists() else None


def _attestations(run: Path, packs: Mapping[str, LoadedPack]) -> tuple[Attested, ...]:
    """Those enclosed in the run, and those of its workspace, which know their documents better."""
    enclosed = read_attestations(run / "inputs", packs, Path("attestations"))
    around = read_attestations(workspace_of(run), packs)
    known = {Path(each.file).name for each in around}
    return (*around, *(each for each in enclosed if Path(each.file).name not in known))


def _of_pack(known: _Known, loaded: LoadedPack) -> Iterator[Judged]:
    pack = loaded.pack
    attested = attested_rules(known.attestations, pack.id)
    for rule in pack.rules:
        where = applies(known.sums, pack, rule)
        figures = _figures(known.sums, pack, rule, where)
        trust = trust_of(rule, attested)
        held = _in_force(known.sums, pack, rule)
        verdict, why = _verdict(known, rule, trust, figures, where)
        if not held and why != "base_year" and verdict != "fails":
            verdict, why = "cannot_determine", "not_in_force"
        yield Judged(
            id=f"{pack.id}/{rule.id}",
            name=rule.name.model_dump(),
            pack=pack.id,
            standing=pack.standing,
            severity=rule.severity,
            trust=trust,
            sources=tuple(pack.sources[key].model_dump() for key in rule.source),
            figures=figures,
            verdict=verdict,
            why=why,
            open=rule.undetermined.model_dump() if rule.undetermined else None,
            attestations=_resting_on(known, pack.id, rule.id),
            evidence=tuple(_document(each) for each in known.shown(rule)),
            diluted=diluted(known.sums, known.baseline, loaded.pack, rule, figures),
            limits=rule.type if rule.type in FIELDS else f"{pack.id}/{rule.id}",
            silent=silent(getattr(rule, "limit", None), held),
            in_force=held,
        )


def _in_force(sums: Sums, pack: PolicyPack, rule: Rule) -> tuple[int, ...]:
    """Planning years in which a rule is in force. One that gives a field of the policy holds in all
    of them, if in any."""
    years = sums.book.years
    held = in_force(pack, rule, years)
    every = isinstance(rule, RuleOfEveryYear) and any(held)
    return tuple(year for year, on in zip(years, held, strict=True) if on or every)


def _figures(sums: Sums, pack: PolicyPack, rule: Rule, where: Applies) -> Figures | None:
    """What decides the rule, in years in which it may apply."""
    if isinstance(rule, NoCreditsAgainstUnabated) and not splits(sums):
        return None
    found = figures_of_rule(sums, pack, rule)
    return None if found is None else found.only(where.maybe)


def _resting_on(known: _Known, pack: str, rule: str) -> tuple[dict[str, Any], ...]:
    """Attestations of a rule's text that hold."""
    return tuple(
        facts(each)
        for each in known.attestations
        if each.holds and (each.attestation.pack, each.attestation.rule) == (pack, rule)
    )


def _document(shown: Shown) -> dict[str, Any]:
    """A piece of evidence as plain data."""
    return shown.item.model_dump(mode="json", exclude={"measure"}) | {"state": shown.state}


def _verdict(
    known: _Known, rule: Rule, trust: str, figures: Figures | None, where: Applies
) -> tuple[Verdict, str | None]:
    """The verdict and why; an unconfirmed rule is never kept, and never broken."""
    base_year = known.sums.book.given.scenario.horizon.base_year
    if not fits_base_year(rule.applies_if, base_year):
        return "not_applicable", "base_year"
    if not where.maybe.any():
        return "not_applicable", "nothing_asked"
    if rule.type in OF_CREDITS and not known.sums.credits.any():
        return "not_applicable", "no_credits"
    if isinstance(rule, AbatementCeiling):
        found, why = audited(known.sums, rule.limit, rule.mode)
        return _sure(rule, trust) if found is None else (found, why)
    if figures is None:
        undecided: tuple[Verdict, str] = "cannot_determine", _undecided(rule, known.sums)
        return _sure(rule, trust) if known.shown(rule) else undecided
    if not figures.asked.any():
        return "not_applicable", "nothing_asked"
    if trust != "unconfirmed" and not figures.kept.all():
        surely = not figures.only(where.surely).kept.all()
        return ("fails", None) if surely else ("cannot_determine", "scope_3")
    if isinstance(rule, CreditQuality) and rule.cancelled_within is not None:
        return "cannot_determine", "credit_documents"
    if rule.gases == "CO2e" and known.sums.book.given.policy.gases == "CO2":
        return "cannot_determine", "gases"
    return _sure(rule, trust)


def _sure(rule: Rule, trust: str) -> tuple[Verdict, str | None]:
    """The verdict on a rule that the plan keeps, by how sure its text is."""
    if trust == "unconfirmed":
        return "cannot_determine", "unconfirmed"
    if rule.undetermined is not None:
        return "cannot_determine", "undetermined"
    return _kept(trust), None


def _undecided(rule: Rule, sums: Sums) -> str:
    """Why no figure of a plan decides a rule."""
    if rule.type == "no_credits_against_unabated":
        unfit = sums.misfit or sums.audit is not None
        return "another_audit" if unfit else "abatement_ceiling"
    if rule.type == "checklist":
        return rule.type
    return "credit_documents" if rule.type == "credit_quality" else "not_counted"


def _kept(trust: str) -> Verdict:
    if trust == ATTESTED:
        return "meets_attested"
    return "meets_primary" if trust == "primary" else "meets_secondary"
