"""docs/policy_rules.md names every rule that was found, and says what is true of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from optimizer import words
from optimizer.inputs.policy_listing import in_model, read_all
from optimizer.schema.ceiling import Ceiling
from optimizer.schema.fields import Frozen
from optimizer.schema.policy import Offset, Policy
from optimizer.schema.policy_fields import SETS, is_counted
from optimizer.schema.policy_rules import Rule

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "policy_rules.md"
PACKS = {
    "cn_zero_carbon_factory_2026",
    "company_policy",
    "company_policy_location",
    "iso_14068_1",
    "none",
    "sbti_v1_1_5c",
    "sbti_v2",
}
NUMBERS = {
    "G": range(1, 15),
    "N": range(1, 11),
    "P": range(1, 6),
    "D": range(1, 3),
    "L": range(1, 9),
    "T": range(1, 6),
    "I": range(1, 12),
    "B": [*range(1, 7), *range(11, 20)],
    "V": range(1, 9),
    "E": range(1, 10),
    "C": range(1, 7),
}
IDS = [f"{letter}-{number:02}" for letter, numbers in NUMBERS.items() for number in numbers]
"""Every rule that was found for a factory's trajectory, China's and international."""
STATES = (
    "row in the model",
    "check after the solve",
    "checklist with evidence",
    "not encoded because ",
)
ROW = re.compile(r"\| ([A-Z]+-\d+) \| ([^|]+) \| (?:–|`([a-z0-9_]+)`) \| ([^|]+) \|")


def table() -> dict[str, tuple[str | None, str]]:
    """Rule id -> (pack, state); the page may have each id once."""
    found: dict[str, tuple[str | None, str]] = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        row = ROW.fullmatch(line)
        if row:
            assert row[1] not in found, f"{row[1]} stands twice"
            found[row[1]] = (row[3], row[4])
    return found


def state_of(rule: Rule) -> str:
    """What the code does with a rule of a pack."""
    if in_model(rule):
        return STATES[0]
    if is_counted(rule) or rule.type == "no_credits_against_unabated":
        return STATES[1]
    return STATES[2] if rule.type == "checklist" else STATES[3]


def test_no_rule_that_was_found_is_missing() -> None:
    """Proves that a rule can't be forgotten in silence: each id has a row on the page."""
    assert [name for name in IDS if name not in table()] == []


def test_each_rule_has_one_of_four_states() -> None:
    """Proves that no row says "planned" or nothing."""
    wrong = {name: said for name, (_, said) in table().items() if not said.startswith(STATES)}
    assert wrong == {}


def test_the_page_says_what_the_packs_hold() -> None:
    """Proves that page and packs agree: a rule of a pack has its row with that pack and the state
    that follows from its type, and no row names a pack that doesn't hold the rule."""
    held = {
        rule.id: (name, state_of(rule))
        for name, loaded in read_all(ROOT).items()
        for rule in loaded.pack.rules
    }
    listed = table()
    for name, (pack, state) in held.items():
        assert listed[name][0] == pack
        assert listed[name][1].startswith(state), name
    assert {name for name, (pack, _) in listed.items() if pack} == set(held)


@pytest.mark.parametrize("kind", list(SETS))
def test_a_row_in_the_model_is_a_field_of_the_policy(kind: str) -> None:
    """Proves that each bridge ends at a field there is: a misspelt one would set nothing."""
    for loc in SETS[kind]:
        blocks: dict[str | int, type[Frozen]] = {"offset": Offset, "ceiling": Ceiling}
        fields = Policy.model_fields if len(loc) == 1 else blocks[loc[0]].model_fields
        assert loc[0 if len(loc) == 1 else 1] in fields


def test_the_shipped_packs_are_these_and_rule_ids_differ() -> None:
    """Proves that `policy attest RULE` needs no pack's name: every id stands in one pack."""
    packs = read_all(ROOT)
    assert set(packs) == PACKS
    ids = [rule.id for loaded in packs.values() for rule in loaded.pack.rules]
    assert len(ids) == len(set(ids))


def test_the_national_call_sets_no_limit_on_credits() -> None:
    """Proves that nobody's 5 or 10 % is shown as China's rule: no text that was read states one.

    Its N-05 keeps 35 % for 2030 and leaves the basic level open, and nothing in it is primary.
    """
    rules = {rule.id: rule for rule in read_all(ROOT)["cn_zero_carbon_factory_2026"].pack.rules}
    credit_rules = {"offset_share", "first_credit_year", "credit_gate", "removal_share"}
    assert not credit_rules & {rule.type for rule in rules.values()}
    traceable = rules["N-05"]
    assert traceable.type == "traceable_share"
    assert traceable.limit.values == {2030: 0.35}
    assert traceable.undetermined is not None
    assert {rule.trust for rule in rules.values()} == {"secondary"}
    (condition,) = traceable.applies_if
    assert (condition.comparison, condition.value) == ("at_least", 5000.0)


def test_a_gate_of_the_national_call_is_computed_on_equivalent_power() -> None:
    """Proves the conversion: all-grid power has 0.5306 / 0.2856 = 1.858 t/tce, just above 1.8.

    At calorific value it would have 0.5306 / 0.1229 = 4.317, and no factory could pass. 0.2856
    kgce/kWh is as many tce/MWh; the limit in base units is 1.8 / (29.3076 / 3.6) = 0.22110 t/MWh.
    """
    rules = {rule.id: rule for rule in read_all(ROOT)["cn_zero_carbon_factory_2026"].pack.rules}
    carbon = rules["N-02"]
    assert carbon.type == "carbon_per_tce"
    assert carbon.electricity == "equivalent"
    assert carbon.limit.values[2026] == pytest.approx(1.8 / (29.3076 / 3.6), rel=1e-12)
    assert 0.5306 / carbon.conversion == pytest.approx(1.858, abs=5e-4)


def test_company_policies_are_called_no_law() -> None:
    """Proves the words on a company's own choice, and that every such pack has that standing."""
    packs = read_all(ROOT)
    company = {name for name, each in packs.items() if each.pack.standing == "company"}
    assert company == {"company_policy", "company_policy_location"}
    assert words.text("cli.policy.standing.company", "en") == "company policy, not law"


def test_no_word_of_a_report_claims_a_neutral_product() -> None:
    """Proves V-08 as the page states it: no sentence in the catalogs makes such a claim."""
    for lang in words.LANGUAGES:
        said = " ".join(words.catalog(lang).values()).lower()
        assert "neutral" not in said
        assert "碳中和" not in said
