"""Is it allowed? Each year against each rule of the policy, and the credits that are used."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import plotly.graph_objects as go

from optimizer.reports import audit, numbers, palette
from optimizer.reports.blocks import Chart, Plain, Section, Table, numbers_from
from optimizer.reports.borrowed import budgets
from optimizer.reports.chart import picture
from optimizer.reports.excluded_credits import excluded_credits
from optimizer.reports.rule_rows import verdicts
from optimizer.reports.view import Numbers, View

TOLERANCE = 1e-6  # relative, as the verifier's
PAIRS = (("gross", "gross_cap"), ("net", "net_target"), ("offset_share", "offset_share_bound"),
         ("capex", "budget"))  # fmt: skip


def allowed(view: View) -> Section:
    """The section `allowed`."""
    gates = [gates_of_packs(view)] if view.ids("rule") else []
    blocks: list[Chart | Plain] = [_rules(view), *gates, _offsets(view), _credits(view)]
    blocks += [*excluded_credits(view), *verdicts(view), *audit.block(view)]
    broken = _broken(view) + _broken_gates(view)
    rules = [limit for _, limit in PAIRS if np.isfinite(view.yearly(limit)).any()]
    if not rules and not gates:
        finding = view.say("finding.allowed_none")
    elif broken:
        finding = view.say("finding.allowed_broken", broken=view.say("list.separator").join(broken))
    else:
        names = [view.say(f"word.{limit}") for limit in rules]
        names += [view.name("rule", rule) for rule in view.ids("rule")]
        finding = view.say("finding.allowed", rules=view.say("list.separator").join(names))
    return Section("allowed", view.say("question.allowed"), finding, blocks)


def _broken(view: View) -> list[str]:
    """Emission and offset rules that a year exceeds (a budget may carry over)."""
    found = []
    for value, limit in PAIRS[:3]:
        have, most = view.yearly(value), view.yearly(limit)
        over = np.isfinite(most) & (have > most + TOLERANCE * np.maximum(np.abs(most), 1e-3))
        found += [f"{view.say(f'word.{limit}')} {view.years[i]}" for i in np.flatnonzero(over)]
    return found


def _broken_gates(view: View) -> list[str]:
    """Gates of packs that a year doesn't keep."""
    return [
        f"{view.name('rule', rule)} {year}"
        for rule, year, limit, value, sign in _gate_years(view)
        if sign * (value - limit) > TOLERANCE * max(abs(limit), 1e-3)
    ]


def _gate_years(view: View) -> Iterator[tuple[str, int, float, float, float]]:
    """(rule, year, limit, value, sign) where a gate asks something; sign -1 for a least."""
    for rule in view.ids("rule"):
        at = view.plan.sel(rule=rule)
        sign = -1.0 if str(at["rule_sense"].values) == "at_least" else 1.0
        limits, values, per = (at[f"rule_{k}"].values for k in ("limit", "value", "per"))
        for i in np.flatnonzero(np.isfinite(limits) & (per > 0)):
            yield rule, view.years[i], float(limits[i]), float(values[i] / per[i]), sign


def gates_of_packs(view: View) -> Plain:
    """What each gate of a pack asks of a year and what the plan has, with both parts of the ratio:
    a ratio can fall because its denominator grows."""
    rows = []
    for rule, year, limit, value, sign in _gate_years(view):
        at = view.plan.sel(rule=rule, year=year)
        units = [str(at[f"rule_{key}"].values) for key in ("unit", "per_unit")]
        parts = [
            f"{numbers.grouped(float(at[f'rule_{key}']))} {unit}"
            for key, unit in zip(("value", "per"), units, strict=True)
        ]
        asked = f"{'≥' if sign < 0 else '≤'} {numbers.significant(limit, 3)}"
        name = view.say("rule.of_pack", name=view.name("rule", rule), rule=rule)
        rows.append([name, str(year), asked, numbers.significant(value, 3), *parts])
    head = [view.say(f"word.{key}") for key in ("rule", "year", "limit", "value")]
    head += [view.say("word.gate_value"), view.say("word.gate_per")]
    table = Table(view.say("table.gates"), head, rows, frozenset({1, 2, 3, 4, 5}))
    return Plain(view.say("heading.gates"), [view.say("gates.note")], table)


def _rules(view: View) -> Plain:
    """Value and limit side by side, by year."""
    money = view.yearly_money
    head = [view.say("word.year")]
    for value, limit in PAIRS:
        unit = {"offset_share": "%", "capex": money.label}.get(value, "t")
        head += [f"{view.say(f'word.{value}')} [{unit}]", view.say(f"word.{limit}")]
    rows = []
    for i, year in enumerate(view.years):
        row = [str(year)]
        for pair in PAIRS:
            row += [_cell(view, pair[0], float(_yearly(view, key)[i])) for key in pair]
        rows.append(row)
    table = Table(view.say("table.rules"), head, rows, numbers_from(len(head)))
    return Plain(view.say("heading.rules"), [view.say("rules.dash")], table)


def _yearly(view: View, key: str) -> Numbers:
    """A figure of each year, (Y,); a budget with what the loan adds."""
    return budgets(view) if key == "budget" else view.yearly(key)


def _cell(view: View, value: str, amount: float) -> str:
    if value == "capex":
        return view.yearly_money.number(amount)
    if value == "offset_share":
        return numbers.significant(100 * amount, 2)
    return numbers.grouped(amount)


def _offsets(view: View) -> Chart:
    """Offset share against its bound."""
    share, bound = 100 * view.yearly("offset_share"), 100 * view.yearly("offset_share_bound")
    traces: list[object] = [
        go.Bar(x=view.years, y=share, width=0.45, name=view.say("word.offset_share"),
               marker={"color": palette.CREDITS})
    ]  # fmt: skip
    if np.isfinite(bound).any():
        mark = {"symbol": "line-ew", "size": 44, "line": {"width": 3, "color": palette.CAP}}
        traces.append(
            go.Scatter(x=view.years, y=bound, mode="markers", marker=mark,
                       name=view.say("word.offset_share_bound"))
        )  # fmt: skip
    basis = view.term("basis", str(view.summary.get("offset_basis") or "base_year"))
    figure = picture(traces, view.say("axis.share", basis=basis), 290, view.years)
    figure.update_yaxes(rangemode="tozero")
    top = int(np.nanargmax(np.nan_to_num(share)))
    if not share[top] > 0:
        finding = view.say("finding.no_offsets")
    else:
        finding = view.say(
            "finding.offsets", share=numbers.percent(share[top] / 100), year=view.years[top],
            basis=basis,
        )  # fmt: skip
    head = [view.say("word.year"), f"{view.say('word.offset_share')} [%]",
            f"{view.say('word.offset_share_bound')} [%]"]  # fmt: skip
    rows = [
        [str(y), numbers.significant(share[i], 2), numbers.significant(bound[i], 2)]
        for i, y in enumerate(view.years)
    ]
    table = Table(view.say("table.offsets"), head, rows, numbers_from(3))
    return Chart("offsets", finding, view.say("note.offsets"), figure, table)


def _credits(view: View) -> Plain:
    """Every purchase of credits."""
    heading = view.say("heading.credits")
    rows = [
        [str(c["year"]), view.name("credit", c["credit"]), numbers.grouped(c["tonnes"]),
         view.yearly_money.shown(c["cost"])]
        for c in view.summary["credits"] if c["tonnes"] > 0.5
    ]  # fmt: skip
    if not rows:
        return Plain(heading, [view.say("finding.no_offsets")])
    head = [view.say("word.year"), view.say("word.credit"), "t", view.say("word.cost")]
    table = Table(view.say("table.credits"), head, rows, frozenset({2, 3}))
    return Plain(heading, [view.say("credits.last")], table)
