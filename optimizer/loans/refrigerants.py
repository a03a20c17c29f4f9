"""A refrigerant by every set of warming potentials: a rule counts by one of them."""

from __future__ import annotations

from collections.abc import Mapping

from optimizer.loans.verdict import Said
from optimizer.schema.loan_rules import RefrigerantLimit


def by_other_sets(
    gwp: Mapping[str, Mapping[str, float]], rule: RefrigerantLimit, name: str
) -> tuple[Said, ...]:
    """Its potential by each set that knows it and the set that the rule counts by; then the sets by
    which the rule would turn out otherwise, if there are any."""
    known = {
        key: found[name.lower()] for key, found in sorted(gwp.items()) if name.lower() in found
    }
    listed = ", ".join(f"{key.upper()} {value:g}" for key, value in known.items())
    kept = known[rule.gwp_set] <= rule.limit
    said = [Said("loan.note.gwp", {"name": name, "values": listed, "set": rule.gwp_set.upper()})]
    other = [key.upper() for key, value in known.items() if (value <= rule.limit) != kept]
    if other:
        key = f"loan.note.gwp_{'fails' if kept else 'kept'}_by"
        said.append(Said(key, {"sets": ", ".join(other)}))
    return tuple(said)
