"""Files of futures: what is wrong in one is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.errors import InputErrors
from optimizer.inputs.future_files import read_futures
from tests.cli.solving import write_small

FILE = """\
decide_to: 2026
futures:
  - id: now
    name: {en: Now, zh: 现在}
    weight: 3
  - id: dear
    name: {en: Dear, zh: 贵}
    weight: 1
    times: {tariffs.natural_gas.price: 2}
"""


def read(folder: Path, text: str) -> list[str]:
    """Weights of a file, or what is wrong with it."""
    path = folder / "futures.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        found = read_futures(path, write_small(folder)).futures
    except InputErrors as errors:
        return [str(one).removeprefix(f"{folder.as_posix()}/") for one in errors.problems]
    return [f"{changed.id} {weight:g}" for changed, weight, _ in found]


def test_weights_are_shares_and_no_change_is_a_future(tmp_path: Path) -> None:
    """Proves 3 to 1 as 0.75 and 0.25, and that the scenario as it is may be one of them."""
    assert read(tmp_path, FILE) == ["now 0.75", "dear 0.25"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("decide_to: 2026", "decide_to: 2027", 'futures.yaml:1:12  decide_to: got "2027"'),
        ("weight: 3", "weight: 0", "futures.yaml:5:13  futures[0].weight"),
        ("id: dear", "id: now", 'futures.yaml:6:9  futures[1].id: got "now"'),
        ("natural_gas.price", "gas.price", "futures.yaml:9:"),
        ("times: {tariffs.natural_gas.price: 2}", "set: {horizon.evaluate_to: 2035}",
         "several horizons"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Proves file, line and field of each mistake: a last year that leaves nothing for later, a
    future that can't come, a doubled name, a path that leads nowhere, years that don't compare."""
    (told,) = read(tmp_path, FILE.replace(old, new))
    assert said in told
