"""What the site makes, buys for it, and causes before its gate, by year."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from optimizer.inputs.case import ByYear, Case, Name
from optimizer.model.value_chain import CATEGORIES
from optimizer.plan.shapes import Table, table
from optimizer.solve.solution import Solution

KG = 1000.0
"""Per tonne."""


def value_chain_variables(
    case: Case, solution: Solution, scopes: dict[str, ByYear]
) -> dict[str, Table]:
    """scope3 [t] by category, and material_need, procured [t] where there are materials; made
    [unit] and footprint [kg/unit] where there is a product. ``scopes``: scope 1 and 2 [t]."""
    emissions, none = solution.emissions(), np.zeros(len(case.years))
    by_category = [
        sum((tonnes for (scope, _), tonnes in emissions.items() if scope == name), none)
        for name in CATEGORIES
    ]
    found = {"scope3": table(("category", "year"), np.array(by_category), "t")}
    if case.materials:
        need = np.array([material.need for material in case.materials])
        found["material_need"] = table(("material", "year"), need, "t")
        bought = solution.yearly("procured")
        ids = [g.id for g in case.material_contracts]
        values = np.array([[bought[g, y] for y in case.years] for g in ids], dtype=float)
        shape = len(ids), len(case.years)
        found["procured"] = table(("material_contract", "year"), values.reshape(shape), "t")
    if case.product is not None:
        made = case.product.made
        gross = scopes["scope1"] + scopes[f"scope2_{case.policy.ledger}"]
        total = KG * (gross + np.sum(by_category, axis=0))
        footprint = np.divide(total, made, out=none.copy(), where=made > 0)
        found["made"] = table(("year",), made, "unit")
        found["footprint"] = table(("year",), footprint, "kg/unit")
    return found


def value_chain_coords(case: Case) -> dict[str, Any]:
    """Ids of categories, materials and contracts on them, with the names of the latter two."""
    named: dict[str, list[tuple[str, Name]]] = {
        "material": [(m.id, m.name) for m in case.materials],
        "material_contract": [(g.id, g.name) for g in case.material_contracts],
    }
    coords: dict[str, Any] = {"category": np.array(CATEGORIES, dtype=object)}
    for dim, items in named.items():
        coords[dim] = np.array([key for key, _ in items], dtype=object)
        for lang in ("en", "zh"):
            names = [getattr(name, lang) for _, name in items]
            coords[f"{dim}_name_{lang}"] = (dim, np.array(names, dtype=object))
    return coords


def footprint_summary(case: Case, plan: xr.Dataset, baseline: xr.Dataset) -> dict[str, Any] | None:
    """The product by year: units made, kg per unit of plan and baseline, scope 3 [t] by category;
    None without a product."""
    if case.product is None:
        return None
    scope3 = dict(zip(CATEGORIES, plan["scope3"].values, strict=True))
    return {
        "name_en": case.product.name.en,
        "name_zh": case.product.name.zh,
        "ledger": case.policy.ledger,
        "years": [
            {
                "year": year,
                "made": float(plan["made"].values[i]),
                "kg_per_unit": float(plan["footprint"].values[i]),
                "baseline_kg_per_unit": float(baseline["footprint"].values[i]),
                **{name: float(tonnes[i]) for name, tonnes in scope3.items()},
            }
            for i, year in enumerate(case.years)
        ],
    }
