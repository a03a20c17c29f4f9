"""summary.json: the figures that people and other programs read first."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import xarray as xr

from optimizer.inputs.case import ByYear, Case
from optimizer.names import VALUATION
from optimizer.plan.auto_periods import resolution
from optimizer.plan.binding import binding_rules, bought_back
from optimizer.plan.borrowed import borrowed_facts
from optimizer.plan.contracts import additional_share
from optimizer.plan.excluded import excluded_credits
from optimizer.plan.levelised import levelised_costs
from optimizer.plan.marginal import with_marginals
from optimizer.plan.settings import Made, Settings
from optimizer.plan.summary_search import full_year, tail_share, typical_days
from optimizer.plan.tax import after_tax
from optimizer.plan.value_chain import footprint_summary
from optimizer.plan.vat import vat_timing
from optimizer.plan.worth import worth
from optimizer.solve.highs import Outcome

LEDGERS = ("location", "market")
UNITS = {
    "money": "the scenario's currency in its price year, real",
    "emissions": "t of the gases named",
    "npv": "present cost in money of the base year; positive is cost",
    "offset_share": "share of the basis of its bound",
}


def summary(
    case: Case, made: Made, plan: xr.Dataset, baseline: xr.Dataset, run: str, settings: Settings
) -> dict[str, Any]:
    """All keys of summary.json; money undiscounted by year, present costs weighted.

    `decision_cost`, `bound` and `gap` are those of the search, on `axis`; `net_present_cost` is
    that of the stored plan, on `stored_axis`. `gap_asked` is a share of cost; null where an amount
    of money (`gap_money_asked`) was asked. `valuation` is what the stored plan's decision cost has
    in it that is never paid; where there is any, the gap says nothing of the saving, which is paid.
    """
    cost, search = made.plan.net_present_cost(), made.search
    saving = made.baseline.net_present_cost() - cost
    stored = made.plan.decision_cost()
    decided = search.objective if made.full_year is not None else stored
    valued = any(line.cost_class == VALUATION for line in made.plan.matrix.layer.costs)
    bound = min(search.bound, decided) if np.isfinite(search.bound) else None
    gap_money = decided - bound if bound is not None else None
    return {
        "run": run,
        "scenario": {"id": case.id, "name_en": case.name.en, "name_zh": case.name.zh},
        "currency": case.currency,
        "price_year": case.price_year,
        "status": status(search),
        "stopped_by": None if search.ending == "optimal" else search.ending,
        "decision_cost": decided,
        "net_present_cost": cost,
        "valuation": stored - cost if valued else None,
        "bound": bound,
        "gap": gap_money / abs(decided) if decided and gap_money is not None else None,
        "gap_asked": settings.gap if settings.money_gap is None else None,
        "gap_money": gap_money,
        "gap_money_asked": settings.money_gap,
        "gap_share_of_saving": gap_money / abs(saving)
        if saving and gap_money is not None and not valued
        else None,
        "axis": "full" if made.typical is None else "typical",
        "stored_axis": case.axis.kind,
        "method": search.method,
        "seconds": {name: round(spent, 2) for name, spent in made.seconds.items()},
        "npv": {"baseline": cost + saving, "plan": cost, "saving": saving},
        "tail_share": tail_share(case, made),
        "worth": {
            **worth(plan, baseline),
            "levelised": levelised_costs(case, plan),
            "after_tax": after_tax(case, plan, baseline),
            "vat": vat_timing(case, plan, baseline),
        },
        "horizon": {
            "first": case.years[0],
            "last": case.years[-1],
            "evaluate_to": case.money.evaluate_to,
            "end": case.money.end,
            "base_year": case.money.base_year,
        },
        "units": UNITS,
        "ledger": case.policy.ledger,
        "gases": case.policy.gases,
        "offset_basis": case.policy.offset_basis,
        "years": [_year(case, plan, baseline, i) for i in range(len(case.years))],
        "build": _builds(case, plan),
        "borrowed": borrowed_facts(case, plan),
        "assets": _events(case, plan),
        "credits": _credits(case, plan),
        "excluded_credits": excluded_credits(case),
        "footprint": footprint_summary(case, plan, baseline),
        "typical_days": typical_days(made, settings.periods),
        "resolution": resolution(made),
        "full_year": full_year(made, saving),
        "base_year": _base_year(case, baseline),
        "binding": with_marginals(case, plan, binding_rules(case, plan), made.marginals),
        "derived": list(case.derived),
    }


def status(search: Outcome) -> Literal["optimal", "feasible"]:
    """optimal: the gap asked for is proven; feasible: stopped before that."""
    return "optimal" if search.ending == "optimal" else "feasible"


def _number(value: Any) -> float | None:
    return None if np.isnan(value) else float(value)


def _year(case: Case, plan: xr.Dataset, baseline: xr.Dataset, i: int) -> dict[str, Any]:
    at = plan.isel(year=i)
    names = ("gross", "net", "scope1", "scope2_location", "scope2_market", "removal")
    rules = ("gross_cap", "net_target", "offset_share", "offset_share_bound")
    recurring = at["cost"].values[
        (at["timing"].values == "recurring")
        & ~np.isin(at["cost_class"].values, ("capital", VALUATION))
    ]
    grants = float(at["granted"].sum())
    bought = _renewals(case, plan, i) + float(bought_back(plan)[i])
    return {
        "year": case.years[i],
        "baseline": float(baseline["gross"].values[i]),
        **{name: float(at[name]) for name in names},
        **{f"gross_{x}": float(at["scope1"] + at[f"scope2_{x}"]) for x in LEDGERS},
        "additional_share": additional_share(plan)[i],
        "credits": float(at["credits"].sum()),
        **{rule: _number(float(at[rule])) for rule in rules},
        "capex": float(at["overnight"].sum()) + bought - grants,
        "opex": float(recurring.sum()),
        "budget": case.budget.capex[i],
        "grants": grants,
    }


def _renewals(case: Case, plan: xr.Dataset, i: int) -> float:
    """Overnight cost of assets renewed in a year."""
    state = plan["asset_renewed"].values
    started = state[:, i] - (state[:, i - 1] if i else 0.0)
    return float(
        sum(a.renewal_capex * began for a, began in zip(case.assets, started, strict=True))
    )


def _builds(case: Case, plan: xr.Dataset) -> list[dict[str, Any]]:
    rows = []
    for k, option in enumerate(case.measures):
        for i, year in enumerate(case.years):
            size = float(plan["added"].values[k, i])
            if size > 0:
                rows.append(
                    {
                        "measure": option.id,
                        "name_en": option.name.en,
                        "name_zh": option.name.zh,
                        "year": year,
                        "capacity": size,
                        "unit": option.unit,
                        "capex": float(plan["overnight"].values[k, i]),
                        "financing": option.mode,
                    }
                )
    return sorted(rows, key=lambda row: (row["year"], row["measure"]))


def _events(case: Case, plan: xr.Dataset) -> list[dict[str, Any]]:
    """The years in which assets are renewed or retired."""
    rows = []
    for k, asset in enumerate(case.assets):
        for event in ("renewed", "retired"):
            state = plan[f"asset_{event}"].values[k]
            for i, year in enumerate(case.years):
                if state[i] > (state[i - 1] if i else 0.0):
                    rows.append({"asset": asset.id, "year": year, "event": event})
    return sorted(rows, key=lambda row: (row["year"], row["asset"]))


def _credits(case: Case, plan: xr.Dataset) -> list[dict[str, Any]]:
    tonnes = plan["credits"].values
    return [
        {
            "credit": q.id,
            "year": y,
            "tonnes": float(tonnes[k, i]),
            "cost": float(q.price[i] * tonnes[k, i]),
        }
        for k, q in enumerate(case.credits)
        for i, y in enumerate(case.years)
        if tonnes[k, i] > 0
    ]


def _claimed_at(factors: dict[str, float], case: Case, baseline: xr.Dataset) -> ByYear:
    """What claims of the baseline change, with the residual factors held, by year [t]."""
    claims = dict(zip(map(str, baseline["contract"].values), baseline["claimed"], strict=True))
    change = np.zeros(len(case.years))
    for contract in case.contracts:
        if contract.id in claims:
            lower = contract.factor - factors[contract.carrier]
            change = change + lower * claims[contract.id].values
    return change


def _base_year(case: Case, baseline: xr.Dataset) -> dict[str, Any]:
    """Base year -> baseline, split into output and grid before any measure.

    constant_factors: the baseline's energy at base-year factors, process emissions as they are.
    """
    market = case.policy.ledger == "market"
    factors = {
        c.id: case.base.residuals.get(c.id, 0.0)
        if market and c.scope == 2
        else case.base.factors.get(c.id, 0.0)
        for c in case.carriers
    }
    bought = dict(zip(baseline["carrier"].values, baseline["purchased"].values, strict=True))
    energy = sum((factors[c] * bought[c] for c in factors), np.zeros(len(case.years)))
    if market:
        energy = energy + _claimed_at(factors, case, baseline)
    process = sum((s.amount for s in case.process_sources), np.zeros(len(case.years)))
    constant = energy + process
    gross = baseline["gross"].values
    base = case.policy.base_emissions
    return {
        "year": case.base.year,
        "metered_emissions": base,
        "metered_energy": dict(case.base.metered),
        "constant_factors": constant.tolist(),
        "output_effect": (constant - base).tolist(),
        "grid_effect": (gross - constant).tolist(),
        "baseline": gross.tolist(),
    }
