"""Mistakes in modes of financing: what doesn't fit the measure, and money for what others own."""

from __future__ import annotations

from typing import Any

from tests.bad_inputs.bad import CATALOG, Bad
from tests.bad_inputs.in_catalog import one

LEASE = {
    "id": "hp_leased", "name": {"en": "Leased", "zh": "租赁"}, "mode": "lease", "term": "8 a",
    "payment": {"price": "300 CNY2025/kW/a"},
}  # fmt: skip
THIRD = {
    "id": "pv_third", "name": {"en": "Third", "zh": "第三方"}, "mode": "third_party",
    "term": "20 a", "discount": 0.15,
}  # fmt: skip
OFFER = {"measures.offer": ["pv_roof", "heat_pump", "motor_saving", "hp_leased", "pv_third"]}
GRANT = {
    "id": "aid", "name": {"en": "Aid", "zh": "补助"}, "measures": ["hp_leased"], "share": 0.2,
    "cap": "1 MCNY", "first": 2026, "last": 2030,
}  # fmt: skip


def lease(name: str, says: str, at: str, field: str = "measures[1]", **changes: Any) -> Bad:
    """The heat pump's lease with other terms; ... leaves one out."""
    terms = {k: v for k, v in {**LEASE, **changes}.items() if v is not ...}
    return Bad(name, says, at, field, CATALOG, measures={"1.financing": [terms]})


def offered(name: str, says: str, at: str, field: str, **changes: Any) -> Bad:
    """Both modes on offer, and a mistake in the scenario or in a mode's terms."""
    terms = {k: v for k, v in {**LEASE, **changes.pop("lease", {})}.items() if v is not ...}
    third = {k: v for k, v in {**THIRD, **changes.pop("third", {})}.items() if v is not ...}
    measures = {"1.financing": [terms], "0.financing": [third], **changes.pop("measures", {})}
    return Bad(name, says, at, field, scenario={**OFFER, **changes.pop("scenario", {})},
               measures=measures, **changes)  # fmt: skip


ROWS = (
    lease("a mode nobody knows", "'lease'", "rent", "financing[0].mode", mode="rent"),
    lease("a lease without a payment", "missing", "id:", "financing[0].payment", payment=...),
    lease("a field of another mode", "a known field", "discount", "financing[0].discount",
          discount=0.1),
    lease("a term longer than the life", "in the lifetime", "\"heat_pump\"", term="30 a"),
    lease("a buy-back of what has lived", "a year before", "\"heat_pump\"", term="20 a",
          buy_back={"share": 0.1}),
    lease("a mode with the measure's own id", "own id", "\"heat_pump\"", id="heat_pump"),
    lease("a mode with another measure's id", "occurs once", '"pv_roof"', "financing[0].id",
          id="pv_roof"),
    lease("two prices of a buy-back", "one of", "share", "financing[0].buy_back",
          buy_back={"share": 0.1, "fixed": "1 MCNY"}),
    one("a heat pump of a third party", "1.financing", [{**THIRD, "id": "hp_third"}],
        "for a generator", "\"heat_pump\"", "measures[1]"),
    one("a price and a discount", "0.financing", [{**THIRD, "price": "500 CNY/MWh"}],
        "either 'price' or 'discount'", "id", "measures[0].financing[0]"),
    offered("a mode nobody wrote", 'Did you mean "hp_leased"?', '"hp_leasd"', "measures.offer[1]",
            scenario={"measures.offer": ["pv_roof", "hp_leasd"]}),
    offered("a grant for what is leased", "the site owns", '"hp_leased"', "grants[0].measures[0]",
            scenario={"grants": [GRANT]}),
    offered("a payment per energy of a power", "CNY2025/kWh/a", "300 CNY2025/kWh/a",
            "financing[0].payment", file=CATALOG,
            lease={"payment": {"price": "300 CNY2025/kWh/a"}}),
    offered("a lease in a currency without rate", "economics.exchange.USD", "300 USD2025/kW/a",
            "financing[0].payment.price", file=CATALOG,
            lease={"payment": {"price": "300 USD2025/kW/a"}}),
    Bad("a buy-back of what costs by output", "without variable_om", '"pv_roof"', "measures[0]",
        CATALOG, measures={"0.variable_om": "2 CNY2025/MWh",
                           "0.financing": [{**THIRD, "buy_back": {"share": 0.2}}]}),
    offered("a buy-back in a planning year", "at least 5 a", "4 a",
            "financing[0].term", file=CATALOG, third={"term": "4 a", "buy_back": {"share": 0.2}}),
    offered("a buy-back that ends an income", "0 or more", "-5 CNY/MWh", "financing[0].price",
            file=CATALOG,
            third={"discount": ..., "price": "-5 CNY/MWh", "buy_back": {"fixed": "1 MCNY"}}),
    offered("heat of what may have two owners", "one owner", "heat_pump", "recovers.source",
            file=CATALOG,
            measures={"1.recovers": {"source": "heat_pump", "share": 0.2}}),
    Bad("a credit of no tax", "Vat_credit needs vat", "discount_rate", "economics",
        scenario={"economics.vat_credit": "0.5 a"}),
    offered("a discount off a tariff below nothing", "never below 0", "0.15", "discount",
            file=CATALOG,
            scenario={"data.power_price.bands.valley": "-0.1 CNY/kWh"}),
)  # fmt: skip
