"""Colours that a colour-blind reader tells apart, the same for the same thing in every picture.

Okabe and Ito (2008), "Color Universal Design", and Paul Tol's muted, vibrant and bright schemes
(technical note SRON/EPS/TN/09-002, 2021). Carriers and measures take colours in the order in which
the plan names them; cost classes, which the model fixes, have theirs by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

INK = "#1d2733"
MUTED = "#66707c"
RULE = "#d5dae0"
PAPER = "#ffffff"

BLUE = "#0072B2"
SKY = "#56B4E9"
GREEN = "#009E73"
ORANGE = "#E69F00"
VERMILION = "#D55E00"
PURPLE = "#CC79A7"

CARRIER_COLOURS = (BLUE, VERMILION, PURPLE, GREEN, SKY, ORANGE, "#882255", "#999933", "#44AA99")
MEASURE_COLOURS = (
    "#332288", "#117733", "#DDCC77", "#CC6677", "#44AA99", "#AA4499", "#88CCEE", "#999933",
    "#882255", "#6699CC", "#EE7733", "#5D3A9B", "#228833", "#EE3377", "#CCBB44", "#009988",
    "#CC3311", "#33BBEE", "#AA3377", "#661100",
)  # fmt: skip

CLASS_COLOURS: Mapping[str, str] = {
    "capital": "#332288",
    "overnight": "#332288",
    "salvage": "#88CCEE",
    "grants": "#CC6677",
    "interest_saved": "#117733",
    "fixed_om": "#AA4499",
    "variable_om": "#DDCC77",
    "financing": "#5D3A9B",
    "buy_back": "#5D3A9B",
    "on_site_power": "#6699CC",
    "after_term": "#6699CC",
    "energy": BLUE,
    "demand_charge": SKY,
    "contracts": GREEN,
    "export": "#44AA99",
    "certificates": "#999933",
    "carbon": VERMILION,
    "cbam": "#882255",
    "credits": ORANGE,
    "dismantling": "#999933",
    "resale": "#117733",
}
PALER = 2 / 3
PROCESS = "#999999"
CREDITS = ORANGE
BASELINE = MUTED
GROSS = INK
NET = BLUE
CAP = "#8C0B1C"
UNABATED = "#7F3C8D"
RESIDUAL = "#8c99a8"
UNSPLIT = RULE


@dataclass(frozen=True)
class Palette:
    """Colour of each carrier and of each measure, asset, contract or credit, by id."""

    carriers: Mapping[str, str]
    things: Mapping[str, str]


def palette(carriers: Iterable[str], things: Iterable[str]) -> Palette:
    """Deal the colours in order; where there are more ids than colours they come round paler."""
    return Palette(_deal(carriers, CARRIER_COLOURS), _deal(things, MEASURE_COLOURS))


def class_colour(cost_class: str) -> str:
    """Colour of a cost class; grey for one that the model added since."""
    return CLASS_COLOURS.get(cost_class, PROCESS)


def pale(colour: str, share: float = 0.45) -> str:
    """The colour mixed with white: `share` of it remains. Unlike `tint`, nothing shines through."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - share * (255 - part)):02x}" for part in parts)


def tint(colour: str, share: float = 0.35) -> str:
    """The colour as rgba with that opacity (0 to 1)."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def _deal(ids: Iterable[str], colours: tuple[str, ...]) -> dict[str, str]:
    """Each id's colour; every further round keeps two thirds of the colour of the one before."""
    rounds = {name: divmod(i, len(colours)) for i, name in enumerate(dict.fromkeys(ids))}
    return {
        name: pale(colours[at], PALER**again) if again else colours[at]
        for name, (again, at) in rounds.items()
    }
