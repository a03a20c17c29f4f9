"""Progress of long work on stderr: the stage, and the search's incumbent, bound and gap."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from optimizer.words import text

if TYPE_CHECKING:
    from optimizer.plan.settings import Listener, Tried
    from optimizer.solve.highs import Progress

EVERY = 10.0
"""Seconds between two lines of progress where stderr is no terminal."""


@contextmanager
def progress(lang: str) -> Iterator[Listener]:
    """A listener that writes a line a stage, and one line of the search that renews itself."""
    from optimizer.plan.settings import Listener

    began, last, live = time.perf_counter(), [0.0], sys.stderr.isatty()

    def stage(name: str) -> None:
        click.echo(f"{_clear(live)}{_since(began)}  {text(f'stage.{name}', lang)}", err=True)

    def search(state: Progress) -> None:
        if not live and state.seconds - last[0] < EVERY:
            return
        last[0] = state.seconds
        click.echo(f"{_clear(live)}{_since(began)}  {_line(state, lang)}", err=True, nl=not live)

    def tried(all_so_far: Sequence[Tried]) -> None:
        for line in _tried_lines(all_so_far, lang):
            click.echo(f"{_clear(live)}{_since(began)}  {line}", err=True)

    yield Listener(stage, search, tried)
    if live:
        click.echo(_clear(live), err=True, nl=False)


def _tried_lines(tried: Sequence[Tried], lang: str) -> Iterator[str]:
    """The resolution tried last, and what it says of the one before."""
    from optimizer.plan.auto_periods import regrets

    one = tried[-1]
    values: dict[str, Any] = {"seconds": f"{one.seconds:.1f} s", **_resolution(one, lang)}
    if one.cost is None:
        yield text("progress.no_plan", lang, **values)
        return
    gap = "–" if one.gap is None else f"{100 * one.gap:.2f} %"
    yield text("progress.tried", lang, days=one.days, gap=gap, cost=f"{one.cost:,.0f}", **values)
    for before, regret in list(zip(tried, regrets(tried), strict=True))[-2:-1]:
        if regret is not None:
            share = f"{100 * regret:.2f} %"
            yield text("progress.regret", lang, share=share, **_resolution(before, lang))


def _resolution(one: Tried, lang: str) -> dict[str, Any]:
    whole = text("resolution.whole", lang)
    steps = text("resolution.segments", lang, count=one.segments) if one.segments else whole
    return {"periods": one.periods, "steps": steps}


def _clear(live: bool) -> str:
    return "\r\x1b[K" if live else ""


def _since(began: float) -> str:
    return f"{time.perf_counter() - began:6.1f} s"


def _line(state: Progress, lang: str) -> str:
    best = "–" if state.incumbent is None else f"{state.incumbent:,.0f}"
    bound = "–" if state.bound is None else f"{state.bound:,.0f}"
    gap = "–"
    if state.incumbent and state.bound is not None:
        gap = f"{100 * abs(state.incumbent - state.bound) / abs(state.incumbent):.2f} %"
    return text("progress.search", lang, best=best, bound=bound, gap=gap)
