"""What a scenario may not say of its product: rules V-07 and V-08 of docs/policy_rules.md."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from optimizer.errors import Problem
from optimizer.inputs.bundle import Bundle
from optimizer.schema.measure import Credit

EU: Final = "eu"
NEUTRAL: Final = re.compile(
    r"(carbon|climate|klima|co2|ghg|greenhousegas(es)?|emissions?)(tisch)?"
    r"(netzero|neutral|positive|negative|compensated|kompensiert|kompenseret)"
    r"|(netzero|zerocarbon|carbonfree|zeroemissions?)(product|goods|part|item|brand)"
    r"|碳中和|气候中和|碳中性|气候中性|(零碳|净零|碳抵消|碳补偿)(产品|商品|零件|部件)"
)
"""Directive (EU) 2024/825 bars such words about a product where they rest on offsetting; in lower
case, as letters and digits alone."""


def no_neutral_product(bundle: Bundle) -> Iterator[Problem]:
    """On the EU's market, or where goods go there, nothing that a report could print calls plant or
    product neutral while credits are on offer. Policies are named as their issuers name them."""
    scenario = bundle.scenario
    in_eu = scenario.market == EU or scenario.cbam is not None
    if not in_eu or not any(isinstance(m, Credit) for m in bundle.measures):
        return
    allowed = "words that claim no neutrality: credits are on offer, and the market is the EU"
    hint = "Say what is emitted, what is reduced and what is offset, or offer no credits."
    for loc, said in bundle.leaves:
        if isinstance(said, str) and loc[0] != "policy" and NEUTRAL.search(_plain(said)):
            yield bundle.problem(loc, allowed, hint, found=said)


def _plain(said: str) -> str:
    """Letters and digits in their plain forms, so that no hyphen or space tells words apart."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", said).lower())
