"""`decarb validate FILE`: everything that is wrong, or what the scenario says, in short."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import INPUT_OR_USAGE, options

if TYPE_CHECKING:
    from optimizer.errors import Problem
    from optimizer.inputs.bundle import Bundle

KINDS = ("converter", "generator", "storage", "saving", "process", "contract", "credit")


@click.command("validate", epilog="Example:  decarb validate scenarios/mill/scenario.yaml")
@click.argument("file", type=click.Path(path_type=Path))
@options.data
@options.sets
@options.as_json
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    data: Path | None,
    sets: tuple[str, ...],
    as_json: bool,
    lang: str,
) -> None:
    """Check the scenario FILE with its catalog, policies and series. Nothing is solved."""
    from optimizer.errors import InputErrors
    from optimizer.inputs.assemble import assemble, never_in_time
    from optimizer.inputs.load import load

    try:
        bundle = load(file, data=data, sets=sets)
        case = assemble(bundle)
    except InputErrors as errors:
        if not as_json:
            raise
        found = [problem_data(problem) for problem in errors.problems]
        click.echo(options.json_text({"valid": False, "problems": found}))
        ctx.exit(INPUT_OR_USAGE)
    facts = {**summary(bundle), "too_late": list(never_in_time(case))}
    click.echo(
        options.json_text({"valid": True, **facts})
        if as_json
        else "\n".join(sentences(facts, lang))
    )


def problem_data(problem: Problem) -> dict[str, Any]:
    """A problem's parts under their names."""
    return dict(vars(problem))


def summary(bundle: Bundle) -> dict[str, Any]:
    """What the scenario holds: years, energy, measures by kind, rules, series by origin."""
    from optimizer.inputs.factor_listing import looked_up
    from optimizer.schema.series import FileSeries

    scenario, horizon = bundle.scenario, bundle.scenario.horizon
    measured = [key for key, each in scenario.data.items() if isinstance(each, FileSeries)]
    kinds = [measure.kind for measure in bundle.measures]
    return {
        "scenario": scenario.id,
        "name": {"en": scenario.name.en, "zh": scenario.name.zh},
        "base_year": horizon.base_year,
        "years": [horizon.first, horizon.last],
        "evaluate_to": horizon.evaluate_to or horizon.last,
        "currency": scenario.currency,
        "price_year": scenario.price_year,
        "services": [service.id for service in scenario.services],
        "carriers": list(scenario.carriers),
        "measures": {kind: kinds.count(kind) for kind in KINDS if kind in kinds},
        "overridden": list(scenario.measures.override),
        "assets": [asset.id for asset in scenario.assets],
        "rules": rules(bundle),
        "unheld": list(bundle.unheld),
        "factors": [looked_up(each) for each in bundle.factors],
        "measured": measured,
        "derived": [key for key in scenario.data if key not in measured],
    }


def rules(bundle: Bundle) -> list[str]:
    """The limits that are on, by their path in the scenario."""
    scenario, policy = bundle.scenario, bundle.scenario.policy
    offset, loan = policy.offset, scenario.loan
    given = {
        "policy.gross_cap": policy.gross_cap,
        "policy.net_target": policy.net_target,
        "policy.offset": offset,
        "policy.offset.gate": offset.gate if offset else None,
        "policy.offset.removal_share": offset.removal_share if offset else None,
        "budget.capex": scenario.budget.capex,
        "loan.decides": None if loan is None or loan.decides == "nothing" else loan.decides,
        "carbon.price": scenario.carbon,
        "cbam.price": scenario.cbam,
    }
    return [path for path, rule in given.items() if rule is not None]


def sentences(facts: dict[str, Any], lang: str) -> list[str]:
    """The summary in words, one line a fact."""
    from optimizer.words import text

    def listed(words: list[str]) -> str:
        return ", ".join(words) or text("cli.validate.none", lang)

    kinds = [
        f"{text(f'cli.kind.{kind}', lang)} {count}" for kind, count in facts["measures"].items()
    ]
    lines = {
        "valid": {"name": facts["name"][lang], "scenario": facts["scenario"]},
        "years": {
            "first": facts["years"][0], "last": facts["years"][1], "end": facts["evaluate_to"],
            "base": facts["base_year"], "money": f"{facts['currency']} {facts['price_year']}",
        },
        "services": {"items": listed(facts["services"])},
        "carriers": {"items": listed(facts["carriers"])},
        "measures": {"count": sum(facts["measures"].values()), "items": listed(kinds)},
        "overridden": {"items": listed(facts["overridden"])},
        "too_late": {"items": listed(facts["too_late"])},
        "assets": {"items": listed(facts["assets"])},
        "rules": {"items": listed(facts["rules"])},
        "unheld": {"items": listed(facts["unheld"])},
        "factors": {"items": listed([_factor(each, lang) for each in facts["factors"]])},
        "measured": {"items": listed(facts["measured"])},
        "derived": {"items": listed(facts["derived"])},
    }  # fmt: skip
    return [text(f"cli.validate.{key}", lang, **values) for key, values in lines.items()]


def _factor(each: dict[str, Any], lang: str) -> str:
    """One factor of a library: its field, value, whose it is and how sure."""
    from optimizer.words import text

    what = [
        each["library"],
        each["name"][lang],
        each["year"],
        text(f"cli.trust.{each['trust']}", lang),
    ]
    said = ", ".join(str(part) for part in what if part is not None)
    return f"{each['field']} {each['kg_per_kwh']:.5g} kg/kWh ({said})"
