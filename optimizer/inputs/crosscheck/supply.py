"""Whether each carrier in use can come from somewhere, and the order of heat grades."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.errors import Problem
from optimizer.inputs.bundle import Bundle
from optimizer.inputs.crosscheck.flows import Unit, carriers_of, units_of
from optimizer.inputs.located import Loc
from optimizer.schema.scenario import Scenario
from optimizer.schema.technology import ConverterTechnology


def carriers_can_be_supplied(bundle: Bundle) -> Iterator[Problem]:
    """What a service or a unit takes can be bought, made, or come from a hotter carrier."""
    supplied = _supplied(bundle)
    for loc, carrier in _needs(bundle):
        if carrier in bundle.scenario.carriers and carrier not in supplied:
            hint = "Give it a tariff, or offer a measure or asset that makes it from what there is."
            yield bundle.problem(loc, "a carrier that something supplies", hint, found=carrier)


def nothing_comes_from_nothing(bundle: Bundle) -> Iterator[Problem]:
    """A converter takes something in, or recovers heat: else its output would be free."""
    for unit in units_of(bundle):
        item = unit.item
        if not isinstance(item, ConverterTechnology) or item.recovers is not None:
            continue
        renewal = getattr(item, "renewal", None)
        renewed = getattr(renewal, "inputs", None)
        for loc, inputs in (((), item.inputs), (("renewal",), renewed)):
            if inputs is not None and not inputs:
                hint = "Name its inputs, or the source that it recovers heat from."
                place = (*unit.loc, *loc, "inputs")
                yield bundle.problem(place, "one carrier or more", hint, found="no input")


def cascade_has_no_cycle(bundle: Bundle) -> Iterator[Problem]:
    """A carrier never serves itself, directly or through others."""
    carriers = bundle.scenario.carriers
    for name, carrier in carriers.items():
        for at, cooler in enumerate(carrier.serves):
            if name == cooler or name in _below(bundle.scenario, cooler):
                loc = ("carriers", name, "serves", at)
                allowed = "a carrier that doesn't serve it in turn"
                yield bundle.problem(loc, allowed, "Heat flows one way.", found=cooler)


def cascade_goes_down(bundle: Bundle) -> Iterator[Problem]:
    """Heat serves heat, and only a cooler grade where both temperatures are given."""
    carriers = bundle.scenario.carriers
    for name, carrier in carriers.items():
        for at, cooler in enumerate(carrier.serves):
            loc, other = ("carriers", name, "serves", at), carriers.get(cooler)
            if other is None:
                continue
            if (carrier.kind, other.kind) != ("heat", "heat"):
                found = f"{cooler} of kind {other.kind}"
                yield bundle.problem(loc, "heat, and served by heat", found=found)
                continue
            top, low = carrier.temperature, other.temperature
            if top is not None and low is not None and top < low:
                found = f"{cooler} at {low:g} degC"
                yield bundle.problem(loc, f"at most {top:g} degC", found=found)


def _needs(bundle: Bundle) -> Iterator[tuple[Loc, str]]:
    for index, service in enumerate(bundle.scenario.services):
        yield ("services", index, "carrier"), service.carrier
    for unit in units_of(bundle):
        yield from ((each.loc, each.carrier) for each in carriers_of(unit) if each.takes)


def _supplied(bundle: Bundle) -> set[str]:
    """All carriers that can be had: a unit gives its outputs once all its inputs can be had."""
    supplied = set(bundle.scenario.tariffs)
    units = list(units_of(bundle))
    while True:
        new = {name for carrier in supplied for name in _below(bundle.scenario, carrier)}
        for unit in units:
            if _takes(unit) <= supplied:
                new |= {each.carrier for each in carriers_of(unit) if each.gives}
        if new <= supplied:
            return supplied
        supplied |= new


def _takes(unit: Unit) -> set[str]:
    """Inputs of today's unit; those of its renewal are needs of their own."""
    return {n.carrier for n in carriers_of(unit) if n.takes and "renewal" not in n.loc}


def _below(scenario: Scenario, carrier: str) -> set[str]:
    """Carriers that `carrier` serves, directly or through others."""
    found: set[str] = set()
    ahead = [carrier]
    while ahead:
        option = scenario.carriers.get(ahead.pop())
        new = set(option.serves) - found if option else set()
        found |= new
        ahead += new
    return found
