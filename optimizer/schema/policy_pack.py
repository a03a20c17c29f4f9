"""A policy pack: one file of scenarios/library/policies/, rules under a name with their sources."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from optimizer.schema.fields import Frozen, Id, Text
from optimizer.schema.measure import Trust
from optimizer.schema.policy_rules import Rule, RuleId, Valid


class PackSource(Frozen):
    """Where rules were read: who says it, when, where; `trust` is the best that it can give."""

    name: str = Field(min_length=1)
    dated: str | None = None
    """As the source gives it: "2026-07-26", or the year alone."""
    link: str | None = None
    trust: Trust
    note: str | None = None


class PolicyPack(Frozen):
    id: Id
    name: Text
    standing: Literal["national_call", "standard", "company", "none"]
    """What the rules are: none of these words makes them law."""
    issuer: Text
    edition: str = Field(min_length=1)
    valid: Valid
    note: Text | None = None
    """What was read of the original and what was not."""
    sources: dict[Id, PackSource] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()


def _sha256(value: Any) -> str:
    if isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef"):
        return value
    raise ValueError("must be a SHA-256: 64 hexadecimal digits")


Sha256 = Annotated[str, BeforeValidator(_sha256)]


class Attestation(Frozen):
    """Somebody read the document and found the rule in it: one file of the overlay.

    `rule_sha256` is the fingerprint of the rule as it stood, so that a changed rule isn't attested
    by what was said of the old one.
    """

    pack: Id
    edition: str
    rule: RuleId
    rule_sha256: Sha256
    document: str = Field(min_length=1)
    """Its path in the workspace, or its name alone if it lies elsewhere."""
    document_sha256: Sha256
    clause: str = Field(min_length=1)
    by: str = Field(min_length=1)
    dated: date
