"""`decarb verify RUN`: recompute a stored plan, without the solver."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from optimizer.cli import CHECK_FAILED

BASELINE = "baseline: "

if TYPE_CHECKING:
    from optimizer.plan.verify import RowCheck, VerifyReport


@click.command("verify", epilog="Example:  decarb verify results/demo-1")
@click.argument("run", metavar="RUN", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print every row as JSON.")
@click.pass_context
def command(ctx: click.Context, run: Path, as_json: bool) -> None:
    """Recompute the plan in RUN from its inputs and check it against every rule.

    Balances, capacities, budgets, emissions, costs and the policy are worked out anew by code that
    shares nothing with the model. Ends with 0 if all rows hold, 5 if one fails, 2 if RUN can't be
    read.
    """
    from optimizer.plan.verify import verify

    report = verify(run)
    if as_json:
        import json

        click.echo(json.dumps(report.as_dict(), indent=1, ensure_ascii=False))
    else:
        for line in as_text(report):
            click.echo(line)
    if not report.ok:
        ctx.exit(CHECK_FAILED)


def print_verdict(run: Path) -> bool:
    """Verify a run and print only what fails and the verdict; whether all rows hold."""
    from optimizer.plan.verify import verify

    report = verify(run)
    for line in [_failure(row) for row in report.failed] + as_text(report)[-2:]:
        click.echo(line)
    return report.ok


def as_text(report: VerifyReport) -> list[str]:
    """The report in lines: what fails first, then what was checked and what that shows."""
    from optimizer.plan.verify.report import SHOWS, SHOWS_NOT

    lines = [_failure(row) for row in report.failed]
    lines += [f"{check.file}: sha256 {check.note}" for check in report.hashes if not check.ok]
    lines += ["", f"{'checked':<46}{'rows':>10}  {'failed':>8}  {'worst deviation':>16}"]
    lines += [_line(row.name, [row]) for row in report.rows if BASELINE not in row.name]
    lines.append(_line("the baseline, all", [r for r in report.rows if BASELINE in r.name]))
    lines += ["", *(f"harmless: {text}" for text in report.harmless)]
    total = sum(row.count for row in report.rows)
    kept = sum(check.ok for check in report.hashes)
    lines.append(f"{kept} of {len(report.hashes)} input files are as recorded (sha256).")
    if report.ok:
        lines.append(f"All {total} rows hold. {SHOWS}")
    else:
        lines.append(f"{len(report.failed)} of {len(report.rows)} constraints fail.")
    lines.append(SHOWS_NOT)
    return lines


def _line(name: str, rows: list[RowCheck]) -> str:
    """One line of the table: how many rows, how many fail, the largest deviation."""
    count, failed = sum(row.count for row in rows), sum(row.failed for row in rows)
    worst = max((row.deviation for row in rows), default=0.0)
    return f"{name:<46}{count:>10}  {failed:>8}  {worst:>16.3g}"


def _failure(row: RowCheck) -> str:
    """One failing constraint: its name, where it is worst, by how much, how often."""
    return (
        f"FAILS {row.name} at [{row.where}]: off by {row.deviation:.6g},"
        f" allowed {row.tolerance:.3g}; {row.failed} of {row.count} rows"
    )
