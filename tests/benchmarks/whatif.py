"""What-ifs on the demo, kept live: ``python -m tests.benchmarks.whatif [--front] [--count N]``.

Random changes whose cuts survive, each of the scenario itself and to 1 % proven; changes of output,
whose cuts are shifted; the portfolio kept and prices moved; with --front also points of a front of
the cap of 2030, live and cold. Seconds are all of it, reading the files included; processor seconds
stand beside them, since other work on the machine lengthens the wall's. Prints tables, asserts
nothing.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from statistics import median

import numpy as np

from optimizer.plan.live import Answer, Live
from tests.benchmarks.environments import ROOT

DEMO = ROOT / "scenarios" / "auto_parts_jiangsu" / "scenario.yaml"
GAP, BASE_GAP = 0.01, 0.005
CAP_2030 = 6550.0
OUTPUT_2030 = 1.06
OUTPUTS = (0.97, 1.03, 1.06)
"""Of the scenario's output, all years alike."""
COLD_EVERY = 5
"""Of the points of a front, one in so many is solved cold too."""
OPTIONAL = ("heat_pump_90c", "battery_2h", "pv_carport", "chiller_compression", "electric_forklift")
KINDS, KEPT = 6, 5
"""Kinds of random changes, and how many of each price are asked of the kept portfolio."""
Numbers = np.random.Generator
Question = tuple[tuple[str, ...], tuple[str, ...]]
"""Settings, and what is not on offer."""


def questions(count: int, seed: int = 1) -> list[Question]:
    """Random changes of a cap, a price, a budget, a rate, a size or an offer, in turn."""
    rng = np.random.default_rng(seed)
    kinds: Sequence[Callable[[Numbers], Question]] = (
        lambda r: ((f"policy.gross_cap.2030={CAP_2030 * r.uniform(0.95, 1.1):.0f} t",), ()),
        lambda r: ((f"tariffs.natural_gas.price={0.333 * r.uniform(0.8, 1.2):.4f} CNY/kWh",), ()),
        lambda r: ((f"budget.capex.2028={7 * r.uniform(0.8, 1.3):.2f} MCNY",), ()),
        lambda r: ((f"tariffs.electricity.level={r.uniform(0.85, 1.15):.3f}",), ()),
        lambda r: ((f"economics.discount_rate={r.uniform(0.04, 0.09):.3f}",), ()),
        lambda r: ((), (str(r.choice(OPTIONAL)),)),
    )
    return [kinds[k % len(kinds)](rng) for k in range(count)]


def timed(ask: Callable[[], Answer], name: str) -> tuple[float, float]:
    """(seconds, processor seconds) of one question; prints its line."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = ask()
    spent = time.perf_counter() - wall, time.process_time() - cpu
    print(
        f"{name:58s} {answer.ending:10s} {answer.cost / 1e6:8.3f} M  gap {100 * answer.gap:5.2f} %"
        f"  {spent[0]:6.2f} s  {spent[1]:6.2f} cpu  {answer.kept} cuts kept",
        flush=True,
    )
    return spent


def told(name: str, spent: Sequence[tuple[float, float]]) -> None:
    """Median and worst of both clocks."""
    for clock, seconds in zip(("wall", "cpu"), zip(*spent, strict=True), strict=True):
        print(f"{name}, {clock}: median {median(seconds):.2f} s, worst {max(seconds):.2f} s")


def front(live: Live, points: int) -> None:
    """Caps of 2030 from 106 % to 91 % of the scenario's, live, and some of them cold."""
    caps = [f"policy.gross_cap.2030={CAP_2030 * s:.0f} t" for s in np.linspace(1.06, 0.91, points)]
    warm = [timed(lambda cap=cap: live.what_if(cap, gap=GAP), cap) for cap in caps]  # type: ignore[misc]
    cold = [
        timed(lambda cap=cap: Live(DEMO, sets=[cap]).solve(GAP), f"cold: {cap}")  # type: ignore[misc]
        for cap in caps[::COLD_EVERY]
    ]
    told("front, live", warm)
    told("front, cold", cold)
    for k, clock in enumerate(("wall", "cpu")):
        share = sum(w[k] for w in warm) / (points * float(np.mean([c[k] for c in cold])))
        print(f"front of {points}, live against cold, {clock}: {share:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--front", type=int, default=0, metavar="POINTS")
    options = parser.parse_args()
    live = Live(DEMO)
    timed(lambda: live.solve(BASE_GAP), "the scenario, from nothing")
    timed(live.fixed, "kept, for the first time")
    kept = [
        timed(lambda s=s: live.fixed(*s), f"kept, {s[0]}")  # type: ignore[misc]
        for s, _ in questions(KEPT * KINDS, seed=2)
        if s and s[0].startswith("tariffs.")
    ]
    more = [
        timed(
            lambda f=f: live.what_if(  # type: ignore[misc]
                f"output.2026={f}", f"output.2030={OUTPUT_2030 * f:.4f}", gap=GAP
            ),
            f"output times {f}",
        )
        for f in OUTPUTS
    ]
    free = [
        timed(
            lambda s=s, w=w: live.what_if(*s, without=w, gap=GAP),  # type: ignore[misc]
            " ".join([*s, *(f"without {m}" for m in w)]),
        )
        for s, w in questions(options.count)
    ]
    told("portfolio kept", kept)
    told("output", more)
    told(f"{options.count} changes", free)
    if options.front:
        front(live, options.front)


if __name__ == "__main__":
    main()
