"""Reads inputs/ of a run: the scenario as solved, measures on offer, policy and series."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from optimizer.errors import InputErrors
from optimizer.files.yaml_document import read_yaml
from optimizer.plan.verify.factors import with_library_factors
from optimizer.plan.verify.packs import stacked_policy
from optimizer.plan.verify.reading import UnreadableRun
from optimizer.schema.financing import as_financed, as_owned
from optimizer.schema.measure import Measure, MeasureFile
from optimizer.schema.policy import Policy
from optimizer.schema.policy_pack import PolicyPack
from optimizer.schema.scenario import Scenario

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Given:
    """Validated inputs. `measures` by id, as offered, overrides applied; `policy` with its packs,
    `packs` in the order in which the scenario names them.

    `series`: full-year columns by key, in base units and the scenario's money. `mode_of`: of what
    is offered in a mode of financing, the measure.
    """

    scenario: Scenario
    policy: Policy
    packs: tuple[PolicyPack, ...]
    measures: Mapping[str, Measure]
    series: Mapping[str, Array]
    mode_of: Mapping[str, str] = field(default_factory=dict)

    def stands_for(self, name: str, measure: str) -> bool:
        """Whether what is offered by a name is the measure, whoever owns it."""
        return measure in (name, self.mode_of.get(name))


def read_given(inputs: Path) -> Given:
    """Everything of inputs/; raises UnreadableRun naming the file that is missing or invalid."""
    raw = _yaml(inputs / "scenario.yaml")
    try:
        own = raw.get("policy") or {}
        packs = _packs(own, inputs / "policies")
        raw = {**raw, "policy": {**merge(stacked_policy(packs), own)}}
        raw = with_library_factors(raw, _by_id(inputs / "emission_factors"))
        scenario = Scenario.model_validate(raw)
        catalog = _catalog(inputs / "technology_catalog")
        measures, mode_of = _offered(scenario, catalog)
    except ValueError as error:  # pydantic's ValidationError is one
        lines = " ".join(str(error).split())
        raise UnreadableRun(f"{inputs}: the inputs aren't valid ({lines[:200]})") from None
    held = tuple(PolicyPack.model_validate(pack) for pack in packs.values())
    series = _series(inputs / "series.csv")
    return Given(scenario, scenario.policy, held, measures, series, mode_of)


def _yaml(path: Path) -> Any:
    try:
        return read_yaml(path, path.name).data
    except InputErrors as errors:
        raise UnreadableRun(str(errors.problems[0])) from None


def _catalog(folder: Path) -> dict[str, tuple[str, dict[str, Any]]]:
    """Raw measures by id with their family."""
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    for file in sorted(folder.glob("*.yaml")):
        data = _yaml(file)
        if isinstance(data, dict) and "measures" in data:
            for measure in data["measures"]:
                found[str(measure["id"])] = (str(data["family"]), measure)
    return found


def _offered(
    scenario: Scenario, catalog: Mapping[str, tuple[str, dict[str, Any]]]
) -> tuple[dict[str, Measure], dict[str, str]]:
    """The measures on offer, each with the scenario's overrides merged in before validation; and of
    those offered in a mode of financing the measure that it is one of."""
    measures: dict[str, Measure] = {}
    mode_of: dict[str, str] = {}
    for name in scenario.measures.offer:
        if name in catalog:
            measures[name] = as_owned(_read(name, scenario, catalog))
            continue
        for base in catalog:
            modes = getattr(_read(base, scenario, catalog), "financing", ())
            for mode in modes:
                if mode.id == name:
                    measures[name] = as_financed(_read(base, scenario, catalog), mode)
                    mode_of[name] = base
        if name not in measures:
            raise UnreadableRun(f"inputs/technology_catalog: the measure '{name}' is missing")
    return measures, mode_of


def _read(
    name: str, scenario: Scenario, catalog: Mapping[str, tuple[str, dict[str, Any]]]
) -> Measure:
    family, raw = catalog[name]
    merged = merge(raw, scenario.measures.override.get(name, {}))
    return MeasureFile.model_validate({"family": family, "measures": [merged]}).measures[0]


def _packs(own: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The raw packs that the scenario's own policy uses, by name."""
    there = _by_id(folder)
    for name in own.get("use", ()):
        if name not in there:
            raise UnreadableRun(f"inputs/policies: the policy '{name}' is missing")
    return {name: there[name] for name in own.get("use", ())}


def _by_id(folder: Path) -> dict[Any, Any]:
    """Raw files of a folder by the id that they state."""
    return {data.get("id"): data for data in map(_yaml, sorted(folder.glob("*.yaml")))}


def merge(below: Any, above: Any) -> Any:
    """`above` laid over `below`: fields are merged one by one, and an empty one takes its field
    away; everything else is replaced whole, a list and a table by year included.
    """
    if not (_has_fields(below) and _has_fields(above)):
        return above
    merged = {**below, **{key: merge(below.get(key), value) for key, value in above.items()}}
    return {key: value for key, value in merged.items() if above.get(key, value) is not None}


def _has_fields(value: Any) -> bool:
    """A mapping by field name, not one by year."""
    return isinstance(value, dict) and not any(isinstance(key, int) for key in value)


def _series(path: Path) -> dict[str, Array]:
    """Columns of series.csv by key; the unit in brackets after the key is for people."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        table = pd.read_csv(path, dtype=np.float64)
    except FileNotFoundError:
        raise UnreadableRun(f"{path}: there is no series.csv") from None
    except (OSError, ValueError, StopIteration) as error:
        text = " ".join(str(error).split())
        raise UnreadableRun(f"{path}: can't be read as numbers ({text[:120]})") from None
    gaps = [str(column) for column in table.columns if not np.isfinite(table[column]).all()]
    if gaps:
        raise UnreadableRun(f"{path}: the column '{gaps[0]}' has a gap")
    keys = [text.split(" [", 1)[0].strip() for text in header]
    return {key: table.iloc[:, number].to_numpy() for number, key in enumerate(keys)}
