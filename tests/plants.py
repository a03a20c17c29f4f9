"""Tiny plants, built as cases by hand, so that every number of an optimum can be checked on
paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from optimizer import finance
from optimizer.inputs import case as c
from optimizer.inputs.time_axis import TimeAxis

YEAR_HOURS = 8760.0


def axis(weights: Sequence[float] = (365,), steps: int = 1) -> TimeAxis:
    """Periods of the given numbers of days, in calendar order, of ``steps`` equal steps."""
    days = np.repeat(np.arange(len(weights)), [int(w) for w in weights])
    first = np.searchsorted(days, np.arange(len(weights)))
    return TimeAxis(
        kind="typical",
        steps=steps,
        dt=24 / steps,
        weight=np.array(weights, dtype=float),
        period_of_day=days,
        extreme=np.zeros(len(weights), dtype=bool),
        day_of_period=first,
    )


def money(
    years: Sequence[int], rate: float = 0.0, tail_to: int | None = None, end: str = "extended"
) -> c.Money:
    """Base year one before the first planning year."""
    base = years[0] - 1
    discount = np.array([finance.discount_factor(rate, y - base) for y in years])
    weight = discount.copy()
    last = tail_to or years[-1]
    weight[-1] = sum(finance.discount_factor(rate, y - base) for y in range(years[-1], last + 1))
    return c.Money(rate, base, end, last, discount, weight)  # type: ignore[arg-type]


def name(text: str) -> c.Name:
    return c.Name(text, text)


def by_year(value: float | Sequence[float], years: Sequence[int]) -> np.ndarray:
    return np.broadcast_to(np.asarray(value, dtype=float), (len(years),)).copy()


def carrier(id: str, years: Sequence[int], **fields: Any) -> c.CarrierOption:
    """``price`` (money/MWh, by year) buys it; ``factor`` t/MWh."""
    price = fields.pop("price", None)
    limit, charge = fields.pop("limit", None), fields.pop("demand_charge", None)
    series, adder = fields.pop("series", None), fields.pop("adder", 0.0)
    factor = fields.pop("factor", 0.0)
    residual = fields.pop("residual", factor)
    purchase = None
    if price is not None:
        purchase = c.Purchase(series, by_year(price, years), by_year(adder, years), limit, charge)
    base: dict[str, Any] = {
        "kind": "other",
        "scope": None,
        "factor_series": None,
        "biogenic": 0.0,
        "vent": False,
        "serves": (),
        "sale": None,
    }
    base |= fields
    return c.CarrierOption(
        id=id,
        name=name(id),
        factor=by_year(factor, years),
        residual=by_year(residual, years),
        purchase=purchase,
        **base,
    )


def measure(id: str, years: Sequence[int], **fields: Any) -> c.MeasureOption:
    """A whole measure of overnight cost ``cost`` by default; sizes when lower/upper/slope are
    given."""
    rate, life = fields.pop("rate", 0.0), fields.pop("life", 20)
    cost, slope = fields.pop("cost", 0.0), fields.pop("slope", 0.0)
    upper = fields.get("upper", 1.0)
    base: dict[str, Any] = {
        "name": name(id),
        "kind": "saving",
        "family": "test",
        "tags": (),
        "unit": "unit",
        "lower": upper if "lower" not in fields and slope == 0 else 0.0,
        "upper": upper,
        "unit_size": None,
        "segments": (c.Segment(0.0, upper, slope, cost),),
        "price_trend": by_year(1.0, years),
        "life_years": life,
        "capital_recovery": finance.capital_recovery_factor(rate, life),
        "earliest": 0,
        "renewal": "optional",
        "max_builds": 1,
        "fixed_om": 0.0,
        "fixed_om_lump": 0.0,
        "fixed_om_share": 0.0,
        "area": {},
        "connection": 0.0,
        "replaces": (),
        "requires": (),
        "excludes": (),
        "one_of": None,
    }
    return c.MeasureOption(id=id, **(base | fields))


def asset(id: str, years: Sequence[int], capacity: float, **fields: Any) -> c.AssetOption:
    base: dict[str, Any] = {
        "name": name(id),
        "unit": "MW",
        "old_unit": id,
        "renewed_unit": None,
        "last_old": len(years) - 1,
        "fixed_om": 0.0,
        "renewal_capex": 0.0,
        "renewal_capital_recovery": 0.0,
        "renewal_lifetime": 20.0,
        "renewal_fixed_om": 0.0,
        "book_value": 0.0,
        "end_of_life": years[-1],
        "resale": 0.0,
        "dismantling": 0.0,
        "free": True,
    }
    return c.AssetOption(id=id, capacity=capacity, **(base | fields))


def no_policy(years: Sequence[int], **fields: Any) -> c.PolicyRule:
    none = (None,) * len(years)
    base: dict[str, Any] = {
        "ledger": "location",
        "export_treatment": "none",
        "base_emissions": 0.0,
        "gross_cap": none,
        "net_target": none,
        "offset_share": none,
        "offset_basis": None,
        "first_credit_year": None,
        "gate_reduction": None,
        "removal_share": none,
    }
    return c.PolicyRule(**(base | fields))


def case(years: Sequence[int], series: Mapping[str, Any], **fields: Any) -> c.Case:
    """A case with nothing in it but what is given."""
    none = (None,) * len(years)
    time = fields.pop("axis", axis())
    shape = (len(time.weight), time.steps)
    base: dict[str, Any] = {
        "money": money(years),
        "area": {},
        "connection": 1e3,
        "base": c.BaseYearData(years[0] - 1, {}, {}, {}, 0.0, 0.0, 0.0, 0.0),
        "carriers": (),
        "services": (),
        "process_sources": (),
        "units": (),
        "measures": (),
        "savings": (),
        "assets": (),
        "contracts": (),
        "credits": (),
        "grants": (),
        "budget": c.BudgetRule(none, False, False),
        "policy": no_policy(years),
        "carbon": None,
        "cbam": None,
        "derived": (),
    }
    arrays = {
        k: np.broadcast_to(np.asarray(v, dtype=float), shape).copy() for k, v in series.items()
    }
    return c.Case(
        id="tiny",
        name=name("tiny"),
        currency="EUR",
        price_year=2025,
        years=tuple(years),
        axis=time,
        series=arrays,
        roles={},
        **(base | fields),
    )


def service(
    id: str, carrier_id: str, demand: str, years: Sequence[int], activity: Any = 1.0, **fields: Any
) -> Any:
    return c.ServiceOption(
        id, name(id), carrier_id, demand, fields.get("excess"), by_year(activity, years)
    )


def boiler_plant(years: Sequence[int] = (2026, 2027), **changes: Any) -> c.Case:
    """1 MW of heat all year from an old gas boiler of 80 %: 8760 / 0.8 = 10,950 MWh gas at 10,
    2,190 t."""
    carriers = (
        carrier("gas", years, price=10.0, kind="fuel", scope=1, factor=0.2),
        carrier("heat", years, kind="heat"),
    )
    units = (c.ConverterUnit("boiler", "heat", (c.Flow("gas", 1.25),), (c.Flow("heat", 1.0),)),)
    built = case(
        years,
        {"load": 1.0},
        carriers=carriers,
        services=(service("process", "heat", "load", years),),
        units=units,
        assets=(asset("boiler", years, 2.0),),
    )
    return replace(built, **changes)
