"""What stays in memory between two readings of a scenario changes nothing that is read."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from optimizer.inputs import catalog_files, factor_files, series_shapes
from optimizer.inputs.assemble import assemble
from optimizer.inputs.axis_choice import on_typical_days
from optimizer.inputs.case import Case
from optimizer.inputs.load import load
from optimizer.inputs.profiles import clusters
from tests.workspace import small_scenario, write_workspace

DEMO = Path(__file__).parents[2] / "scenarios" / "auto_parts_jiangsu" / "scenario.yaml"
KEPT = (
    catalog_files._family,
    catalog_files._references,
    factor_files._library,
    series_shapes._photovoltaic,
    clusters._clustered,
)


def read(*sets: str) -> Case:
    full = assemble(load(DEMO, sets=sets))
    return on_typical_days(full, 4)[0]


def cold(*sets: str) -> Case:
    """As a new process reads it."""
    for memory in KEPT:
        memory.cache_clear()
    return read(*sets)


def alike(a: Any, b: Any) -> bool:
    """Whether two records hold the same values to the last digit."""
    if isinstance(a, np.ndarray):
        return isinstance(b, np.ndarray) and np.array_equal(a, b)
    if is_dataclass(a):
        return type(a) is type(b) and all(
            alike(getattr(a, f.name), getattr(b, f.name)) for f in fields(a)
        )
    if isinstance(a, tuple | list):
        return len(a) == len(b) and all(alike(x, y) for x, y in zip(a, b, strict=True))
    if hasattr(a, "items"):
        return list(a) == list(b) and all(alike(a[key], b[key]) for key in a)
    return bool(a == b)


def settings(seed: int) -> tuple[str, ...]:
    """A random price, and one of: output, a demand, a roof's yield, a measure's figure, nothing."""
    rng = np.random.default_rng(seed)
    price = f"tariffs.natural_gas.price={rng.uniform(0.2, 0.5):.4f} CNY/kWh"
    others = (
        (f"output.2030={rng.uniform(0.9, 1.2):.3f}",),
        (f"data.pv_roof.yearly_yield={rng.uniform(900, 1200):.0f} kWh/kWp",),
        (f"data.pv_roof.seed={rng.integers(1, 99)}",),
        (f"measures.override.pv_rooftop.lifetime={rng.integers(20, 30)} a",),
        (),
    )
    return (price, *others[seed % len(others)])


@pytest.mark.parametrize("seed", range(5))
def test_a_case_read_again_is_that_of_a_new_process(seed: int) -> None:
    """Proves that a change is read into the same case, to the last digit, whether files, roofs and
    clusters are known from readings of other settings or not.

    Were anything kept by a key that leaves out what it depends on (a seed, a yield, the text of a
    file), the second case would hold the first one's.
    """
    expected = cold(*settings(seed))
    cold(*settings(seed + 1))
    read(*settings(seed + 2))
    assert alike(read(*settings(seed)), expected)
    assert not alike(read(*settings(seed + 1)), expected)


def test_an_edited_catalog_is_read_anew(tmp_path: Path) -> None:
    """Proves files are kept by their text: a catalog saved between two readings counts at once.

    Kept by its name, a boiler of 20 years would still live so long after it was edited to 19.
    """
    path = write_workspace(tmp_path, small_scenario())
    before = load(path)
    (file,) = [f.path for f in before.files if f.role == "catalog"][:1]
    text = file.read_text(encoding="utf-8")
    lives = sorted({m.lifetime for m in before.measures if hasattr(m, "lifetime")})
    assert '"20 a"' in text
    file.write_text(text.replace('"20 a"', '"19 a"'), encoding="utf-8")
    after = sorted({m.lifetime for m in load(path).measures if hasattr(m, "lifetime")})
    assert 20.0 in lives
    assert 20.0 not in after


def test_what_is_kept_can_not_be_written_to() -> None:
    """Proves arrays that are handed out again are read-only: one written to would change the
    next reading."""
    days = {"power": np.random.default_rng(1).random((365, 24))}
    labels = clusters.cluster(days, np.arange(365), 3)
    with pytest.raises(ValueError, match="read-only"):
        labels[0] = 1
