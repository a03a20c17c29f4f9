"""What the plant of every concept buys to make its castings, and the gate on a casting."""

from __future__ import annotations

from typing import Any

from tests.packs import pack, rule

NAME = {"en": "Iron", "zh": "铁"}
UPSTREAM = {"electricity": "0.06 kg/kWh", "natural_gas": "0.03 kg/kWh"}
MATERIALS = [
    {"id": "iron", "name": NAME, "amount": "90 kg/unit", "factor": "1.8 kg/kg",
     "transport": {"distance": "250 km", "factor": "0.08 kg/t/km"},
     "source": "a test", "trust": "unconfirmed"},
    {"id": "sand", "name": NAME, "amount": "30 kg/unit", "factor": "0.02 kg/kg",
     "source": "a test", "trust": "unconfirmed"},
]  # fmt: skip
GREEN = {
    "id": "green_iron", "name": NAME, "kind": "contract", "form": "material", "material": "iron",
    "price": "700 CNY/t", "factor": "0.4 kg/kg", "available": "900 t",
}  # fmt: skip


def chain_pack(limit: dict[int, str]) -> dict[str, Any]:
    """A casting carries at most so much."""
    return pack("chain", rule("product_footprint", "G-07", ledger="market", limit=limit))
