"""Words of the loan file: each that the code names is there, and none waits for nothing."""

from __future__ import annotations

import re
from pathlib import Path

from optimizer.reports import loan_file
from optimizer.words import catalog

PREFIX = "loan_file."
NAMED = re.compile(r"""(?:told|money)\(\s*f?["']((?:[a-z0-9_.]|\{[^}]*\})+)""")


def patterns() -> list[re.Pattern[str]]:
    """Every key that the code names; what it puts in while it runs stands for any word."""
    folder = Path(str(loan_file.__path__[0]))
    source = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    parts = [re.split(r"\{[^}]*\}", key) for key in NAMED.findall(source)]
    return [re.compile("[a-z0-9_]+".join(map(re.escape, each))) for each in parts]


def test_every_word_is_there_and_used() -> None:
    """Proves that no sentence of the page is missing or left over: keys without a part that is put
    in stand in the catalog, and each word there is one that the code names."""
    known = [key.removeprefix(PREFIX) for key in catalog("en") if key.startswith(PREFIX)]
    found = patterns()
    assert len(found) > 100
    assert [key for key in known if not any(each.fullmatch(key) for each in found)] == []
    folder = Path(str(loan_file.__path__[0]))
    source = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    plain = {key for key in NAMED.findall(source) if "{" not in key}
    assert sorted(plain - set(known)) == []
