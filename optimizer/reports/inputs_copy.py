"""What a report needs of the run's own copy of its inputs: topology, sources of figures.

plan.nc holds the reference flow of a unit; which carriers that turns into, and at what ratio,
stands in inputs/scenario.yaml and inputs/technology_catalog/. Series are read from series.csv.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from optimizer import units
from optimizer.files.yaml_document import Document, read_yaml
from optimizer.inputs.overrides import merged

REFERENCES = "references.yaml"


class UnknownUnit(KeyError):
    """A unit of the plan that the run's inputs don't describe."""


def in_year(table: Any, year: int, unit: str) -> float:
    """Value of a yearly table in `unit`: constant, or by year with linear or step between years.

    Raises ValueError for a year that the table doesn't reach (schema.fields.Yearly's rule).
    """
    if not isinstance(table, Mapping):
        return _number(table, unit)
    points = {int(k): _number(v, unit) for k, v in table.items() if k != "interpolate"}
    if year in points:
        return points[year]
    earlier = [y for y in sorted(points) if y < year]
    later = [y for y in sorted(points) if y > year]
    how = table.get("interpolate")
    if how == "step" and earlier:
        return points[earlier[-1]]
    if how == "linear" and earlier and later:
        return float(np.interp(year, sorted(points), [points[y] for y in sorted(points)]))
    raise ValueError(f"no value for {year} among {sorted(points)}")


def _number(given: Any, unit: str) -> float:
    return units.parse(given, unit).value if isinstance(given, str) else float(given)


@dataclass(frozen=True)
class InputsCopy:
    """The folder `inputs/` of a run, read when asked."""

    folder: Path

    @cached_property
    def document(self) -> Document:
        """scenario.yaml as solved, with its lines."""
        return read_yaml(self.folder / "scenario.yaml", "inputs/scenario.yaml")

    @property
    def scenario(self) -> dict[str, Any]:
        """scenario.yaml as solved, plain."""
        return dict(self.document.data)

    @cached_property
    def measures(self) -> dict[str, dict[str, Any]]:
        """Measures of the catalog's copy and their modes of financing by id, with the scenario's
        overrides merged in."""
        override = (self.scenario.get("measures") or {}).get("override") or {}
        found: dict[str, dict[str, Any]] = {}
        for file in sorted((self.folder / "technology_catalog").glob("*.yaml")):
            if file.name == REFERENCES:
                continue
            for measure in read_yaml(file).data.get("measures") or ():
                given = merged(measure, override.get(measure["id"], {}))
                found[given["id"]] = given
                for mode in given.get("financing") or ():
                    found[mode["id"]] = {**given, "id": mode["id"], "name": mode["name"]}
        return found

    @cached_property
    def references(self) -> dict[str, dict[str, Any]]:
        """references.yaml by key; empty where the run has none."""
        file = self.folder / "technology_catalog" / REFERENCES
        return dict(read_yaml(file).data.get("references") or {}) if file.exists() else {}

    @cached_property
    def assets(self) -> dict[str, dict[str, Any]]:
        """Existing assets by id."""
        return {asset["id"]: asset for asset in self.scenario.get("assets") or ()}

    def asset_of_unit(self, unit: str) -> str | None:
        """The asset whose id the unit's id is, or begins with (its renewed unit)."""
        if unit in self.assets:
            return unit
        near = [a for a in self.assets if unit.startswith(a) and not unit[len(a)].isalnum()]
        return max(near, key=len, default=None)

    def technology(self, unit: str) -> dict[str, Any]:
        """What the unit does, by its schema's fields; a renewed asset has its renewal's inputs.

        Raises UnknownUnit.
        """
        if unit in self.measures:
            return self.measures[unit]
        asset = self.asset_of_unit(unit)
        if asset is None:
            raise UnknownUnit(f"inputs/ describe no unit {unit!r}")
        given = self.assets[asset]
        renewed = (given.get("renewal") or {}).get("inputs") if unit != asset else None
        return {**given, "inputs": renewed} if renewed else given

    @cached_property
    def series(self) -> dict[str, NDArray[np.float64]]:
        """Full-year series of series.csv by key, (365 x steps,); the unit in [] is dropped."""
        table = pd.read_csv(self.folder / "series.csv")
        names = [str(column) for column in table.columns]
        return {n.split(" [")[0]: table[n].to_numpy(dtype=float) for n in names}

    def activity(self, fixed_share: float, year: int) -> float:
        """fixed share + the rest times the production index of the year."""
        output = in_year(self.scenario.get("output", 1.0), year, "1")
        return fixed_share + (1.0 - fixed_share) * output
