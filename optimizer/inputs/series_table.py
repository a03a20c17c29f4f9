"""The case's series: each under its key, once, with its role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.errors import nearest
from optimizer.inputs.assembly import HOURS_A_YEAR, Assembly
from optimizer.inputs.located import Loc
from optimizer.inputs.profiles.heat_pump import cop
from optimizer.inputs.series_values import Meaning, StepValues, read_series
from optimizer.schema.series import CopModel

Array = NDArray[np.float64]
Role = Literal["demand", "excess", "availability", "ratio", "price", "factor", "shape"]


@dataclass
class SeriesTable:
    """Series (365, H) by key, their roles, the keys of `data` that were made, not measured, and
    notes on what looks strange in the measured ones.

    A series that can't be read is remembered as a problem once and is then taken as None.
    """

    assembly: Assembly
    values: dict[str, Array] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    derived: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    _read: dict[tuple[str, Meaning], StepValues | None] = field(default_factory=dict)

    def read(self, key: str, meaning: Meaning, loc: Loc) -> StepValues | None:
        """The series `key` of the scenario's data, read once; None after a problem at `loc`."""
        if (key, meaning) not in self._read:
            self._read[key, meaning] = self._fetch(key, meaning, loc)
        return self._read[key, meaning]

    def _fetch(self, key: str, meaning: Meaning, loc: Loc) -> StepValues | None:
        data = self.assembly.scenario.data
        if key not in data:
            guess = nearest(key, data)
            hint = f'Did you mean "{guess}"?' if guess else ""
            self.assembly.problem(loc, key, "a series of the scenario's data", hint)
            return None
        found = self.assembly.attempt(
            ("data", key), lambda: read_series(self.assembly.bundle, key, meaning), None
        )
        if found is not None:
            self.notes += found.suspicions
            self.derived |= {key} if found.derived else set()
        return found

    def put(self, key: str, role: Role, values: Array, loc: Loc) -> None:
        """Hold values under a key; a key that already has another role is a problem at `loc`."""
        if self.roles.get(key, role) != role:
            self.assembly.problem(loc, key, f"a series that isn't also a {self.roles[key]}")
            return
        held = np.array(values, dtype=np.float64)
        held.setflags(write=False)
        self.values[key], self.roles[key] = held, role

    def demand(self, key: str, service: str, loc: Loc) -> str | None:
        """Hold a demand [MW]; the key of its excess (highest - mean) where measured finer."""
        found = self.read(key, "power", loc)
        if found is None:
            return None
        self.put(key, "demand", found.mean, loc)
        if found.highest is None:
            return None
        self.put(f"{service}.excess", "excess", found.highest - found.mean, loc)
        return f"{service}.excess"

    def availability(self, key: str, unit: str, loc: Loc) -> str:
        """Hold an availability: share of a capacity in MW, or MW/m2 of a capacity in m2."""
        found = self.read(key, "yield" if unit == "m2" else "share", loc)
        if found is not None:
            if (found.mean > 1).any():
                self.assembly.problem(loc, key, "at most 1 in every step", "It is a share.")
            self.put(key, "availability", found.mean, loc)
        return key

    def price(self, key: str, loc: Loc) -> str:
        """Hold a price [money/MWh], which may be negative."""
        found = self.read(key, "price", loc)
        if found is not None:
            self.put(key, "price", found.mean, loc)
        return key

    def factor(self, key: str, carrier: str, loc: Loc) -> str:
        """Hold the form of a carrier's emission factor, with the mean 1."""
        found = self.read(key, "form", loc)
        own = f"{carrier}.factor"
        if found is not None:
            self.put(own, "factor", found.mean / found.mean.mean(), loc)
        return own

    def contract_shape(self, key: str | None, contract: str, loc: Loc) -> str:
        """Hold a delivery profile in MW per MWh/a: its sum over the year, times dt, is 1."""
        own = f"{contract}.shape"
        axis = self.assembly.axis
        flat = np.full((len(axis.weight), axis.steps), 1.0 / HOURS_A_YEAR)
        if key is None:
            self.put(own, "shape", flat, loc)
            return own
        found = self.read(key, "form", loc)
        if found is not None:
            self.put(own, "shape", found.mean / (found.mean.sum() * axis.dt), loc)
        return own

    def cop(self, model: CopModel, loc: Loc) -> float | Array:
        """Coefficient of performance: one number, or (365, H) with the source's temperature."""
        source: float | Array | None = model.source
        if model.source_series is not None:
            found = self.read(model.source_series, "temperature", (*loc, "source_series"))
            source = None if found is None else found.mean
        if source is None:
            return 1.0
        values = self.assembly.attempt(
            loc, lambda: cop(model.sink, source, model.quality, model.maximum), np.ones(())
        )
        if (values < 1).any():
            lowest = f"a COP of {values.min():.3g}"
            self.assembly.problem(loc, lowest, "at least 1", "Below 1 nothing is pumped.")
            return 1.0
        return float(values) if values.ndim == 0 else values
