"""What a scenario may not say of its product: rules V-07 and V-08 of docs/policy_rules.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from optimizer.errors import Problem
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.located import Loc
from optimizer.schema.fields import Text
from optimizer.schema.measure import Credit

EU: Final = "eu"
NEUTRAL: Final = re.compile(
    r"(carbon|climate|co2|co₂|greenhouse[ -]gas)[ -]?neutral|碳中和|气候中和|零碳产品",
    re.IGNORECASE,
)
"""Directive (EU) 2024/825 bars such words about a product where they rest on offsetting."""


def no_neutral_product(bundle: Bundle) -> Iterator[Problem]:
    """On the EU's market nothing that is printed as a name calls plant or product neutral where
    credits are on offer."""
    scenario = bundle.scenario
    if scenario.market != EU or not any(isinstance(m, Credit) for m in bundle.measures):
        return
    texts: list[tuple[Loc, Text]] = [(("name",), scenario.name)]
    if scenario.description is not None:
        texts.append((("description",), scenario.description))
    if scenario.production is not None:
        texts.append((("production", "name"), scenario.production.name))
    allowed = "words that claim no neutrality: credits are on offer, and the market is the EU"
    hint = "Say what is emitted, what is reduced and what is offset, or offer no credits."
    for loc, text in texts:
        for lang, said in (("en", text.en), ("zh", text.zh)):
            if NEUTRAL.search(said):
                yield bundle.problem((*loc, lang), allowed, hint, found=said)
