"""shares.json of a run, as the verifier accepts it: each measure's share is what it is alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from optimizer.files.netcdf import read_netcdf
from optimizer.plan.store import BASELINE, PLAN, SHARES


def write_shares(run: Path, alone: dict[str, tuple[float, float]]) -> None:
    """``alone``: (saving, tonnes) by measure; nothing is lost between them, the rest is the
    plan's."""
    sides = [read_netcdf(run / name) for name in (BASELINE, PLAN)]
    cost = [float(side.attrs["net_present_cost"]) for side in sides]
    less = sides[0]["gross"].values - sides[1]["gross"].values
    tail = len(sides[1]["cash_year"]) - len(less)
    totals = {"": cost[0] - cost[1], "tonnes_": float(less.sum() + tail * less[-1])}
    found: dict[str, Any] = {
        "items": [
            {"id": id, "alone": money, "saving": money, "tonnes_alone": tonnes, "tonnes": tonnes}
            for id, (money, tonnes) in alone.items()
        ]
    }
    for at, (of, total) in enumerate(totals.items()):
        measured = sum(each[at] for each in alone.values())
        found |= {
            "tonnes" if of else "saving": total, f"{of}measured": measured,
            f"{of}rest": total - measured, f"{of}interaction": 0.0,
        }  # fmt: skip
    (run / SHARES).write_text(json.dumps(found), encoding="utf-8")
