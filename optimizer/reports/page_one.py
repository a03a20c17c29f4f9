"""The first page: a headline made of numbers, four figures with their limits, binding rules."""

from __future__ import annotations

import numpy as np

from optimizer.reports import numbers
from optimizer.reports.blocks import Table, Tile
from optimizer.reports.borrowed import budgets
from optimizer.reports.rule_names import marginal_words, rule_name, whole_cost
from optimizer.reports.view import View

TOLERANCE = 1e-6  # relative: a limit is kept within the rounding of the solver


def reduction(view: View) -> float:
    """Share by which gross emissions of the last year are below the base year's meters."""
    base = float(view.summary["base_year"]["metered_emissions"])
    return 1.0 - float(view.yearly("gross")[-1]) / base if base else float("nan")


def headline(view: View) -> str:
    """Three clauses: what is built and reduced, what is offset, what it costs."""
    return view.say(
        "headline.all", reduced=_reduced(view), offset=_offset(view), money=_money(view)
    )


def _reduced(view: View) -> str:
    build = view.summary["build"]
    count = len({row["measure"] for row in build})
    values = {
        "reduction": numbers.percent(reduction(view)),
        "base": view.summary["base_year"]["year"],
        "last": view.last,
    }
    if not count:
        return view.say("headline.nothing_built", **values)
    key = "headline.one_built" if count == 1 else "headline.built"
    return view.say(key, count=count, by=max(row["year"] for row in build), **values)


def _offset(view: View) -> str:
    share, bound = view.yearly("offset_share")[-1], view.yearly("offset_share_bound")[-1]
    basis = view.term("basis", str(view.summary.get("offset_basis") or "base_year"))
    if not np.isfinite(share) or share <= 0:
        return view.say("headline.no_offset", last=view.last)
    values = {"share": numbers.percent(float(share)), "basis": basis, "last": view.last}
    if not np.isfinite(bound):
        return view.say("headline.offset", **values)
    return view.say("headline.offset_bound", bound=numbers.percent(float(bound)), **values)


def saving_words(view: View) -> str:
    """ "12.3 M CNY cheaper than the baseline", or dearer, or no clear difference."""
    saving, unsure = float(view.summary["npv"]["saving"]), view.uncertainty
    if abs(saving) <= unsure:
        return view.say("saving.unclear", within=view.money.shown(unsure))
    key = "saving.cheaper" if saving > 0 else "saving.dearer"
    return view.say(key, amount=view.money.shown(abs(saving), unsure))


def _money(view: View) -> str:
    horizon = view.summary["horizon"]
    end = horizon["evaluate_to"] if horizon["end"] == "extended" else horizon["last"]
    key = "headline.money_valued" if view.valued else "headline.money"
    return view.say(
        key, saving=saving_words(view), first=horizon["first"], to=end or view.last,
        within=view.money.shown(view.uncertainty, view.uncertainty),
    )  # fmt: skip


def tiles(view: View) -> list[Tile]:
    """Reduction, offset share, net present saving, capex: each with its limit."""
    return [_reduction_tile(view), _offset_tile(view), _saving_tile(view), _capex_tile(view)]


def _reduction_tile(view: View) -> Tile:
    cap = view.yearly("gross_cap")[-1]
    base = float(view.summary["base_year"]["metered_emissions"])
    label = view.say("tile.reduction", base=view.summary["base_year"]["year"], last=view.last)
    value = numbers.percent(reduction(view))
    if not np.isfinite(cap) or not base:
        return Tile(label, value, view.say("tile.no_limit"), "open")
    asked = 1.0 - float(cap) / base
    kept = float(view.yearly("gross")[-1]) <= float(cap) * (1 + TOLERANCE)
    limit = view.say("tile.at_least", limit=numbers.percent(asked))
    return Tile(label, value, limit, "good" if kept else "bad")


def _offset_tile(view: View) -> Tile:
    share, bound = view.yearly("offset_share")[-1], view.yearly("offset_share_bound")[-1]
    share = 0.0 if not np.isfinite(share) else float(share)
    label = view.say("tile.offset", last=view.last)
    if not np.isfinite(bound):
        return Tile(label, numbers.percent(share), view.say("tile.no_limit"), "open")
    limit = view.say("tile.at_most", limit=numbers.percent(float(bound)))
    kept = share <= float(bound) * (1 + TOLERANCE)
    return Tile(label, numbers.percent(share), limit, "good" if kept else "bad")


def _saving_tile(view: View) -> Tile:
    saving, unsure = float(view.summary["npv"]["saving"]), view.uncertainty
    key = "tile.within" if view.summary.get("full_year") else "tile.within_gap"
    key = "tile.within_valued" if view.valued else key
    limit = view.say(key, within=view.money.shown(unsure, unsure))
    clear = abs(saving) > unsure
    state = "open" if not clear else ("good" if saving > 0 else "bad")
    return Tile(view.say("tile.saving"), view.money.shown(saving, unsure), limit, state)


def _capex_tile(view: View) -> Tile:
    capex, budget = view.yearly("capex"), budgets(view)
    value = view.yearly_money.shown(float(np.nansum(capex)))
    label = view.say("tile.capex", first=view.years[0], last=view.last)
    if not np.isfinite(budget).any():
        return Tile(label, value, view.say("tile.no_limit"), "open")
    held = np.isfinite(budget)
    limit = view.say("tile.at_most", limit=view.yearly_money.shown(float(budget[held].sum())))
    over = any(b["rule"] == "budget" and b["value"] > b["limit"] * (1 + TOLERANCE)
               for b in view.summary["binding"])  # fmt: skip
    return Tile(label, value, limit, "bad" if over else "good")


def binding_count(view: View) -> int:
    """How many rules are at their limit in some year."""
    return len({row["rule"] for row in view.summary["binding"]})


def binding_table(view: View) -> Table:
    """The rules at their limit, which the summary names as `gross_cap` or `area:roof`.

    Years in which a rule prints the same limit and value share a row.
    """
    keys = ("rule", "year", "limit", "value")
    searched = bool(view.summary.get("rule_costs"))
    years: dict[tuple[str, ...], list[str]] = {}
    for row in view.summary["binding"]:
        shown = [_in_rules_unit(view, row["rule"], float(row[k])) for k in ("limit", "value")]
        shown.append(marginal_words(row, view.currency, view.lang))
        if searched:
            shown.append(whole_cost(view, row["rule"]))
        years.setdefault((_name(view, row["rule"]), *shown), []).append(str(row["year"]))
    joint = view.say("list.separator")
    rows = [[rule, joint.join(at), *shown] for (rule, *shown), at in years.items()]
    head = [*(view.say(f"word.{key}") for key in keys), view.say("word.marginal")]
    head += [view.say("word.whole_cost")] * searched
    return Table(view.say("table.binding"), head, rows, frozenset({2, 3, 4, 5}))


def _name(view: View, rule: str) -> str:
    return rule_name(rule, view.lang, lambda of_pack: view.name("rule", of_pack))


def _in_rules_unit(view: View, rule: str, value: float) -> str:
    """A limit as people read it: tonnes, a share, money or an area."""
    name = rule.partition(":")[0]
    if name == "budget":
        return view.yearly_money.shown(value)
    if name == "offset_share":
        return numbers.percent(value)
    return numbers.with_unit(
        value, {"gross_cap": "t", "net_target": "t", "area": "m²"}.get(name, "")
    )
