"""The scenario under another policy: which packs it uses, and whether its own limits stay.

A what-if of its own, for `policy.use` is a list: what a scenario writes in `policy` itself wins
over packs, so a pack is seen alone only where those limits are set aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from optimizer.files.yaml_document import Document
from optimizer.inputs.policy_files import read_packs

COUNTING: Final = ("ledger", "gases", "export_treatment")
"""Fields of `policy` that say how emissions are counted: no limits, and never set aside."""


@dataclass(frozen=True)
class PolicyChoice:
    """`packs` in place of those that the scenario uses.

    `own_limits`: whether caps, targets and credit rules that the scenario writes itself stay.
    `ledger` is the policy's where neither the scenario nor a pack names one. `option` is what set
    all this, for messages.
    """

    packs: tuple[str, ...]
    own_limits: bool
    ledger: Literal["location", "market"]
    option: str

    def __call__(self, document: Document, root: Path) -> Document:
        """The scenario's document under this policy; what isn't a scenario stays as it is."""
        if not isinstance(document.data, dict):
            return document
        own = document.data.get("policy")
        kept = {key: value for key, value in (own if isinstance(own, dict) else {}).items()
                if self.own_limits or key in COUNTING}  # fmt: skip
        changed = document
        if not self.own_limits or not isinstance(own, dict):
            changed = changed.with_block(("policy",), kept, self.option)
        changed = changed.with_block(("policy", "use"), list(self.packs), self.option)
        if "ledger" in kept or _gives_ledger(changed, root):
            return changed
        return changed.with_block(("policy", "ledger"), self.ledger, self.option)


def _gives_ledger(document: Document, root: Path) -> bool:
    return any(field.loc == ("ledger",) for field in read_packs(document, root).fields)


def set_aside(document: Document) -> Sequence[str]:
    """Fields of `policy` that the scenario writes itself and that limit a plan, as dotted paths."""
    own = document.data.get("policy") if isinstance(document.data, dict) else None
    written = own if isinstance(own, dict) else {}
    return [f"policy.{key}" for key in written if key not in ("use", *COUNTING)]
