"""The verifier looks factors up by itself in the run's copy, and comes to the loader's numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from optimizer.files.yaml_document import read_yaml
from optimizer.inputs.assemble import assemble
from optimizer.inputs.factors import read_factors, with_factors
from optimizer.inputs.load import load
from optimizer.plan.folder import write_inputs
from optimizer.plan.verify.factors import with_library_factors
from optimizer.plan.verify.given import read_given
from optimizer.plan.verify.money import in_year
from optimizer.plan.verify.reading import UnreadableRun
from optimizer.schema.fields import EmissionFactor, Yearly
from optimizer.schema.scenario import Carrier
from tests.factor_libraries import grid, libraries, power, projection
from tests.plan.tiny_run import write_run
from tests.workspace import put, small_scenario, write_workspace, write_yaml

FACTOR = "carriers.electricity.factor"
GAS = "carriers.natural_gas.factor"
WRITTEN = "factor: {2025: 0.5 t/MWh, 2026: 0.5 t/MWh, 2027: 0.48 t/MWh}"


def read_twice(folder: Path, path: str, reference: Any) -> tuple[Any, Any]:
    """The raw field after the loader's look-up and after the verifier's."""
    scenario = put(small_scenario(), path, reference)
    file = write_workspace(folder, scenario, factors=libraries(), hours=24)
    document = read_yaml(file, file.name)
    loader = with_factors(document.data, read_factors(document, folder))
    verifier = with_library_factors(document.data, libraries())
    found = []
    for each in (loader, verifier):
        for part in path.split("."):
            each = each[part]
        found.append(each)
    return found[0], found[1]


@pytest.mark.parametrize(
    ("path", "reference"),
    [
        (FACTOR, power()),
        (FACTOR, power("sichuan")),
        (FACTOR, power(projection=projection("-1.5 %/a"))),
        (FACTOR, power(projection=projection("2 %/a"))),
        ("carriers.electricity.residual", power("nation", purpose="residual")),
        ("base_year.factors.electricity", power(projection=projection("-10 %/a"))),
        (GAS, {"library": "fuels", "fuel": "natural_gas"}),
        (GAS, {"library": "fuels", "fuel": "steam"}),
    ],
)
def test_both_readers_of_a_reference_agree(tmp_path: Path, path: str, reference: Any) -> None:
    """Proves that two independent ways give the same t/MWh in every year, to 1e-12.

    One that forgets the oxidation or counts the projection from another year differs by 1 %.
    """
    ours, theirs = (
        Yearly[EmissionFactor].model_validate(raw) for raw in read_twice(tmp_path, path, reference)
    )
    years = range(2023, 2061)
    left = [in_year(ours, year, float) for year in years]
    assert None not in left
    assert [in_year(theirs, year, float) for year in years] == pytest.approx(left, rel=1e-12)


def test_a_run_is_read_with_the_factor_of_its_own_copy(tmp_path: Path) -> None:
    """Proves that the run's copy counts: 0.5 kg/kWh there is 0.5 t/MWh in each year."""
    inputs = _named(tmp_path)
    (inputs / "emission_factors").mkdir()
    write_yaml(inputs / "emission_factors" / "grid.yaml", grid())
    carrier: Carrier = read_given(inputs).scenario.carriers["electricity"]
    assert carrier.factor is not None
    assert carrier.factor.constant == 0.5


def test_a_run_without_its_library_is_unreadable(tmp_path: Path) -> None:
    """Proves that no factor is taken to be 0: the field and the missing library are named."""
    with pytest.raises(UnreadableRun, match=r"carriers\.electricity\.factor.*'grid'"):
        read_given(_named(tmp_path))


def test_a_run_encloses_the_libraries_that_it_names(tmp_path: Path) -> None:
    """Proves that inputs/ of a run hold grid.yaml, which is named, and no fuels.yaml."""
    scenario = put(small_scenario(), FACTOR, power())
    bundle = load(write_workspace(tmp_path, scenario, factors=libraries()))
    run = tmp_path / "run"
    run.mkdir()
    write_inputs(run, bundle, assemble(bundle))
    enclosed = sorted(path.name for path in (run / "inputs" / "emission_factors").iterdir())
    assert enclosed == ["grid.yaml"]
    factor = read_given(run / "inputs").scenario.carriers["electricity"].factor
    assert factor is not None
    assert factor.constant == 0.5


def _named(folder: Path) -> Path:
    """The tiny run's inputs, its grid factor named in place of written."""
    inputs = write_run(folder / "run") / "inputs"
    file = inputs / "scenario.yaml"
    text = file.read_text(encoding="utf-8")
    assert WRITTEN in text
    named = "factor: {library: grid, region: jiangsu, purpose: location, year: 2023}"
    file.write_text(text.replace(WRITTEN, named), encoding="utf-8")
    return inputs
