"""Every word that people read, and the few lines that look one up.

A catalog is a file of flat lines, `dotted.key: "sentence"`, beside comments and blank lines: valid
YAML, of which nothing else is read. A sentence may hold placeholders such as `{year}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal

Language = Literal["en", "zh"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")

_LINE = re.compile(r'([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*): "([^"\\]+)"')
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class UnknownWord(KeyError):
    """No catalog has this key, or there is no catalog of this language."""


def parse_catalog(source: str) -> dict[str, str]:
    """Key -> sentence. Raises ValueError, with the line, for a doubled key or any other syntax."""
    catalog: dict[str, str] = {}
    for number, line in enumerate(source.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if not found:
            raise ValueError(f"line {number} is not 'key: \"sentence\"': {line}")
        if found[1] in catalog:
            raise ValueError(f"line {number} gives {found[1]!r} a second time")
        catalog[found[1]] = found[2]
    return catalog


@lru_cache(maxsize=len(LANGUAGES))
def catalog(lang: str) -> Mapping[str, str]:
    """All sentences of a language, read once. Raises UnknownWord for an unknown language."""
    if lang not in LANGUAGES:
        raise UnknownWord(f"no words in {lang!r}; there are: {', '.join(LANGUAGES)}")
    source = (files(__name__) / f"{lang}.yaml").read_text(encoding="utf-8")
    return MappingProxyType(parse_catalog(source))


def placeholders(sentence: str) -> frozenset[str]:
    """Names in braces that `text` must be given values for."""
    return frozenset(_PLACEHOLDER.findall(sentence))


def text(key: str, lang: str, /, **values: object) -> str:
    """The sentence `key` in `lang` with its placeholders filled.

    Raises UnknownWord for a key that the catalog lacks, KeyError for a placeholder without value.
    """
    sentences = catalog(lang)
    if key not in sentences:
        raise UnknownWord(f"no word {key!r} in {lang}.yaml")
    return _PLACEHOLDER.sub(lambda found: str(values[found[1]]), sentences[key])


def text_or(key: str, default: str, lang: str) -> str:
    """The word `key`, or `default` where the catalog has none: for ids that come from data."""
    return catalog(lang).get(key, default)


def inside(name: str) -> str:
    """A name inside a sentence: "Natural gas" as "natural gas", "LNG" and Chinese as they are."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
