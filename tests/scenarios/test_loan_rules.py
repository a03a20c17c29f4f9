"""docs/loan_rules.md names every rule that was found for loans, and every quantity there is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from optimizer import units
from optimizer.inputs import policy_listing
from optimizer.inputs.loan_files import read_all
from optimizer.schema.loan_rules import QUANTITIES, Quantity, QuantityLimit, RefrigerantLimit

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "loan_rules.md").read_text(encoding="utf-8")
PACKS = {
    "bank_credit",
    "cn_catalogue_2025",
    "cn_equipment_renewal_subsidy",
    "eu_taxonomy",
    "glp_2025",
    "mdb_efficiency",
    "pboc_carbon_reduction_facility_2026",
    "sll_2025",
}
NUMBERS = {
    "Q": [*range(1, 9), *range(20, 25), *range(30, 37)],
    "X": [*range(1, 10), *range(20, 25)],
    "K": range(1, 12),
    "U": (40, 41),
}
IDS = {f"{letter}-{number:02}" for letter, numbers in NUMBERS.items() for number in numbers}
ROW = re.compile(r"\| ([A-Z]-\d+) \| [^|]+ \| (?:–|`([a-z0-9_]+)`) \| ([^|]+) \|")


def table() -> dict[str, tuple[str | None, str]]:
    """Rule id -> (pack, what becomes of it); the page may have each id once."""
    rows = [row for line in PAGE.splitlines() if (row := ROW.fullmatch(line))]
    found = {row[1]: (row[2], row[3]) for row in rows}
    assert len(found) == len(rows)
    return found


def test_every_rule_that_was_found_has_its_row() -> None:
    """Proves that no rule of loans is forgotten in silence, and that each row says what comes of
    it: the type of the rule in a pack, or why there is none."""
    assert set(table()) == IDS
    for name, (pack, said) in table().items():
        assert (pack is None) == said.startswith("not encoded because "), name


def test_the_page_says_what_the_packs_hold() -> None:
    """Proves that page and packs agree: the rule stands in that pack and has that type, and each
    rule of a pack is named on the page, the hundreds in the row of the rule that they stem from."""
    held = {
        rule.id: (name, rule.type)
        for name, loaded in read_all(ROOT).items()
        for rule in loaded.pack.rules
    }
    for name, (pack, said) in table().items():
        if pack is not None:
            assert held[name][0] == pack
            assert said.startswith(held[name][1]), name
    for name in held:
        assert re.search(rf"\b{name}\b", PAGE), name


def test_the_shipped_packs_are_these_and_no_id_occurs_twice() -> None:
    """Proves that `policy attest RULE` needs no pack's name, among policies and loans together."""
    packs = read_all(ROOT)
    assert set(packs) == PACKS
    policies = policy_listing.read_all(ROOT)
    ids = [rule.id for each in (packs, policies) for pack in each.values()
           for rule in pack.pack.rules]  # fmt: skip
    assert len(ids) == len(set(ids))


def test_no_rule_claims_a_text_that_was_not_read() -> None:
    """Proves that nothing is called primary, so a plan can't meet a shipped pack on primary ground
    before somebody attests it."""
    trust = {rule.trust for pack in read_all(ROOT).values() for rule in pack.pack.rules}
    assert trust == {"secondary", "derived", "unconfirmed"}


def test_the_page_explains_every_quantity_with_its_unit() -> None:
    """Proves that the vocabulary is closed and told: names, units and levels are those of the
    code, and each unit is one that limits can be written in."""
    rows = re.findall(r"\| ([a-z_, ]+) \| (\S+) \| (measure|plan|loan) \|", PAGE)
    told = {name: (level, unit) for names, unit, level in rows for name in names.split(", ")}
    assert told == {name: (asked.level, asked.unit) for name, asked in QUANTITIES.items()}
    assert set(get_args(Quantity)) == set(QUANTITIES)
    for asked in QUANTITIES.values():
        assert units.parse(f"1 {asked.unit}".removesuffix(" 1"), asked.unit).value == 1.0


def test_limits_are_those_that_were_found() -> None:
    """Proves the figures of the notes in base units: 3 t of CO2e for a t of hydrogen, 675 by the
    fourth report, 20 % of the affected system, DSCR 1.2, LLCR 1.4, a tail of a year."""
    rules = {rule.id: rule for pack in read_all(ROOT).values() for rule in pack.pack.rules}
    limits = {"X-04": 3.0, "X-20": 0.2, "X-21": 0.2, "K-01": 1.2, "K-03": 1.4, "K-07": 1.0}
    for name, limit in limits.items():
        rule = rules[name]
        assert isinstance(rule, QuantityLimit)
        assert rule.limit == limit
    pump = rules["X-03"]
    assert isinstance(pump, RefrigerantLimit)
    assert (pump.gwp_set, pump.limit) == ("ar4", 675.0)
