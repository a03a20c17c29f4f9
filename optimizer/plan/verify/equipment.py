"""What runs in a step: each asset's old and renewed unit and each measure's, from the inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.plan.verify.given import Given
from optimizer.schema.assets import ConverterAsset, GeneratorAsset, StorageAsset
from optimizer.schema.fields import Yearly
from optimizer.schema.measure import Converter, Generator, Process, Storage
from optimizer.schema.technology import (
    Conversion,
    ConverterTechnology,
    GeneratorTechnology,
    Recovery,
    StorageTechnology,
)
from optimizer.units import Quantity


@dataclass(frozen=True)
class Machine:
    """A converter or generator. `owner`: the measure or asset; `state`: which of its units;
    `reference`: the carrier that it runs for; `generates`: from sun or wind, not from a carrier;
    `sold_certificates`: their price, None where they are kept.
    """

    id: str
    owner: str
    state: str
    reference: str
    inputs: Mapping[str, Conversion]
    outputs: Mapping[str, Conversion]
    availability: str | None
    recovers: Recovery | None
    variable_om: Quantity | None
    generates: bool
    sold_certificates: Yearly[Quantity] | None


@dataclass(frozen=True)
class Store:
    """A storage of an asset or a measure."""

    id: str
    owner: str
    state: str
    technology: StorageTechnology


@dataclass(frozen=True)
class Equipment:
    """All step units. States: `measure`, or `old` and `renewed` of an asset."""

    machines: tuple[Machine, ...]
    stores: tuple[Store, ...]
    captures: tuple[Process, ...]

    def of(self, owner: str) -> tuple[Machine, ...]:
        """The units that run for one asset or measure."""
        return tuple(machine for machine in self.machines if machine.owner == owner)


def equipment_of(given: Given) -> Equipment:
    """Units of the assets, then of the measures; those of contracts, savings and credits: none."""
    machines: list[Machine] = []
    stores: list[Store] = []
    for asset in given.scenario.assets:
        names = {"old": asset.id}
        if asset.renewal is not None:
            names["renewed"] = f"{asset.id}.renewed"
        for state, name in names.items():
            if isinstance(asset, StorageAsset):
                stores.append(Store(name, asset.id, state, asset))
            else:
                newer = asset.renewal.inputs if state == "renewed" and asset.renewal else None
                machines.append(_machine(name, asset.id, state, asset, newer))
    for name, measure in given.measures.items():
        if isinstance(measure, Converter | Generator):
            machines.append(_machine(name, name, "measure", measure, None))
        elif isinstance(measure, Storage):
            stores.append(Store(name, name, "measure", measure))
    captures = [m for m in given.measures.values() if isinstance(m, Process) and m.captures]
    return Equipment(tuple(machines), tuple(stores), tuple(captures))


def _machine(
    name: str,
    owner: str,
    state: str,
    what: ConverterAsset | GeneratorAsset | Converter | Generator,
    newer_inputs: Mapping[str, Conversion] | None,
) -> Machine:
    if isinstance(what, GeneratorTechnology):
        inputs: Mapping[str, Conversion] = {}
        outputs: Mapping[str, Conversion] = {what.output: Conversion(ratio=1.0)}
        recovers = None
        reference = what.output
    else:
        assert isinstance(what, ConverterTechnology)
        inputs, outputs = newer_inputs or what.inputs, what.outputs
        recovers, reference = what.recovers, what.reference
    return Machine(
        id=name,
        owner=owner,
        state=state,
        reference=reference,
        inputs=inputs,
        outputs=outputs,
        availability=what.availability,
        recovers=recovers,
        variable_om=what.variable_om,
        generates=isinstance(what, GeneratorTechnology),
        sold_certificates=(
            what.sold_certificates if isinstance(what, GeneratorTechnology) else None
        ),
    )
