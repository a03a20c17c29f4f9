"""The words: both languages say the same things, and a line that isn't one is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import optimizer
from optimizer import words

PACKAGE = Path(optimizer.__file__).parent
USED = re.compile(r"""(?:say|text|term)\(\s*["']([a-z_]+(?:\.[a-z0-9_]+)+)["']""")


def test_both_languages_have_the_same_keys() -> None:
    """Proves parity: a sentence added in one language only would raise in the other's report."""
    assert set(words.catalog("en")) == set(words.catalog("zh"))


@pytest.mark.parametrize("key", sorted(words.catalog("en")))
def test_both_languages_take_the_same_values(key: str) -> None:
    """Proves that no number is lost in translation: a missing {limit} would drop the limit."""
    english, chinese = (words.catalog(lang)[key] for lang in words.LANGUAGES)
    assert words.placeholders(english) == words.placeholders(chinese)


def test_every_key_that_the_code_names_exists() -> None:
    """Proves that no report meets an unknown key; keys built from parts are not seen here."""
    sources = [file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py")]
    named = {key for source in sources for key in USED.findall(source)}
    assert len(named) > 80
    assert sorted(named - set(words.catalog("en"))) == []


def test_no_sentence_claims_a_proof() -> None:
    """Proves restraint: a gap shows how near the cheapest a plan is, it proves nothing more; to
    approve or improve is no such claim."""
    said = " ".join(words.catalog("en").values()).lower()
    assert not re.search(r"\bprove", said)
    assert "证明" not in " ".join(words.catalog("zh").values())


def test_placeholders_are_filled() -> None:
    """Proves the look-up: "{share} of {basis} is offset in {last}" filled."""
    said = words.text("headline.offset", "en", share="4 %", basis="gross", last=2030)
    assert said == "4 % of gross is offset in 2030"


def test_a_missing_value_is_an_error() -> None:
    """Proves that no braces reach a reader: the sentence needs `share` and `basis`."""
    with pytest.raises(KeyError, match="basis"):
        words.text("headline.offset", "en", share="4 %")


def test_values_are_not_read_as_sentences() -> None:
    """Proves that a name with braces stays as it is: {year} in a value is text, not a place."""
    assert words.text("unit.renewed", "en", name="{year}") == "{year}, renewed"


@pytest.mark.parametrize(("key", "lang"), [("headline.nothing", "en"), ("word.year", "fr")])
def test_an_unknown_word_is_an_error(key: str, lang: str) -> None:
    """Proves that neither a misspelt key nor an unknown language prints its own key."""
    with pytest.raises(words.UnknownWord):
        words.text(key, lang)


def test_a_default_stands_in_for_ids_from_data() -> None:
    """Proves that a rule the catalog doesn't know prints its id, a known one its word."""
    assert words.text_or("rule.new_rule", "new_rule", "en") == "new_rule"
    assert words.text_or("rule.gross_cap", "x", "en") == "Gross cap"


@pytest.mark.parametrize(
    "line",
    ["a.b: bare", 'a.b "no colon"', 'A.b: "capital"', 'a.b: "two" "strings"', '  a.b: "indent"',
     'a.b: ""', 'a.b: "back\\slash"'],
)  # fmt: skip
def test_a_line_that_is_not_flat_is_refused(line: str) -> None:
    """Proves that the small parser reads one syntax: more would need a YAML library."""
    with pytest.raises(ValueError, match="line 2"):
        words.parse_catalog(f"# a comment\n{line}\n")


def test_a_doubled_key_is_refused() -> None:
    """Proves that the last of two sentences doesn't win in silence."""
    with pytest.raises(ValueError, match="second time"):
        words.parse_catalog('a.b: "one"\na.b: "two"\n')
