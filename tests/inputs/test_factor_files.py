"""Library files that contradict themselves, told with place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.errors import InputErrors
from optimizer.inputs.factor_files import read_library
from tests.factor_libraries import fuels, grid, warming
from tests.workspace import put, write_yaml

CASES = [
    # library, field to change, value, part of the message
    (grid(), "regions.jiangsu.location.2024", "0.4 kg/kWh", "a year of editions"),
    (grid(), "editions.2023.source", "nobody", "a key of the library's sources"),
    (grid(), "regions.sichuan.location.2023.source", "nobody", "There are: office, guess"),
    (grid(), "regions.jiangsu.location.2023", "0.5", "a mass per energy"),
    (grid(), "id", "gird", 'must be "grid", as its file'),
    (fuels(), "fuels.natural_gas.co2", "56.1 kg/GJ", "either"),
    (fuels(), "fuels.natural_gas.oxidation", ..., "goes with"),
    (fuels(), "fuels.natural_gas.ncv", "38.9 kW", "heating value"),
    (fuels(), "fuels.steam.source", "nobody", "a key of the library's sources"),
    (fuels(), "kind", "fuels", "fuel"),
    (warming(), "gases.hfc_32.values.ar6", 771, "one of ar5"),
]


@pytest.mark.parametrize(("library", "path", "value", "says"), CASES)
def test_a_library_that_contradicts_itself_is_refused(
    tmp_path: Path, library: dict[str, Any], path: str, value: Any, says: str
) -> None:
    """Proves that each mistake is told in the file's own words, with its line."""
    file = tmp_path / f"{library['id']}.yaml"
    write_yaml(file, put(library, path, value))
    with pytest.raises(InputErrors) as caught:
        read_library(file, file.name)
    assert says in str(caught.value)
    assert all(problem.line > 0 for problem in caught.value.problems)
