"""Warming potentials of refrigerants by every set: a rule counts by one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from optimizer.inputs.factor_files import read_all
from optimizer.loans.verdict import Said
from optimizer.schema.emission_factors import GwpLibrary
from optimizer.schema.loan_rules import RefrigerantLimit

HFC: Final = "hfc"
Potentials = Mapping[str, Mapping[str, float]]
"""Set -> refrigerant, as `plain` writes it -> potential."""


def plain(name: str) -> str:
    """A refrigerant's name as all ways to write it agree: R-32, R32 and r 32 are r32."""
    return re.sub("[^a-z0-9]", "", name.lower())


def warming_potentials(root: Path) -> dict[str, dict[str, float]]:
    """Those of a workspace; an HFC is known by its number as R- too."""
    found: dict[str, dict[str, float]] = {}
    for loaded in read_all(root).values():
        if isinstance(loaded.library, GwpLibrary):
            for gas in loaded.library.gases.values():
                name = plain(gas.name.en)
                for each in {name, re.sub(f"^{HFC}", "r", name)}:
                    for key, value in gas.values.items():
                        found.setdefault(key, {})[each] = value
    return found


def potential(gwp: Potentials, rule: RefrigerantLimit, name: str) -> float | None:
    """By the set that the rule names; where that hasn't got it, the highest of the others. None
    for what no set knows."""
    known = _known(gwp, name)
    return known.get(rule.gwp_set, max(known.values(), default=None))


def by_other_sets(gwp: Potentials, rule: RefrigerantLimit, name: str) -> tuple[Said, ...]:
    """Its potential by each set that knows it and the set that the rule counts by; then the sets by
    which the rule would turn out otherwise, if there are any."""
    known, counted = _known(gwp, name), potential(gwp, rule, name)
    assert counted is not None
    listed = ", ".join(f"{key.upper()} {value:g}" for key, value in known.items())
    kept = counted <= rule.limit
    said = [Said("loan.note.gwp", {"name": name, "values": listed, "set": rule.gwp_set.upper()})]
    if rule.gwp_set not in known:
        said.append(Said("loan.note.gwp_of_others", {"set": rule.gwp_set.upper()}))
    other = [key.upper() for key, value in known.items() if (value <= rule.limit) != kept]
    if other:
        key = f"loan.note.gwp_{'fails' if kept else 'kept'}_by"
        said.append(Said(key, {"sets": ", ".join(other)}))
    return tuple(said)


def _known(gwp: Potentials, name: str) -> dict[str, float]:
    """Set -> potential, in the order of the reports."""
    return {key: found[plain(name)] for key, found in sorted(gwp.items()) if plain(name) in found}
