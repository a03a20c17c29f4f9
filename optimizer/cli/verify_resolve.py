"""What solving a stored run's problem again says on a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from optimizer.words import text

if TYPE_CHECKING:
    from optimizer.studies.solved_again import SolvedAgain


def resolved(run: Path, time_limit: float, lang: str) -> SolvedAgain:
    """Solve again, with the search's progress on stderr."""
    from optimizer.cli.progress import progress
    from optimizer.plan.store import read_run
    from optimizer.studies.solved_again import solved_again

    with progress(lang) as listener:
        return solved_again(read_run(run), time_limit, listener.progress)


def print_resolved(found: SolvedAgain, lang: str) -> None:
    """Both intervals of the least cost, then whether they meet and what that proves."""
    for which, method, cost, bound in (
        ("stored", found.stored_method, found.stored_cost, found.stored_bound),
        ("again", found.method, found.cost, found.bound),
    ):
        said = text(f"resolve.method.{method}", lang)
        figures = {"cost": _money(cost), "bound": _money(bound)}
        click.echo(text(f"resolve.{which}", lang, method=said, **figures))
    shares = {"within": _share(found.within), "gap": _share(found.gap)}
    click.echo(text(f"resolve.{found.verdict}", lang, seconds=f"{found.seconds:.0f}", **shares))


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.2f} %"


def _money(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"
