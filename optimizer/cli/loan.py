"""`decarb loan`: a plan against the rules of lenders and labels, with its cover and proceeds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from optimizer.cli import CHECK_FAILED, options
from optimizer.cli.solving import Periods, Seconds

if TYPE_CHECKING:
    from optimizer.plan.store import Run

EXAMPLES = """Examples:

\b
  decarb loan results/mill-1 --pack bank_credit --pack glp_2025
  decarb loan scenarios/mill/scenario.yaml --pack bank_credit --amount "12 MCNY" --tenor 8
  decarb loan RUN --pack eu_taxonomy --evidence evidence.yaml --json | jq .verdict
  decarb loan RUN --pack bank_credit --stress --break-even
  decarb loan RUN --pack glp_2025 --pack bank_credit --file RUN --lang zh
  decarb loan FILE --find --pack bank_credit --amount "12 MCNY" --tenor 8 --rate 3.5%
  decarb loan FILE --find --pack bank_credit --set loan.decides=both
"""
MET = ("meets_primary", "meets_attested", "meets_secondary")


@click.command("loan", epilog=EXAMPLES)
@click.argument("target", metavar="RUN|FILE", type=click.Path(exists=True, path_type=Path))
@click.option("--pack", "packs", multiple=True, required=True, metavar="PACK",
              help="A loan pack; may be repeated. See: decarb policy list")  # fmt: skip
@click.option("--amount", metavar="MONEY", help="Such as '12 MCNY'; the scenario's by default.")
@click.option("--tenor", type=click.FloatRange(min=0, min_open=True), metavar="YEARS",
              help="From a draw to its last repayment.")  # fmt: skip
@click.option("--rate", metavar="SHARE", help="Nominal, a year: 0.035 or '3.5 %'.")
@click.option("--evidence", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="File that names documents with clause, value, date and hash.")  # fmt: skip
@click.option(
    "--stress",
    is_flag=True,
    help="Also show the cover while savings, output, prices, … go worse than planned.",
)
@click.option(
    "--break-even",
    is_flag=True,
    help="With --stress: search where each case breaks, dispatching anew; takes longer.",
)
@click.option("--file", "folder", type=click.Path(file_okay=False, path_type=Path),
              metavar="FOLDER", help="Write the loan file into FOLDER.")  # fmt: skip
@click.option("--find", "seek", is_flag=True,
              help="Search the scenario FILE for the cheapest plan that qualifies.")  # fmt: skip
@click.option("--set", "sets", multiple=True, metavar="CHANGE",
              help="Of FILE before it is solved: PATH=VALUE, PATH*=FACTOR, such as"
                   " loan.decides=both.")  # fmt: skip
@click.option("--periods", type=Periods(), help="Typical days, if FILE is solved.")
@click.option("--gap", default="0.005", show_default=True, help="Of the search, if FILE is solved.")
@click.option("--full-year/--no-full-year", default=True, help="Dispatch its plan on 8760 hours.")
@click.option("--time-limit", type=Seconds(), help="Seconds for the search, if FILE is solved.")
@options.lang
@options.as_json
@click.pass_context
def command(ctx: click.Context, /, target: Path, **given: Any) -> None:
    """Judge a stored plan by loan packs; a scenario FILE is solved and stored first.

    Says for each rule whether the plan meets it and on what ground, what is missing, and what would
    turn a fail; shows the loan, its use and its cover. A pre-assessment, never a certificate. It is
    stored as loan.json in the run, which `decarb verify` recomputes. Ends with 5 unless every gate
    that applies is met, and one does.

    --find keeps as rows of its search: reductions of emissions and energy, what credits cover, debt
    cover (dscr, llcr, plcr, borrower_dscr) and, with an amount, shares of debt and own money.
    Payback and all that is asked of single measures is judged after the search, which goes on where
    a measure fails. What was kept and what was judged is named in the output.
    """
    from optimizer import api
    from optimizer.loans.facts import facts
    from optimizer.workspace import workspace_of

    if given["break_even"] and not given["stress"]:
        raise click.UsageError("--break-even goes with --stress")
    if given["sets"] and target.is_dir():
        raise click.UsageError("--set changes a scenario FILE, not a stored run")
    terms, root, sought = _terms(given), workspace_of(target), None
    if given["seek"]:
        from optimizer.cli.loan_find import search

        sought, target = search(ctx, target, given, terms)
        terms = {}
    run = _run(target, given)
    assessed = api.assess_run(run, given["packs"], root, terms=terms, evidence=given["evidence"])
    wanted = given["stress"]
    stress = api.stress_of(assessed, search=given["break_even"]) if wanted else None
    found = facts(assessed, stress)
    api.store_loan(run.path, found, terms)
    if given["folder"] is not None:
        from optimizer.reports.loan_file.write import asked_today, write_loan_file

        asked = asked_today(given["packs"], terms, given["lang"])
        for written in write_loan_file(assessed, asked, given["folder"], stress):
            click.echo(str(written), err=True)
    _show(found, sought, given)
    if found["verdict"] not in MET:
        ctx.exit(CHECK_FAILED)


def _show(found: dict[str, Any], sought: dict[str, Any] | None, given: dict[str, Any]) -> None:
    """The assessment as JSON, with what a search found, or in words."""
    from optimizer.cli.loan_stress_text import print_stress
    from optimizer.cli.loan_text import print_assessment

    if given["as_json"]:
        told = found if sought is None else {**found, "find": sought}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False))
        return
    print_assessment(found, given["lang"])
    if given["stress"]:
        print_stress(found["stress"], given["lang"])


def _run(target: Path, given: dict[str, Any]) -> Run:
    """The stored run, or that of a scenario which is solved now."""
    from optimizer import api
    from optimizer.cli.solve import solved

    if target.is_dir():
        return api.read_run(target)
    run: Run = solved(
        target, out=None, periods=given["periods"], step=None, gap=given["gap"], method="auto",
        time_limit=given["time_limit"], full_year=given["full_year"], sets=given["sets"],
        data=None, lang=given["lang"],
        force=False,
    )  # fmt: skip
    click.echo(str(run.path), err=True)
    return run


def _terms(given: dict[str, Any]) -> dict[str, Any]:
    """The loan's fields that were given, as a scenario writes them."""
    terms: dict[str, Any] = {}
    if given["amount"] is not None:
        terms["amount"] = given["amount"]
    if given["tenor"] is not None:
        terms["tenor"] = f"{given['tenor']!r} a"
    if given["rate"] is not None:
        terms["rate"] = re.sub(r"\s*%", " %", given["rate"])
    return terms
