"""Pictures of energy: where it comes from and goes to in a year."""

from __future__ import annotations

from unicodedata import east_asian_width

import numpy as np
import plotly.graph_objects as go
import xarray as xr

from optimizer.reports import energy, numbers, palette
from optimizer.reports.blocks import Chart, Table
from optimizer.reports.chart import picture, safe
from optimizer.reports.energy import End
from optimizer.reports.view import View

GIGA = 1e3  # MWh per GWh
SHOWN = 1e-4  # share of the largest flow below which a flow isn't drawn
LEAST_HEIGHT, NODE_HEIGHT = 330, 38  # pixels
LONGEST = 30  # letters of a label
TRADES = ("bought", "sold", "vented", "other")


def end_name(view: View, end: End) -> str:
    """What a node of the balance is called."""
    kind, name = end
    if kind in TRADES:
        return view.say(f"flow.{kind}", carrier=view.name("carrier", name))
    if kind == "losses":
        return view.say("flow.losses", name=view.name_of_unit(name))
    if kind == "unit":
        return view.name_of_unit(name)
    return view.name("use" if kind == "service" else kind, name)


def end_colour(view: View, end: End) -> str:
    """A carrier's colour for its own and its trade's node, a measure's for a unit."""
    kind, name = end
    if kind == "carrier" or kind in TRADES:
        return view.colours.carriers[name]
    if kind in ("service", "losses"):
        return palette.MUTED
    return view.colours.things.get(name) or view.colours.things.get(
        view.inputs.asset_of_unit(name) or "", palette.MUTED
    )


def balance(view: View, ds: xr.Dataset, year: int) -> list[tuple[End, End, float]]:
    """(from, to, MWh) of the year, end uses included; what services don't explain is `other`."""
    found = energy.flows(ds, view.inputs, year)
    rows = [(f.start, f.end, energy.yearly_energy(ds, f.power)) for f in found]
    for carrier in view.ids("carrier"):
        left = energy.yearly_energy(ds, energy.net_supply(found, carrier))
        uses = energy.end_uses(ds, view.inputs, year, carrier)
        rows += [(("carrier", carrier), ("service", use), mwh) for use, mwh in uses.items()]
        rows.append((("carrier", carrier), _adder(view, carrier), left - sum(uses.values())))
    rows = _storage_as_losses(view, rows)
    most = max((mwh for *_, mwh in rows), default=0.0)
    return [row for row in rows if row[2] > SHOWN * most]


def _adder(view: View, carrier: str) -> End:
    """Who takes what end uses don't: the one standing measure that adds such a demand, or other."""
    installed = view.plan["installed"].sel(year=view.last).values
    standing = [m for m, size in zip(view.ids("measure"), installed, strict=True)
                if size > 0
                and carrier in (view.inputs.measures.get(m, {}).get("adds") or {})]  # fmt: skip
    return ("unit", standing[0]) if len(standing) == 1 else ("other", carrier)


def _storage_as_losses(
    view: View, rows: list[tuple[End, End, float]]
) -> list[tuple[End, End, float]]:
    """Storage gives back what it takes, which would draw as a loop: only its losses are kept."""
    stores = set(view.ids("storage"))
    kept, losses = [], dict[tuple[End, str], float]()
    for start, end, mwh in rows:
        if end[0] == "unit" and end[1] in stores:
            losses[start, end[1]] = losses.get((start, end[1]), 0.0) + mwh
        elif start[0] == "unit" and start[1] in stores:
            losses[end, start[1]] = losses.get((end, start[1]), 0.0) - mwh
        else:
            kept.append((start, end, mwh))
    return kept + [(carrier, ("losses", store), mwh) for (carrier, store), mwh in losses.items()]


def sankey(view: View, which: str) -> Chart:
    """The balance of `baseline` or `plan` in the last year."""
    ds = view.plan if which == "plan" else view.baseline
    rows = balance(view, ds, view.last)
    ends = list(dict.fromkeys(end for start, stop, _ in rows for end in (start, stop)))
    colours = [end_colour(view, end) for end in ends]
    trace = go.Sankey(
        arrangement="snap",
        node={"label": [safe(short(end_name(view, e))) for e in ends], "color": colours, "pad": 14,
              "thickness": 14, "line": {"width": 0}},
        link={"source": [ends.index(s) for s, *_ in rows],
              "target": [ends.index(t) for _, t, _ in rows],
              "value": [mwh / GIGA for *_, mwh in rows],
              "color": [palette.tint(_link_colour(view, s, t)) for s, t, _ in rows]},
        valueformat=".3g",
        valuesuffix=" GWh",
    )  # fmt: skip
    figure = picture([trace], "", max(LEAST_HEIGHT, NODE_HEIGHT * _deepest(rows)))
    figure.update_layout(margin={"t": 12, "b": 12, "l": 8, "r": 8})
    bought = sum(mwh for (kind, _), _, mwh in rows if kind in ("bought", "contract"))
    finding = view.say(
        f"finding.sankey_{which}", last=view.last, bought=numbers.with_unit(bought / GIGA, "GWh")
    )
    head = [view.say("word.from"), view.say("word.to"), "GWh/a"]
    body = [[end_name(view, s), end_name(view, t), numbers.significant(mwh / GIGA)]
            for s, t, mwh in rows]  # fmt: skip
    table = Table(view.say(f"table.sankey_{which}"), head, body, frozenset({2}))
    return Chart(f"sankey_{which}", finding, view.say("note.sankey"), figure, table)


def _deepest(rows: list[tuple[End, End, float]]) -> int:
    """How many nodes stand in the fuller of the first and the last column."""
    starts, stops = {s for s, _, _ in rows}, {t for _, t, _ in rows}
    return max(len(starts - stops), len(stops - starts))


def short(name: str, most: int = LONGEST) -> str:
    """A name that fits beside a node or in a legend; the table has it whole.

    `most` in Latin letters; a Chinese character takes the room of two.
    """
    widths = np.cumsum([2 if east_asian_width(letter) in "WF" else 1 for letter in name])
    if not name or widths[-1] <= most:
        return name
    return f"{name[: int(np.searchsorted(widths, most - 1, side='right'))].rstrip()}…"


def _link_colour(view: View, start: End, end: End) -> str:
    """A flow has the colour of what flows."""
    carrier = next((e for e in (start, end) if e[0] == "carrier"), start)
    return end_colour(view, carrier)
