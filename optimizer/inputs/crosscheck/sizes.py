"""Sizes and their prices: the unit fits what is built, and there is a price at all."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.errors import Problem
from optimizer.inputs.bundle import Bundle, measure_loc
from optimizer.inputs.crosscheck.flows import Unit, units_of
from optimizer.inputs.leaves import market_block
from optimizer.inputs.located import Loc
from optimizer.schema.capex import Capex, FixedOm
from optimizer.schema.measure import Built, Process, Saving
from optimizer.units import Quantity, UnitError, parse

_SIZES = {
    "converter": ("MW",),
    "generator": ("MW", "m2"),
    "storage": ("MWh",),
    "contract": ("MWh/a",),
    "process": ("tph",),
}
_BASES = {
    ("saving", "annual_saving"): "MWh",
    ("saving", "peak"): "MW",
    ("process", "annual_saving"): "t",
    ("process", "peak"): "tph",
}
"""What a price of something built whole multiplies: what it saves a year, or the highest flow."""


def capacity_units_fit(bundle: Bundle) -> Iterator[Problem]:
    """Converters are sized in MW, generators in MW or m2, stores in MWh, contracts in MWh/a."""
    for unit in units_of(bundle):
        size = _size(unit)
        allowed = _SIZES.get(unit.item.kind, ())
        if size is not None and _token(size) not in allowed:
            text = " or ".join("t/h" if each == "tph" else each for each in allowed)
            loc = _size_loc(unit)
            yield bundle.problem(loc, f"a size in {text} or its multiples", found=size.text)


def built_measures_have_a_price(bundle: Bundle) -> Iterator[Problem]:
    """A measure that is built has a capex for the scenario's market, or for any."""
    market = bundle.scenario.market
    for measure in _built(bundle):
        if market_block(measure, "capex", market) is None:
            loc = measure_loc(measure.id, "capex")
            hint = f"Give capex.{market} or capex.any, in the catalog or as an override."
            yield bundle.problem(loc, f"given for the market {market}", hint, found="other markets")


def capex_units_fit(bundle: Bundle) -> Iterator[Problem]:
    """A price is per unit of what it multiplies: the capacity, or a saving's basis."""
    for measure in _built(bundle):
        block = market_block(measure, "capex", bundle.scenario.market)
        if block is None:
            continue
        loc = measure_loc(measure.id, "capex", block)
        yield from _capex(bundle, loc, measure, getattr(measure.capex, block))


def fixed_om_units_fit(bundle: Bundle) -> Iterator[Problem]:
    """Fixed O&M is per unit of capacity and year, a share of capex, or a lump sum a year."""
    for measure in _built(bundle):
        block = market_block(measure, "fixed_om", bundle.scenario.market)
        if block is not None:
            cost: FixedOm = getattr(measure.fixed_om, block)
            loc = measure_loc(measure.id, "fixed_om", block, "price")
            yield from _fits(bundle, loc, cost.price, _yearly_prices(measure_size(measure)))
    for index, asset in enumerate(bundle.scenario.assets):
        allowed = _yearly_prices(_token(asset.capacity))
        yield from _fits(bundle, ("assets", index, "fixed_om"), asset.fixed_om, allowed)
        if asset.renewal is not None:
            loc = ("assets", index, "renewal", "fixed_om")
            yield from _fits(bundle, loc, asset.renewal.fixed_om, allowed)


def variable_om_units_fit(bundle: Bundle) -> Iterator[Problem]:
    """Variable O&M of what makes, turns or stores energy is money per energy."""
    for unit in units_of(bundle):
        price = getattr(unit.item, "variable_om", None)
        if unit.item.kind in ("converter", "generator", "storage"):
            yield from _fits(bundle, (*unit.loc, "variable_om"), price, ("money/MWh",))


def area_and_connection_fit(bundle: Bundle) -> Iterator[Problem]:
    """Area and connection are per unit of capacity, and the site has that kind of area."""
    areas = bundle.scenario.site.area
    for measure in _built(bundle):
        size = measure_size(measure) or "unit"
        for kind, text in measure.area.items():
            loc = measure_loc(measure.id, "area", kind)
            yield from _parses(bundle, loc, text, f"m2/{size}")
            if kind not in areas:
                hint = f"Add site.area.{kind}."
                yield bundle.problem(loc, "a kind of area that the site has", hint, found=kind)
        if measure.connection is not None:
            loc = measure_loc(measure.id, "connection")
            yield from _parses(bundle, loc, measure.connection, f"MW/{size}")


def measure_size(measure: Built) -> str | None:
    """The unit of a measure's capacity; None for one that is built whole."""
    capacity = getattr(measure, "capacity", None)
    return _token(capacity.max) if capacity is not None else None


def _built(bundle: Bundle) -> Iterator[Built]:
    for measure in bundle.measures:
        if isinstance(measure, Built):
            yield measure


def _capex(bundle: Bundle, loc: Loc, measure: Built, capex: Capex) -> Iterator[Problem]:
    """One capex block: basis, price, and each point's size and price."""
    whole = isinstance(measure, Saving) or (isinstance(measure, Process) and not measure.captures)
    size = measure_size(measure) or "unit"
    if capex.basis != "capacity" and not whole:
        hint = "Only what is built whole costs by what it saves or by the peak."
        yield bundle.problem((*loc, "basis"), '"capacity"', hint, found=capex.basis)
        return
    per = _BASES.get((measure.kind, capex.basis), size)
    if whole and capex.basis == "capacity" and (capex.price or capex.points):
        hint = "It is built whole: give 'fixed', or a basis: annual_saving | peak."
        yield bundle.problem(loc, "a fixed sum", hint, found="a price per unit of capacity")
        return
    yield from _fits(bundle, (*loc, "price"), capex.price, (f"money/{per}",))
    for index, point in enumerate(capex.points):
        at = (*loc, "points", index)
        if _token(point.at) != per:
            yield bundle.problem((*at, "at"), f"a size in {per}", found=point.at.text)
        yield from _fits(bundle, (*at, "price"), point.price, (f"money/{per}",))


def _yearly_prices(size: str | None) -> tuple[str, ...]:
    return (f"money/{size}/a", "money/a") if size else ("money/a",)


def _fits(
    bundle: Bundle, loc: Loc, price: Quantity | None, allowed: tuple[str, ...]
) -> Iterator[Problem]:
    if price is not None and price.unit not in allowed:
        words = " or ".join(unit.replace("money", bundle.scenario.currency) for unit in allowed)
        yield bundle.problem(loc, f"a price in {words} or its multiples", found=price.text)


def _parses(bundle: Bundle, loc: Loc, text: str, unit: str) -> Iterator[Problem]:
    try:
        value = parse(text, unit).value
    except UnitError as error:
        yield bundle.problem(loc, error.allowed, error.hint, found=text)
        return
    if value < 0:
        yield bundle.problem(loc, "at least 0", found=text)


def _size(unit: Unit) -> Quantity | None:
    capacity = getattr(unit.item, "capacity", None)
    found = getattr(capacity, "max", capacity)
    return found if isinstance(found, Quantity) else None


def _size_loc(unit: Unit) -> Loc:
    return (*unit.loc, "capacity") if unit.loc[0] == "assets" else (*unit.loc, "capacity", "max")


def _token(size: Quantity) -> str:
    """The size's unit as prices name it: t/h is tph."""
    return "tph" if size.unit == "t/h" else size.unit
