"""`decarb verify RUN`: recompute a stored plan, without the solver."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import click

from optimizer.cli import CHECK_FAILED

EXAMPLES = """Examples:

\b
  decarb verify results/demo-1
  decarb verify results/demo-1 --workbook loan.xlsx --evidence evidence.yaml
  decarb verify results/demo-1 --resolve --time-limit 300
"""
BASELINE = "baseline: "
WIDTHS = (46, 10, 10, 18)  # places of a name, of rows, of failures, of a deviation
NOTES = {"changed": "changed", "missing": "missing", "not in the manifest": "not_listed"}

if TYPE_CHECKING:
    from optimizer.loans.rejudged import Rejudged
    from optimizer.plan.verify import RowCheck, VerifyReport
    from optimizer.reports.workbook_check import WorkbookCheck
    from optimizer.studies.solved_again import SolvedAgain


@click.command("verify", epilog=EXAMPLES)
@click.argument("run", metavar="RUN", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True,
              help="Language of the table and the verdict.")  # fmt: skip
@click.option("--workbook", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="plan.xlsx or loan.xlsx, to compare with the run cell by cell.")  # fmt: skip
@click.option("--evidence", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The file of evidence that loan.json or loan.xlsx rests on.")  # fmt: skip
@click.option(
    "--resolve",
    is_flag=True,
    help="Also solve the problem again, by the method that did not find the plan.",
)
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), default=600.0,
              show_default=True, help="Seconds of --resolve.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print every row as JSON.")
@click.pass_context
def command(
    ctx: click.Context, /, run: Path, lang: str, workbook: Path | None, evidence: Path | None,
    resolve: bool, time_limit: float, as_json: bool,
) -> None:  # fmt: skip
    """Recompute the plan in RUN from its inputs and check it against every rule.

    Balances, capacities, budgets, emissions, costs and the policy are worked out anew by code that
    shares nothing with the model. An assessment that `decarb loan` stored is judged again by the
    packs of the workspace. The bound of the search is the solver's word; with --resolve the other
    method solves the same problem, and both must have the least cost between bound and cost. Ends
    with 0 if all rows hold, 5 if one fails or --resolve can't decide, 2 if RUN can't be read.
    """
    from optimizer.plan.verify import verify

    report = verify(run)
    lent = _judged_again(run, evidence if workbook is None else None)
    compared = None if workbook is None else _compared(run, workbook, evidence)
    again = _resolved(run, time_limit, lang) if resolve and report.ok else None
    besides = {"loan": lent, "workbook": compared, "resolved": again}
    if as_json:
        import json

        more = {key: found.as_dict() for key, found in besides.items() if found is not None}
        click.echo(json.dumps(report.as_dict() | more, indent=1, ensure_ascii=False))
    else:
        for line in as_text(report, lang):
            click.echo(line)
        _print_besides(lent, compared, again, lang)
    if not (report.ok and all(found is None or found.ok for found in besides.values())):
        ctx.exit(CHECK_FAILED)


def _judged_again(run: Path, evidence: Path | None) -> Rejudged | None:
    """The stored assessment, judged again; heavy imports only where there is one."""
    from optimizer.plan.store import LOAN

    if not (run / LOAN).is_file():
        return None
    from optimizer.loans.rejudged import rejudged

    return rejudged(run, evidence)


def _resolved(run: Path, time_limit: float, lang: str) -> SolvedAgain:
    """The other method's word; its imports only where it is asked for."""
    from optimizer.cli.verify_resolve import resolved

    return resolved(run, time_limit, lang)


def _print_besides(
    lent: Rejudged | None, compared: WorkbookCheck | None, again: SolvedAgain | None, lang: str
) -> None:
    if lent is not None:
        from optimizer.cli.verify_loan import print_judged

        print_judged(lent, lang)
    if compared is not None:
        from optimizer.cli.verify_workbook import print_check

        print_check(compared, lang)
    if again is not None:
        from optimizer.cli.verify_resolve import print_resolved

        print_resolved(again, lang)


def _compared(run: Path, workbook: Path, evidence: Path | None) -> WorkbookCheck:
    """The workbook against the run; heavy imports only where it is asked for."""
    from optimizer.reports.loan_file.recheck import check_workbook

    return check_workbook(run, workbook, evidence)


def print_verdict(run: Path, lang: str = "en") -> bool:
    """Verify a run and print only what fails and the verdict; whether all rows hold."""
    from optimizer.plan.verify import verify

    report = verify(run)
    failures = [_failure(row, lang) for row in report.failed]
    for line in [*failures, *_warnings(report, lang), *_verdict(report, lang)]:
        click.echo(line)
    return report.ok


def as_text(report: VerifyReport, lang: str) -> list[str]:
    """The report in lines: what fails first, then what was checked and what that shows."""
    from optimizer.words import text, text_or

    lines = [_failure(row, lang) for row in report.failed]
    for check in report.hashes:
        if not check.ok:
            note = text_or(f"verify.note.{NOTES.get(check.note, '')}", check.note, lang)
            lines.append(text("verify.hash", lang, file=check.file, note=note))
    head = (text(f"verify.{key}", lang) for key in ("checked", "rows", "failed", "worst"))
    lines += ["", _columns(*head)]
    lines += [_line(row.name, [row]) for row in report.rows if BASELINE not in row.name]
    of_baseline = [row for row in report.rows if BASELINE in row.name]
    lines += [_line(text("verify.baseline", lang), of_baseline), ""]
    lines += _warnings(report, lang)
    lines += [text("verify.harmless", lang, text=why) for why in report.harmless]
    lines += [text(f"verify.taken.{name}", lang) for name in report.taken]
    kept, count = sum(check.ok for check in report.hashes), len(report.hashes)
    lines.append(text("verify.hashes", lang, kept=kept, count=count))
    return lines + _verdict(report, lang)


def _verdict(report: VerifyReport, lang: str) -> list[str]:
    """Whether all rows hold and what that shows, then what it doesn't."""
    from optimizer.words import text

    if report.ok:
        total = sum(row.count for row in report.rows)
        shown = text("verify.holds", lang, count=total)
    else:
        failed, count = len(report.failed), len(report.rows)
        shown = text("verify.broken", lang, failed=failed, count=count)
    return [shown, text("verify.not_shown", lang)]


def _warnings(report: VerifyReport, lang: str) -> list[str]:
    """What is odd without breaking a rule, MWh of all planning years."""
    from optimizer.words import text

    lines = []
    for warned in report.warnings:
        key = warned.name.removeprefix(BASELINE)
        line = text(f"verify.{key}", lang, item=warned.item, energy=f"{warned.energy:.4g}")
        if key != warned.name:
            line = text("verify.of_baseline", lang, warning=line)
        lines.append(line)
    return lines


def _line(name: str, rows: list[RowCheck]) -> str:
    """One line of the table: how many rows, how many fail, the largest deviation."""
    count, failed = sum(row.count for row in rows), sum(row.failed for row in rows)
    worst = max((row.deviation for row in rows), default=0.0)
    return _columns(name, str(count), str(failed), f"{worst:.3g}")


def _columns(name: str, *figures: str) -> str:
    """A name to the left and figures to the right; a Chinese character takes two places."""
    cells = [name + " " * (WIDTHS[0] - _width(name))]
    for width, figure in zip(WIDTHS[1:], figures, strict=True):
        cells.append(" " * (width - _width(figure)) + figure)
    return "".join(cells)


def _width(word: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in word)


def _failure(row: RowCheck, lang: str) -> str:
    """One failing constraint: its name, where it is worst, by how much, how often."""
    from optimizer.words import text

    return text(
        "verify.fails", lang, name=row.name, where=row.where, deviation=f"{row.deviation:.6g}",
        tolerance=f"{row.tolerance:.3g}", failed=row.failed, count=row.count,
    )  # fmt: skip
