"""Progress of long work on stderr: the stage, and the search's incumbent, bound and gap."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from optimizer.words import text

if TYPE_CHECKING:
    from optimizer.plan.settings import Listener
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

    yield Listener(stage, search)
    if live:
        click.echo(_clear(live), err=True, nl=False)


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
