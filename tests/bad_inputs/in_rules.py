"""Mistakes in tables by year, budgets, grants, policies and their packs."""

from __future__ import annotations

from typing import Any

from tests.bad_inputs.bad import PACKS, Bad
from tests.bad_inputs.in_scenario import one

OFFSET = {"share": 0.1, "basis": "base_year"}
GRANT = {
    "id": "help", "name": {"en": "Help", "zh": "补助"}, "measures": ["pv_roof"], "share": 0.3,
    "cap": "1 MCNY", "first": 2026, "last": 2028,
}  # fmt: skip


def pack(id: str, **policy: Any) -> dict[str, Any]:
    """A file of the library with one policy."""
    name = {"en": "Pack", "zh": "规则"}
    return {"id": id, "name": name, "source": "An office, 2024", "policy": policy}


def caps(**policies: Any) -> dict[str, Any]:
    return {name: pack(name, **policy) for name, policy in policies.items()}


TABLES = (
    one("a table with a gap", "carriers.electricity.factor",
        {2026: "0.5 kg/kWh", 2030: "0.4 kg/kWh"}, "interpolate: linear | step", "2026:"),
    one("a table that ends too soon", "carriers.electricity.factor",
        {2026: "0.5 kg/kWh", 2028: "0.4 kg/kWh", "interpolate": "linear"},
        "given for every planning year", "2026:"),
    one("a table by letters", "tariffs.natural_gas.price", {"a": "1 CNY/kWh"}, "whole numbers",
        "a:", "tariffs.natural_gas.price"),
    one("an empty table", "tariffs.natural_gas.price", {"interpolate": "step"},
        "at least one year", "interpolate"),
    one("an unknown interpolation", "tariffs.natural_gas.price",
        {2026: "1 CNY/kWh", "interpolate": "cubic"}, "cubic", "cubic"),
    one("one year of a table in another unit", "tariffs.natural_gas.price",
        {2026: "1 CNY/kWh", 2027: "1 CNY/kW", "interpolate": "step"}, "money per energy",
        "CNY/kW\"", "tariffs.natural_gas.price.2027"),
    one("a budget with gaps that carries over", "budget",
        {"capex": {2026: "1 MCNY", 2028: "1 MCNY"}, "carry_over": True},
        "given for every planning year", "2026:", "budget.capex"),
    one("a budget for another decade", "budget.capex", {2015: "1 MCNY"}, "limit nothing",
        "2015:"),
    one("a budget without currency", "budget.capex", {2027: 1000000}, "money", "2027: 1000000"),
    one("a grant that ends before it begins", "grants", [{**GRANT, "last": 2020}],
        "2026 or later", "last: 2020", "grants[0].last"),
    one("a grant after the horizon", "grants", [{**GRANT, "first": 2050, "last": 2052}],
        "in the planning years 2026 to 2030", 'id: "help"', "grants[0]"),
    one("a grant for a measure nobody offers", "grants", [{**GRANT, "measures": ["pv_rof"]}],
        "pv_roof", "pv_rof", "grants[0].measures[0]"),
    one("a contract in force nobody offers", "contracts_in_force", ["ppa"], "ppa", '"ppa"',
        "contracts_in_force[0]"),
)  # fmt: skip

POLICIES = (
    one("a cap in money", "policy.gross_cap", {2030: "5 MCNY"}, "a mass", "5 MCNY",
        "policy.gross_cap.2030"),
    one("a cap below nothing", "policy.gross_cap", {2030: "-5 t"}, "at least 0", "-5 t",
        "policy.gross_cap.2030"),
    one("a cap that tightens after the last year", "policy.gross_cap",
        {2030: "5 kt", 2035: "1 kt"}, "no stricter after 2030", "2035:",
        "policy.gross_cap.2035"),
    one("a cap for no planning year", "policy.gross_cap", {2045: "5 kt"}, "limit nothing",
        "2045:", "policy.gross_cap"),
    one("credits above one share", "policy.offset", {**OFFSET, "share": "110 %"}, "at most 1",
        "110 %", "policy.offset.share"),
    one("credits on an unknown basis", "policy.offset", {**OFFSET, "basis": "vibes"}, "vibes",
        "vibes", "policy.offset.basis"),
    one("credits without a basis", "policy.offset", {"share": 0.1}, "missing", "",
        "policy.offset.basis"),
    one("credits after the horizon", "policy.offset", {**OFFSET, "first_year": 2040},
        "2030 or earlier", "first_year: 2040", "policy.offset.first_year"),
    one("an unknown ledger", "policy.ledger", "both", "market", "both"),
    Bad("an offset rule without base-year meters", "scope 1 or 2", "", "base_year.metered",
        scenario={"policy.offset": OFFSET, "base_year.metered": {}}),
    Bad("a pack nobody wrote", 'Did you mean "net_zero"?', '"net_zeroo"', "policy.use[0]",
        scenario={"policy.use": ["net_zeroo"]}, policies=caps(net_zero={"ledger": "market"})),
    Bad("a pack by its path", "../../../../etc/passwd", "passwd", "policy.use[0]",
        scenario={"policy.use": ["../../../../etc/passwd"]}),
    Bad("a pack named twice", "named once", '- "one"', "policy.use[1]",
        scenario={"policy.use": ["one", "one"]}, policies=caps(one={"ledger": "market"})),
    Bad("two packs that contradict each other", "given by one pack", "ledger", "policy.ledger",
        f"{PACKS}two.yaml", scenario={"policy.use": ["one", "two"]},
        policies=caps(one={"ledger": "market"}, two={"ledger": "location"})),
    Bad("a pack with a misspelt rule", 'Did you mean "gross_cap"?', "gros_cap",
        "policy.gros_cap", f"{PACKS}one.yaml", scenario={"policy.use": ["one"]},
        policies=caps(one={"gros_cap": {2030: "5 kt"}})),
    Bad("a pack with another name than its file", '"one", as its file', "id:", "id",
        f"{PACKS}one.yaml", scenario={"policy.use": ["one"]},
        policies={"one": pack("two", ledger="market")}),
    Bad("a pack that uses a pack", "a pack uses no other", '- "one"', "policy.use",
        f"{PACKS}one.yaml", scenario={"policy.use": ["one"]}, policies=caps(one={"use": ["one"]})),
    Bad("a pack's cap in the wrong unit", "a mass", "5 MWh", "policy.gross_cap.2030",
        f"{PACKS}one.yaml", scenario={"policy.use": ["one"]},
        policies=caps(one={"gross_cap": {2030: "5 MWh"}})),
)  # fmt: skip

ROWS = TABLES + POLICIES
