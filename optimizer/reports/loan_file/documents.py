"""What documents the rules ask for and which are there: risks, safeguards, third-party review."""

from __future__ import annotations

from optimizer.inputs.loan_evidence import Shown
from optimizer.reports.loan_file.grid import Cell, Column, Grid
from optimizer.reports.loan_file.view import LoanView


def documents(view: LoanView) -> Grid:
    """A row a document that a rule asks for and what is told of it: stated, where, or missing;
    measures of which the same is told together."""
    rows: dict[str, list[Cell]] = {}
    for (id, *told), (name, rules, about) in _asked(view).items():
        cells: list[Cell] = [name, id, ", ".join(rules), _about(view, list(about)), *told]
        rows[str(len(rows))] = cells
    keys = ("document", "id", "rules", "about", "state", "value", "clause", "dated", "file")
    columns = [Column(key, view.told(f"documents.{key}")) for key in keys]
    return Grid("documents", view.told("documents.table"), columns, rows)


Asked = tuple[str, dict[str, None], dict[str | None, None]]
"""Name of a document, the rules that ask for it, the measures (None: the loan) it is about."""


def _asked(view: LoanView) -> dict[tuple[str, ...], Asked]:
    """(id, what is told) -> who asks for it and for what."""
    found: dict[tuple[str, ...], Asked] = {}
    last = max(view.subject.draws, default=None)
    for finding in view.found.findings:
        if finding.verdict == "not_applicable":
            continue
        for asked in finding.rule.evidence:
            piece = view.subject.evidence.of(asked.id, finding.measure, last)
            key = (asked.id, *_told(view, piece))
            new: Asked = (view.text(asked.name), {}, {})
            _, rules, about = found.setdefault(key, new)
            rules[f"{finding.pack} {finding.rule.id}"] = None
            about[finding.measure] = None
    return found


def _about(view: LoanView, about: list[str | None]) -> str:
    """Names of measures, or the loan."""
    measures = [each for each in about if each is not None]
    names = [view.told("documents.loan")] if None in about else []
    if len(measures) == len(view.subject.measures) > 1:
        names.append(view.told("rules.every"))
    else:
        names += [view.name(each) for each in measures]
    return view.view.say("list.separator").join(names)


def _told(view: LoanView, piece: Shown | None) -> tuple[str, ...]:
    if piece is None:
        return (view.told("documents.missing"), "", "", "", "")
    item = piece.item
    state = view.told(f"documents.{piece.state}")
    return (state, item.value, item.clause, item.dated.isoformat(), item.document)


def count(view: LoanView) -> tuple[int, int]:
    """Documents that are there, and all that are asked for, a measure each its own."""
    missing, there, asked = view.told("documents.missing"), 0, 0
    for (_, state, *_rest), (_, _, about) in _asked(view).items():
        asked += len(about)
        there += len(about) * (state != missing)
    return there, asked
