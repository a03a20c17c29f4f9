"""How does it run? Energy before and after, two days of it, what is kept from season to season,
and what typical days leave out."""

from __future__ import annotations

from typing import Any

from optimizer.reports import charts_day, charts_energy, charts_season, numbers
from optimizer.reports.blocks import Chart, Plain, Section, Table, numbers_from
from optimizer.reports.view import View

UNSEEN = 0.0005  # an error below prints as 0.0 %


def run(view: View) -> Section:
    """The section `run`."""
    days = [
        charts_day.day(view, carrier, season)
        for carrier in charts_day.main_carriers(view)
        for season in ("january", "july")
    ]
    levels = charts_season.season_levels(view)
    blocks: list[Chart | Plain] = [
        charts_energy.sankey(view, "baseline"),
        charts_energy.sankey(view, "plan"),
        *days,
        *([charts_season.seasons(view, levels)] if levels else []),
        _purchases(view),
        _typical_days(view),
    ]
    return Section("run", view.say("question.run"), _finding(view), blocks)


def _finding(view: View) -> str:
    """The carrier of which purchases fall most, and the one of which they rise most."""
    change = {
        c: float(
            view.plan["purchased"].sel(carrier=c, year=view.last)
            - view.baseline["purchased"].sel(carrier=c, year=view.last)
        )
        for c in view.ids("carrier")
    }
    low, high = min(change, key=lambda c: change[c]), max(change, key=lambda c: change[c])
    if change[low] >= 0:
        return view.say("finding.run_none", last=view.last)
    values = {"last": view.last, "low": view.name("carrier", low), "less": _gwh(-change[low])}
    if change[high] <= 0:
        return view.say("finding.run_less", **values)
    return view.say(
        "finding.run_both", **values, high=view.name("carrier", high), more=_gwh(change[high])
    )


def _gwh(mwh: float) -> str:
    return numbers.with_unit(mwh / charts_energy.GIGA, "GWh")


def _purchases(view: View) -> Plain:
    """Purchased energy: a row a year and side (baseline, plan), a column a carrier."""
    sides = {"baseline": view.baseline["purchased"], "plan": view.plan["purchased"]}
    used = [c for c in view.ids("carrier")
            if any(float(side.sel(carrier=c).max()) > 0 for side in sides.values())]  # fmt: skip
    head = [view.say("word.year"), "", *(f"{view.name('carrier', c)} [GWh/a]" for c in used)]
    rows = []
    for year in view.years:
        for side, bought in sides.items():
            values = [float(bought.sel(carrier=c, year=year)) for c in used]
            cells = (numbers.significant(mwh / charts_energy.GIGA) for mwh in values)
            rows.append([str(year), view.say(f"word.{side}"), *cells])
    table = Table(view.say("table.purchases"), head, rows, numbers_from(len(head), 2))
    return Plain(view.say("heading.purchases"), table=table)


def _typical_days(view: View) -> Plain:
    """Peak, energy, lost negative prices; then the fixed plan on the full year."""
    heading = view.say("heading.typical_days")
    chosen: dict[str, Any] = view.summary.get("typical_days") or {}
    if not chosen:
        full = view.summary["axis"] == "full"
        return Plain(heading, [view.say("typical.full")] if full else _full_year(view))
    said = [
        view.say("typical.used", periods=chosen["periods"], extremes=_count(chosen["extremes"]))
    ]
    if chosen.get("segments"):
        said.append(view.say("typical.segments", count=chosen["segments"]))
    if view.summary["stored_axis"] == "full":
        said.append(view.say("typical.then_full"))
    peaks = [
        e for e in (chosen.get("report") or {}).get("monthly_peak_error") or () if e is not None
    ]
    if peaks:
        worst = max(peaks, key=abs)
        said.append(view.say("typical.month_peak", error=numbers.percent(float(worst))))
    same = [key for key, row in _errors(chosen).items() if not _changed(row)]
    if same:
        series = view.say("list.separator").join(same)
        said.append(view.say("typical.same", error=numbers.percent(UNSEEN, 2), series=series))
    return Plain(heading, [*said, *_full_year(view)], _error_table(view, chosen))


def _error_table(view: View, chosen: dict[str, Any]) -> Table | None:
    """A row a series: error of its peak and of its energy before scaling, negative hours lost."""
    head = [view.say(f"word.{k}") for k in ("series", "peak_error", "energy_error", "lost_hours")]
    rows = [
        [key, _share(row.get("peak_error")), _share(row.get("energy_error_before_scaling")),
         _lost_hours(view, row)]
        for key, row in _errors(chosen).items() if _changed(row)
    ]  # fmt: skip
    return Table(view.say("table.typical_days"), head, rows, numbers_from(4)) if rows else None


def _changed(row: dict[str, Any]) -> bool:
    """Whether peak, energy or hours of negative prices differ by more than is printed."""
    steps = row.get("negative_steps") or {"year": 0, "typical": 0}
    errors = (row.get("peak_error"), row.get("energy_error_before_scaling"))
    return steps["year"] != steps["typical"] or any(abs(e or 0.0) >= UNSEEN for e in errors)


def _share(error: float | None) -> str:
    return numbers.NOTHING if error is None else numbers.percent(error)


def _lost_hours(view: View, row: dict[str, Any]) -> str:
    """Hours of negative prices that the typical days lack; a dash where it is no price."""
    steps = row.get("negative_steps")
    if steps is None:
        return numbers.NOTHING
    return numbers.grouped((steps["year"] - steps["typical"]) * float(view.plan.attrs["dt"]))


def _errors(chosen: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What aggregation did to each series, by key."""
    return dict((chosen.get("report") or {}).get("series") or {})


def _count(extremes: Any) -> int:
    return extremes if isinstance(extremes, int) else len(extremes)


def _full_year(view: View) -> list[str]:
    """Sentences on the fixed plan run again over 8760 hours."""
    check = view.summary.get("full_year")
    if not check:
        return [view.say("full_year.none")]
    more, share = float(check["cost_difference"]), abs(float(check["cost_difference_share"]))
    values = {"cost": view.money.shown(abs(more)), "share": numbers.percent(share, 2)}
    said = [view.say("full_year.cost" if more >= 0 else "full_year.cost_less", **values)]
    lowered = [float(cap["tonnes"]) for cap in check["tightened_caps"]]
    if lowered:
        tonnes = numbers.with_unit(max(lowered), "t")
        said.append(view.say("full_year.tightened", tonnes=tonnes))
    short = {c: float(v) for c, v in (check.get("unmet") or {}).items() if float(v) > 1e-6}
    if short:
        parts = [
            f"{view.name('carrier', c)} {numbers.with_unit(v, 'MWh')}" for c, v in short.items()
        ]
        said.append(view.say("full_year.unmet", unmet=view.say("list.separator").join(parts)))
    else:
        said.append(view.say("full_year.met"))
    if check.get("added_days"):
        said.append(view.say("full_year.added", days=check["added_days"]))
    return said
