"""Policy packs for people: a line a pack, one pack in full, and what nobody knows of its rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from optimizer.inputs.attestations import Attested, attested_rules, facts
from optimizer.inputs.catalog_figures import TRUST_ORDER
from optimizer.inputs.in_force import in_force
from optimizer.inputs.loaded_pack import AnyLoaded, read_every
from optimizer.inputs.policy_files import pack_files, read_pack
from optimizer.inputs.policy_stack import LoadedPack
from optimizer.schema.loan_pack import LoanPack
from optimizer.schema.loan_rules import AnyLoanRule, LoanRule
from optimizer.schema.pack_parts import PackRule
from optimizer.schema.policy_conditions import AnyRule
from optimizer.schema.policy_fields import SETS, has_figures, in_model
from optimizer.schema.policy_pack import PolicyPack
from optimizer.schema.policy_rules import CreditQuality, Rule
from optimizer.schema.scenario import Scenario

ATTESTED = "attested"
_COMMON = {*AnyRule.model_fields, "type", "denominator", "evidence"}


def read_all(root: Path) -> dict[str, LoadedPack]:
    """Every pack of the library by name; InputErrors with the problems of all files."""
    return read_every(pack_files(root), root, read_pack)


def row(pack: PolicyPack | LoanPack, attested: frozenset[str]) -> dict[str, Any]:
    """One line of the list; `trust` is that of the least sure gate, empty without gates."""
    gates = [trust_of(rule, attested) for rule in pack.rules if rule.severity == "gate"]
    order = [ATTESTED, *TRUST_ORDER]
    return {
        "id": pack.id,
        "name": pack.name.model_dump(),
        "standing": pack.standing,
        "edition": pack.edition,
        "rules": len(pack.rules),
        "in_model": sum(
            not isinstance(rule, AnyLoanRule) and in_model(rule) for rule in pack.rules
        ),
        "trust": max(gates, key=order.index, default=""),
    }


def details(loaded: AnyLoaded, attestations: Sequence[Attested]) -> dict[str, Any]:
    """A pack with every rule, source and attestation, as plain data."""
    pack = loaded.pack
    attested = attested_rules(attestations, pack.id)
    own = [each for each in attestations if each.attestation.pack == pack.id]
    return {
        **row(pack, attested),
        "issuer": pack.issuer.model_dump(),
        "valid": pack.valid.model_dump(mode="json", by_alias=True),
        "note": pack.note.model_dump() if pack.note else None,
        "file": loaded.document.shown_as,
        "sources": {key: source.model_dump() for key, source in pack.sources.items()},
        "rules": [_rule(loaded, number, attested) for number in range(len(pack.rules))],
        "attestations": [facts(each) for each in own],
    }


def unchecked(rule: Rule | LoanRule, scenario: Scenario | None = None) -> bool:
    """Whether nothing decides the rule: no row, no checklist, no verdict on a loan; or a row that
    the scenario lacks the figures for."""
    if isinstance(rule, AnyLoanRule) or rule.type == "checklist":
        return False
    return not in_model(rule) or (scenario is not None and not has_figures(rule, scenario))


def trust_of(rule: PackRule, attested: frozenset[str]) -> str:
    """The trust of a rule's source, or "attested" where somebody compared it with the text."""
    return ATTESTED if rule.id in attested and rule.trust != "primary" else rule.trust


def unknown(
    loaded: AnyLoaded, attested: frozenset[str], scenario: Scenario | None = None
) -> Iterator[dict[str, Any]]:
    """Why a rule can't count as kept, a finding each: open, in force in no planning year,
    unconfirmed, no row or checklist, or no figure for it in the scenario.

    An attestation lifts what is unconfirmed. It leaves open what the words themselves leave open.
    """
    for number, rule in enumerate(loaded.pack.rules):
        line, _ = loaded.document.locate(("rules", number))
        place = {
            "pack": loaded.pack.id,
            "rule": rule.id,
            "severity": rule.severity,
            "place": f"{loaded.document.shown_as}:{line}",
        }
        if rule.undetermined is not None:
            yield {**place, "why": "undetermined", "said": rule.undetermined.model_dump()}
        if scenario is not None and not ever_in_force(loaded, rule, scenario):
            yield {**place, "why": "not_in_force", "said": None}
        if scenario is not None and counts_fewer_gases(rule, scenario):
            yield {**place, "why": "gases", "said": None}
        if trust_of(rule, attested) == "unconfirmed":
            yield {**place, "why": "unconfirmed", "said": None}
        if unchecked(rule):
            yield {**place, "why": "no_row", "said": None}
        elif unchecked(rule, scenario):
            yield {**place, "why": "no_figure", "said": None}
        elif isinstance(rule, CreditQuality) and rule.cancelled_within is not None:
            yield {**place, "why": "cancellation", "said": None}


def ever_in_force(loaded: AnyLoaded, rule: PackRule, scenario: Scenario) -> bool:
    """Whether pack and rule are in force in any planning year."""
    years = range(scenario.horizon.first, scenario.horizon.last + 1)
    return any(in_force(loaded.pack, rule, years))


def counts_fewer_gases(rule: PackRule, scenario: Scenario) -> bool:
    """Whether a rule with figures asks for all gases and the scenario counts CO2 alone."""
    asked = getattr(rule, "gases", None) if getattr(rule, "type", "") != "checklist" else None
    return asked == "CO2e" and scenario.policy.gases == "CO2"


def sure(rule: PackRule, attested: frozenset[str]) -> bool:
    """Whether a verdict on the rule can rest on the text itself: primary or attested, not open."""
    return trust_of(rule, attested) in ("primary", ATTESTED) and rule.undetermined is None


def _rule(loaded: AnyLoaded, number: int, attested: frozenset[str]) -> dict[str, Any]:
    rule = loaded.pack.rules[number]
    raw = loaded.document.data["rules"][number]
    line, _ = loaded.document.locate(("rules", number))
    own = {key: value for key, value in raw.items() if key not in _COMMON}
    sets = {} if isinstance(rule, AnyLoanRule) or not in_model(rule) else SETS.get(rule.type, {})
    fields = [".".join(("policy", *map(str, loc))) for loc in sets]
    return {
        "id": rule.id,
        "name": rule.name.model_dump(),
        "type": rule.type,
        "severity": rule.severity,
        "parameters": own,
        "denominator": getattr(rule, "denominator", None),
        "ledger": getattr(rule, "ledger", None),
        "gases": getattr(rule, "gases", None),
        "applies_if": raw.get("applies_if", []),
        "evidence": raw.get("evidence", []),
        "fields": fields,
        "trust": trust_of(rule, attested),
        "source": list(rule.source),
        "note": raw.get("note"),
        "undetermined": raw.get("undetermined"),
        "place": f"{loaded.document.shown_as}:{line}",
    }
