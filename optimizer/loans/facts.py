"""An assessment as plain data: what `decarb loan --json` prints and its text is made from."""

from __future__ import annotations

from typing import Any

from optimizer.files.hashes import sha256_of, sha256_of_data
from optimizer.finance.debt import QUARTERS
from optimizer.loans.assess import Assessment
from optimizer.loans.cover import Cover
from optimizer.loans.credit_lines import line_years
from optimizer.loans.owner import owner
from optimizer.loans.proceeds import impact, use_of_proceeds
from optimizer.loans.stress import Stress
from optimizer.loans.subject import Subject
from optimizer.loans.verdict import WORST_FIRST, Finding, Said, worst
from optimizer.schema.loan_rules import (
    LoanRule,
    QuantityLimit,
    RefrigerantLimit,
    StatedLimit,
)
from optimizer.words import LANGUAGES, text


def facts(found: Assessment, stress: Stress | None = None) -> dict[str, Any]:
    """Verdicts by plan, pack, rule and measure; the loan, its use, cover and impact.

    Money is nominal, in the scenario's currency. `broken`: rows in which the run doesn't recompute;
    `shares_sha256`: of the content of shares.json, None where there is none. Rules stand in the
    order of their packs; a rule on several measures has the value of the worst or, among equals, of
    the one nearest to the limit. `stress` is None where it wasn't asked, or without a loan.
    """
    subject = found.subject
    return {
        "verdict": found.verdict,
        "run": subject.run.path.name,
        "scenario": subject.given.scenario.id,
        "currency": subject.given.scenario.currency,
        "broken": list(found.broken),
        "shares_sha256": None if subject.run.shares is None else sha256_of_data(subject.run.shares),
        "packs": [_pack(found, name) for name in found.packs],
        "rules": _rules(found),
        "measures": [
            {"measure": each.id, "verdict": found.of_measure(each.id)} for each in subject.measures
        ],
        "proceeds": use_of_proceeds(subject),
        "loan": _loan(subject),
        "schedule": _schedule(subject),
        "cover": _cover(subject),
        "credit_lines": _credit_lines(subject),
        "owner": None if subject.lending is None else owner(subject, subject.lending).as_dict(),
        "impact": impact(subject),
        "stress": None if stress is None else stress.as_dict(),
        "evidence": [
            {**shown.item.model_dump(mode="json"), "state": shown.state}
            for shown in subject.evidence.pieces
        ],
    }


def _pack(found: Assessment, name: str) -> dict[str, Any]:
    loaded = found.packs[name]
    return {
        "id": name,
        "name": loaded.pack.name.model_dump(),
        "standing": loaded.pack.standing,
        "edition": loaded.pack.edition,
        "verdict": found.of_pack(name),
        "file": loaded.document.shown_as,
        "sha256": sha256_of(loaded.document.path),
    }


def _rules(found: Assessment) -> list[dict[str, Any]]:
    groups: dict[tuple[str, str], list[Finding]] = {}
    for each in found.findings:
        groups.setdefault((each.pack, each.rule.id), []).append(each)
    return [_rule(found, pack, group) for (pack, _), group in groups.items()]


def _rule(found: Assessment, pack: str, group: list[Finding]) -> dict[str, Any]:
    decisive = min(group, key=lambda each: (WORST_FIRST.index(each.verdict), _margin(each)))
    rule = decisive.rule
    return {
        "id": rule.id,
        "pack": pack,
        "name": rule.name.model_dump(),
        "severity": rule.severity,
        "verdict": worst(each.verdict for each in group),
        "quantity": _quantity(rule),
        "comparison": comparison_of(rule),
        "value": decisive.value,
        "limit": decisive.limit,
        "unit": decisive.unit,
        "source": [found.packs[pack].pack.sources[key].name for key in rule.source],
        "trust": decisive.trust,
        "findings": [_finding(each) for each in group],
    }


def _margin(each: Finding) -> float:
    """How far a value lies on the right side of its limit; 0 where they aren't numbers."""
    if not (isinstance(each.value, float) and isinstance(each.limit, float)):
        return 0.0
    least = getattr(each.rule, "comparison", "at_most") in ("at_least", "above")
    return each.value - each.limit if least else each.limit - each.value


def _quantity(rule: LoanRule) -> str | None:
    if isinstance(rule, QuantityLimit):
        return rule.quantity
    return rule.evidence[0].id if isinstance(rule, StatedLimit) else None


def comparison_of(rule: LoanRule) -> str | None:
    """How a rule's value must lie to its limit; None where it has no number."""
    if isinstance(rule, RefrigerantLimit):
        return "at_most"
    return getattr(rule, "comparison", None)


def _finding(each: Finding) -> dict[str, Any]:
    return {
        "measure": each.measure,
        "verdict": each.verdict,
        "value": each.value,
        "why": [_told(said) for said in each.why],
        "turn": _told(each.turn) if each.turn is not None else None,
        "notes": [_told(said) for said in each.notes],
    }


def _told(said: Said) -> dict[str, str]:
    """A sentence in every language; values under a language's name stand for {said}."""
    return {
        lang: text(said.key, lang, **said.values, said=said.values.get(lang, ""))
        for lang in LANGUAGES
    }


def _loan(subject: Subject) -> dict[str, Any] | None:
    lending = subject.lending
    if lending is None:
        return None
    loan = lending.loan
    return {
        "amount": lending.amount,
        "sized_by": lending.limit,
        "tenor": loan.tenor,
        "rate": loan.rate,
        "repayment": loan.repayment,
        "grace": loan.grace,
        "tranches": [
            {"drawn": each.day.isoformat(), "amount": each.share * lending.amount}
            for each in lending.tranches
        ],
    }


def _credit_lines(subject: Subject) -> list[dict[str, Any]]:
    """Terms of each line beside the loan, and what it costs by year."""
    if subject.loan is None:
        return []
    return [
        {
            "id": line.id, "name": line.name.model_dump(), "purpose": line.purpose,
            "amount": line.amount.value, "rate": line.rate, "tenor": line.tenor,
            "years": [
                {"year": year, "drawn": float(drawn), "service": float(paid), "subsidy": float(by)}
                for year, drawn, paid, by in zip(
                    found.years, found.drawn, found.service, found.subsidy, strict=True
                )
            ],
        }
        for line, found in ((line, line_years(line)) for line in subject.loan.credit_lines)
    ]  # fmt: skip


def _schedule(subject: Subject) -> list[dict[str, Any]] | None:
    """A row a quarter; `owed` during it, after its draw and before its principal."""
    if subject.lending is None:
        return None
    first, plan = subject.lending.first, subject.lending.schedule
    columns = {
        "drawn": plan.drawn, "owed": plan.owed, "interest": plan.interest,
        "principal": plan.principal, "fees": plan.fees,
    }  # fmt: skip
    return [
        {"year": first + i // QUARTERS, "quarter": i % QUARTERS + 1}
        | {name: float(values[i]) for name, values in columns.items()}
        for i in range(len(plan.owed))
    ]


def _cover(subject: Subject) -> dict[str, Any] | None:
    """Yearly cash, debt service and ratio, and the least ratios."""
    cover = subject.cover
    if cover is None:
        return None
    return {
        "years": [_cover_year(cover, i) for i in range(len(cover.years))],
        "dscr": cover.dscr.value,
        "llcr": cover.llcr.value,
        "plcr": cover.plcr.value,
        "inflation": subject.given.scenario.economics.inflation,
        "price_share": subject.price_share,
    }


def _cover_year(cover: Cover, i: int) -> dict[str, Any]:
    """One year: `state` is None without covenants, `borrower` without the borrower's accounts."""
    return {
        "year": cover.years[i],
        "cash": float(cover.cash[i]),
        "service": float(cover.service[i]),
        "dscr": cover.ratios[i],
        "state": cover.states[i] if cover.states is not None else None,
        "borrower": cover.borrower[i] if cover.borrower is not None else None,
    }
