"""What contracts for power are, beside their amounts: form, matching, what stands behind them."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr

from optimizer.inputs.case import Case


def contract_coords(case: Case) -> dict[str, Any]:
    """`contract_form` (energy, attributes), `contract_matching` (annual, hourly), and whether each
    is traceable and additional, 1 or 0."""
    told = {
        "form": [g.form for g in case.contracts],
        "matching": [
            "hourly" if g.hourly or g.form == "energy" else "annual" for g in case.contracts
        ],
    }
    found = {f"contract_{key}": np.array(texts, dtype=object) for key, texts in told.items()}
    found["contract_traceable"] = np.array([int(g.traceable) for g in case.contracts], np.int8)
    found["contract_additional"] = np.array([int(g.additional) for g in case.contracts], np.int8)
    return {key: ("contract", values) for key, values in found.items()}


def additional_share(plan: xr.Dataset) -> list[float | None]:
    """Share of what is claimed that stands under additional contracts, by year; None without
    claims."""
    claimed = plan["claimed"].transpose("contract", "year").values
    new = (plan["contract_additional"].values[:, None] * claimed).sum(axis=0)
    return [
        float(part / whole) if whole > 0 else None
        for part, whole in zip(new, claimed.sum(axis=0), strict=True)
    ]
