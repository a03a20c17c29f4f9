"""Mistakes in tables by year, budgets, grants, policies and their packs."""

from __future__ import annotations

from typing import Any

from tests.bad_inputs.bad import PACKS, Bad
from tests.bad_inputs.in_scenario import one
from tests.packs import pack, rule
from tests.workspace import put

OFFSET = {"share": 0.1, "basis": "base_year"}
GRANT = {
    "id": "help", "name": {"en": "Help", "zh": "补助"}, "measures": ["pv_roof"], "share": 0.3,
    "cap": "1 MCNY", "first": 2026, "last": 2028,
}  # fmt: skip


CAP = rule("gross_cap", limit={2030: "5 kt"})


def packs(**rules: dict[str, Any]) -> dict[str, Any]:
    """Packs of one rule each, by name."""
    return {name: pack(name, each) for name, each in rules.items()}


def in_pack(name: str, says: str, at: str, field: str, **policies: Any) -> Bad:
    """A mistake in the pack `one` of a scenario that uses all of `policies`."""
    uses = {"policy.use": list(policies)}
    return Bad(name, says, at, field, f"{PACKS}one.yaml", scenario=uses, policies=policies)


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
        scenario={"policy.use": ["net_zeroo"]}, policies=packs(net_zero=CAP)),
    Bad("a pack by its path", "../../../../etc/passwd", "passwd", "policy.use[0]",
        scenario={"policy.use": ["../../../../etc/passwd"]}),
    Bad("a pack named twice", "named once", '- "one"', "policy.use[1]",
        scenario={"policy.use": ["one", "one"]}, policies=packs(one=CAP)),
    Bad("two packs on two ledgers", "market, as in R-1", 'ledger: "location"', "rules[0].ledger",
        f"{PACKS}two.yaml", scenario={"policy.use": ["one", "two"]},
        policies=packs(one=CAP, two={**CAP, "ledger": "location"})),
)  # fmt: skip

FIXED = {"type": "fixed", "amount": "500 t"}
BY_OUTPUT = {"type": "output_based", "benchmark": "0.5 t/unit"}


def allocated(name: str, allocation: Any, says: str, at: str, field: str = "") -> Bad:
    """A mistake in the free allocation of a scenario with a carbon price."""
    place = f"carbon.allocation{field}"
    given = {"price": "80 CNY/t", "allocation": allocation}
    return one(name, "carbon", given, says, at, place)


CARBON = (
    allocated("an allocation of an unknown type", {**FIXED, "type": "fixd"},
              'Did you mean "fixed"?', "fixd", ".type"),
    allocated("an allocation without a type", {"amount": "500 t"},
              "decides which fields there are", "allocation:", ".type"),
    allocated("an allocation in energy", {**FIXED, "amount": "500 MWh"}, "a mass", "500 MWh",
              ".amount"),
    allocated("a surplus that is lent", {**FIXED, "surplus": "lent"}, "worthless", "lent",
              ".surplus"),
    allocated("a verified amount with a surplus", {"type": "equals_verified", "surplus": "sold"},
              "a known field", "surplus", ".surplus"),
    allocated("a benchmark of energy", {**BY_OUTPUT, "benchmark": "0.5 t/MWh"}, "t/unit",
              "0.5 t/MWh", ".benchmark"),
    one("a production of nothing", "production",
        {"name": {"en": "Part", "zh": "件"}, "amount": "0 unit/a"}, "above 0", "0 unit/a",
        "production.amount"),
    allocated("an allocation by output of nothing", BY_OUTPUT, "with 'production'", "benchmark",
              ".benchmark"),
    allocated("a benchmark that declines for some years", {**BY_OUTPUT, "decline": {2026: 0.1}},
              "given for every planning year", "2026:", ".decline"),
    one("a carbon price on power", "carbon", {"price": "80 CNY/t", "covers": ["scope2"]},
        "'process'", "scope2", "carbon.covers[0]"),
    one("a carbon price on nothing", "carbon", {"price": "80 CNY/t", "covers": []},
        "1 entries or more", "covers", "carbon.covers"),
    one("a carbon price on fuel twice", "carbon",
        {"price": "80 CNY/t", "covers": ["fuel", "fuel"]}, "each part once", '- "fuel"',
        "carbon.covers"),
)  # fmt: skip

PER_UNIT = rule("energy_per_product", electricity="calorific", conversion="0.1229 kgce/kWh")
PER_TCE = rule("carbon_per_tce", electricity="equivalent", conversion="0.2856 kgce/kWh",
               limit="1.8 t/tce")  # fmt: skip
IN_PACKS = (
    in_pack("energy a unit without a limit", "either 'limit' or 'levels'", "", "rules[0]",
            one=pack("one", PER_UNIT)),
    in_pack("energy a unit of a level nobody knows", "'advanced'", '- "level_1"',
            "rules[0].levels[0]", one=pack("one", {**PER_UNIT, "levels": ["level_1"]})),
    in_pack("a grade that no standard has", "1, 2 or 3", "grade: 4", "rules[0].grade",
            one=pack("one", rule("equipment_grade", classes=["fans"], grade=4, limit=1.0))),
    in_pack("a footprint of energy", "t/unit", "5 t/MWh", "rules[0].limit",
            one=pack("one", rule("product_footprint", ledger="market", limit="5 t/MWh"))),
    in_pack("a rule of an unknown type", 'Did you mean "gross_cap"?', "gros_cap", "rules[0].type",
            one=pack("one", {**CAP, "type": "gros_cap"})),
    in_pack("a rule without a type", "decides which fields there are", "", "rules[0].type",
            one=pack("one", put(CAP, "type", ...))),
    in_pack("a rule with a misspelt field", 'Did you mean "limit"?', "limt", "rules[0].limt",
            one=pack("one", put(put(CAP, "limit", ...), "limt", {2030: "5 kt"}))),
    in_pack("a rule in the wrong unit", "a mass", "5 MWh", "rules[0].limit.2030",
            one=pack("one", put(CAP, "limit", {2030: "5 MWh"}))),
    in_pack("a cap that names no ledger", "missing", "", "rules[0].ledger",
            one=pack("one", put(CAP, "ledger", ...))),
    in_pack("a cap on a ledger of no contracts and no grid", "'market'", "physical",
            "rules[0].ledger", one=pack("one", put(CAP, "ledger", "physical"))),
    in_pack("a rule from nowhere", "a key of the pack's sources", "rumour", "rules[0].source[0]",
            one=pack("one", put(CAP, "source", ["rumour"]))),
    in_pack("a rule surer than its sources", "what a source gives", "primary", "rules[0].trust",
            one=pack("one", put(CAP, "trust", "primary"))),
    in_pack("two rules of one name", "an id that occurs once", "R-1", "rules[1].id",
            one=pack("one", CAP, CAP)),
    in_pack("a rule's name in small letters", "capital letters", "r-1", "rules[0].id",
            one=pack("one", put(CAP, "id", "r-1"))),
    in_pack("a threshold in power", "an energy per time", "5 MW", "rules[0].applies_if[0].value",
            one=pack("one", {**CAP, "applies_if": [
                {"quantity": "electricity_use", "comparison": "at_least", "value": "5 MW"}]})),
    in_pack("a threshold on an unheard-of quantity", "one of", "mood",
            "rules[0].applies_if[0].quantity", one=pack("one", {**CAP, "applies_if": [
                {"quantity": "mood", "comparison": "at_least", "value": "5 GWh/a"}]})),
    in_pack("coal per power without a unit", "kgce/kWh", "0.2856", "rules[0].conversion",
            one=pack("one", rule("carbon_per_tce", electricity="equivalent", conversion=0.2856,
                                 limit="1.8 t/tce"))),
    in_pack("coal per power in grams", "between 0.19 and 0.49 kgce/kWh", "", "rules[0]",
            one=pack("one", {**PER_TCE, "conversion": "285.6 kgce/kWh"})),
    in_pack("the heat in power as equivalent value", "no power station's", "", "rules[0]",
            one=pack("one", {**PER_TCE, "conversion": "0.1229 kgce/kWh"})),
    in_pack("a power station's coal as the heat in power", "0.1228 kgce/kWh", "", "rules[0]",
            one=pack("one", {**PER_TCE, "electricity": "calorific"})),
    in_pack("a checklist without evidence", "1 entries or more", "", "rules[0].evidence",
            one=pack("one", rule("checklist", evidence=[]))),
    in_pack("a pack that ends before it begins", "before", "", "valid",
            one=pack("one", CAP, valid={"from": "2026-01-01", "to": "2025-01-01"})),
    in_pack("a pack with another name than its file", '"one", as its file', "id:", "id",
            one=pack("two", CAP)),
    in_pack("a pack that uses a pack", "a known field", "use", "use",
            one=pack("one", CAP, use=["one"])),
)  # fmt: skip

ROWS = TABLES + POLICIES + CARBON + IN_PACKS
