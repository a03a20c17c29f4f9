"""Measures that are built, as options with sizes, costs and years."""

from __future__ import annotations

import math
from collections.abc import Sequence

from optimizer import units
from optimizer.finance import capital_recovery_factor
from optimizer.inputs.assembly import Assembly, name_of
from optimizer.inputs.bundle import measure_loc
from optimizer.inputs.capex import straight, through_points, times
from optimizer.inputs.case import MeasureOption, Rates, Segment
from optimizer.inputs.financing import financed_by
from optimizer.inputs.located import Loc
from optimizer.inputs.whole_measures import whole_capex
from optimizer.schema.capex import Capex, CapexByMarket, FixedOm, FixedOmByMarket
from optimizer.schema.measure import Built

WHOLE = "unit"
"""Capacity unit of a measure that is built whole: size 1."""


def whole_years(lifetime: float) -> int:
    """A life in whole years, rounded down, at least 1."""
    return max(1, math.floor(lifetime))


def measure_option(measure: Built, uses: dict[str, float], assembly: Assembly) -> MeasureOption:
    """The option of a built measure.

    `uses`: what a saving's or process change's price multiplies, by capex basis (whole_measures).
    """
    loc = measure_loc(measure.id)
    unit, lower, upper, unit_size = _sizes(measure)
    life = whole_years(measure.lifetime)
    upkeep = Rates(*_fixed_om(measure.fixed_om, unit, assembly, loc))
    financed, upkeep = financed_by(measure, unit, life, upkeep, assembly)
    first = assembly.years[0] + math.ceil(measure.lead_time)
    return MeasureOption(
        id=measure.id,
        name=name_of(measure.name),
        kind=measure.kind,
        family=assembly.bundle.family[measure.id],
        tags=measure.tags,
        unit=unit,
        lower=lower,
        upper=upper,
        unit_size=unit_size,
        segments=_segments(measure, unit, (lower, upper), uses, assembly),
        price_trend=assembly.by_year(measure.price_trend, (*loc, "price_trend")),
        life_years=life,
        capital_recovery=capital_recovery_factor(assembly.scenario.economics.discount_rate, life),
        earliest=assembly.first_index(max(first, measure.first_year or first)),
        renewal=measure.renewal,
        max_builds=measure.max_builds,
        fixed_om=upkeep.per_capacity,
        fixed_om_lump=upkeep.per_build,
        fixed_om_share=upkeep.share,
        area=_areas(measure, unit, assembly, (*loc, "area")),
        connection=_per_capacity(measure.connection, "MW", unit, assembly, (*loc, "connection")),
        replaces=measure.replaces,
        requires=measure.requires,
        excludes=measure.excludes,
        one_of=measure.one_of,
        why=measure.why,
        financed=financed,
    )


def _areas(measure: Built, unit: str, assembly: Assembly, loc: Loc) -> dict[str, float]:
    """Area per unit of capacity, by kind of area [m2 per capacity unit]."""
    return {
        kind: _per_capacity(text, "m2", unit, assembly, (*loc, kind))
        for kind, text in measure.area.items()
    }


def _sizes(measure: Built) -> tuple[str, float, float, float | None]:
    """Capacity unit, smallest, largest and step size."""
    capacity = getattr(measure, "capacity", None)
    if capacity is None:
        return WHOLE, 1.0, 1.0, None
    lower = capacity.min.value if capacity.min else 0.0
    step = capacity.step.value if capacity.step else None
    return capacity.max.unit, lower, capacity.max.value, step


def _per_capacity(text: str | None, what: str, unit: str, assembly: Assembly, loc: Loc) -> float:
    """ "9.5 m2/kW" in m2/MW for a capacity in MW; None is 0."""
    if text is None:
        return 0.0
    return assembly.attempt(loc, lambda: units.parse(text, f"{what}/{unit}").value, 0.0)


def _of_market(prices: CapexByMarket | FixedOmByMarket, market: str) -> tuple[str, object]:
    """The market's own price, else the one for any market."""
    own = getattr(prices, market)
    return (market, own) if own is not None else ("any", prices.any)


def _fixed_om(
    prices: FixedOmByMarket, unit: str, assembly: Assembly, loc: Loc
) -> tuple[float, float, float]:
    """Per unit of capacity and year, lump sum a year, and share of capex a year."""
    market, chosen = _of_market(prices, assembly.scenario.market)
    if not isinstance(chosen, FixedOm):
        return 0.0, 0.0, 0.0
    if chosen.price is None:
        return 0.0, 0.0, float(chosen.share or 0.0)
    where = (*loc, "fixed_om", market, "price")
    if chosen.price.unit == "money/a":
        return 0.0, assembly.money(chosen.price, where), 0.0
    return assembly.price_per(chosen.price, f"money/{unit}/a", where), 0.0, 0.0


def _segments(
    measure: Built,
    unit: str,
    sizes: tuple[float, float],
    uses: dict[str, float],
    assembly: Assembly,
) -> tuple[Segment, ...]:
    market, capex = _of_market(measure.capex, assembly.scenario.market)
    loc = measure_loc(measure.id, "capex", market)
    if not isinstance(capex, Capex):
        wanted = f"a price for the market {assembly.scenario.market}, or for any"
        assembly.problem(measure_loc(measure.id, "capex"), "", wanted)
        return straight(0.0, 0.0, *sizes)
    found = _as_priced(measure, capex, unit, sizes, uses, assembly, loc)
    return times(found, capex.raises)


def _as_priced(
    measure: Built,
    capex: Capex,
    unit: str,
    sizes: tuple[float, float],
    uses: dict[str, float],
    assembly: Assembly,
    loc: Loc,
) -> tuple[Segment, ...]:
    """Pieces at the prices as they are stated, without contingency on top."""
    nothing = straight(0.0, 0.0, *sizes)
    fixed = assembly.money(capex.fixed, (*loc, "fixed"))
    if getattr(measure, "capacity", None) is None:
        return straight(fixed + whole_capex(capex, uses, assembly, loc), 0.0, *sizes)
    if capex.basis != "capacity":
        assembly.problem((*loc, "basis"), capex.basis, "capacity", "Its size is its capacity.")
        return nothing
    if not capex.points:
        price = assembly.price_per(capex.price, f"money/{unit}", (*loc, "price"))
        return straight(fixed, price, *sizes)
    points = _points(capex, unit, assembly, loc)
    return assembly.attempt((*loc, "points"), lambda: through_points(points, *sizes), nothing)


def _points(capex: Capex, unit: str, assembly: Assembly, loc: Loc) -> Sequence[tuple[float, float]]:
    """(size, total cost) of each point; a price per unit is multiplied by its size."""
    points = []
    for index, point in enumerate(capex.points):
        where = (*loc, "points", index)
        if point.at.unit != unit:
            assembly.problem((*where, "at"), point.at.text, f"a size in {unit}")
        total = assembly.money(point.total, (*where, "total"))
        if point.price is not None:
            per_size = assembly.price_per(point.price, f"money/{unit}", (*where, "price"))
            total = per_size * point.at.value
        points.append((point.at.value, total))
    return points
