"""`decarb loan FILE --find`: the search, and what it found in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from optimizer.cli import NO_PLAN, STOPPED_OR_SOLVER_FAILURE
from optimizer.cli.solving import results_alone, settings_from, told_in
from optimizer.words import text

ENDINGS = {"no_plan": NO_PLAN, "not_found": STOPPED_OR_SOLVER_FAILURE}


def search(
    ctx: click.Context, file: Path, given: Mapping[str, Any], terms: Mapping[str, Any]
) -> tuple[dict[str, Any], Path]:
    """What was found, and the run it is stored in; ends the command where nothing qualifies."""
    from optimizer import api
    from optimizer.cli.progress import progress
    from optimizer.cli.solve import results_of
    from optimizer.loans.find_facts import find_facts
    from optimizer.workspace import workspace_of

    if file.is_dir():
        raise click.UsageError("--find searches a scenario: name its FILE, not a run")
    bundle = api.load(file, sets=given["sets"])
    settings = settings_from(bundle, given)
    if settings.periods == "auto":
        why = "what qualifying costs is known between plans on the same days, and auto changes them"
        raise click.UsageError(f"--find needs --periods with a number: {why}")
    out = api.next_run(results_of(workspace_of(file)), bundle.scenario.id)
    lang = given["lang"]
    with progress(lang) as listener, results_alone(), told_in(lang):
        job = api.Job(scenario=file, out=out, settings=settings, lang=lang, listener=listener)
        found, run = api.find_loan(
            job, bundle, given["packs"], terms=terms, evidence=given["evidence"]
        )
    facts = find_facts(found)
    if run is not None:
        click.echo(str(run.path), err=True)
    if not given["as_json"]:
        _print(facts, lang)
    elif run is None:
        click.echo(json.dumps({"find": facts}, ensure_ascii=False, indent=1, allow_nan=False))
    if run is None:
        ctx.exit(ENDINGS[found.ending])
    return facts, run.path


def _print(facts: dict[str, Any], lang: str) -> None:
    """What qualifying costs and changes, or why nothing qualifies."""

    def say(key: str, **values: object) -> None:
        click.echo(text(f"loan.find.{key}", lang, **values))

    if facts["free"]["failing"]:
        say("failed", rules=", ".join(facts["free"]["failing"]))
    if facts["cost"] is None:
        say(facts["ending"])
    elif facts["free"]["qualifies"]:
        say("cheapest")
    else:
        money = {key: f"{facts['cost'][key]:,.0f}" for key in ("low", "high", "paid")}
        say("costs", currency=facts["currency"], **money)
        if facts["cost"]["noise"]:
            say("noise")
    if facts["ending"] == "no_plan":
        rules = facts["colliding"]
        say("colliding", rules=", ".join(rules)) if rules else say("unexplained")
    for key, ids in (facts["changes"] or {}).items():
        if ids:
            say(f"changes.{key}", measures=", ".join(ids))
    for measure, rules in facts["not_financed"].items():
        say("not_financed", measure=measure, rules=", ".join(rules))
    if facts["kept_by_rows"] and not facts["free"]["qualifies"]:
        say("rows", rules=", ".join(facts["kept_by_rows"]))
    if facts["judged_after"]:
        say("after", rules=", ".join(facts["judged_after"]))
    click.echo()
