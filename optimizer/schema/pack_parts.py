"""What policy packs and loan packs have in common: who says it, how sure, since when, each rule."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from optimizer.schema.fields import Frozen, Id, Text
from optimizer.schema.measure import Trust


def _rule_id(value: Any) -> str:
    stem, dash, number = value.partition("-") if isinstance(value, str) else ("", "", "")
    if not (dash and value.isascii() and stem.isalpha() and stem.isupper() and number.isdecimal()):
        raise ValueError("must be capital letters, a hyphen and digits, such as 'N-02'")
    return str(value)


RuleId = Annotated[str, BeforeValidator(_rule_id)]


class Valid(Frozen):
    """First and last day on which a pack or rule holds; None: not known, or not ended."""

    from_: date | None = Field(default=None, alias="from")
    to: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Valid:
        if self.from_ is not None and self.to is not None and self.to < self.from_:
            raise ValueError("'to' is before 'from'")
        return self


class Evidence(Frozen):
    """A document that shows a rule to be kept."""

    id: Id
    name: Text


class PackRule(Frozen):
    """What every rule has.

    `trust` is that of the words the rule was taken from, `undetermined` what they leave open: a
    rule with either in doubt never counts as kept.
    """

    id: RuleId
    name: Text
    severity: Literal["gate", "score", "info"]
    trust: Trust
    source: tuple[Id, ...] = Field(min_length=1)
    """Keys of the pack's `sources`."""
    valid: Valid | None = None
    note: Text | None = None
    undetermined: Text | None = None


class PackSource(Frozen):
    """Where rules were read: who says it, when, where; `trust` is the best that it can give."""

    name: str = Field(min_length=1)
    dated: str | None = None
    """As the source gives it: "2026-07-26", or the year alone."""
    link: str | None = None
    trust: Trust
    note: str | None = None


class PackHead(Frozen):
    """What a pack has beside its rules."""

    id: Id
    name: Text
    issuer: Text
    edition: str = Field(min_length=1)
    valid: Valid
    note: Text | None = None
    """What was read of the original and what was not."""
    sources: dict[Id, PackSource] = Field(default_factory=dict)


def _sha256(value: Any) -> str:
    if isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef"):
        return value
    raise ValueError("must be a SHA-256: 64 hexadecimal digits")


Sha256 = Annotated[str, BeforeValidator(_sha256)]
