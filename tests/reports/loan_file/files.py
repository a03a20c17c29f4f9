"""The loan file of the hand-made run, under terms that a test chooses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from optimizer import cli
from optimizer.loans.run import judged
from optimizer.loans.stress import stress
from optimizer.plan.digest import Digest
from optimizer.plan.store import read_run
from optimizer.plan.verify import VerifyReport
from optimizer.reports.html import view_of
from optimizer.reports.loan_file.book import write_book
from optimizer.reports.loan_file.contents import parts
from optimizer.reports.loan_file.view import Asked, LoanView
from optimizer.workspace import workspace_of
from tests.plan.tiny_run import write_run

PACKS = ("bank_credit", "glp_2025")
LOAN = "amount: 2 MCNY, tenor: 1 a, rate: 0.04, tranches: [{drawn: '2026-01-01', share: 0.75}, \
{drawn: '2026-04-01', share: 0.25}]"
NAMES = {"led": "LED", "pv": "PV", "battery": "Battery"}
EVERY_OTHER_FIELD: dict[str, Any] = {
    "status": "optimal", "method": "direct", "gases": "CO2e", "units": {}, "valuation": None,
}  # fmt: skip


def run_with(folder: Path, loan: str = LOAN, economics: str = "{discount_rate: 0.1}") -> Path:
    """The run of tiny_run.py with a loan, and with what a report needs of its summary."""
    run = write_run(folder)
    scenario = run / "inputs" / "scenario.yaml"
    text = scenario.read_text(encoding="utf-8").replace("{discount_rate: 0.1}", economics)
    scenario.write_text(f"{text}loan: {{{loan}}}\n", encoding="utf-8")
    summary = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    for row in summary["build"]:
        row |= {"unit": "MW", "name_en": NAMES[row["measure"]], "name_zh": NAMES[row["measure"]]}
    figures = {**EVERY_OTHER_FIELD, **summary, "run": run.name}
    (run / "summary.json").write_text(json.dumps(figures), encoding="utf-8")
    return run


def write_workbook(run: Path, lang: str = "en") -> Path:
    """The workbook alone, its run not verified: what tests of formulas need."""
    stored = read_run(run)
    found = judged(stored, PACKS, workspace_of(run), terms={}, evidence=None)
    asked = Asked(PACKS, date(2026, 1, 1), {}, lang)
    lending, saved = found.subject.lending, found.subject.saved
    stressed = None if lending is None else stress(lending, saved)
    nothing = VerifyReport((), (), ()), Digest({})
    view = LoanView(found, view_of(stored, lang), asked, *nothing, stressed)
    return write_book(parts(view), run / "loan.xlsx")


def write_file(run: Path, *more: str, packs: Sequence[str] = PACKS, lang: str = "en") -> Path:
    """`decarb loan RUN --file RUN`; returns the workbook."""
    asked = [part for pack in packs for part in ("--pack", pack)]
    code = cli.run(["loan", str(run), *asked, "--file", str(run), "--lang", lang, *more])
    assert code in (cli.FINE, cli.CHECK_FAILED)
    return run / "loan.xlsx"
