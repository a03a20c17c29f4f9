"""Evidence for the rules of loan packs: documents with clause, value, date and hash."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from optimizer.schema.fields import Frozen, Id
from optimizer.schema.pack_parts import Sha256


def _stated(value: Any) -> str:
    """What the document states, as text; a bare yes or no shows nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("must be what the document states, such as 'R-32', '80 %' or a grade")
    text = str(value).strip()
    if not text or text.lower() in ("true", "false", "yes", "no"):
        raise ValueError("must be what the document states, never a mere yes")
    return text


class EvidenceItem(Frozen):
    """One document for one piece of evidence that a rule asks for."""

    id: Id
    """As the rule names it."""
    measure: Id | None = None
    """The measure that it is about; left out: every measure, or the loan."""
    document: str = Field(min_length=1)
    """Its path from the evidence file, or its name alone if it is kept elsewhere."""
    sha256: Sha256
    clause: str = Field(min_length=1)
    """Where in it the statement stands."""
    value: Annotated[str, BeforeValidator(_stated)]
    """What it states, with a unit where there is one."""
    dated: date
    valid_to: date | None = None
    """Last day on which it may be relied on."""


class EvidenceFile(Frozen):
    evidence: tuple[EvidenceItem, ...]
