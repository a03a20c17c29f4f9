"""Stored runs side by side: nothing is solved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from optimizer.errors import InputErrors, Problem
from optimizer.plan.store import SUMMARY, Run, read_run
from optimizer.studies.comparison import Compared, Comparison
from optimizer.studies.figures import figures_of


def compare_runs(folders: Sequence[Path]) -> Comparison:
    """The plans of run folders, in their order. Raises InputErrors for a folder that is no run,
    and for runs that count in other money or years than the first."""
    runs: list[Run] = []
    problems: list[Problem] = []
    for folder in folders:
        try:
            runs.append(read_run(folder))
        except InputErrors as errors:
            problems.extend(errors.problems)
    if not problems:
        problems = _incomparable(runs)
    if problems:
        raise InputErrors(problems)
    first = runs[0].summary
    named = first["scenario"]
    return Comparison(
        {"id": named["id"], "en": named["name_en"], "zh": named["name_zh"]},
        first["currency"],
        first["price_year"],
        first["ledger"],
        (),
        True,
        tuple(_compared(run, key) for run, key in zip(runs, _keys(runs), strict=True)),
        _rules(runs),
        kind="runs",
    )


def _keys(runs: Sequence[Run]) -> list[str]:
    """Names of the folders; whole paths where two have the same name."""
    names = [run.path.name for run in runs]
    return names if len(set(names)) == len(names) else [run.path.as_posix() for run in runs]


def _compared(run: Run, key: str) -> Compared:
    facts = run.summary
    name = {lang: facts["scenario"][f"name_{lang}"] for lang in ("en", "zh")}
    figures = figures_of(facts, run.plan)
    return Compared(key, name, facts["ledger"], facts["status"], (), figures)


def _rules(runs: Sequence[Run]) -> dict[str, dict[str, str]]:
    """Names of the gates of packs that the runs held."""
    found: dict[str, dict[str, str]] = {}
    for plan in (run.plan for run in runs if "rule_name_en" in run.plan.coords):
        for k, id in enumerate(map(str, plan["rule"].values)):
            found[id] = {x: str(plan[f"rule_name_{x}"].values[k]) for x in ("en", "zh")}
    return found


def _counted_in(run: Run) -> tuple[Any, ...]:
    horizon, facts = run.summary["horizon"], run.summary
    years = horizon["base_year"], horizon["first"], horizon["last"]
    return (facts["currency"], facts["price_year"], *years)


def _incomparable(runs: Sequence[Run]) -> list[Problem]:
    wanted = _counted_in(runs[0])
    return [
        Problem(
            str(run.path / SUMMARY), 0, 0, "horizon", ", ".join(map(str, _counted_in(run))),
            f"as in {runs[0].path.name}: {', '.join(map(str, wanted))}",
            "Runs of other money or years can't stand side by side.",
        )
        for run in runs
        if _counted_in(run) != wanted
    ]  # fmt: skip
