"""Which rule of a pack sets which field of a scenario's `policy`: the only bridge between them.

Works on raw data, so that inputs and verifier read the same packs without sharing more than this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

Loc = tuple[str | int, ...]

SETS: Final[Mapping[str, Mapping[Loc, str]]] = {
    "gross_cap": {("gross_cap",): "limit", ("ledger",): "ledger"},
    "net_target": {("net_target",): "limit", ("ledger",): "ledger"},
    "offset_share": {
        ("offset", "share"): "limit",
        ("offset", "basis"): "denominator",
        ("ledger",): "ledger",
    },
    "first_credit_year": {("offset", "first_year"): "limit"},
    "credit_gate": {("offset", "gate", "reduction"): "limit", ("ledger",): "ledger"},
    "removal_share": {("offset", "removal_share"): "limit"},
}
"""Type of rule -> field of the policy -> parameter of the rule."""


class PolicyField(NamedTuple):
    """A field of the policy that rule number `rule` of a pack gives with its `parameter`."""

    loc: Loc
    rule: int
    parameter: str
    raw: Any


def policy_fields(pack: Mapping[str, Any]) -> Iterator[PolicyField]:
    """The fields that a valid pack sets, from its raw data; each names the ledger's field anew."""
    for number, rule in enumerate(pack.get("rules") or ()):
        for loc, parameter in SETS.get(rule["type"], {}).items():
            yield PolicyField(loc, number, parameter, rule[parameter])
