"""A stored run of the small plant, and the studies that a committee reads beside it."""

from __future__ import annotations

from pathlib import Path

from optimizer import cli
from tests.cli.solving import write_small

KNOWN = {
    "pv_roof": {
        "why": "An offer, before design.",
        "capex": {"cn": {"accuracy": {"estimate_class": 3}, "contingency": {"on_top": "10 %"}}},
    }
}
"""Of the two projects of the plan, the one with a lump sum states nothing."""
DRIVERS = ("--driver", "tariffs.natural_gas.price", "--driver", "measures.override.*.capex")


def make_plant(folder: Path) -> None:
    """Into a folder the small plant's scenario, its solved `run`, its `moves` and its `curve`."""
    scenario = str(write_small(folder / "plant", measures__override=KNOWN))
    assert cli.run(["solve", scenario, "--periods", "1", "--out", str(folder / "run")]) == 0
    asked = ["--periods", "1", "--bisections", "0", *DRIVERS, "--out", str(folder / "moves")]
    assert cli.run(["sensitivity", scenario, *asked]) == 0
    path = ["--periods", "1", "--steps", "2", "--out", str(folder / "curve")]
    assert cli.run(["curve", scenario, *path]) == 0


def committee(plant: Path, *options: str) -> int:
    """The exit code of the command, with the stored sensitivity."""
    moves = ("--study", str(plant / "moves"))
    return cli.run(["report", str(plant / "run"), "--for", "committee", *moves, *options])
