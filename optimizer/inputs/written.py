"""What is written at a path of a scenario, wherever it stands: scenario, pack, library, catalog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from optimizer.files.yaml_document import Document, UnknownPath
from optimizer.inputs.catalog_files import read_catalog
from optimizer.inputs.change import OFFER
from optimizer.inputs.factors import read_factors, with_factors
from optimizer.inputs.located import Loc, as_loc
from optimizer.inputs.overrides import merged
from optimizer.inputs.policy_files import read_packs, with_packs
from optimizer.schema.scenario import Scenario
from optimizer.schema.validation import read_scenario

OVERRIDE: Final = ("measures", "override")


@dataclass(frozen=True)
class Written:
    """What a scenario, its packs, the catalog and libraries of factors say at a path."""

    document: Document
    root: Path

    def value(self, path: str) -> Any:
        """The raw value: the scenario's own, else of a pack, a library, the catalog, the schema's
        default. Raises UnknownPath."""
        try:
            return self._own(path)
        except UnknownPath as unknown:
            parts = path.split(".")
            if tuple(parts[:2]) == OVERRIDE and len(parts) > 3:
                found = at(self.measure(parts[2]), parts[3:])
            else:
                found = _default(self._whole(), as_loc(path))
            if found is None:
                raise unknown from None
            return found

    def _own(self, path: str) -> Any:
        """The scenario's and its packs' value, factors in place of their names in libraries."""
        whole = replace(self.document, data=self._whole())
        found = whole.find(path)[1]
        parts = path.split(".")
        if tuple(parts[:2]) == OVERRIDE and isinstance(found, dict) and len(parts) > 3:
            return at(self.measure(parts[2]), parts[3:])
        return found

    def _whole(self) -> Any:
        raw = self.document.data
        if not isinstance(raw, dict):
            return raw
        with_rules = with_packs(raw, read_packs(self.document, self.root))
        return with_factors(with_rules, read_factors(self.document, self.root))

    def offer(self) -> list[str]:
        """Ids of the measures on offer."""
        offer = at(self.document.data, OFFER.split("."))
        return [id for id in offer if isinstance(id, str)] if isinstance(offer, list) else []

    def measure(self, id: str) -> Any:
        """A measure of the catalog with the scenario's override over it; None if there is none."""
        entry = read_catalog(self.root).entries.get(id)
        if entry is None:
            return None
        raw = entry.document.data["measures"][entry.index]
        override = at(self.document.data, [*OVERRIDE, id])
        return merged(raw, override) if isinstance(override, dict) else raw


def at(node: Any, parts: Sequence[str]) -> Any:
    """What stands at a path of nested mappings; None where nothing does."""
    for part in parts:
        if not isinstance(node, dict):
            return None
        node = next((value for key, value in node.items() if str(key) == part), None)
    return node


def _default(raw: Any, loc: Loc) -> Any:
    """The number that the schema puts where a scenario says nothing; None where it puts none."""
    scenario = read_scenario(raw)
    node: Any = scenario if isinstance(scenario, Scenario) else None
    for part in loc:
        node = node.get(part) if isinstance(node, dict) else getattr(node, str(part), None)
    node = getattr(node, "constant", node)
    return node if isinstance(node, float) else None
