"""One step of a case written in symbols: what the stamping compiles once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyomo.environ as pyo

from optimizer.inputs.case import Case, StorageUnit
from optimizer.model.seam import Name, link_names
from optimizer.model.step import declare_step, write_step, yearly_tables


@dataclass(frozen=True)
class _Symbols:
    """A step's access to symbols: what varies stays a name until it is stamped."""

    block: Any

    def series(self, key: str) -> Any:
        return self.block.series[key]

    def yearly(self, name: Name) -> Any:
        return self.block.yearly[name]

    def link(self, name: Name) -> Any:
        return self.block.link[name]

    def level_before(self, storage: str) -> Any:
        return self.block.before[storage]

    def hours(self) -> Any:
        return self.block.hours

    def kept(self, storage: str) -> Any:
        return self.block.kept[storage]


def symbolic_step(case: Case) -> Any:
    """One step of the case, written in symbols."""
    block = pyo.ConcreteModel()
    declare_step(case, block)
    block.series = pyo.Var(list(case.series))
    block.yearly = pyo.Var(pyo.Set(initialize=list(yearly_tables(case)), dimen=2))
    block.link = pyo.Var(pyo.Set(initialize=link_names(case), dimen=None))
    stores = [u.id for u in case.units if isinstance(u, StorageUnit)]
    block.before, block.kept, block.hours = pyo.Var(stores), pyo.Var(stores), pyo.Var()
    write_step(case, block, _Symbols(block))
    return block
