"""Raw policy packs and rules for tests, with all that a rule must have beside what is tested."""

from __future__ import annotations

from typing import Any

LEDGERED = ("gross_cap", "net_target", "offset_share", "credit_gate")


def rule(type: str, id: str = "R-1", **fields: Any) -> dict[str, Any]:
    """One rule of a type; those that count tonnes look at the market ledger unless told."""
    ledger = {"ledger": "market"} if type in LEDGERED else {}
    return {
        "id": id,
        "type": type,
        "name": {"en": f"Rule {id}", "zh": f"规则 {id}"},
        "severity": "gate",
        "trust": "secondary",
        "source": ["office"],
        **ledger,
        **fields,
    }


def pack(id: str, *rules: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A pack of these rules, read in one secondary source."""
    return {
        "id": id,
        "name": {"en": f"Pack {id}", "zh": f"规则包 {id}"},
        "standing": "standard",
        "issuer": {"en": "An office", "zh": "某机构"},
        "edition": "2024",
        "valid": {"from": "2024-01-01"},
        "sources": {"office": {"name": "An office, 2024", "trust": "secondary"}},
        "rules": list(rules),
        **fields,
    }
