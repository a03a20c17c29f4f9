"""A run folder judged by the packs of its workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from optimizer.errors import InputErrors, Problem, nearest
from optimizer.files.yaml_document import read_yaml
from optimizer.inputs.attestations import read_attestations
from optimizer.inputs.loaded_pack import files_in
from optimizer.inputs.loan_evidence import Evidence, read_evidence
from optimizer.inputs.loan_files import FOLDER, LoadedLoanPack, read_pack
from optimizer.loans.assess import Assessment, assess
from optimizer.loans.refrigerants import warming_potentials
from optimizer.loans.stress import Stress, stress
from optimizer.loans.subject import Subject
from optimizer.plan.store import LOAN, Run, write_finding
from optimizer.plan.verify import verify
from optimizer.plan.verify.given import Given, read_given
from optimizer.schema.loan import Loan
from optimizer.schema.validation import read_loan
from optimizer.studies.stressed import stressed_run

OPTIONS = "--amount, --tenor, --rate"


def assess_run(
    run: Run,
    packs: Sequence[str],
    root: Path,
    *,
    terms: Mapping[str, Any] | None = None,
    evidence: Path | None = None,
) -> Assessment:
    """Judge a stored plan by packs of the workspace `root`, in the order given; the run is verified
    first, for what doesn't follow from its own inputs is no plan to lend on.

    `terms`: fields of the loan that stand in place of the scenario's own. Raises InputErrors,
    and OSError for a run that can't be read.
    """
    found = judged(run, packs, root, terms=terms or {}, evidence=evidence)
    broken = verify(run.path, with_loan=False).failed
    return replace(found, broken=tuple(row.name for row in broken))


def judged(
    run: Run,
    packs: Sequence[str],
    root: Path,
    *,
    terms: Mapping[str, Any],
    evidence: Path | Evidence | None,
) -> Assessment:
    """The same without a word on whether the run recomputes; `evidence`: its file, or as read."""
    loaded = read_packs(packs, root)
    given = read_given(run.path / "inputs")
    asked = {e.id for pack in loaded.values() for rule in pack.pack.rules for e in rule.evidence}
    if isinstance(evidence, Path):
        evidence = read_evidence(evidence, given.measures, asked)
    loan = _loan(run, given, terms)
    subject = Subject(run, given, loan, evidence or Evidence(), warming_potentials(root))
    return assess(subject, loaded, read_attestations(root, loaded))


def stress_of(found: Assessment, *, search: bool = False) -> Stress | None:
    """The assessed loan under stress, dispatched anew where the plant runs otherwise; None without
    a loan. ``search``: find where these cases break the covenant too.

    Raises InputErrors for inputs that can't be read, KeyboardInterrupt.
    """
    subject = found.subject
    if subject.lending is None:
        return None
    with stressed_run(subject.run) as asked:
        made = stress(subject.lending, subject.saved, asked.change, search=search)
        excess = asked.above_least_cost()
    return replace(made, periods=asked.periods, baseline_excess=excess)


def store_loan(run: Path, found: Mapping[str, Any], options: Mapping[str, Any]) -> None:
    """Put an assessment, as `loans.facts` tells it, into its run's folder, where `decarb verify`
    recomputes it; ``options``: terms that were asked in place of the scenario's."""
    write_finding(run, LOAN, {"options": dict(options), **found})


def read_packs(names: Sequence[str], root: Path) -> dict[str, LoadedLoanPack]:
    """Packs of the workspace by name, in the order given; InputErrors for unknown ones."""
    files = files_in(root / FOLDER)
    problems = []
    for name in names:
        if name not in files:
            guess = nearest(name, list(files))
            hint = f'Did you mean "{guess}"?' if guess else f"There are: {', '.join(files)}."
            allowed = f"the name of a file in {FOLDER.as_posix()}/"
            problems.append(Problem("--pack", 0, 0, "", name, allowed, hint))
    if problems:
        raise InputErrors(problems)
    return {
        name: read_pack(files[name], files[name].relative_to(root).as_posix()) for name in names
    }


def _loan(run: Run, given: Given, terms: Mapping[str, Any]) -> Loan | None:
    """The scenario's loan with other terms on top; InputErrors where they make no loan."""
    if not terms:
        return given.scenario.loan
    stored = read_yaml(run.path / "inputs" / "scenario.yaml", "scenario.yaml").data
    return loan_with(stored.get("loan") or {}, terms, given.scenario.currency)


def loan_with(raw: Mapping[str, Any], terms: Mapping[str, Any], currency: str) -> Loan:
    """A loan as a scenario writes it with other terms on top; InputErrors where they make none."""
    loan = read_loan({**raw, **terms})
    if isinstance(loan, tuple):
        raise InputErrors(
            [_option(".".join(map(str, e.loc)), e.found, e.allowed, e.hint) for e in loan]
        )
    amount = loan.amount
    if amount is not None and (amount.currency != currency or amount.price_year is not None):
        allowed = f"an amount of {currency} without a price year"
        raise InputErrors([_option("amount", amount.text, allowed)])
    return loan


def _option(field: str, found: str, allowed: str, hint: str = "") -> Problem:
    """A problem of one option, or of all of them together."""
    return Problem(f"--{field}" if field else OPTIONS, 0, 0, "", found, allowed, hint)
