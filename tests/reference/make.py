"""`python -m tests.reference.make --why TEXT [FACTORY …]`: renew results/reference/.

Without names, all factories whose data is at hand (DECARB_TEST_DATA: the folder of measured data).
The text is appended to `why` of each file that changes, so that no figure moves without a reason.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from optimizer.solve.direct import solve_direct
from optimizer.solve.stamp import stamp
from tests.reference.figures import (
    FACTORIES,
    STORED,
    can_load,
    exact_figures,
    stored,
    typical_case,
    versions,
)

SECONDS = 100.0
GAP = 0.01


def optimum(factory: str, gap: float, seconds: float) -> dict[str, float]:
    """The interval that a search on the typical days proves, in money of the base year."""
    outcome = solve_direct(stamp(typical_case(factory)), gap=gap, time_limit=seconds)
    if outcome.x is None:
        raise SystemExit(f"{factory}: {outcome.ending} after {seconds:g} s, no plan; --seconds")
    return {"bound": outcome.bound, "cost": outcome.objective, "gap": outcome.gap}


def renewed(factory: str, why: str, gap: float, seconds: float) -> dict[str, Any]:
    """The file's new contents; its reasons so far are kept."""
    reasons = stored(factory)["why"] if (STORED / f"{factory}.json").exists() else []
    periods = int((~typical_case(factory).axis.extreme).sum())
    return {
        "scenario": factory,
        "why": [*reasons, why],
        "settings": {
            "axis": "typical",
            "periods": periods,
            "gap_asked": gap,
            "time_limit": seconds,
        },
        "decision_cost": optimum(factory, gap, seconds),
        **exact_figures(factory),
        "versions": versions(),
    }


def main() -> None:
    """Read the command line, write one file a factory."""
    parser = argparse.ArgumentParser(prog="python -m tests.reference.make", description=__doc__)
    parser.add_argument("factory", nargs="*", help=f"of {', '.join(FACTORIES)}; all by default")
    parser.add_argument("--why", required=True, help="why the figures change, in one line")
    parser.add_argument("--gap", type=float, default=GAP, help="share of the cost")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="for the search of each")
    given = parser.parse_args()
    if unknown := set(given.factory) - set(FACTORIES):
        parser.error(f"no shipped factory: {', '.join(sorted(unknown))}")
    STORED.mkdir(parents=True, exist_ok=True)
    for factory in given.factory or FACTORIES:
        if not can_load(factory):
            print(f"{factory}: left as it is, its measured data isn't there", file=sys.stderr)
            continue
        figures = renewed(factory, given.why, given.gap, given.seconds)
        text = json.dumps(figures, indent=1, ensure_ascii=False)
        (STORED / f"{factory}.json").write_text(text + "\n", encoding="utf-8")
        print(f"{factory}: {figures['decision_cost']}")


if __name__ == "__main__":
    main()
