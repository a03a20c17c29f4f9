"""One rule of a loan pack for one measure, the plan or the loan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from optimizer import units
from optimizer.errors import UnitError
from optimizer.loans.financed import Financed
from optimizer.loans.of_measure import OF_MEASURE
from optimizer.loans.of_plan import OF_ALL
from optimizer.loans.refrigerants import by_other_sets, potential
from optimizer.loans.subject import Subject
from optimizer.loans.turning import turn
from optimizer.loans.verdict import GROUND, Finding, Said, Verdict
from optimizer.plan.returns import Figure
from optimizer.schema.fields import Text
from optimizer.schema.loan_rules import (
    QUANTITIES,
    Comparison,
    DrawWindow,
    LoanRule,
    Purpose,
    QuantityLimit,
    RefrigerantLimit,
    StatedLimit,
)
from optimizer.schema.pack_parts import Valid

ROUNDING = 1e-9
"""A value this near its limit, as a share of it, counts as at it."""
NOT_APPLICABLE = ("no_hydrogen", "no_price", "no_system")
"""Reasons for which a rule has nothing to look at."""
NEVER = "not_within"
"""Money that never comes back: no number, and a fail all the same."""


@dataclass(frozen=True)
class Looked:
    """What a rule found: kept or not, or None where it can't be told, and why."""

    kept: bool | None
    value: float | str | None = None
    limit: float | str | None = None
    unit: str | None = None
    reason: str | None = None
    turn: Said | None = None
    notes: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Asking:
    """A rule with its pack and the trust that it has here."""

    pack: str
    valid: Valid
    rule: LoanRule
    trust: str


def judge(subject: Subject, asking: Asking, financed: Financed | None) -> Finding:
    """The finding of a rule for a financed measure, or for plan and loan (None)."""
    rule, measure = asking.rule, financed.id if financed is not None else None
    if rule.valid is not None and not _in_force(rule.valid, subject.draws):
        return Finding(asking.pack, rule, measure, "not_applicable", asking.trust)
    looked = _looked(subject, rule, financed)
    missing = [e.name for e in rule.evidence if _shown(subject, e.id, measure) is None]
    why = [Said("loan.why.missing", joined(missing))] if missing else []
    if looked.reason is not None:
        why.insert(0, Said(f"loan.why.{looked.reason}"))
    verdict = _verdict(subject, asking, looked, why)
    return Finding(
        asking.pack, rule, measure, verdict, asking.trust, looked.value, looked.limit, looked.unit,
        tuple(why), looked.turn if verdict == "fails" else None, looked.notes,
    )  # fmt: skip


def joined(names: Sequence[Text]) -> dict[str, object]:
    """Names one after the other, in each language."""
    return {"en": ", ".join(n.en for n in names), "zh": "、".join(n.zh for n in names)}


def _verdict(subject: Subject, asking: Asking, looked: Looked, why: list[Said]) -> Verdict:
    """Appends to ``why`` what the rule itself leaves in doubt."""
    if looked.reason in NOT_APPLICABLE:
        why.clear()
        return "not_applicable"
    rule = asking.rule
    if asking.trust == "unconfirmed":
        why.append(Said("loan.why.unconfirmed"))
        return "cannot_determine"
    if looked.kept is False:
        return "fails"
    if rule.undetermined is not None:
        left = rule.undetermined
        why.append(Said("loan.why.undetermined", {"en": left.en, "zh": left.zh}))
    if _outside(asking.valid.from_, asking.valid.to, subject.draws):
        why.append(Said("loan.why.edition"))
    if looked.kept is None or why:
        return "cannot_determine"
    return GROUND[asking.trust]


def _in_force(valid: Valid, days: Sequence[date]) -> bool:
    """Whether a rule holds on the day of any draw: no other tranche takes the loan out of it."""
    return not days or any(not _outside(valid.from_, valid.to, [day]) for day in days)


def _outside(first: date | None, last: date | None, days: Sequence[date]) -> bool:
    """Whether one of the days lies before the first or after the last; None is open."""
    return any(
        (first is not None and day < first) or (last is not None and day > last) for day in days
    )


def _looked(subject: Subject, rule: LoanRule, financed: Financed | None) -> Looked:
    if isinstance(rule, QuantityLimit):
        return _quantity(subject, rule, financed)
    if isinstance(rule, StatedLimit):
        return _stated(subject, rule, financed)
    if isinstance(rule, RefrigerantLimit):
        return _refrigerant(subject, rule, financed)
    if isinstance(rule, DrawWindow):
        return _window(subject, rule)
    if isinstance(rule, Purpose):
        assert financed is not None
        return _purpose(rule, financed)
    return Looked(True)


def _quantity(subject: Subject, rule: QuantityLimit, financed: Financed | None) -> Looked:
    figure = (
        OF_ALL[rule.quantity](subject)
        if financed is None
        else OF_MEASURE[rule.quantity](subject, financed)
    )
    return _compared(subject, rule, financed, figure)


def _compared(
    subject: Subject, rule: QuantityLimit, financed: Financed | None, figure: Figure
) -> Looked:
    unit = QUANTITIES[rule.quantity].unit
    if figure.reason == NEVER:
        return Looked(False, None, rule.limit, unit, NEVER, Said("loan.turn.never"))
    if figure.value is None:
        return Looked(None, None, rule.limit, unit, figure.reason)
    kept = compares(figure.value, rule.comparison, rule.limit)
    name = financed.id if financed is not None else None
    change = None if kept else turn(subject, rule, name, figure.value)
    return Looked(kept, figure.value, rule.limit, unit, turn=change)


def compares(value: float, comparison: Comparison, limit: float) -> bool:
    """Whether a value compares so with a limit; within rounding it is at the limit."""
    room = ROUNDING * max(1.0, abs(limit))
    if comparison == "at_least":
        return value >= limit - room
    if comparison == "at_most":
        return value <= limit + room
    return value > limit + room if comparison == "above" else value < limit - room


def _stated(subject: Subject, rule: StatedLimit, financed: Financed | None) -> Looked:
    text = _shown(subject, rule.evidence[0].id, financed.id if financed is not None else None)
    if text is None:
        return Looked(None, None, rule.limit, rule.unit)
    try:
        value = units.parse(text, rule.unit).value
    except UnitError:
        return Looked(None, text, rule.limit, rule.unit, "unreadable")
    kept = compares(value, rule.comparison, rule.limit)
    change = None if kept else Said("loan.turn.change", {"by": f"{abs(value - rule.limit):.4g}"})
    return Looked(kept, value, rule.limit, rule.unit, turn=change)


def _refrigerant(subject: Subject, rule: RefrigerantLimit, financed: Financed | None) -> Looked:
    name = _shown(subject, rule.evidence[0].id, financed.id if financed is not None else None)
    if name is None:
        return Looked(None, None, rule.limit, "1")
    found = potential(subject.gwp, rule, name)
    if found is None:
        return Looked(None, name, rule.limit, "1", "unknown_refrigerant")
    kept = found <= rule.limit
    change = None if kept else Said("loan.turn.refrigerant", {"limit": f"{rule.limit:g}"})
    notes = by_other_sets(subject.gwp, rule, name)
    return Looked(kept, found, rule.limit, "1", turn=change, notes=notes)


def _purpose(rule: Purpose, financed: Financed) -> Looked:
    measure = financed.measure
    about = (measure.id, measure.kind, measure.tags)
    out = not rule.excluded.empty() and rule.excluded.fits(*about)
    kept = rule.allowed.fits(*about) and not out
    change = None if kept else Said("loan.turn.leave_out", {"measure": measure.id})
    return Looked(kept, turn=change)


def _window(subject: Subject, rule: DrawWindow) -> Looked:
    days = sorted(subject.draws)
    first, last = rule.first, rule.last
    limit = f"{first or ''} … {last or ''}".strip()
    if not days:
        return Looked(None, None, limit, reason="no_loan")
    kept = not _outside(first, last, days)
    change = None if kept else Said("loan.turn.draw", {"days": limit})
    return Looked(kept, " ".join(map(str, days)), limit, turn=change)


def _shown(subject: Subject, evidence: str, measure: str | None) -> str | None:
    """What a document states of a measure or the loan; None where none counts on the last draw."""
    last = max(subject.draws, default=None)
    found = subject.evidence.of(evidence, measure, last)
    return None if found is None else found.item.value
