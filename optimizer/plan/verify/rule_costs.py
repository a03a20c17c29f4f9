"""What rules cost in whole: the arithmetic between the two searches that summary.json names.

The searches themselves are the solver's word, as every bound is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from optimizer.plan.verify.report import EXACT, MONEY, Rows

ROW = "rule_costs_follow_searches"


def check_rule_costs(summary: Mapping[str, Any], rows: Rows) -> None:
    """`rule_costs_follow_searches`: low = bound with the rule - cost without it, high = cost with
    it - bound without it, none below 0; noise where low is 0; a bound is at most its cost."""
    for one in summary.get("rule_costs") or ():
        label, held, free = f"rule_costs.{one['rule']}", one["with_rule"], one["without_rule"]
        known = one["low"] is not None
        both = None not in (*held.values(), *free.values())
        rows.equal(ROW, [float(known)], [float(both)], [[label]], EXACT)
        rows.equal(
            ROW, [float(one["noise"])], [float(not known or one["low"] <= 0)], [[f"{label}.noise"]],
            EXACT,
        )  # fmt: skip
        if not (known and both):
            continue
        scale = abs(held["cost"])
        for name, low, high in (
            ("low", free["cost"], held["bound"]), ("high", free["bound"], held["cost"]),
        ):  # fmt: skip
            spared = max(0.0, high - low)
            rows.equal(ROW, [one[name]], [spared], [[f"{label}.{name}"]], MONEY, scale)
        for search in (held, free):
            bound, cost = [search["bound"]], [search["cost"]]
            rows.at_most(ROW, bound, cost, [[f"{label}.bound"]], MONEY, scale)
