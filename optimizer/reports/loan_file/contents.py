"""The loan file's parts in the order in which a loan officer asks."""

from __future__ import annotations

from dataclasses import replace

from optimizer.reports.loan_file import (
    beside,
    cash,
    closing,
    counterfactual,
    cover,
    debt,
    documents,
    impact,
    lines,
    measures,
    owned,
    proceeds,
    rules,
    stressed,
    who,
    yearly_report,
)
from optimizer.reports.loan_file.grid import Block, Part, Prose
from optimizer.reports.loan_file.view import LoanView

DISPATCHED = "dispatched"
"""Part of what no recomputation gives."""


def parts(view: LoanView) -> list[Part]:
    """Verdict first; then who, the base year, measures, counterfactual, measurement, cash and
    debt, proceeds, impact, risks and review, all rules, the yearly report, and the closing."""
    there, asked = documents.count(view)
    found = [
        _summary(view),
        _part(view, "who", [who.borrower(view), who.site(view), who.equipment(view)]),
        _part(view, "base", [who.inventory(view), who.boundary(view), *who.sourced_factors(view)]),
        _part(view, "measures", [measures.measures(view), *beside.beside(view)]),
        _part(view, "counterfactual", [
            counterfactual.method(view), counterfactual.by_year(view),
            *counterfactual.interaction(view),
        ]),
        _part(view, "mv", [measures.measuring(view), measures.meter_list(view)]),
        _part(view, "cover", _debt(view)),
        *_stress(view),
        _part(view, "proceeds", _proceeds(view)),
        _part(view, "impact", _impact(view)),
        _part(view, "risks", [documents.documents(view)], there=there, asked=asked),
        _part(view, "rules", [rules.rules(view, pack) for pack in view.found.packs]),
        _part(view, "yearly", [yearly_report.planned(view), *yearly_report.forms(view)]),
        _part(view, "closing", [
            closing.verified(view), closing.basis(view), closing.digest(view),
            closing.signature(view),
        ]),
        *_dispatched(view),
    ]  # fmt: skip
    return [replace(part, sheet=f"{number} {part.sheet}" if number else part.sheet)
            for number, part in enumerate(found)]  # fmt: skip


def _part(view: LoanView, id: str, blocks: list[Block], **values: object) -> Part:
    finding = view.told(f"finding.{id}", **values)
    return Part(id, view.told(f"title.{id}"), view.told(f"sheet.{id}"), finding, blocks)


def _summary(view: LoanView) -> Part:
    """The verdict, what it rests on, and what it is not."""
    packs = view.facts["packs"]
    names = view.view.say("list.separator").join(
        view.told("pack", name=pack["name"][view.lang], edition=pack["edition"]) for pack in packs
    )
    title = view.told("title", packs=names, dated=view.asked.dated.isoformat())
    verdict = view.told(f"verdict.{'broken' if view.found.broken else view.found.verdict}")
    blocks: list[Block] = [rules.packs(view), rules.of_measures(view)]
    if view.subject.cover is not None:
        blocks += [cover.ratios(view, view.subject.cover), cash.covered(view, view.subject.cover)]
    blocks.append(Prose(view.told("limits.heading"), [view.told("limits.said")]))
    return Part("summary", title, view.told("sheet.summary"), verdict, blocks)


def _debt(view: LoanView) -> list[Block]:
    """Terms, schedule, cash and cover; without a loan the cash alone."""
    lending, found = view.subject.lending, view.subject.cover
    blocks: list[Block] = [Prose(view.told("cash.heading"), _cash_notes(view))]
    blocks += [cash.cash(view), cash.left_out(view)]
    if lending is None or found is None:
        return [Prose(view.told("debt.heading"), [view.view.say("loan.none")]), *blocks]
    sculpted = cover.sculpted(view, lending, found)
    return [
        debt.terms(view, lending),
        debt.tranches(view, lending),
        cover.cover_years(view, lending, found),
        *([sculpted] if sculpted is not None else []),
        *blocks,
        Prose(view.told("debt.heading"), [view.told("debt.live")]),
        debt.schedule(view, lending),
        Prose(view.told("owner.heading"), [view.told("owner.said")]),
        *lines.credit_lines(view, lending),
        *owned.owners(view, lending),
    ]


def _stress(view: LoanView) -> list[Part]:
    """Cover while one thing at a time goes worse; nothing without a loan."""
    stress = view.stress
    if stress is None:
        return []
    blocks = [
        *stressed.page_blocks(view, stress),
        *stressed.book_grids(view, stress, dispatched=False),
    ]
    return [_part(view, "stress", blocks)]


def _dispatched(view: LoanView) -> list[Part]:
    """A sheet for the cases that a solver dispatched anew, which no check can recompute."""
    stress = view.stress
    if stress is None or not stressed.cases_of(stress, dispatched=True):
        return []
    blocks = stressed.book_grids(view, stress, dispatched=True)
    return [replace(_part(view, DISPATCHED, blocks), only="book")]


def _cash_notes(view: LoanView) -> list[str]:
    """What the cash is, whose it is, and in which money."""
    inflation = view.subject.given.scenario.economics.inflation
    said = [view.told("cash.said")]
    if inflation is None:
        said.append(view.view.say("loan.cash_real"))
    else:
        said.append(view.view.say("loan.cash_nominal", rate=f"{100 * inflation:.3g} %"))
    if view.subject.loan is None or view.subject.loan.borrower is None:
        said.append(view.view.say("loan.project_only"))
    return said


def _proceeds(view: LoanView) -> list[Block]:
    table: list[Block] = [proceeds.proceeds(view)]
    lending = view.subject.lending
    if lending is None:
        return table
    return [*table, proceeds.paid(view, lending), proceeds.reconciled(view, lending)]


def _impact(view: LoanView) -> list[Block]:
    lending = view.subject.lending
    if lending is None:
        return [impact.by_year(view)]
    return [impact.per_million(view, lending), impact.by_year(view)]
