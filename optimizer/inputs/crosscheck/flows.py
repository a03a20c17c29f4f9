"""Which carriers each unit takes and gives, asset or measure alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from optimizer.inputs.bundle import Bundle, measure_loc
from optimizer.inputs.located import Loc
from optimizer.schema.assets import Asset
from optimizer.schema.measure import Contract, Measure, Process, Saving
from optimizer.schema.technology import (
    ConverterTechnology,
    GeneratorTechnology,
    StorageTechnology,
)


@dataclass(frozen=True)
class Unit:
    """An asset or an offered measure under its path."""

    loc: Loc
    item: Asset | Measure


@dataclass(frozen=True)
class Named:
    """A carrier that a unit names at `loc`; `takes` and `gives` say which way it flows."""

    loc: Loc
    carrier: str
    takes: bool = False
    gives: bool = False


def units_of(bundle: Bundle) -> Iterator[Unit]:
    """Assets first, then the offered measures."""
    for index, asset in enumerate(bundle.scenario.assets):
        yield Unit(("assets", index), asset)
    for measure in bundle.measures:
        yield Unit(measure_loc(measure.id), measure)


def carriers_of(unit: Unit) -> Iterator[Named]:
    """Every carrier that the unit names, with its direction."""
    item, loc = unit.item, unit.loc
    if isinstance(item, ConverterTechnology):
        yield from (Named((*loc, "inputs", each), each, takes=True) for each in item.inputs)
        yield from (Named((*loc, "outputs", each), each, gives=True) for each in item.outputs)
        renewal = getattr(item, "renewal", None)
        for each in getattr(renewal, "inputs", None) or ():
            yield Named((*loc, "renewal", "inputs", each), each, takes=True)
    elif isinstance(item, GeneratorTechnology):
        yield Named((*loc, "output"), item.output, gives=True)
    elif isinstance(item, StorageTechnology):
        yield Named((*loc, "carrier"), item.carrier, takes=True)
    elif isinstance(item, Saving):
        yield from (Named((*loc, "adds", each), each, takes=True) for each in item.adds)
    elif isinstance(item, Process):
        yield from (Named((*loc, "inputs", each), each, takes=True) for each in item.inputs)
    elif isinstance(item, Contract):
        yield Named((*loc, "carrier"), item.carrier, gives=item.form == "energy")
