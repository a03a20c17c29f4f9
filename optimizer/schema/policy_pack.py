"""A policy pack: one file of scenarios/library/policies/, rules under a name with their sources."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from optimizer.schema.fields import Frozen, Id
from optimizer.schema.pack_parts import PackHead, RuleId, Sha256
from optimizer.schema.policy_rules import Rule


class PolicyPack(PackHead):
    standing: Literal["national_call", "standard", "company", "none"]
    """What the rules are: none of these words makes them law."""
    rules: tuple[Rule, ...] = ()


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
